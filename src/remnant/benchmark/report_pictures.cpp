#include "remnant/benchmark/report_pictures.h"

#include <cmath>
#include <map>
#include <memory>

#include "remnant/base/csv.h"

namespace remnant::benchmark {
namespace {

using MarksOfStudies = std::map<std::pair<std::string, std::string>, std::vector<RegionMark>>;

std::size_t pixelsAt(const CsvTable& table, std::size_t row, const char* column,
                     const std::filesystem::path& file) {
  const std::optional<double> value = table.number(row, column);
  if (value && *value >= 0 && *value < 1e6) return static_cast<std::size_t>(std::lround(*value));
  throw InputError("bad-number",
                   "line " + std::to_string(table.line(row)) + " needs a pixel position, found '" +
                       table.text(row, column) + "'",
                   file.string(), column);
}

RegionMark markAt(const CsvTable& table, std::size_t row, const std::filesystem::path& file) {
  return {.view = table.text(row, "view"),
          .region = table.text(row, "region"),
          .box = {.x = pixelsAt(table, row, "x", file),
                  .y = pixelsAt(table, row, "y", file),
                  .width = pixelsAt(table, row, "width", file),
                  .height = pixelsAt(table, row, "height", file)},
          .source = table.text(row, "source"),
          .depthMm = table.number(row, "depthMm"),
          .uptakePercent = table.number(row, "uptakePercent")};
}

/// Where the neck region was cut out of the full-body images.
void addCrops(const std::filesystem::path& file, MarksOfStudies& marks) {
  const CsvTable table = CsvTable::read(file);
  for (std::size_t row = 0; row < table.rowCount(); ++row)
    if (table.text(row, "imageSet") == "neck-region")
      marks[{table.text(row, "study"), "full-body"}].push_back(
          {.view = table.text(row, "view"),
           .region = "neck",
           .box = {.x = pixelsAt(table, row, "cropX", file),
                   .y = pixelsAt(table, row, "cropY", file),
                   .width = pixelsAt(table, row, "cropWidth", file),
                   .height = pixelsAt(table, row, "cropHeight", file)},
           .source = "automatic",
           .depthMm = {},
           .uptakePercent = {}});
}

MarksOfStudies readMarks(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "regions.csv";
  const CsvTable table = CsvTable::read(file);
  MarksOfStudies marks;
  addCrops(folder / "views.csv", marks);
  for (std::size_t row = 0; row < table.rowCount(); ++row)
    marks[{table.text(row, "study"), table.text(row, "imageSet")}].push_back(markAt(table, row, file));
  return marks;
}

}  // namespace

dataset::ImageSet imageSetNamed(const std::string& name) {
  for (const dataset::ImageSet set : {dataset::ImageSet::kFullBody, dataset::ImageSet::kNeckRegion})
    if (dataset::imageSetText(set) == name) return set;
  throw InputError("unknown-image-set", "'" + name + "' is no image set of a dataset");
}

PictureSource picturesOf(const dataset::Dataset& dataset) {
  auto marks = std::make_shared<const MarksOfStudies>(readMarks(dataset.folder()));
  return [&dataset, marks](const std::string& study, const std::string& imageSet) {
    const auto found = marks->find({study, imageSet});
    return StudyPictures{.views = dataset.views(study, imageSetNamed(imageSet)),
                         .marks = found == marks->end() ? std::vector<RegionMark>{} : found->second};
  };
}

}  // namespace remnant::benchmark
