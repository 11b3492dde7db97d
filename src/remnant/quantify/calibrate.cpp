#include "remnant/quantify/calibrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "remnant/base/error.h"
#include "remnant/physics/dead_time.h"
#include "remnant/physics/scatter.h"
#include "remnant/quantify/count_corrections.h"
#include "remnant/quantify/source_disc.h"

namespace remnant::quantify {
namespace {

constexpr double kNormal95 = 1.959964;
constexpr std::int64_t kLeastGainCounts = 100;
constexpr double kLeastNetSigmas = 5;

Estimate estimated(double value, double statistical, double systematic, const char* method,
                   std::vector<std::string> inputs) {
  Estimate estimate;
  estimate.value = value;
  estimate.statistical = statistical;
  estimate.systematic = systematic;
  const double reach = kNormal95 * estimate.standardUncertainty();
  estimate.lower = value - reach;
  estimate.upper = value + reach;
  estimate.method = method;
  estimate.inputs = std::move(inputs);
  return estimate;
}

Known decayed(const physics::Nuclide& nuclide, const Assay& assay, double readingRelativeSigma) {
  const double value = assay.activityMBq * physics::decayFactor(nuclide, assay.hoursBefore);
  return {value, value * readingRelativeSigma};
}

void checkAcquisition(const SourceAcquisition& acquisition) {
  const bool background = !acquisition.background || acquisition.background->seconds > 0;
  if (!(acquisition.source.seconds > 0 && background && acquisition.pixelMm > 0 &&
        acquisition.activityMBq.value > 0))
    throw ProgramError("a calibration source has no seconds, pixels or activity");
}

/// What the liquid's layers and the cover let through, scatter included.
double transmission(const physics::Nuclide& nuclide, const SourceGeometry& geometry) {
  const physics::BroadBeam beam = physics::BroadBeam::of(nuclide);
  constexpr int kLayers = 20;
  double sum = 0;
  for (int layer = 0; layer < kLayers; ++layer)
    sum += beam.transmission(geometry.coverMm + geometry.liquidMm * (layer + 0.5) / kLayers);
  return sum / kLayers;
}

/// The disc, or the whole picture where there is none.
double regionCounts(const image::Counts& counts, const std::optional<Disc>& disc) {
  return disc ? countsIn(counts, *disc) : static_cast<double>(image::sumOf(counts));
}

/// Net counts a second in the region as the source gave them, dead time taken back.
struct NetRate {
  double value = 0;
  double sigma = 0;
};

NetRate netRate(const SourceAcquisition& acquisition, const std::optional<Disc>& disc,
                double gainForDeadTime) {
  const Exposure& source = acquisition.source;
  const double inside = regionCounts(source.counts, disc);
  double rate = inside / source.seconds * gainForDeadTime;
  double variance = inside * std::pow(gainForDeadTime / source.seconds, 2);
  if (acquisition.background) {
    const double behind = regionCounts(acquisition.background->counts, disc);
    rate -= behind / acquisition.background->seconds;
    variance += behind / std::pow(acquisition.background->seconds, 2);
  }
  return {rate, std::sqrt(variance)};
}

double deadTimeGain(const SourceAcquisition& acquisition, const CalibrateConfig& config,
                    double deadTimeSeconds) {
  const double rate =
      static_cast<double>(image::sumOf(acquisition.source.counts)) / acquisition.source.seconds;
  return deadTimeFactor(rate, config.fullSpectrumFraction, deadTimeSeconds);
}

/// Counts in the disc for each of the core, with its derivative by the scale of the tails.
struct DiscShare {
  double value = 0;
  double byTailScale = 0;
};

DiscShare discShare(const SourceGeometry& geometry, const physics::PointResponse& library, double radiusMm,
                    double tailScale) {
  DiscShare share;
  const double sourceMm = geometry.diameterMm / 2;
  for (std::size_t tail = 0; tail < library.tails.size(); ++tail)
    share.byTailScale += library.tails[tail].fraction / library.coreFraction *
                         tailShareInDisc(library.tailLengthMm(tail, geometry.distanceMm), sourceMm, radiusMm);
  share.value = coreShareInDisc(library.sigmaMm(geometry.distanceMm), sourceMm, radiusMm) +
                tailScale * share.byTailScale;
  return share;
}

double relativeSystematic(const SourceAcquisition& acquisition, const DiscShare& share,
                          const CalibrateConfig& config, double gain) {
  const double later =
      deadTimeGain(acquisition, config, config.deadTimeSeconds + config.deadTimeUncertaintySeconds);
  const double parts[] = {acquisition.activityMBq.sigma / acquisition.activityMBq.value,
                          config.tailScale.sigma * share.byTailScale / share.value, later / gain - 1,
                          config.dayToDayRelativeSigma};
  double sum = 0;
  for (const double part : parts) sum += part * part;
  return std::sqrt(sum);
}

/// Where counts are taken, and the radius for which shares of core and tails hold.
struct Region {
  std::optional<Disc> disc;
  double radiusMm = 0;
};

std::optional<Region> regionOf(const SourceAcquisition& acquisition, const physics::PointResponse& library,
                               const CalibrateConfig& config) {
  if (config.wholePictureRadiusMm > 0) return Region{std::nullopt, config.wholePictureRadiusMm};
  const SourceGeometry& geometry = acquisition.geometry;
  const double fwhmMm = library.collimator.fwhmMm(library.detector, library.keV, geometry.distanceMm);
  const double radiusMm = geometry.diameterMm / 2 + config.marginFwhm * fwhmMm;
  const auto disc = discAboutSource(acquisition.source.counts, radiusMm / acquisition.pixelMm);
  if (!disc) return std::nullopt;
  return Region{disc, radiusMm};
}

/// Share of all counts of a source, tails to infinity, that the disc should hold.
double expectedShare(const DiscShare& share, const physics::PointResponse& library, double tailScale) {
  double tails = 0;
  for (const physics::Tail& tail : library.tails) tails += tail.fraction / library.coreFraction;
  return share.value / (1 + tailScale * tails);
}

/// Of a source whose counts lie elsewhere than the disc of a compact one.
std::optional<Refusal> notCompact(const SourceAcquisition& acquisition, const Region& region, double expected,
                                  const CalibrateConfig& config) {
  if (!region.disc) return std::nullopt;
  const double inDisc = netRate(acquisition, region.disc, 1).value;
  const double share = inDisc / netRate(acquisition, std::nullopt, 1).value;
  if (share >= config.leastShareOfExpected * expected) return std::nullopt;
  return Refusal{
      "not-compact",
      fmt::format(
          "only {:.0f} % of the net counts lie within {:.0f} mm of the brightest place, where a compact "
          "source has {:.0f} %: the source is not compact; kind = \"extended\" takes the whole field{}",
          100 * share, region.radiusMm, 100 * expected,
          acquisition.background ? "" : "; without a background the room's counts are among them")};
}

Result sensitivityIn(const Region& region, const SourceAcquisition& acquisition,
                     const physics::Nuclide& nuclide, const physics::PointResponse& library,
                     const CalibrateConfig& config) {
  const double gain = deadTimeGain(acquisition, config, config.deadTimeSeconds);
  const NetRate net = netRate(acquisition, region.disc, gain);
  if (!(net.value > kLeastNetSigmas * net.sigma))
    return Refusal{"no-source", "the source gives no more counts than its background"};
  const DiscShare share = discShare(acquisition.geometry, library, region.radiusMm, config.tailScale.value);
  const double expected = expectedShare(share, library, config.tailScale.value);
  if (auto refusal = notCompact(acquisition, region, expected, config)) return *refusal;
  const double perCount =
      decayDuringFactor(nuclide, acquisition.source.seconds / 3600) /
      (acquisition.activityMBq.value * transmission(nuclide, acquisition.geometry) * share.value);
  const double value = net.value * perCount;
  std::vector<std::string> inputs{"activity", "tails of the camera library"};
  if (acquisition.background) inputs.push_back("background acquisition");
  return estimated(value, net.sigma * perCount, value * relativeSystematic(acquisition, share, config, gain),
                   region.disc ? "net counts in a disc" : "net counts of the picture", std::move(inputs));
}

}  // namespace

Known sourceActivity(const physics::Nuclide& nuclide, const SyringeAssay& assay) {
  const Known full = decayed(nuclide, assay.full, assay.readingRelativeSigma);
  const Known empty = decayed(nuclide, assay.empty, assay.readingRelativeSigma);
  const double left = full.value - empty.value;
  if (!(full.value > 0 && empty.value >= 0 && left > 0))
    throw InputError("bad-source",
                     "the full syringe must hold more activity than the empty one, both in MBq from 0");
  return {left, std::hypot(left * assay.commonRelativeSigma, std::hypot(full.sigma, empty.sigma))};
}

Result headSensitivity(const SourceAcquisition& acquisition, const physics::Nuclide& nuclide,
                       const physics::PointResponse& library, const CalibrateConfig& config) {
  checkAcquisition(acquisition);
  const std::optional<Region> region = regionOf(acquisition, library, config);
  if (!region) return Refusal{"source-at-edge", "the region about the source leaves the picture"};
  try {
    return sensitivityIn(*region, acquisition, nuclide, library, config);
  } catch (const InputError& error) {
    if (error.code() != "dead-time-saturated") throw;
    return Refusal{error.code(), error.what()};
  }
}

physics::HeadSensitivity sensitivityEntry(const Estimate& estimate, int head, const physics::Nuclide& nuclide,
                                          const physics::PointResponse& library) {
  return {head,           nuclide.name,   library.collimator.name,
          library.window, estimate.value, estimate.standardUncertainty() / estimate.value};
}

Result headGain(const image::Counts& first, const image::Counts& second, double asymmetryRelativeSigma) {
  const std::int64_t below = image::sumOf(first), above = image::sumOf(second);
  if (below < kLeastGainCounts || above < kLeastGainCounts)
    return Refusal{"no-source", "a head has fewer than 100 counts"};
  const double gain = static_cast<double>(above) / static_cast<double>(below);
  const double relative = std::sqrt(1 / static_cast<double>(below) + 1 / static_cast<double>(above));
  return estimated(gain, gain * relative, gain * asymmetryRelativeSigma, "ratio of the heads' counts",
                   {"both heads of one acquisition"});
}

Result deadTime(const DeadTimeMeasurement& measurement) {
  const double k = measurement.activityRatio.value;
  if (!(measurement.lowCounts > 0 && measurement.highCounts > 0 && measurement.lowSeconds > 0 &&
        measurement.highSeconds > 0 && k > 1 && measurement.fullSpectrumFraction > 0))
    throw ProgramError("a measurement of dead time lacks counts, seconds or two activities");
  const double low = measurement.lowCounts / measurement.lowSeconds / measurement.fullSpectrumFraction;
  const double high = measurement.highCounts / measurement.highSeconds / measurement.fullSpectrumFraction;
  const double x = std::log(k * low / high) / (k - 1);  // n1 tau
  if (x >= 1)
    return Refusal{"dead-time-saturated", "the lower activity is beyond the camera's greatest rate"};
  const double scale = std::exp(-x) / low;  // tau = x scale
  // d tau = scale ((1 - x) dx - x dm1/m1).
  const double byLow = scale * ((1 - x) / (k - 1) - x), byHigh = -scale * (1 - x) / (k - 1);
  const double byLogRatio = scale * (1 - x) * (1 - k * x) / (k - 1);
  const double counting =
      std::hypot(byLow / std::sqrt(measurement.lowCounts), byHigh / std::sqrt(measurement.highCounts));
  return estimated(x * scale, counting, std::abs(byLogRatio) * measurement.activityRatio.sigma / k,
                   "two activities", {"ratio of the activities", "share of the window in the spectrum"});
}

}  // namespace remnant::quantify
