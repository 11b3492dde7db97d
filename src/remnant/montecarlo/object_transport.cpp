#include "remnant/montecarlo/object_transport.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "remnant/base/error.h"
#include "remnant/base/parallel.h"
#include "remnant/montecarlo/emission.h"
#include "remnant/montecarlo/head_frame.h"
#include "remnant/montecarlo/layered_picture.h"
#include "remnant/montecarlo/water.h"
#include "remnant/montecarlo/window_shares.h"
#include "remnant/physics/compton.h"

namespace remnant::montecarlo {

namespace {

/// Marks the streams of this program part.
constexpr std::uint32_t kObjectStreams = 0x4f424a45;
/// Layers of all pictures of a head and batch; more are not kept, so that a whole body fits into memory.
constexpr double kMostLayeredPixels = 12e6;
/// Batches with pictures that are in memory together.
constexpr std::size_t kMostBatchesWithPictures = 4;

struct Photon {
  image::Point place;
  Direction direction;
  double keV = 0;
  double weight = 1;
};

/// Sums of one batch: [head][window][order], order 0 the primary photons.
struct BatchSums {
  std::vector<double> totals;
  std::vector<LayeredPicture> pictures;  ///< one a head; channel = window x channels + channel of the order
};

template <class BodyType>
class Transport {
 public:
  Transport(const Emission& emission, const BodyType& body, double keV, const ObjectConfig& config)
      : emission_(emission),
        body_(body),
        keV_(keV),
        config_(config),
        water_(keV, {config.coherent, config.boundElectrons}),
        shares_(config.detector, config.windows, keV) {
    for (const projection::HeadPosition& head : config.heads) frames_.emplace_back(head);
    for (const physics::Window& window : config.windows)
      primaryShares_.push_back(config.detector.windowFraction(window, keV));
    for (const image::Point& point : emission.extremes()) body.requireInside(point);
  }

  ObjectResult run() {
    std::vector<BatchMeans> means(config_.heads.size() * config_.windows.size(), BatchMeans(config_.orders));
    BatchSums whole = emptySums();
    std::size_t together = std::max(1u, threadCount(config_.threads));
    if (config_.makePictures) together = std::min(together, kMostBatchesWithPictures);
    for (std::size_t first = 0; first < config_.batches; first += together) {
      std::vector<BatchSums> sums(std::min(together, config_.batches - first));
      parallelFor(sums.size(), config_.threads, [&](std::size_t i) {
        sums[i] = batch(first + i);
        if (config_.batchDone) config_.batchDone(historiesPerBatch());
      });
      for (const BatchSums& sum : sums) collect(sum, means, whole);
    }
    return result(means, whole);
  }

 private:
  /// One window of one head.
  struct BatchMeans {
    explicit BatchMeans(std::size_t orders) : byOrder(orders) {}
    BatchMean primary, scatter;
    std::vector<BatchMean> byOrder;
    std::vector<double> primaries, scatters;  ///< batch by batch, for the ratio
  };

  std::size_t ordersWithPrimary() const { return config_.orders + 1; }
  std::size_t channels() const { return config_.picturePerOrder ? ordersWithPrimary() : 2; }
  std::size_t channelOf(std::size_t order) const {
    return config_.picturePerOrder ? order : std::min<std::size_t>(order, 1);
  }
  std::size_t historiesPerBatch() const {
    return std::max<std::size_t>(1, config_.histories / std::max<std::size_t>(1, config_.batches));
  }

  LayeredPicture::Layers layersOf(const HeadFrame& frame) const {
    if (!config_.blurSigmaMm) return {};
    double nearest = 1e9, farthest = -1e9;
    const auto [low, high] = body_.corners();
    for (const double x : {low.x, high.x})
      for (const double y : {low.y, high.y}) {
        const double distance = frame.seen({x, y, 0}).distanceMm;
        nearest = std::min(nearest, distance);
        farthest = std::max(farthest, distance);
      }
    nearest = std::max(0.0, nearest);
    const double range = std::max(0.0, farthest - nearest);
    const double pixels = static_cast<double>(config_.picture.rows * config_.picture.columns);
    const double most =
        kMostLayeredPixels / (pixels * static_cast<double>(config_.windows.size() * channels()));
    const double step = std::max(config_.layerMm, range / std::max(2.0, std::floor(most) - 1));
    return {nearest, step, static_cast<std::size_t>(std::ceil(range / step)) + 1};
  }

