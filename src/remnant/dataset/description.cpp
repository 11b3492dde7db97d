#include "remnant/dataset/description.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "remnant/base/atomic_file.h"
#include "remnant/base/error.h"
#include "remnant/dataset/build.h"
#include "remnant/dataset/dataset.h"
#include "remnant/standardise/study_images.h"

namespace remnant::dataset {
namespace {

using Json = nlohmann::ordered_json;

Json provenanceJson(const Provenance& provenance) {
  return {{"software", "remnant"},
          {"softwareVersion", provenance.softwareVersion},
          {"seed", provenance.seed},
          {"catalogueSha256", provenance.catalogueSha256},
          {"labelsSha256", provenance.labelsSha256},
          {"regionsSha256", provenance.regionsSha256}};
}

Json geometryJson() {
  const standardise::NeckConfig neck;
  return {
      {"orientation",
       "as acquired; the posterior view is mirrored left to right against the anterior one; headEnd in "
       "views.csv tells the edge that the head is at"},
      {"full-body", {{"content", "each view whole, raw counts"}}},
      {"neck-region",
       {{"content", "a crop of the same raw counts around the neck, found from the outline of the body"},
        {"widthMm", neck.neckWidthMm},
        {"heightMm", neck.neckHeightMm}}},
      {"pixels", "16-bit greyscale PNG; a pixel's value is its count"},
  };
}

Json splitsJson() {
  return {{"kfold", {{"folds", kFolds}, {"repeats", kRepeats}}},
          {"holdout", {{"train", 0.7}, {"validation", 0.1}, {"test", 0.2}}}};
}

}  // namespace

std::string descriptionText(const Description& description) {
  const Json json = {
      {"format", kDatasetFormat},
      {"name", description.name},
      {"version", description.version},
      {"simulated", description.simulated},
      {"labels", {{"0", "no residual tissue"}, {"1", "residual tissue"}}},
      {"studies", description.studies},
      {"patients", description.patients},
      {"positives", description.positives},
      {"leftOut", description.leftOut},
      {"severalAcquisitions", description.severalAcquisitions},
      {"geometry", geometryJson()},
      {"splits", splitsJson()},
      {"provenance", provenanceJson(description.provenance)},
  };
  return json.dump(2) + "\n";
}

Description readDescription(const std::filesystem::path& path) {
  try {
    const auto json = nlohmann::json::parse(readWholeFile(path));
    if (json.at("format").get<int>() != kDatasetFormat)
      throw InputError(
          "bad-dataset",
          "the dataset is of format " + json.at("format").dump() + ", which this version does not read",
          path.string(), "format");
    const auto& provenance = json.at("provenance");
    return {.name = json.at("name"),
            .version = json.at("version"),
            .simulated = json.at("simulated"),
            .studies = json.at("studies"),
            .patients = json.at("patients"),
            .positives = json.at("positives"),
            .leftOut = json.at("leftOut"),
            .severalAcquisitions = json.at("severalAcquisitions"),
            .provenance = {.softwareVersion = provenance.at("softwareVersion"),
                           .seed = provenance.at("seed"),
                           .catalogueSha256 = provenance.at("catalogueSha256"),
                           .labelsSha256 = provenance.at("labelsSha256"),
                           .regionsSha256 = provenance.at("regionsSha256")}};
  } catch (const nlohmann::json::exception& error) {
    throw InputError("bad-dataset", std::string("is no description of a dataset: ") + error.what(),
                     path.string());
  }
}

std::string provenanceText(const std::string& name, const Provenance& provenance) {
  return Json{{"unfinished", name}, {"provenance", provenanceJson(provenance)}}.dump(2) + "\n";
}

std::string readMeText(const Description& description) {
  return fmt::format(
      "{} {}\n\n"
      "{} scintigraphy studies of {} {}, {} of them labelled as residual thyroid tissue (1), the others not "
      "(0).\nFor research only; not for clinical use.\n\n"
      "full-body/     each study's anterior and posterior view, raw counts as 16-bit PNG\n"
      "neck-region/   the crop of each view around the neck\n"
      "dicom/         the de-identified objects the images come from\n"
      "studies.csv    the label and what is known of each study\n"
      "views.csv      each image: its size, pixel spacing, and where it was cut from what\n"
      "regions.csv    thyroid and shoulder boxes, and foci with depth and uptake where they are known\n"
      "splits.csv     divisions by patient\n"
      "left-out.csv   studies that are not here, and why\n"
      "dataset.json   version, geometry, labels, provenance\n\n"
      "Columns are explained in docs/data-dictionary.md of remnant. Check the files with: sha256sum -c "
      "checksums.sha256\n",
      description.name, description.version, description.studies, description.patients,
      description.simulated ? "simulated patients" : "patients", description.positives);
}

}  // namespace remnant::dataset
