#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>

#include "commands/declarations.h"
#include "remnant/base/interrupt.h"
#include "remnant/base/progress.h"
#include "remnant/quantify/calibration_json.h"

namespace remnant::commands {
namespace {

using namespace quantify;

struct Options {
  std::string sources;
  std::string out;
  bool json = false;
};

constexpr const char* kLine = "{:<18} {:<5} {:<8} {:<12} {:<24} {}\n";

std::string windowText(const physics::Window& window) {
  return window.upperKeV > 0 ? fmt::format("{:.0f}-{:.0f}", window.lowerKeV, window.upperKeV) : "-";
}

std::string valueText(const CalibrationResult& result) {
  if (const auto* refusal = std::get_if<Refusal>(&result.result))
    return fmt::format("refused ({}): {}", refusal->code, refusal->sentence);
  const Estimate& estimate = std::get<Estimate>(result.result);
  const std::string unit = calibrationUnitText(result.quantity);
  return fmt::format("{:.4g} +- {:.2g} (counting) +- {:.2g} (systematic){}{}", estimate.value,
                     estimate.statistical, estimate.systematic, unit.empty() ? "" : " ", unit);
}

void printRow(const CalibrationResult& result) {
  fmt::print(kLine, calibrationQuantityText(result.quantity),
             result.head > 0 ? std::to_string(result.head) : "-", result.nuclide, windowText(result.window),
             fmt::format("{}", fmt::join(result.acquisitions, " ")), valueText(result));
  const auto* estimate = std::get_if<Estimate>(&result.result);
  if (!estimate) return;
  fmt::print("{:<6}by {}; with {}\n", "", estimate->method, fmt::join(estimate->inputs, ", "));
  if (result.degrees > 0)
    fmt::print("{:<6}chi squared {:.2f} of {} degrees of freedom, probability {:.2g}\n", "",
               result.chiSquared, result.degrees, result.probability);
}

void printTable(const CameraCalibration& made) {
  fmt::print(kLine, "quantity", "head", "nuclide", "window keV", "acquisitions", "value");
  for (const CalibrationResult& result : made.results) printRow(result);
  for (const std::string& warning : made.warnings) fmt::print("! {}\n", warning);
}

ExitStatus run(const Options& options) {
  const physics::CameraLibrary& library = physics::CameraLibrary::standard();
  const CalibrationSources sources = readCalibrationSources(options.sources, library);
  std::vector<std::string> warnings;
  const std::vector<AcquiredSource> acquired = readAcquiredSources(sources, warnings);
  stopIfInterrupted();
  CameraCalibration made = calibrateCamera(sources, acquired, library);
  made.warnings.insert(made.warnings.begin(), warnings.begin(), warnings.end());
  if (made.calibration) physics::writeCalibration(*made.calibration, options.out);
  if (options.json)
    fmt::print("{}\n", jsonOf(made));
  else
    printTable(made);
  if (!made.calibration) {
    say("remnant: no sensitivity could be measured; no calibration was written");
    return ExitStatus::kBadInput;
  }
  return made.refusedSome() ? ExitStatus::kFaultsFound : ExitStatus::kDone;
}

}  // namespace

Command calibrateCommand() {
  auto options = std::make_shared<Options>();
  return Command("calibrate", "make a camera's calibration from acquisitions of known sources")
      .description(
          "Reads SOURCES.toml, which names the camera, its collimator and acquisitions of known sources "
          "(points, dishes, syringes, lines, the room's background) with their activities and places, and "
          "measures each head's sensitivity in each window, the heads' gain, the dead time and the "
          "resolution. Each result has what counting leaves uncertain apart from what activity, septal "
          "penetration, dead time and the days do. Several sources of one head and window are joined, and "
          "told where they disagree. Windows beside the photopeak without a source get their entry by the "
          "camera library's ratio, a head without a source by the heads' gain.\n\n"
          "The calibration file, which quantify reads, appears whole. It keeps what the objects call the "
          "collimator, often a number, so that studies that call it so are known. Exit status 3 means that "
          "something else could not be measured, which is told with its reason; without any sensitivity no "
          "file is written and the status is 1.")
      .argument("SOURCES.toml", &options->sources, "the camera and its acquisitions")
      .requiredOption("--out", "FILE", &options->out, "where the calibration goes, as JSON")
      .flag("--json", options->json, "print JSON instead of a table")
      .example("remnant calibrate examples/calibration/sources.toml --out camera.json",
               "calibrate a camera with a dish of I-131")
      .reference("NEMA NU 1, Performance Measurements of Gamma Cameras")
      .reference("Sorenson 1975, J. Nucl. Med. 16:284 (dead time from two sources)")
      .runs([options] { return run(*options); });
}

}  // namespace remnant::commands
