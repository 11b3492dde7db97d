#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands/declarations.h"
#include "remnant/base/csv.h"
#include "remnant/base/progress.h"
#include "remnant/base/sha256.h"
#include "remnant/phantom/simulated_archive.h"

namespace remnant::commands {
namespace {

constexpr double kMostHistories = 1e10;
/// Of the variance of counting: the Monte Carlo's own noise then widens the spread of counts by a twentieth.
constexpr double kSmallNoise = 0.1;

struct Options {
  std::string cohort = "demo";
  long patients = 0;
  std::uint64_t seed = 0;
  std::string out;
  std::string engine = "fast";
  long histories = static_cast<long>(phantom::MonteCarloConfig{}.histories);
  long study = 0;
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
  if (summary.noise) {
    facts["noiseOfCounts"] = summary.noise->ofCounts;
    facts["noiseOfCountingVariance"] = summary.noise->ofCountingVariance;
  }
  fmt::print("{}\n", facts.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

std::string twoDigits(double value) {
  return numberText(std::stod(fmt::format("{:.1e}", value)));
}

std::string remedyOf(const phantom::MonteCarloNoise& noise, std::size_t histories) {
  const double enough = phantom::historiesForNoise(kSmallNoise, noise, histories);
  if (enough > kMostHistories)
    return fmt::format("no number of --histories allowed leaves {} times", kSmallNoise);
  return fmt::format("about {} times would be left with --histories {:.0f}", kSmallNoise, enough);
}

void tellNoise(const phantom::MonteCarloNoise& noise, std::size_t histories) {
  say(fmt::format(
      "the Monte Carlo's own noise in what was expected: {} % of a view's counts; in its pixels {} of the "
      "variance of counting",
      twoDigits(100 * noise.ofCounts), twoDigits(noise.ofCountingVariance)));
  if (noise.hidesCounting())
    say(
        fmt::format("warning: the pictures show the noise of too few photons rather than the camera's: in "
                    "their pixels it is {} times the variance of counting; {}",
                    twoDigits(noise.ofCountingVariance), remedyOf(noise, histories)));
}

std::optional<phantom::MonteCarloConfig> monteCarloOf(const Options& options) {
  phantom::MonteCarloConfig config;
  if (options.engine == "fast") {
    if (options.histories != static_cast<long>(config.histories))
      throw UsageError("--histories belongs to --engine monte-carlo");
    return std::nullopt;
  }
  if (options.engine != "monte-carlo")
    throw UsageError(fmt::format("--engine is fast or monte-carlo, not '{}'", options.engine));
  config.histories = static_cast<std::size_t>(options.histories);
  return config;
}

phantom::ArchiveRequest requestOf(const Options& options) {
  phantom::ArchiveRequest request;
  request.patients = static_cast<std::size_t>(options.patients);
  request.seed = options.seed;
  request.folder = options.out;
  request.planted = options.planted;
  request.masks = options.masks;
  request.threads = options.threads;
  if (options.study > 0) request.study = static_cast<std::size_t>(options.study);
  request.monteCarlo = monteCarloOf(options);
  return request;
}

phantom::ArchiveSummary simulate(const std::filesystem::path& cohortFile,
                                 const phantom::ArchiveRequest& request) {
  const phantom::Cohort cohort = phantom::readCohort(cohortFile);
  try {
    return phantom::writeArchive(cohort, request);
  } catch (const InputError& error) {
    // What the engine cannot do is asked for by a key of the cohort's file.
    throw error.code() == "engine-cannot" ? error.inFile(cohortFile.string()) : error;
  }
}

ExitStatus run(const Options& options) {
  phantom::ArchiveRequest request = requestOf(options);
  const auto cohortFile = phantom::findCohort(options.cohort);
  request.cohortSha256 = toHex(sha256OfFile(cohortFile));
  const phantom::ArchiveSummary summary = simulate(cohortFile, request);
  if (summary.noise) tellNoise(*summary.noise, request.monteCarlo->historiesOfView());
  printSummary(options, summary);
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
          "folder that holds another simulation is refused.\n\n"
          "With --engine monte-carlo one study (--study chooses it) is made with the scatter in the patient "
          "followed photon by photon; patient, scene, camera, nuisances and truth are those that the fast "
          "engine "
          "gives the same study. Unscattered photons and septal penetration are the fast engine's, and so is "
          "all from gains to Poisson counts; the cohort's choice of a scatter model has no influence. Static "
          "pictures and whole-body sweeps can be made so; a cohort with dynamic series or tomography is "
          "refused. Expected counts of a Monte Carlo have noise of their own: what is left of it is told at "
          "the end, and falls with the root of --histories. docs/physics.md has both engines side by side.")
      .option("--cohort", "NAME|FILE", &options->cohort,
              "who is simulated: a TOML file, or the name of one of the cohorts that come with the program")
      .requiredOption("--patients", "N", &options->patients,
                      "how many patients, each with one to three studies", Bounds{1, 1000000})
      .requiredOption("--seed", "S", &options->seed, "the seed that every draw comes from")
      .requiredOption("--out", "DIR", &options->out, "the folder to write")
      .option("--study", "K", &options->study,
              "make this study alone, counted from 1 in the order of labels.csv; 0 is all of them",
              Bounds{0, 1e7})
      .option("--engine", "NAME", &options->engine,
              "fast: scatter by a model; monte-carlo: the reference, for one study")
      .option("--histories", "N", &options->histories,
              "photons that the Monte Carlo emits for each view of a head", Bounds{1000, kMostHistories})
      .flag("--phi", options->planted,
            "plant the fictitious identity in more places: nested sequences, free text, private elements")
      .flag("--masks", options->masks,
            "write to DIR/truth, as 16-bit PNG, where each focus, the glands, nodes and other organs show")
      .option("--threads", "N", &options->threads, "threads to use; 0 is one a core", Bounds{0, 1024})
      .flag("--json", options->json, "print the summary as JSON")
      .example("remnant simulate --patients 120 --seed 1 --out archive",
               "makes the archive of the demonstration")
      .example(
          "remnant simulate --cohort tc99m-static --patients 1 --seed 1 --study 1 --engine monte-carlo --out "
          "reference",
          "makes the first study of a patient, its scatter by the Monte Carlo")
      .reference(
          "Liu, King et al. 2008, PMC2930494 (forced detection, convolved with the collimator's response)")
      .reference("Woodcock 1965, ANL-7050 (tracking through voxels)")
      .runs([options] { return run(*options); });
}

}  // namespace remnant::commands
