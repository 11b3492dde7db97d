#include "remnant/projection/esse.h"

#include <algorithm>
#include <cmath>

#include "remnant/base/error.h"

namespace remnant::projection {
namespace {

bool sameCells(const image::VoxelGrid& first, const image::VoxelGrid& second) {
  return first.columns == second.columns && first.rows == second.rows && first.slices == second.slices &&
         first.voxelMm == second.voxelMm;
}

/// Adds what arrives, in one part of the result of a convolution: what it becomes of at a cell tells
/// weightOf(cell).
template <class WeightOf>
void addArriving(const FourierVolume::Values& arriving, const FourierVolume& fourier, std::size_t part,
                 const EsseScene& scene, const WeightOf& weightOf, image::Volume& source) {
  const image::VoxelGrid& cells = source.grid();
  const std::vector<float>& attenuation = scene.medium.attenuationPerMm.values();
  std::size_t cell = 0;
  for (std::size_t slice = 0; slice < cells.slices; ++slice)
    for (std::size_t row = 0; row < cells.rows; ++row) {
      const std::complex<float>* here = &arriving[fourier.index(slice, row, 0)];
      for (std::size_t column = 0; column < cells.columns; ++column, ++cell) {
        const float value = part == 0 ? here[column].real() : here[column].imag();
        // The transform leaves noise of either sign where next to nothing arrives.
        if (attenuation[cell] > 0 && value > 0)
          source.values()[cell] += attenuation[cell] * value * weightOf(cell);
      }
    }
}

}  // namespace

EffectiveScatter::EffectiveScatter(const physics::ScatterKernel& kernel, const image::VoxelGrid& cells,
                                   const EsseConfig& config)
    : cells_(cells),
      keV_(kernel.meanKeV()),
      before_(esseSpectra(kernel, HalfSpace::kBefore, cells, config)),
      behind_(esseSpectra(kernel, HalfSpace::kBehind, cells, config)) {
  for (std::size_t depth = 0; depth < physics::ScatterKernel::kDepths; ++depth)
    multiple_.push_back(static_cast<float>(kernel.multipleFactorInNeckAt(static_cast<double>(depth))));
}

image::Volume EffectiveScatter::emitted(const EsseScene& scene, const image::Volume& excessMm) const {
  const auto water = static_cast<float>(scene.medium.attenuationOfWaterPerMm());
  const auto deepest = static_cast<float>(multiple_.size() - 1);
  image::Volume result(cells_);
  for (std::size_t cell = 0; cell < result.values().size(); ++cell) {
    const float activity = scene.activityMBq.values()[cell];
    if (activity == 0) continue;
    const float depth =
        std::clamp(scene.depthMm.values()[cell] - scene.towardsHeadMm.values()[cell], 0.0F, deepest);
    result.values()[cell] = activity * multiple_[static_cast<std::size_t>(std::lround(depth))] *
                            std::exp(-water * excessMm.values()[cell]);
  }
  return result;
}

image::Volume EffectiveScatter::source(const EsseScene& scene) const {
  if (!sameCells(scene.activityMBq.grid(), cells_))
    throw ProgramError("an effective scatter source was asked for on other cells");
  const double water = scene.medium.attenuationOfWaterPerMm();
  const double ofMean = physics::attenuationPerMm(physics::Material::kWater, keV_);
  const auto perAttenuation = static_cast<float>(std::pow(cells_.voxelMm, 3) / water);
  const auto perMm = static_cast<float>(water);
  const std::vector<float>& depths = scene.depthMm.values();
  const auto reaching = [&](const EsseSpectra& spectra, std::size_t part) {
    return [&, more = static_cast<float>(spectra.meanPerMm[part] - ofMean)](std::size_t cell) {
      return perAttenuation * std::exp(-more * depths[cell]);
    };
  };
  image::Volume source(cells_);
  if (before_) {
    const auto arriving =
        convolved(emitted(scene, scene.towardsHeadMm), emitted(scene, scene.around.beforeMm), *before_);
    addArriving(
        arriving, before_->fourier, 0, scene,
        [&, forward = reaching(*before_, 0)](std::size_t cell) {
          return forward(cell) * std::exp(perMm * scene.towardsHeadMm.values()[cell]);
        },
        source);
    addArriving(arriving, before_->fourier, 1, scene, reaching(*before_, 1), source);
  }
  if (behind_) {
    const auto arriving = convolved(emitted(scene, scene.around.behindMm), image::Volume(cells_), *behind_);
    addArriving(arriving, behind_->fourier, 0, scene, reaching(*behind_, 0), source);
  }
  return source;
}

Medium EffectiveScatter::mediumOf(const EsseScene& scene) const {
  Medium scattered = scene.medium;
  scattered.keV = keV_;
  const auto ratio =
      static_cast<float>(scattered.attenuationOfWaterPerMm() / scene.medium.attenuationOfWaterPerMm());
  for (float& value : scattered.attenuationPerMm.values()) value *= ratio;
  return scattered;
}

EffectiveSource effectiveScatterSource(const image::Volume& activityMBq, const Medium& medium,
                                       const physics::ScatterKernel& kernel, const EsseConfig& config) {
  // Volumes in the head's coordinates have the distance before it as y.
  const EsseScene scene = esseScene(activityMBq, medium, {0, 0, 0, 0}, config);
  const EffectiveScatter scatter(kernel, scene.activityMBq.grid(), config);
  return {scatter.source(scene), scatter.mediumOf(scene)};
}

}  // namespace remnant::projection
