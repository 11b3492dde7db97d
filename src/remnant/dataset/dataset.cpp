#include "remnant/dataset/dataset.h"

#include <algorithm>
#include <set>

#include "remnant/base/sha256.h"
#include "remnant/dataset/checksums.h"
#include "remnant/dataset/description.h"
#include "remnant/dataset/schema.h"
#include "remnant/dataset/splits.h"
#include "remnant/image/png.h"

namespace remnant::dataset {
namespace {

namespace fs = std::filesystem;

std::string viewKey(const std::string& study, const std::string& imageSet, const std::string& view) {
  return study + "/" + imageSet + "/" + view;
}

image::Box boxOf(const CsvTable& table, std::size_t row, const std::string& path) {
  const auto side = [&](const char* column) {
    const long value = table.integer(row, column).value_or(-1);
    if (value < 0)
      throw InputError("bad-value", "line " + std::to_string(table.line(row)) + ": a negative place or size",
                       path, column);
    return static_cast<std::size_t>(value);
  };
  return {.x = side("x"), .y = side("y"), .width = side("width"), .height = side("height")};
}

}  // namespace

std::string imageSetText(ImageSet set) {
  return set == ImageSet::kFullBody ? "full-body" : "neck-region";
}

Dataset Dataset::open(const fs::path& folder) {
  Dataset dataset;
  dataset.folder_ = folder;
  dataset.readDescription();
  dataset.readChecksums();
  dataset.readStudies();
  dataset.readViews();
  dataset.readRegions();
  dataset.readSplits();
  return dataset;
}

void Dataset::readDescription() {
  const fs::path path = folder_ / "dataset.json";
  if (!fs::exists(path))
    throw InputError("no-dataset", "is no finished dataset; `remnant build` makes one", folder_.string());
  const Description description = dataset::readDescription(path);
  name_ = description.name;
  version_ = description.version;
  simulated_ = description.simulated;
  seed_ = description.provenance.seed;
}

void Dataset::readChecksums() {
  const fs::path path = folder_ / kChecksumsFile;
  checksums_ = readChecksumsFile(path);
  contentHash_ = toHex(sha256OfFile(path));
  requireUnchanged("dataset.json");
}

void Dataset::requireUnchanged(const std::string& file) const {
  const auto expected = checksums_.find(file);
  const fs::path path = folder_ / file;
  if (expected == checksums_.end())
    throw InputError("changed-file", "does not stand in the dataset's checksums", path.string());
  if (toHex(sha256OfFile(path)) != expected->second)
    throw InputError("changed-file", "is not the file the dataset was made with", path.string());
}

CsvTable Dataset::readTable(std::string_view file) const {
  requireUnchanged(std::string(file));
  const fs::path path = folder_ / file;
  CsvTable table = CsvTable::read(path);
  requireSchema(table, file, path.string());
  return table;
}

void Dataset::readStudies() {
  const CsvTable table = readTable("studies.csv");
  std::set<std::string> seen;
  for (std::size_t row = 0; row < table.rowCount(); ++row) {
    const auto text = [&](const char* column) { return table.text(row, column); };
    const auto number = [&](const char* column) { return table.number(row, column); };
    if (!seen.insert(text("study")).second)
      throw InputError("bad-dataset", "line " + std::to_string(table.line(row)) + ": the study stands twice",
                       (folder_ / "studies.csv").string(), "study");
    studies_.push_back({.patient = text("patient"),
                        .study = text("study"),
                        .label = static_cast<int>(table.integer(row, "label").value()),
                        .radionuclide = text("radionuclide"),
                        .scanner = text("scanner"),
                        .centre = text("centre"),
                        .sex = text("sex"),
                        .ageBand = text("ageBand"),
                        .acquisitionPeriod = table.integer(row, "acquisitionPeriod"),
                        .doseMBq = number("doseMBq"),
                        .hoursFromDose = number("hoursFromDose"),
                        .tshMilliUnitsPerL = number("tshMilliUnitsPerL"),
                        .thyroglobulinNgPerMl = number("thyroglobulinNgPerMl")});
  }
}

void Dataset::readViews() {
  const CsvTable table = readTable("views.csv");
  for (std::size_t row = 0; row < table.rowCount(); ++row)
    viewFiles_[viewKey(table.text(row, "study"), table.text(row, "imageSet"), table.text(row, "view"))] = {
        .file = table.text(row, "file"),
        .rowSpacingMm = table.number(row, "pixelSpacingRowMm").value(),
        .columnSpacingMm = table.number(row, "pixelSpacingColumnMm").value(),
        .headFirst = table.text(row, "headEnd") == "top"};
  for (const Study& study : studies_)
    for (const ImageSet set : {ImageSet::kFullBody, ImageSet::kNeckRegion})
      for (const char* view : {"anterior", "posterior"}) viewFile(study.study, set, view);
}

void Dataset::readRegions() {
  const std::string path = (folder_ / "regions.csv").string();
  const CsvTable table = readTable("regions.csv");
  for (std::size_t row = 0; row < table.rowCount(); ++row)
    regions_.push_back({.study = table.text(row, "study"),
                        .imageSet = table.text(row, "imageSet"),
                        .view = table.text(row, "view"),
                        .region = table.text(row, "region"),
                        .box = boxOf(table, row, path),
                        .source = table.text(row, "source")});
}

void Dataset::readSplits() {
  const CsvTable table = readTable("splits.csv");
  for (std::size_t row = 0; row < table.rowCount(); ++row)
    splits_.push_back({.protocol = table.text(row, "protocol"),
                       .repeat = static_cast<int>(table.integer(row, "repeat").value()),
                       .fold = static_cast<int>(table.integer(row, "fold").value()),
                       .patient = table.text(row, "patient"),
                       .part = table.text(row, "part")});
}

std::vector<SplitEntry> Dataset::kFold(int folds, int repeats) const {
  return groupedKFold(summarisePatients(studies_), folds, repeats, seed_);
}

const Dataset::ViewFile& Dataset::viewFile(const std::string& study, ImageSet set,
                                           const std::string& view) const {
  const auto found = viewFiles_.find(viewKey(study, imageSetText(set), view));
  if (found == viewFiles_.end())
    throw InputError("unknown-study",
                     "there is no " + view + " " + imageSetText(set) + " view of study " + study,
                     (folder_ / "views.csv").string(), "study");
  return found->second;
}

standardise::OpposedViews Dataset::views(const std::string& study, ImageSet set) const {
  const ViewFile& anterior = viewFile(study, set, "anterior");
  const ViewFile& posterior = viewFile(study, set, "posterior");
  requireUnchanged(anterior.file);
  requireUnchanged(posterior.file);
  return {.anterior = image::readPng(folder_ / anterior.file),
          .posterior = image::readPng(folder_ / posterior.file),
          .rowSpacingMm = anterior.rowSpacingMm,
          .columnSpacingMm = anterior.columnSpacingMm,
          .headFirst = anterior.headFirst};
}

}  // namespace remnant::dataset
