#include "remnant/validation/depth_model.h"

#include <algorithm>
#include <cmath>

#include "remnant/base/random.h"
#include "remnant/physics/attenuation.h"
#include "remnant/quantify/point_source_fit.h"

namespace remnant::validation {
namespace {

const physics::Nuclide& technetium() {
  return physics::nuclideNamed("Tc-99m");
}

constexpr double kStepMm = 1;
constexpr std::size_t kNodes = 121;

template <class Response>
quantify::SourceObservation observation(Response response, double counts) {
  quantify::SourceObservation one;
  one.regionCounts = counts;
  for (std::size_t node = 0; node < kNodes; ++node)
    one.logResponse.push_back(std::log(response(kStepMm * static_cast<double>(node))));
  return one;
}

}  // namespace

DepthModel::DepthModel(const physics::Window& beside)
    : photopeak_(technetium(), physics::windowAround(technetium().photopeakKeV, 20), {}),
      beside_(technetium(), beside, {}) {}

double DepthModel::counted(const physics::ScatterKernel& kernel, double depthMm) const {
  const double waterPerMm = physics::attenuationPerMm(physics::Material::kWater, technetium().photopeakKeV);
  return kernel.totalAt(depthMm) + kernel.primaryFraction() * std::exp(-waterPerMm * depthMm);
}

quantify::BoundObservation DepthModel::seen(Response response, double depthMm, double scale,
                                            bool fromBehind) const {
  const double below = fromBehind ? kThicknessMm - depthMm : depthMm;
  constexpr double kHalfMm = 2;
  const double slope =
      std::log((this->*response)(below + kHalfMm) / (this->*response)(below - kHalfMm)) / (2 * kHalfMm);
  quantify::BoundObservation one;
  one.signal = scale * (this->*response)(below);
  one.slopePerMm = fromBehind ? -slope : slope;
  return one;
}

std::vector<quantify::BoundObservation> DepthModel::opposed(double depthMm, double counts) const {
  const double scale = counts / photopeak(depthMm);
  return {seen(&DepthModel::photopeak, depthMm, scale, false),
          seen(&DepthModel::photopeak, depthMm, scale, true)};
}

std::vector<quantify::BoundObservation> DepthModel::anterior(double depthMm, double counts) const {
  const double scale = counts / photopeak(depthMm);
  return {seen(&DepthModel::photopeak, depthMm, scale, false),
          seen(&DepthModel::beside, depthMm, scale, false)};
}

std::vector<quantify::BoundObservation> DepthModel::all(double depthMm, double counts) const {
  const double scale = counts / photopeak(depthMm);
  return {seen(&DepthModel::photopeak, depthMm, scale, false),
          seen(&DepthModel::photopeak, depthMm, scale, true),
          seen(&DepthModel::beside, depthMm, scale, false), seen(&DepthModel::beside, depthMm, scale, true)};
}

Realised realisedDepth(const DepthModel& model, bool withSecondWindow, double depthMm, double counts,
                       int trials, std::uint64_t seed) {
  RandomStream random(seed, static_cast<std::uint32_t>(10 * depthMm), withSecondWindow ? 1 : 0);
  const double scale = counts / model.photopeak(depthMm);
  const auto draw = [&](double mean) { return static_cast<double>(random.poisson(scale * mean)); };
  const double behind = kThicknessMm - depthMm;
  const auto before = [&](double depth) { return model.photopeak(depth); };
  const auto after = [&](double depth) { return model.photopeak(kThicknessMm - depth); };
  const auto besideBefore = [&](double depth) { return model.beside(depth); };
  const auto besideAfter = [&](double depth) { return model.beside(kThicknessMm - depth); };
  double sum = 0, squares = 0;
  for (int trial = 0; trial < trials; ++trial) {
    std::vector<quantify::SourceObservation> observed{observation(before, draw(model.photopeak(depthMm))),
                                                      observation(after, draw(model.photopeak(behind)))};
    if (withSecondWindow) {
      observed.push_back(observation(besideBefore, draw(model.beside(depthMm))));
      observed.push_back(observation(besideAfter, draw(model.beside(behind))));
    }
    const double found = quantify::fitPointSource({kNodes, kStepMm}, observed).freeDepthMm;
    sum += found;
    squares += found * found;
  }
  const double mean = sum / trials;
  return {mean, std::sqrt(std::max(0.0, squares / trials - mean * mean) * trials / (trials - 1))};
}

}  // namespace remnant::validation
