#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands/declarations.h"
#include "remnant/base/sha256.h"
#include "remnant/phantom/simulated_archive.h"

namespace remnant::commands {
namespace {

struct Options {
  std::string cohort = "demo";
  long patients = 0;
  std::uint64_t seed = 0;
  std::string out;
  bool planted = false;
  bool masks = false;
  unsigned threads = 0;
  bool json = false;
};

void printSummary(const Options& options, const phantom::ArchiveSummary& summary) {
  if (!options.json) {
    fmt::print("{} studies of {} patients, {} with residual tissue; {} objects written now\n",
               summary.studies, summary.patients, summary.residualTissue, summary.madeNow);
    return;
  }
  nlohmann::ordered_json facts;
  facts["out"] = options.out;
  facts["patients"] = summary.patients;
  facts["studies"] = summary.studies;
  facts["residualTissue"] = summary.residualTissue;
  facts["madeNow"] = summary.madeNow;
  fmt::print("{}\n", facts.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

ExitStatus run(const Options& options) {
  const auto cohortFile = phantom::findCohort(options.cohort);
  phantom::ArchiveRequest request;
  request.patients = static_cast<std::size_t>(options.patients);
  request.seed = options.seed;
  request.folder = options.out;
  request.planted = options.planted;
  request.masks = options.masks;
  request.threads = options.threads;
  request.cohortSha256 = toHex(sha256OfFile(cohortFile));
  printSummary(options, phantom::writeArchive(phantom::readCohort(cohortFile), request));
  return ExitStatus::kDone;
}

}  // namespace

Command simulateCommand() {
  auto options = std::make_shared<Options>();
  return Command("simulate", "make a hospital's archive of simulated patients")
      .description(
          "Writes scans of simulated patients after thyroidectomy as NM DICOM objects under DIR/dicom "
          "(whole-body "
          "sweeps or pictures of the neck, with CT series where the cohort has them), the labels that a "
          "hospital "
          "would have to DIR/labels.csv, what it measures of the neck to DIR/measurements.csv, what it knows "
          "of its "
          "cameras to DIR/calibration, and what only the simulator knows (regions, depths, uptakes) to "
          "DIR/truth.csv. "
          "The patients, their names included, are obviously fictitious. The same cohort, seed and number of "
          "patients "
          "give the same bytes on any number of threads. Interrupted, the same command goes on where it "
          "stopped; a "
          "folder that holds another simulation is refused.")
      .option("--cohort", "NAME|FILE", &options->cohort,
              "who is simulated: a TOML file, or the name of one of the cohorts that come with the program")
      .requiredOption("--patients", "N", &options->patients,
                      "how many patients, each with one to three studies", Bounds{1, 1000000})
      .requiredOption("--seed", "S", &options->seed, "the seed that every draw comes from")
      .requiredOption("--out", "DIR", &options->out, "the folder to write")
      .flag("--phi", options->planted,
            "plant the fictitious identity in more places: nested sequences, free text, private elements")
      .flag("--masks", options->masks,
            "write to DIR/truth, as 16-bit PNG, where each focus, the glands, nodes and other organs show")
      .option("--threads", "N", &options->threads, "threads to use; 0 is one a core", Bounds{0, 1024})
      .flag("--json", options->json, "print the summary as JSON")
      .example("remnant simulate --patients 120 --seed 1 --out archive",
               "makes the archive of the demonstration")
      .runs([options] { return run(*options); });
}

}  // namespace remnant::commands
