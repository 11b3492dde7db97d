#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands/declarations.h"
#include "commands/documentation.h"
#include "remnant/dataset/catalogue.h"
#include "remnant/dataset/ingest.h"

namespace remnant::commands {
namespace {

struct Options {
  dataset::IngestConfig config;
  std::string archive, store, keyFile;
  bool json = false;
  bool list = false;
};

void printJson(const dataset::IngestSummary& summary) {
  nlohmann::ordered_json quarantined = nlohmann::ordered_json::array();
  for (const auto& [code, count] : summary.quarantined)
    quarantined.push_back({{"code", code}, {"count", count}, {"fault", dataset::isFault(code)}});
  const nlohmann::ordered_json facts = {{"read", summary.files},
                                        {"stored", summary.stored},
                                        {"alreadyKnown", summary.alreadyKnown},
                                        {"quarantined", quarantined}};
  std::cout << facts.dump(2) << "\n";
}

void printTable(const dataset::IngestSummary& summary) {
  std::cout << fmt::format("{:<28}{:>8}\n", "files read", summary.files)
            << fmt::format("{:<28}{:>8}\n", "objects stored", summary.stored)
            << fmt::format("{:<28}{:>8}\n", "known already", summary.alreadyKnown)
            << fmt::format("{:<28}{:>8}\n", "set aside", summary.quarantinedFiles());
  for (const auto& [code, count] : summary.quarantined)
    std::cout << fmt::format("  {:<26}{:>8}{}\n", code, count, dataset::isFault(code) ? "  fault" : "");
}

ExitStatus run(Options& options) {
  options.config.archive = options.archive;
  options.config.store = options.store;
  options.config.keyFile = options.keyFile;
  options.config.softwareVersion = versionText();
  const dataset::IngestSummary summary = dataset::ingest(options.config);
  if (options.list)
    std::cout << dataset::Catalogue::open(options.config.catalogueUrl).objectTable().toText();
  else if (options.json)
    printJson(summary);
  else
    printTable(summary);
  return summary.foundFaults() ? ExitStatus::kFaultsFound : ExitStatus::kDone;
}

}  // namespace

Command ingestCommand() {
  auto options = std::make_shared<Options>();
  return Command("ingest", "read an archive into a catalogue and a de-identified store")
      .description(
          "Reads every file of ARCHIVE, checks it, de-identifies it with the key, and stores it under a name "
          "of "
          "our own; or sets it aside with its reason, in the catalogue and in the store's folder "
          "quarantine/. "
          "Patients get pseudonyms, UIDs are mapped, dates move by a number of days of each patient's own, "
          "private and descriptive attributes go (DICOM PS3.15, Basic Profile, keeping patient "
          "characteristics "
          "and modified dates). The year, the age band, the sex, the scanner and a pseudonym of the "
          "institution "
          "are kept in the catalogue.\n\n"
          "A file is known by its content: run again, stopped or killed, and run again, it is neither lost "
          "nor "
          "doubled. Files that are not DICOM, not nuclear medicine, without pixels or compressed with loss "
          "are "
          "set aside and are no fault; anything else set aside ends the command with exit status 3.")
      .argument("ARCHIVE", &options->archive, "a folder, read with all below it; links are not followed")
      .requiredOption("--catalogue", "URL", &options->config.catalogueUrl,
                      "a SQLite file, made where it is missing (PATH or sqlite:PATH)")
      .requiredOption("--store", "DIR", &options->store,
                      "where the de-identified objects go, not inside ARCHIVE")
      .requiredOption("--key", "FILE", &options->keyFile,
                      "the key (see `remnant key new`), kept apart from catalogue and store")
      .option("--threads", "N", &options->config.threads, "threads; 0 takes one a core", Bounds{0, 1024})
      .flag("--json", options->json, "print the counts as JSON")
      .flag("--list", options->list, "print the catalogue's objects as CSV instead of the counts")
      .example(
          "remnant ingest /archive --catalogue out/catalogue.sqlite --store out/store --key ~/remnant.key",
          "reads an archive; the same command goes on where it was stopped")
      .reference("DICOM PS3.15 2024b, Annex E: Attribute Confidentiality Profiles")
      .runs([options] { return run(*options); });
}

}  // namespace remnant::commands
