#include "remnant/base/random.h"

#include <cmath>
#include <numbers>

#include "remnant/base/error.h"

namespace remnant {
namespace {

constexpr std::uint32_t kMultiplier0 = 0xD2511F53;
constexpr std::uint32_t kMultiplier1 = 0xCD9E8D57;
constexpr std::uint32_t kWeyl0 = 0x9E3779B9;
constexpr std::uint32_t kWeyl1 = 0xBB67AE85;

PhiloxCounter philoxRound(const PhiloxCounter& counter, const PhiloxKey& key) {
  const std::uint64_t product0 = std::uint64_t{kMultiplier0} * counter[0];
  const std::uint64_t product1 = std::uint64_t{kMultiplier1} * counter[2];
  return {
      static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(product1),
      static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(product0)};
}

std::uint32_t poissonByInversion(double mean, RandomStream& random) {
  double probability = std::exp(-mean);
  double remaining = random.uniform();
  std::uint32_t count = 0;
  // The cap ends the walk where rounding leaves a remainder that no probability can use up (mean < 10).
  while (remaining >= probability && count < 200) {
    remaining -= probability;
    probability *= mean / ++count;
  }
  return count;
}

std::uint32_t poissonByRejection(double mean, RandomStream& random) {
  const double logMean = std::log(mean);
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  const double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const double vr = 0.9277 - 3.6224 / (b - 2);
  while (true) {
    const double u = random.uniform() - 0.5;
    const double v = random.uniform();
    const double us = 0.5 - std::abs(u);
    const double k = std::floor((2 * a / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= vr) return static_cast<std::uint32_t>(k);
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const double accepted = k * logMean - mean - std::lgamma(k + 1);
    if (std::log(v * inverseAlpha / (a / (us * us) + b)) <= accepted) return static_cast<std::uint32_t>(k);
  }
}

}  // namespace

PhiloxCounter philox4x32(PhiloxCounter counter, PhiloxKey key) {
  for (int round = 0; round < 10; ++round) {
    counter = philoxRound(counter, key);
    key[0] += kWeyl0;
    key[1] += kWeyl1;
  }
  return counter;
}

RandomStream::RandomStream(std::uint64_t seed, std::uint32_t place0, std::uint32_t place1,
                           std::uint32_t place2)
    : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
      counter_{place0, place1, place2, 0} {}

std::uint32_t RandomStream::nextWord() {
  if (used_ == 4) {
    block_ = philox4x32(counter_, key_);
    ++counter_[3];
    used_ = 0;
  }
  return block_[used_++];
}

double RandomStream::uniform() {
  const std::uint64_t high = nextWord();
  const std::uint64_t low = nextWord();
  return static_cast<double>((high << 32 | low) >> 11) * 0x1p-53;
}

std::uint32_t RandomStream::below(std::uint32_t count) {
  if (count == 0) throw ProgramError("RandomStream::below needs a positive count");
  const std::uint32_t rejected = (0u - count) % count;
  std::uint32_t word = nextWord();
  while (word < rejected) word = nextWord();
  return word % count;
}

double RandomStream::normal() {
  const double radius = std::sqrt(-2 * std::log(1 - uniform()));
  return radius * std::cos(2 * std::numbers::pi * uniform());
}

double RandomStream::logNormal(double median, double sigmaLog) {
  return median * std::exp(sigmaLog * normal());
}

double RandomStream::gamma(double shape, double scale) {
  if (shape < 1) return gamma(shape + 1, scale) * std::pow(1 - uniform(), 1 / shape);
  const double d = shape - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  while (true) {
    const double x = normal();
    const double v = std::pow(1 + c * x, 3);
    if (v > 0 && std::log(1 - uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v * scale;
  }
}

std::uint32_t RandomStream::poisson(double mean) {
  if (!(mean >= 0) || mean > 4e9) throw ProgramError("a Poisson mean lies outside [0, 4e9]");
  return mean < 10 ? poissonByInversion(mean, *this) : poissonByRejection(mean, *this);
}

}  // namespace remnant
