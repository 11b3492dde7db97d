#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "remnant/chart/chart.h"

namespace remnant::validation {

/// A chart that stands by itself as an SVG file.
struct Figure {
  std::string name;   ///< of the file, without ending
  std::string title;  ///< one sentence
  std::string svg;
};

Figure makeFigure(const std::string& name, const std::string& title,
                  const std::vector<chart::CurveSeries>& series, chart::CurveChartConfig config);

/// DIR/<name>.svg each, by rename; the folder is made where it is missing.
void writeFigures(const std::vector<Figure>& figures, const std::filesystem::path& folder);

}  // namespace remnant::validation
