#include "remnant/quantify/regions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace remnant::quantify {
namespace {

constexpr long kMostPixels = 65535;
constexpr double kLeastNeckMm = 50, kMostNeckMm = 300;

InputError badRow(const CsvTable& table, std::size_t row, const std::string& code, const std::string& column,
                  const std::string& problem) {
  return InputError(code, fmt::format("line {}: {} {}", table.line(row), column, problem), table.name(),
                    column);
}

double required(const CsvTable& table, std::size_t row, const std::string& column) {
  const auto value = table.number(row, column);
  if (!value) throw badRow(table, row, "bad-number", column, "is empty");
  return *value;
}

scintigraphy::View viewOf(const CsvTable& table, std::size_t row) {
  const std::string& view = table.text(row, "view");
  if (view == "anterior") return scintigraphy::View::kAnterior;
  if (view == "posterior") return scintigraphy::View::kPosterior;
  throw badRow(table, row, "bad-region", "view", "must be anterior or posterior");
}

FocusRegion regionOf(const CsvTable& table, std::size_t row) {
  const double width = required(table, row, "width"), height = required(table, row, "height");
  if (width < 1 || height < 1)
    throw badRow(table, row, "bad-region", "width", "and height must be at least 1");
  FocusRegion region;
  region.view = viewOf(table, row);
  region.column = required(table, row, "x") + (width - 1) / 2;
  region.row = required(table, row, "y") + (height - 1) / 2;
  region.radius = std::max(width, height) / 2;
  region.tableRow = row;
  return region;
}

int numberOf(const CsvTable& table, std::size_t row, const std::vector<FocusRegion>& before,
             scintigraphy::View view) {
  if (table.hasColumn("focus"))
    if (const auto number = table.integer(row, "focus")) return static_cast<int>(*number);
  return 1 + static_cast<int>(std::count_if(before.begin(), before.end(),
                                            [&](const FocusRegion& other) { return other.view == view; }));
}

scintigraphy::View anyViewOf(const CsvTable& table, std::size_t row) {
  const std::string& name = table.text(row, "view");
  for (const scintigraphy::View view : {scintigraphy::View::kAnterior, scintigraphy::View::kPosterior,
                                        scintigraphy::View::kLeftLateral, scintigraphy::View::kRightLateral})
    if (name == scintigraphy::viewText(view)) return view;
  throw badRow(table, row, "bad-region", "view",
               "must be anterior, posterior, left-lateral or right-lateral");
}

std::size_t pixelsIn(const CsvTable& table, std::size_t row, const std::string& column, long least) {
  const auto value = table.integer(row, column);
  if (!value) throw badRow(table, row, "bad-number", column, "is empty");
  if (*value < least || *value > kMostPixels)
    throw badRow(table, row, "bad-region", column,
                 fmt::format("is {}, allowed are {} to {}", *value, least, kMostPixels));
  return static_cast<std::size_t>(*value);
}

double neckDiameter(const CsvTable& table, std::size_t row, const std::string& column) {
  const double value = required(table, row, column);
  if (value < kLeastNeckMm || value > kMostNeckMm)
    throw badRow(table, row, "bad-measurement", column,
                 fmt::format("is {} mm, allowed are {} to {}", numberText(value), kLeastNeckMm, kMostNeckMm));
  return value;
}

double sigmaOr(const CsvTable& table, std::size_t row, const std::string& column, double otherwise) {
  return table.hasColumn(column) ? table.number(row, column).value_or(otherwise) : otherwise;
}

}  // namespace

std::map<std::string, std::vector<FocusRegion>> readFocusRegions(const CsvTable& table) {
  std::map<std::string, std::vector<FocusRegion>> regions;
  for (std::size_t row = 0; row < table.rowCount(); ++row) {
    if (table.text(row, "region") != "focus") continue;
    FocusRegion region = regionOf(table, row);
    std::vector<FocusRegion>& ofStudy = regions[table.text(row, "studyInstanceUid")];
    region.number = numberOf(table, row, ofStudy, region.view);
    ofStudy.push_back(region);
  }
  return regions;
}

std::map<std::string, std::vector<NamedBox>> readNamedBoxes(const CsvTable& table) {
  static const std::vector<std::string> kNames{"thyroid", "shoulder", "background", "skin"};
  std::map<std::string, std::vector<NamedBox>> boxes;
  for (std::size_t row = 0; row < table.rowCount(); ++row) {
    const std::string& region = table.text(row, "region");
    if (region == "focus" || region == "neck") continue;
    if (std::find(kNames.begin(), kNames.end(), region) == kNames.end())
      throw badRow(table, row, "bad-region", "region",
                   fmt::format("is '{}', allowed are focus, neck, {}", region, fmt::join(kNames, ", ")));
    boxes[table.text(row, "studyInstanceUid")].push_back(
        {region,
         anyViewOf(table, row),
         {pixelsIn(table, row, "x", 0), pixelsIn(table, row, "y", 0), pixelsIn(table, row, "width", 1),
          pixelsIn(table, row, "height", 1)}});
  }
  return boxes;
}

const NamedBox* boxOf(const std::vector<NamedBox>& boxes, const std::string& region,
                      scintigraphy::View view) {
  const auto found = std::find_if(boxes.begin(), boxes.end(), [&](const NamedBox& box) {
    return box.region == region && box.view == view;
  });
  return found == boxes.end() ? nullptr : &*found;
}

std::map<std::string, NeckMeasurement> readNeckMeasurements(const CsvTable& table) {
  std::map<std::string, NeckMeasurement> measurements;
  for (std::size_t row = 0; row < table.rowCount(); ++row) {
    NeckMeasurement measured;
    measured.depthMm = neckDiameter(table, row, "neckDepthMm");
    measured.widthMm = neckDiameter(table, row, "neckWidthMm");
    measured.depthSigmaMm = sigmaOr(table, row, "neckDepthSigmaMm", measured.depthSigmaMm);
    measured.widthSigmaMm = sigmaOr(table, row, "neckWidthSigmaMm", measured.widthSigmaMm);
    measurements[table.text(row, "studyInstanceUid")] = measured;
  }
  return measurements;
}

}  // namespace remnant::quantify
