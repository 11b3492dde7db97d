#include "remnant/dataset/region_rows.h"

#include <algorithm>
#include <cmath>

#include "remnant/dataset/schema.h"

namespace remnant::dataset {
namespace {

using image::Box;

/// Without the cell's text, which may be an identity where columns were mistaken.
InputError badCell(const CsvTable& table, std::size_t row, const std::string& path, const std::string& column,
                   const std::string& expected) {
  return InputError("bad-value", "line " + std::to_string(table.line(row)) + ": the cell is not " + expected,
                    path, column);
}

std::string requiredText(const CsvTable& table, std::size_t row, const std::string& path,
                         const std::string& column) {
  const std::string& cell = table.text(row, column);
  const auto& allowed = columnNamed(column).allowed;
  if (cell.empty() || (!allowed.empty() && std::find(allowed.begin(), allowed.end(), cell) == allowed.end()))
    throw badCell(table, row, path, column, "a value it can take (see docs/data-dictionary.md)");
  return cell;
}

std::size_t side(const CsvTable& table, std::size_t row, const std::string& path, const std::string& column,
                 long least) {
  const auto value = table.integer(row, column);
  if (!value || *value < least)
    throw badCell(table, row, path, column, "a whole number of at least " + std::to_string(least));
  return static_cast<std::size_t>(*value);
}

RegionRow readRow(const CsvTable& table, std::size_t row, const std::string& path) {
  RegionRow region;
  region.imageSet = requiredText(table, row, path, "imageSet");
  if (region.imageSet != "full-body")
    throw badCell(table, row, path, "imageSet", "full-body, the frame as it was acquired");
  region.view = requiredText(table, row, path, "view");
  region.region = requiredText(table, row, path, "region");
  region.box = Box{.x = side(table, row, path, "x", 0),
                   .y = side(table, row, path, "y", 0),
                   .width = side(table, row, path, "width", 1),
                   .height = side(table, row, path, "height", 1)};
  region.xMm = table.number(row, "xMm");
  region.yMm = table.number(row, "yMm");
  region.depthMm = table.number(row, "depthMm");
  region.depthUncertaintyMm = table.number(row, "depthUncertaintyMm");
  region.depthMethod = table.text(row, "depthMethod");
  region.uptakePercent = table.number(row, "uptakePercent");
  region.uptakeUncertaintyPercent = table.number(row, "uptakeUncertaintyPercent");
  region.source = requiredText(table, row, path, "source");
  region.line = table.line(row);
  return region;
}

/// Digits below a micrometre are rounding and would only fill the table.
double toMicrometre(double millimetres) {
  return std::round(millimetres * 1000) / 1000;
}

RegionRow automaticRow(const std::string& view, const std::string& region, const Box& box,
                       const standardise::OpposedViews& views) {
  RegionRow row;
  row.imageSet = "full-body";
  row.view = view;
  row.region = region;
  row.box = box;
  row.xMm =
      toMicrometre((static_cast<double>(box.x) + static_cast<double>(box.width) / 2) * views.columnSpacingMm);
  row.yMm =
      toMicrometre((static_cast<double>(box.y) + static_cast<double>(box.height) / 2) * views.rowSpacingMm);
  row.source = "automatic";
  return row;
}

/// [start, start + length) cut to [cropStart, cropStart + cropLength), counted from cropStart.
std::optional<std::pair<std::size_t, std::size_t>> cut(std::size_t start, std::size_t length,
                                                       std::size_t cropStart, std::size_t cropLength) {
  const std::size_t from = std::max(start, cropStart);
  const std::size_t to = std::min(start + length, cropStart + cropLength);
  if (from >= to) return std::nullopt;
  return std::pair(from - cropStart, to - from);
}

}  // namespace

std::vector<std::string> cellsOf(const std::string& study, const RegionRow& row) {
  return {study,
          row.imageSet,
          row.view,
          row.region,
          std::to_string(row.box.x),
          std::to_string(row.box.y),
          std::to_string(row.box.width),
          std::to_string(row.box.height),
          numberText(row.xMm),
          numberText(row.yMm),
          numberText(row.depthMm),
          numberText(row.depthUncertaintyMm),
          row.depthMethod,
          numberText(row.uptakePercent),
          numberText(row.uptakeUncertaintyPercent),
          row.source};
}

std::map<std::string, std::vector<RegionRow>> readRegionRows(const std::filesystem::path& path,
                                                             const StudyMatcher& matcher) {
  CsvTable table = CsvTable::read(path);
  table.hideCells();
  const auto studies = matcher.match(table, path.string());
  std::map<std::string, std::vector<RegionRow>> regions;
  for (std::size_t row = 0; row < table.rowCount(); ++row)
    regions[studies[row]].push_back(readRow(table, row, path.string()));
  return regions;
}

std::optional<RegionRow> regionOnCrop(const RegionRow& region, const Box& crop, double rowSpacingMm,
                                      double columnSpacingMm) {
  const auto across = cut(region.box.x, region.box.width, crop.x, crop.width);
  const auto down = cut(region.box.y, region.box.height, crop.y, crop.height);
  if (!across || !down) return std::nullopt;
  RegionRow moved = region;
  moved.imageSet = "neck-region";
  moved.box = {.x = across->first, .y = down->first, .width = across->second, .height = down->second};
  if (moved.xMm) moved.xMm = toMicrometre(*moved.xMm - static_cast<double>(crop.x) * columnSpacingMm);
  if (moved.yMm) moved.yMm = toMicrometre(*moved.yMm - static_cast<double>(crop.y) * rowSpacingMm);
  return moved;
}

std::vector<RegionRow> automaticRegions(const standardise::OpposedViews& fullBody,
                                        const standardise::NeckGeometry& geometry) {
  std::vector<RegionRow> rows;
  const std::size_t columns = fullBody.anterior.columns();
  for (const auto& [region, box] :
       {std::pair("thyroid", geometry.thyroid), std::pair("shoulder", geometry.shoulder)}) {
    rows.push_back(automaticRow("anterior", region, box, fullBody));
    rows.push_back(automaticRow("posterior", region, standardise::mirroredBox(box, columns), fullBody));
  }
  return rows;
}

}  // namespace remnant::dataset
