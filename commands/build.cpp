#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands/declarations.h"
#include "commands/documentation.h"
#include "remnant/base/progress.h"
#include "remnant/dataset/build.h"

namespace remnant::commands {
namespace {

struct Options {
  dataset::BuildConfig config;
  std::string store, labels, out;
  std::optional<std::string> key, regions;
  bool json = false;
};

void printJson(const dataset::BuildSummary& summary) {
  const nlohmann::ordered_json facts = {
      {"studies", summary.studies},           {"patients", summary.patients},
      {"positives", summary.positives},       {"leftOut", summary.leftOut},
      {"alreadyBuilt", summary.alreadyBuilt}, {"severalAcquisitions", summary.severalAcquisitions},
      {"contentHash", summary.contentHash}};
  std::cout << facts.dump(2) << "\n";
}

void printTable(const dataset::BuildSummary& summary) {
  std::cout << fmt::format("{:<28}{:>8}\n", "studies", summary.studies)
            << fmt::format("{:<28}{:>8}\n", "patients", summary.patients)
            << fmt::format("{:<28}{:>8}\n", "with residual tissue", summary.positives);
  for (const auto& [reason, count] : summary.leftOut)
    std::cout << fmt::format("{:<28}{:>8}\n", "left out: " + reason, count);
}

ExitStatus run(Options& options) {
  options.config.store = options.store;
  options.config.labels = options.labels;
  options.config.out = options.out;
  if (options.key) options.config.key = *options.key;
  if (options.regions) options.config.regions = *options.regions;
  options.config.softwareVersion = versionText();
  const dataset::BuildSummary summary = dataset::build(options.config);
  if (summary.alreadyBuilt) say("the dataset was there already, and every file is as it was made");
  if (summary.severalAcquisitions > 0)
    say(fmt::format("{} studies hold more than one whole-body acquisition; the earliest was taken",
                    summary.severalAcquisitions));
  options.json ? printJson(summary) : printTable(summary);
  return ExitStatus::kDone;
}

}  // namespace

Command buildCommand() {
  auto options = std::make_shared<Options>();
  return Command("build", "make the two datasets from a catalogue and a table of labels")
      .description(
          "Takes every labelled study of the catalogue that has a pair of opposed whole-body views, and "
          "writes "
          "both datasets into one folder: Full Body (each view whole) and Neck Region (its crop around the "
          "neck, "
          "found from the outline of the body), raw counts as 16-bit PNG, with tables, divisions by patient, "
          "de-identified DICOM and checksums. Studies left out stand in left-out.csv with the reason. The "
          "columns "
          "are explained in docs/data-dictionary.md.\n\n"
          "Rows of labels are keyed by the hospital's own identifiers (columns patientId, studyInstanceUid), "
          "which the key turns into pseudonyms in memory, or by pseudonyms (columns patient, study). A label "
          "is "
          "1 (residual tissue) or 0. Rows that match no study of the catalogue are listed by their line, and "
          "nothing is built.\n\n"
          "The same input gives the same bytes. Stopped or killed, the same command goes on; a folder with a "
          "dataset made from something else is refused.")
      .requiredOption("--catalogue", "URL", &options->config.catalogueUrl,
                      "the catalogue that `remnant ingest` made (PATH or sqlite:PATH)")
      .requiredOption("--store", "DIR", &options->store, "the store of de-identified objects beside it")
      .requiredOption("--labels", "CSV", &options->labels,
                      "labels: identifiers, label, and where known tshMilliUnitsPerL, thyroglobulinNgPerMl")
      .option("--key", "FILE", &options->key,
              "the key the archive was ingested with; needed for original identifiers")
      .option("--regions", "CSV", &options->regions,
              "known regions on the full-body views, with the columns of truth.csv")
      .requiredOption("--out", "DATASET", &options->out, "the folder to make")
      .requiredOption("--seed", "S", &options->config.seed, "the seed of the divisions in splits.csv")
      .option("--name", "NAME", &options->config.name, "what the dataset is called")
      .option("--threads", "N", &options->config.threads, "threads; 0 takes one a core", Bounds{0, 1024})
      .flag("--json", options->json, "print the counts as JSON")
      .example(
          "remnant build --catalogue out/catalogue.sqlite --store out/store --key ~/remnant.key --labels "
          "labels.csv --seed 1 --out out/dataset",
          "makes the datasets of an ingested archive")
      .runs([options] { return run(*options); });
}

}  // namespace remnant::commands
