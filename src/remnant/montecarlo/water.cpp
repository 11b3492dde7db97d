#include "remnant/montecarlo/water.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "remnant/base/error.h"
#include "remnant/montecarlo/compton_sampling.h"
#include "remnant/physics/attenuation.h"
#include "remnant/physics/compton.h"

namespace remnant::montecarlo {

namespace {

constexpr double kLowestKeV = 15;
constexpr std::size_t kMomentumSteps = 8192;
constexpr std::size_t kCosineSteps = 2000;

double between(double first, double second, double part) {
  return first + (second - first) * part;
}

double interpolated(const std::vector<double>& values, double index) {
  const std::size_t low = std::min(static_cast<std::size_t>(index), values.size() - 2);
  return between(values[low], values[low + 1], index - static_cast<double>(low));
}

/// Integral over the sphere of a function of the cosine; steps even in sqrt(1 - cosine), where coherent
/// scattering peaks.
template <class Function>
double overSphere(Function function) {
  const double step = std::numbers::sqrt2 / static_cast<double>(kCosineSteps);
  double sum = 0;
  for (std::size_t i = 0; i < kCosineSteps; ++i) {
    const double root = (static_cast<double>(i) + 0.5) * step;
    sum += function(1 - root * root) * 2 * root * step;
  }
  return 2 * std::numbers::pi * sum;
}

}  // namespace

Water::Water(double highestKeV, const Options& options) : options_(options) {
  if (highestKeV <= kLowestKeV + 1) throw ProgramError("photons of less than 16 keV cannot be followed");
  tabulateMomentum(highestKeV);
  tabulateEnergies(highestKeV);
}

void Water::tabulateMomentum(double highestKeV) {
  momentumStep_ = physics::momentumTransfer(highestKeV + 2, -1) / static_cast<double>(kMomentumSteps);
  double integral = 0;
  double previous = 0;
  for (std::size_t i = 0; i <= kMomentumSteps + 1; ++i) {
    const double x = static_cast<double>(i) * momentumStep_;
    const double factor = physics::coherentFormFactorSquared(x);
    if (i > 0)
      integral += (factor + previous) / 2 * (2 * static_cast<double>(i) - 1) * momentumStep_ * momentumStep_;
    previous = factor;
    incoherentFunction_.push_back(options_.boundElectrons ? physics::incoherentFunction(x) : 1);
    formFactorSquared_.push_back(factor);
    formFactorIntegral_.push_back(integral);
  }
}

void Water::tabulateEnergies(double highestKeV) {
  for (double keV = kLowestKeV; keV < highestKeV + 2; ++keV) interactions_.push_back(computed(keV));
}

Water::Interaction Water::computed(double keV) const {
  const double without = physics::attenuationWithoutCoherentPerMm(physics::Material::kWater, keV);
  const double with = physics::attenuationPerMm(physics::Material::kWater, keV);
  Interaction result;
  result.attenuationPerMm = options_.coherent ? with : without;
  result.incoherentPerElectronMm2 = overSphere([&](double cosine) {
    return physics::kleinNishinaMm2(keV, cosine) * incoherentFunction(physics::momentumTransfer(keV, cosine));
  });
  result.coherentNorm = overSphere([&](double cosine) {
    return (1 + cosine * cosine) / 2 * formFactorSquared(physics::momentumTransfer(keV, cosine));
  });
  const double absorbed = physics::photoelectricPerMm(physics::Material::kWater, keV);
  result.incoherentShare = (without - absorbed) / result.attenuationPerMm;
  result.coherentShare = options_.coherent ? (with - without) / with : 0;
  return result;
}

double Water::incoherentFunction(double momentum) const {
  return interpolated(incoherentFunction_, momentum / momentumStep_);
}

double Water::formFactorSquared(double momentum) const {
  return interpolated(formFactorSquared_, momentum / momentumStep_);
}

double Water::attenuationPerMm(double keV) const {
  const double index = keV - kLowestKeV;
  const auto low = static_cast<std::size_t>(index);
  return between(interactions_[low].attenuationPerMm, interactions_[low + 1].attenuationPerMm,
                 index - static_cast<double>(low));
}

Water::Interaction Water::at(double keV) const {
  const double index = keV - kLowestKeV;
  const auto low = static_cast<std::size_t>(index);
  const double part = index - static_cast<double>(low);
  const Interaction& a = interactions_[low];
  const Interaction& b = interactions_[low + 1];
  return {between(a.attenuationPerMm, b.attenuationPerMm, part),
          between(a.incoherentShare, b.incoherentShare, part),
          between(a.coherentShare, b.coherentShare, part),
          between(a.incoherentPerElectronMm2, b.incoherentPerElectronMm2, part),
          between(a.coherentNorm, b.coherentNorm, part)};
}

double Water::incoherentDensity(const Interaction& interaction, double keV, double cosine) const {
  return physics::kleinNishinaMm2(keV, cosine) * incoherentFunction(physics::momentumTransfer(keV, cosine)) /
         interaction.incoherentPerElectronMm2;
}

double Water::coherentDensity(const Interaction& interaction, double keV, double cosine) const {
  return (1 + cosine * cosine) / 2 * formFactorSquared(physics::momentumTransfer(keV, cosine)) /
         interaction.coherentNorm;
}

double Water::sampleIncoherentCosine(double keV, RandomStream& stream) const {
  for (;;) {
    const double cosine = sampleKleinNishinaCosine(keV, stream);
    if (!options_.boundElectrons) return cosine;
    if (stream.uniform() < incoherentFunction(physics::momentumTransfer(keV, cosine))) return cosine;
  }
}

double Water::sampleCoherentCosine(double keV, RandomStream& stream) const {
  const double largest = physics::momentumTransfer(keV, -1);
  const double whole = interpolated(formFactorIntegral_, largest / momentumStep_);
  for (;;) {
    const double wanted = whole * stream.uniform();
    const auto above =
        std::upper_bound(formFactorIntegral_.begin() + 1, formFactorIntegral_.end() - 1, wanted);
    const auto high = static_cast<double>(above - formFactorIntegral_.begin());
    const double part = (wanted - *(above - 1)) / std::max(*above - *(above - 1), 1e-300);
    // The integral runs over x^2, and is even in it within a step.
    const double squaredIndex = between((high - 1) * (high - 1), high * high, std::min(part, 1.0));
    const double ratio = std::min(1.0, squaredIndex * momentumStep_ * momentumStep_ / (largest * largest));
    const double cosine = 1 - 2 * ratio;
    if (2 * stream.uniform() < 1 + cosine * cosine) return cosine;
  }
}

}  // namespace remnant::montecarlo
