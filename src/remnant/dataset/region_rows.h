#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "remnant/dataset/study_matcher.h"
#include "remnant/standardise/study_images.h"

/// Rows of regions.csv: boxes found automatically, and regions that a user or the simulator gives.
namespace remnant::dataset {

struct RegionRow {
  std::string imageSet;
  std::string view;
  std::string region;
  image::Box box;  ///< pixels of its own image
  std::optional<double> xMm, yMm;
  std::optional<double> depthMm, depthUncertaintyMm;
  std::string depthMethod;
  std::optional<double> uptakePercent, uptakeUncertaintyPercent;
  std::string source;
  std::size_t line = 0;  ///< of the user's table; 0 for automatic ones
};

std::vector<std::string> cellsOf(const std::string& study, const RegionRow& row);

/// The user's regions by the study's pseudonym, in the table's order. The table has the columns of truth.csv
/// (activityMBq and massGrams need not be there), identifiers as StudyMatcher takes them, and speaks of the
/// full-body images. Throws InputError "bad-value", "bad-number", "empty-cell" with line and column,
/// "missing-column", and those of StudyMatcher::match.
std::map<std::string, std::vector<RegionRow>> readRegionRows(const std::filesystem::path& path,
                                                             const StudyMatcher& matcher);

/// The thyroid and the shoulder box on both full-body views; source "automatic".
std::vector<RegionRow> automaticRegions(const standardise::OpposedViews& fullBody,
                                        const standardise::NeckGeometry& geometry);

/// A region of a full-body image as it lies on the crop of the same view: cut at the crop's edge, nullopt
/// where nothing of it is left.
std::optional<RegionRow> regionOnCrop(const RegionRow& region, const image::Box& crop, double rowSpacingMm,
                                      double columnSpacingMm);

}  // namespace remnant::dataset
