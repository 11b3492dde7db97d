#include "remnant/montecarlo/collimator_transport.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

#include "remnant/base/error.h"
#include "remnant/base/parallel.h"
#include "remnant/montecarlo/compton_sampling.h"
#include "remnant/montecarlo/crystal.h"
#include "remnant/montecarlo/direction_cones.h"
#include "remnant/montecarlo/hexagonal_lattice.h"
#include "remnant/montecarlo/window_shares.h"
#include "remnant/physics/compton.h"

namespace remnant::montecarlo {

namespace {

/// Marks the streams of this program part.
constexpr std::uint32_t kCollimatorStreams = 0x434f4c4c;
constexpr double kLowestLineKeV = 40;

/// Sums of one batch of one line, weights of photons.
struct BatchSums {
  std::vector<std::array<double, kPassages>> totals;  ///< one a window
  std::vector<LandingHistograms> landings;
};

/// A photon behind the collimator.
struct Passed {
  image::Point place;
  Direction direction;
  double keV;
  Passage passage;
};

double coneDegrees(const physics::Collimator& collimator, double widening) {
  // Across the corners of a hole; the widening takes in the corners that photons pass through.
  const double across = 2 / std::numbers::sqrt3 * collimator.holeMm;
  return std::atan(widening * across / collimator.lengthMm) * 180 / std::numbers::pi;
}

class LineTransport {
 public:
  LineTransport(const physics::Collimator& collimator, const physics::Detector& detector, double keV,
                const CollimatorConfig& config)
      : collimator_(collimator),
        keV_(keV),
        config_(config),
        lattice_(collimator.holeMm, collimator.septumMm),
        lead_(physics::Material::kLead, keV, config.coherentInLead == CoherentInLead::kAbsorption),
        crystal_(detector.crystalMm, keV, config.iodineKEscape),
        shares_(detector, config.windows, keV),
        cones_(coneDegrees(collimator, 1.15), config.widestDegrees),
        gapMm_(std::max(0.0, collimator.crystalGapMm - detector.crystalMm / 2)) {}

  BatchSums batch(std::uint32_t line, std::uint32_t index) const {
    RandomStream stream(config_.seed, kCollimatorStreams, line, index);
    BatchSums sums = emptySums();
    const std::size_t histories = std::max<std::size_t>(1, config_.historiesPerLine / config_.batches);
    for (std::size_t i = 0; i < histories; ++i) follow(sums, stream);
    scale(sums, 1 / static_cast<double>(histories));
    return sums;
  }

  BatchSums emptySums() const {
    const std::size_t windows = config_.windows.size();
    LandingHistograms landing;
    const auto bins = static_cast<std::size_t>(std::ceil(config_.countedRadiusMm / config_.radialBinMm));
    landing.radial.fill(std::vector<double>(bins, 0));
    landing.azimuth.assign(config_.ringEdgesMm.size() - 1, std::vector<double>(config_.azimuthBins, 0));
    return {std::vector<std::array<double, kPassages>>(windows, {0, 0, 0}),
            std::vector<LandingHistograms>(windows, landing)};
  }

  static void scale(BatchSums& sums, double factor) {
    for (auto& window : sums.totals)
      for (double& passage : window) passage *= factor;
    for (LandingHistograms& landing : sums.landings) {
      for (auto& passage : landing.radial)
        for (double& bin : passage) bin *= factor;
      for (auto& ring : landing.azimuth)
        for (double& bin : ring) bin *= factor;
    }
  }

 private:
  void follow(BatchSums& sums, RandomStream& stream) const {
    const DirectionCones::Draw emitted = cones_.draw(stream);
    const auto passed = throughCollimator(emitted.direction, stream);
    if (!passed) return;
    const double reach = gapMm_ / passed->direction.z;
    const image::Point front = moved(passed->place, passed->direction, reach);
    const Pulse pulse = crystal_.absorb(passed->keV, front.x, front.y, passed->direction, stream);
    if (pulse.keV <= shares_.lowestKeV()) return;
    record(pulse, passed->passage, emitted.weight * pulse.probability, sums);
  }

  /// Where the source stands over the lattice is drawn for each photon; places are told from the source.
  std::optional<Passed> throughCollimator(const Direction& emitted, RandomStream& stream) const {
    const PlanePoint source{lattice_.pitchMm() * stream.uniform(),
                            std::numbers::sqrt3 * lattice_.pitchMm() * stream.uniform()};
    const double toFace = config_.distanceMm / emitted.z;
    const image::Point entrance{emitted.x * toFace, emitted.y * toFace, 0};
    Passed photon{entrance, emitted, keV_, Passage::kPenetration};
    for (;;) {
      const InteractionTable::Rates rates = lead_.at(photon.keV);
      if (!nextInLead(photon, rates.attenuationPerMm, source, stream)) break;
      if (photon.place.z < 0 || stream.uniform() >= rates.comptonShare) return std::nullopt;
      if (!scatter(photon, stream)) return std::nullopt;
    }
    const bool straight = photon.passage == Passage::kPenetration;
    if (straight && lattice_.inOneHole(onLattice(entrance, source), onLattice(photon.place, source)))
      photon.passage = Passage::kGeometric;
    return photon;
  }

  static PlanePoint onLattice(const image::Point& point, const PlanePoint& source) {
    return {point.x + source.x, point.y + source.y};
  }

