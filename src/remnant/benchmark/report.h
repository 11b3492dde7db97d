#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "remnant/benchmark/report_pictures.h"
#include "remnant/benchmark/run_folder.h"
#include "remnant/image/display.h"

/// The report of a finished run: one HTML file that opens offline, without script, on any screen and on
/// paper. What it reports follows CLAIM 2024 (Tejani, Radiol Artif Intell 2024;6:e240300) as far as a run
/// knows it: data, splits, reference, figures with intervals, failures shown, limits named.
namespace remnant::benchmark {

struct ReportConfig {
  std::size_t casesPerGroup = 4;  ///< of right and of wrong cases each, for each image set
  image::DisplayConfig bodyDisplay{.longestSide = 400, .blackQuantile = 0.995, .power = 0.7};
  image::DisplayConfig neckDisplay{.longestSide = 160, .blackQuantile = 0.99, .power = 0.65};
};

/// The display settings for an image set.
const image::DisplayConfig& displayOf(const ReportConfig& config, const std::string& imageSet);

/// The whole page. Pictures are asked for the cases shown only.
std::string reportHtml(const Run& run, const PictureSource& pictures, const ReportConfig& config = {});

}  // namespace remnant::benchmark
