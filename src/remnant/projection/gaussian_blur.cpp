#include "remnant/projection/gaussian_blur.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace remnant::projection {
namespace {

constexpr double kLeastSampledVariance = 0.64;
constexpr double kSigmas = 4;

std::vector<float> momentTaps(double variance) {
  // Half of the second, fourth and sixth moments: the sums over k of w_k k^2, w_k k^4 and w_k k^6.
  const double second = variance / 2, fourth = 3 * variance * variance / 2,
               sixth = 15 * variance * variance * variance / 2;
  const double third = (sixth - 5 * fourth + 4 * second) / 360;
  const double next = (fourth - second - 72 * third) / 12;
  const double first = second - 4 * next - 9 * third;
  return {static_cast<float>(1 - 2 * (first + next + third)), static_cast<float>(first),
          static_cast<float>(next), static_cast<float>(third)};
}

std::vector<float> sampledTaps(double variance) {
  const int radius = static_cast<int>(std::ceil(kSigmas * std::sqrt(variance)));
  std::vector<double> weights;
  double sum = 0;
  for (int offset = 0; offset <= radius; ++offset) {
    weights.push_back(std::exp(-0.5 * offset * offset / variance));
    sum += weights.back() * (offset == 0 ? 1 : 2);
  }
  std::vector<float> taps;
  for (const double weight : weights) taps.push_back(static_cast<float>(weight / sum));
  return taps;
}

/// out[i] = taps[0] middle[i] + sum over t of taps[t] (before[t][i] + after[t][i]). The number of taps is
/// known when this is compiled, which keeps the sum in a register.
template <std::size_t Radius>
void convolveShort(const float* taps, const float* const* before, const float* const* after,
                   std::size_t count, float* __restrict out) {
  std::array<float, Radius + 1> weights;
  std::array<const float*, Radius + 1> left, right;
  for (std::size_t tap = 0; tap <= Radius; ++tap) {
    weights[tap] = taps[tap];
    left[tap] = before[tap];
    right[tap] = after[tap];
  }
  for (std::size_t index = 0; index < count; ++index) {
    float sum = weights[0] * left[0][index];
    for (std::size_t tap = 1; tap <= Radius; ++tap)
      sum += weights[tap] * (left[tap][index] + right[tap][index]);
    out[index] = sum;
  }
}

void convolveLong(const std::vector<float>& taps, const float* const* before, const float* const* after,
                  std::size_t count, float* __restrict out) {
  for (std::size_t index = 0; index < count; ++index) out[index] = taps[0] * before[0][index];
  for (std::size_t tap = 1; tap < taps.size(); ++tap) {
    const float* left = before[tap];
    const float* right = after[tap];
    for (std::size_t index = 0; index < count; ++index)
      out[index] += taps[tap] * (left[index] + right[index]);
  }
}

void convolve(const std::vector<float>& taps, const float* const* before, const float* const* after,
              std::size_t count, float* out) {
  switch (taps.size() - 1) {
    case 3:
      return convolveShort<3>(taps.data(), before, after, count, out);
    case 4:
      return convolveShort<4>(taps.data(), before, after, count, out);
    case 5:
      return convolveShort<5>(taps.data(), before, after, count, out);
    case 6:
      return convolveShort<6>(taps.data(), before, after, count, out);
    case 7:
      return convolveShort<7>(taps.data(), before, after, count, out);
    case 8:
      return convolveShort<8>(taps.data(), before, after, count, out);
    default:
      return convolveLong(taps, before, after, count, out);
  }
}

/// Addresses of a tap's two sides.
struct Sides {
  explicit Sides(std::size_t taps) : before(taps), after(taps) {}
  std::vector<const float*> before, after;
};

void blurAlongRows(const Plane& plane, const std::vector<float>& taps, Plane& blurred) {
  const std::size_t columns = plane.region().columns(), radius = taps.size() - 1;
  std::vector<float> padded(columns + 2 * radius, 0.0F);
  Sides sides(taps.size());
  for (std::size_t tap = 0; tap <= radius; ++tap) {
    sides.before[tap] = padded.data() + radius - tap;
    sides.after[tap] = padded.data() + radius + tap;
  }
  for (std::ptrdiff_t row = plane.region().top; row < plane.region().bottom; ++row) {
    std::copy_n(plane.row(row), columns, padded.data() + radius);
    convolve(taps, sides.before.data(), sides.after.data(), columns, blurred.row(row));
  }
}

void blurAlongColumns(const Plane& plane, const std::vector<float>& taps, Plane& blurred) {
  const Region& region = plane.region();
  const std::vector<float> nothing(region.columns(), 0.0F);
  Sides sides(taps.size());
  const auto rowOrNothing = [&](std::ptrdiff_t row) {
    return row < region.top || row >= region.bottom ? nothing.data() : plane.row(row);
  };
  for (std::ptrdiff_t row = region.top; row < region.bottom; ++row) {
    for (std::size_t tap = 0; tap < taps.size(); ++tap) {
      sides.before[tap] = rowOrNothing(row - static_cast<std::ptrdiff_t>(tap));
      sides.after[tap] = rowOrNothing(row + static_cast<std::ptrdiff_t>(tap));
    }
    convolve(taps, sides.before.data(), sides.after.data(), region.columns(), blurred.row(row));
  }
}

}  // namespace

std::vector<float> gaussianTaps(double variance) {
  return variance < kLeastSampledVariance ? momentTaps(variance) : sampledTaps(variance);
}

void blur(Plane& plane, double variance) {
  if (variance <= 0 || plane.region().empty()) return;
  const std::vector<float> taps = gaussianTaps(variance);
  Plane between(plane.region());
  blurAlongRows(plane, taps, between);
  blurAlongColumns(between, taps, plane);
}

}  // namespace remnant::projection
