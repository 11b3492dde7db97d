#pragma once

#include <string>

#include "remnant/benchmark/report.h"

/// The sections of the page in their order, each a piece of HTML.
namespace remnant::benchmark {

std::string resultSection(const Run& run);
std::string figuresSection(const Run& run);
std::string curvesSection(const Run& run);
std::string confusionSection(const Run& run);
std::string gallerySection(const Run& run, const PictureSource& pictures, const ReportConfig& config);
std::string methodSection(const Run& run);
std::string limitsSection(const Run& run);
std::string repeatSection(const Run& run);

/// <section> with its heading.
std::string section(const std::string& heading, const std::string& content);
std::string paragraph(const std::string& text);
/// A table in a box that scrolls by itself; the label names it for those who do not see it.
std::string scrollingTable(const std::string& label, const std::string& rows);

/// The style sheet.
std::string pageStyle();

}  // namespace remnant::benchmark