  /// Moves the photon to its next interaction in lead, or before the face (z < 0); false where it leaves by
  /// the back, and is there.
  bool nextInLead(Passed& photon, double ratePerMm, const PlanePoint& source, RandomStream& stream) const {
    for (;;) {
      const double path = -std::log1p(-stream.uniform()) / ratePerMm;
      const double toBack = photon.direction.z > 0
                                ? (collimator_.lengthMm - photon.place.z) / photon.direction.z
                                : std::numeric_limits<double>::infinity();
      photon.place = moved(photon.place, photon.direction, std::min(path, toBack));
      if (path >= toBack) return false;
      if (photon.place.z < 0 || !lattice_.inHole(onLattice(photon.place, source))) return true;
    }
  }

  bool scatter(Passed& photon, RandomStream& stream) const {
    const double cosine = sampleKleinNishinaCosine(photon.keV, stream);
    photon.direction = deflected(photon.direction, cosine, stream);
    photon.keV = physics::scatteredKeV(photon.keV, cosine);
    photon.passage = Passage::kScatter;
    return photon.keV > shares_.lowestKeV();
  }

  void record(const Pulse& pulse, Passage passage, double weight, BatchSums& sums) const {
    const double radius = std::hypot(pulse.x, pulse.y);
    if (radius >= config_.countedRadiusMm) return;
    const double* shares = shares_.at(pulse.keV);
    const auto index = static_cast<std::size_t>(passage);
    const auto bin = static_cast<std::size_t>(radius / config_.radialBinMm);
    for (std::size_t window = 0; window < config_.windows.size(); ++window) {
      const double counted = weight * shares[window];
      sums.totals[window][index] += counted;
      sums.landings[window].radial[index][bin] += counted;
      if (passage != Passage::kGeometric) recordAzimuth(pulse, radius, counted, sums.landings[window]);
    }
  }

  void recordAzimuth(const Pulse& pulse, double radius, double counted, LandingHistograms& landing) const {
    const auto& edges = config_.ringEdgesMm;
    const auto above = std::upper_bound(edges.begin(), edges.end(), radius);
    if (above == edges.begin() || above == edges.end()) return;
    const double turn = std::atan2(pulse.y, pulse.x) / (2 * std::numbers::pi);
    const double bins = static_cast<double>(config_.azimuthBins);
    const auto bin =
        std::min(static_cast<std::size_t>((turn < 0 ? turn + 1 : turn) * bins), config_.azimuthBins - 1);
    landing.azimuth[static_cast<std::size_t>(above - edges.begin() - 1)][bin] += counted;
  }

  const physics::Collimator& collimator_;
  double keV_;
  const CollimatorConfig& config_;
  HexagonalLattice lattice_;
  InteractionTable lead_;
  Crystal crystal_;
  WindowShares shares_;
  DirectionCones cones_;
  double gapMm_;
};

void addTo(std::vector<double>& sum, const std::vector<double>& more, double factor) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += factor * more[i];
}

void addTo(std::vector<LandingHistograms>& sum, const std::vector<LandingHistograms>& more, double factor) {
  for (std::size_t window = 0; window < sum.size(); ++window) {
    for (std::size_t passage = 0; passage < kPassages; ++passage)
      addTo(sum[window].radial[passage], more[window].radial[passage], factor);
    for (std::size_t ring = 0; ring < sum[window].azimuth.size(); ++ring)
      addTo(sum[window].azimuth[ring], more[window].azimuth[ring], factor);
  }
}

/// Means over batches, in counts a second and MBq.
PassageRates ratesOf(const std::vector<BatchSums>& batches, std::size_t window, double photonsPerSecond) {
  std::array<BatchMean, kPassages> means;
  BatchMean total;
  for (const BatchSums& batch : batches) {
    double sum = 0;
    for (std::size_t passage = 0; passage < kPassages; ++passage) {
      means[passage].add(photonsPerSecond * batch.totals[window][passage]);
      sum += photonsPerSecond * batch.totals[window][passage];
    }
    total.add(sum);
  }
  PassageRates rates;
  for (std::size_t passage = 0; passage < kPassages; ++passage)
    rates.byPassage[passage] = means[passage].estimate();
  rates.total = total.estimate();
  return rates;
}

void addIndependent(Estimate& sum, const Estimate& more) {
  sum = {sum.value + more.value, std::hypot(sum.standardError, more.standardError)};
}

void addIndependent(PassageRates& sum, const PassageRates& more) {
  for (std::size_t passage = 0; passage < kPassages; ++passage)
    addIndependent(sum.byPassage[passage], more.byPassage[passage]);
  addIndependent(sum.total, more.total);
}

}  // namespace

CollimatorResult transportThroughCollimator(const physics::Collimator& collimator,
                                            const physics::Detector& detector,
                                            const std::vector<physics::EmissionLine>& lines,
                                            const CollimatorConfig& config) {
  if (config.batches == 0 || config.windows.empty())
    throw ProgramError("the Monte Carlo needs batches and windows");
  CollimatorResult result;
  result.windows.resize(config.windows.size());
  for (std::size_t line = 0; line < lines.size(); ++line) {
    result.byLine.emplace_back(config.windows.size());
    if (lines[line].keV < kLowestLineKeV) continue;
    const LineTransport transport(collimator, detector, lines[line].keV, config);
    if (result.landings.empty()) result.landings = transport.emptySums().landings;
    std::vector<BatchSums> batches(config.batches);
    parallelFor(batches.size(), config.threads, [&](std::size_t i) {
      batches[i] = transport.batch(static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(i));
    });
    const double photonsPerSecond = 1e6 * lines[line].perDecay;
    for (std::size_t window = 0; window < config.windows.size(); ++window) {
      result.byLine[line][window] = ratesOf(batches, window, photonsPerSecond);
      addIndependent(result.windows[window], result.byLine[line][window]);
    }
    for (const BatchSums& batch : batches)
      addTo(result.landings, batch.landings, photonsPerSecond / static_cast<double>(config.batches));
  }
  return result;
}

}  // namespace remnant::montecarlo