  BatchSums emptySums() const {
    BatchSums sums;
    sums.totals.assign(frames_.size() * config_.windows.size() * ordersWithPrimary(), 0);
    if (!config_.makePictures) return sums;
    for (const HeadFrame& frame : frames_)
      sums.pictures.emplace_back(config_.picture, layersOf(frame), config_.windows.size() * channels());
    return sums;
  }

  BatchSums batch(std::size_t index) const {
    RandomStream stream(config_.seed, kObjectStreams, static_cast<std::uint32_t>(index));
    BatchSums sums = emptySums();
    for (std::size_t history = 0; history < historiesPerBatch(); ++history) follow(sums, stream);
    return sums;
  }

  void follow(BatchSums& sums, RandomStream& stream) const {
    Photon photon{emission_.place(stream), isotropic(stream), keV_, 1};
    scorePrimary(photon.place, sums);
    Water::Interaction here = water_.at(keV_);
    for (std::size_t order = 1; order <= config_.orders; ++order) {
      const auto collision =
          body_.nextCollision(photon.place, photon.direction, here.attenuationPerMm, stream);
      if (!collision) return;
      photon.place = collision->place;
      photon.weight *= collision->probability;
      scoreScatter(photon, here, order, sums);
      if (!scatter(photon, here, stream)) return;
    }
  }

  /// Turns the photon at its place; false where it can no longer be counted.
  bool scatter(Photon& photon, Water::Interaction& here, RandomStream& stream) const {
    const double scattering = here.incoherentShare + here.coherentShare;
    photon.weight *= scattering;
    const bool coherent = stream.uniform() * scattering >= here.incoherentShare;
    const double cosine = coherent ? water_.sampleCoherentCosine(photon.keV, stream)
                                   : water_.sampleIncoherentCosine(photon.keV, stream);
    photon.direction = deflected(photon.direction, cosine, stream);
    if (coherent) return true;
    photon.keV = physics::scatteredKeV(photon.keV, cosine);
    if (photon.keV < shares_.lowestKeV()) return false;
    here = water_.at(photon.keV);
    return true;
  }

  void scorePrimary(const image::Point& place, BatchSums& sums) const {
    for (std::size_t head = 0; head < frames_.size(); ++head) {
      const double path = body_.waterTowards(head, frames_[head].toHead(), place);
      score(head, 0, place, std::exp(-water_.attenuationPerMm(keV_) * path), primaryShares_.data(), sums);
    }
  }

  void scoreScatter(const Photon& photon, const Water::Interaction& here, std::size_t order,
                    BatchSums& sums) const {
    for (std::size_t head = 0; head < frames_.size(); ++head) {
      const double cosine = std::clamp(dot(photon.direction, frames_[head].toHead()), -1.0, 1.0);
      const double path = body_.waterTowards(head, frames_[head].toHead(), photon.place);
      const double keV = physics::scatteredKeV(photon.keV, cosine);
      const double weight = 4 * std::numbers::pi * photon.weight;
      if (keV > shares_.lowestKeV())
        score(head, order, photon.place,
              weight * here.incoherentShare * water_.incoherentDensity(here, photon.keV, cosine) *
                  std::exp(-water_.attenuationPerMm(keV) * path),
              shares_.at(keV), sums);
      if (here.coherentShare > 0)
        score(head, order, photon.place,
              weight * here.coherentShare * water_.coherentDensity(here, photon.keV, cosine) *
                  std::exp(-here.attenuationPerMm * path),
              shares_.at(photon.keV), sums);
    }
  }

  void score(std::size_t head, std::size_t order, const image::Point& place, double weight,
             const double* shares, BatchSums& sums) const {
    const std::size_t windows = config_.windows.size();
    for (std::size_t window = 0; window < windows; ++window)
      sums.totals[(head * windows + window) * ordersWithPrimary() + order] += weight * shares[window];
    if (!config_.makePictures) return;
    LayeredPicture& picture = sums.pictures[head];
    const LayeredPicture::Place at = picture.placeOf(frames_[head].seen(place));
    if (!at.inside) return;
    for (std::size_t window = 0; window < windows; ++window)
      picture.deposit(at, window * channels() + channelOf(order), weight * shares[window]);
  }

  void collect(const BatchSums& sums, std::vector<BatchMeans>& means, BatchSums& whole) const {
    const double perHistory = 1 / static_cast<double>(historiesPerBatch());
    for (std::size_t i = 0; i < means.size(); ++i) {
      const double* orders = sums.totals.data() + i * ordersWithPrimary();
      double scatter = 0;
      for (std::size_t order = 1; order <= config_.orders; ++order) {
        means[i].byOrder[order - 1].add(orders[order] * perHistory);
        scatter += orders[order] * perHistory;
      }
      means[i].primary.add(orders[0] * perHistory);
      means[i].scatter.add(scatter);
      means[i].primaries.push_back(orders[0] * perHistory);
      means[i].scatters.push_back(scatter);
    }
    for (std::size_t head = 0; head < whole.pictures.size(); ++head)
      whole.pictures[head].add(sums.pictures[head]);
  }

  ObjectResult result(const std::vector<BatchMeans>& means, const BatchSums& whole) const {
    ObjectResult result;
    const std::size_t windows = config_.windows.size();
    for (std::size_t head = 0; head < frames_.size(); ++head) {
      result.tallies.emplace_back();
      for (std::size_t window = 0; window < windows; ++window) {
        WindowTally tally = tallyOf(means[head * windows + window]);
        if (config_.makePictures) tally.pictures = picturesOf(whole.pictures[head], window);
        result.tallies.back().push_back(std::move(tally));
      }
    }
    return result;
  }

  static WindowTally tallyOf(const BatchMeans& means) {
    WindowTally tally;
    tally.primary = means.primary.estimate();
    tally.scatter = means.scatter.estimate();
    for (const BatchMean& order : means.byOrder) tally.byOrder.push_back(order.estimate());
    tally.scatterToPrimary = ratioOf(means, tally);
    return tally;
  }

  /// The error by linearisation: scatter - ratio x primary varies from batch to batch.
  static Estimate ratioOf(const BatchMeans& means, const WindowTally& tally) {
    if (!(tally.primary.value > 0)) return {};
    const double ratio = tally.scatter.value / tally.primary.value;
    BatchMean residual;
    for (std::size_t i = 0; i < means.primaries.size(); ++i)
      residual.add(means.scatters[i] - ratio * means.primaries[i]);
    return {ratio, residual.estimate().standardError / tally.primary.value};
  }

  std::vector<image::Image> picturesOf(const LayeredPicture& layers, std::size_t window) const {
    const auto sigma = [&](double distance) {
      return config_.blurSigmaMm ? config_.blurSigmaMm(distance) : 0.0;
    };
    const auto histories = static_cast<float>(historiesPerBatch() * config_.batches);
    std::vector<image::Image> pictures;
    for (std::size_t channel = 0; channel < channels(); ++channel) {
      pictures.push_back(layers.blurred(window * channels() + channel, sigma));
      for (float& pixel : pictures.back().pixels()) pixel /= histories;
    }
    return pictures;
  }

  const Emission& emission_;
  const BodyType& body_;
  double keV_;
  const ObjectConfig& config_;
  Water water_;
  WindowShares shares_;
  std::vector<HeadFrame> frames_;
  std::vector<double> primaryShares_;
};

}  // namespace

ObjectResult transportInObject(const Source& source, const Body& body, double keV,
                               const ObjectConfig& config) {
  if (config.histories == 0 || config.batches == 0 || config.heads.empty() || config.windows.empty())
    throw ProgramError("the Monte Carlo needs histories, batches, heads and windows");
  const Emission emission(source);
  if (const auto* cylinder = std::get_if<EllipticCylinder>(&body))
    return Transport(emission, *cylinder, keV, config).run();
  const VoxelBody voxels(*std::get<const projection::Medium*>(body), config.heads);
  return Transport(emission, voxels, keV, config).run();
}

}  // namespace remnant::montecarlo
