#include "remnant/quantify/joint_optics.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace remnant::quantify {
namespace {

constexpr double kSpacingMm = 2;

std::uint64_t keyOf(int x, int z, int depth) {
  const auto part = [](int value) { return static_cast<std::uint64_t>(value + (1 << 20)) & 0x1fffff; };
  return part(x) | part(z) << 21 | part(depth) << 42;
}

/// A coordinate between two nodes.
struct Between {
  explicit Between(double millimetres)
      : node(static_cast<int>(std::floor(millimetres / kSpacingMm))),
        fraction(millimetres / kSpacingMm - node) {}
  double weight(int side) const { return side == 0 ? 1 - fraction : fraction; }
  static double slope(int side) { return (side == 0 ? -1 : 1) / kSpacingMm; }

  int node;
  double fraction;
};

}  // namespace

SampledOptics::SampledOptics(const NeckOptics& optics, const std::vector<projection::HeadPosition>& heads)
    : optics_(&optics) {
  for (const auto& head : heads) {
    const auto same = std::find_if(heads_.begin(), heads_.end(), [&](const projection::HeadPosition& other) {
      return other.angleDegrees == head.angleDegrees;
    });
    angleOfHead_.push_back(static_cast<std::size_t>(same - heads_.begin()));
    if (same == heads_.end()) heads_.push_back(head);
  }
  if (!heads_.empty())
    causes_ = optics.opticalDepthErrors({0, column(0, 0).anteriorSkinY + 10, 0}, heads_.front()).size();
}

Column SampledOptics::column(int x, int z) {
  const auto [place, isNew] = columns_.try_emplace(keyOf(x, z, 0));
  if (isNew) place->second = optics_->columnAt(x * kSpacingMm, z * kSpacingMm);
  return place->second;
}

const std::vector<float>& SampledOptics::node(int x, int z, int depth) {
  const auto [place, isNew] = nodes_.try_emplace(keyOf(x, z, depth));
  std::vector<float>& values = place->second;
  if (!isNew) return values;
  const image::Point point{x * kSpacingMm, column(x, z).anteriorSkinY + depth * kSpacingMm, z * kSpacingMm};
  for (const auto& head : heads_) {
    values.push_back(static_cast<float>(optics_->ray(point, head).opticalDepth));
    for (const double error : optics_->opticalDepthErrors(point, head))
      values.push_back(static_cast<float>(error));
  }
  return values;
}

std::vector<SampledRay> SampledOptics::raysAt(double x, double z, double depthMm) {
  const Between across(x), along(z), down(depthMm);
  const std::size_t perHead = causes_ + 1;
  std::vector<Sampled> mixed(heads_.size() * perHead);
  for (int corner = 0; corner < 8; ++corner) {
    const int i = corner & 1, j = corner >> 1 & 1, k = corner >> 2;
    const auto& values = node(across.node + i, along.node + j, down.node + k);
    const double wx = across.weight(i), wz = along.weight(j), wd = down.weight(k);
    for (std::size_t n = 0; n < mixed.size(); ++n) {
      const auto value = static_cast<double>(values[n]);
      mixed[n].value += wx * wz * wd * value;
      mixed[n].byX += Between::slope(i) * wz * wd * value;
      mixed[n].byZ += wx * Between::slope(j) * wd * value;
      mixed[n].byDepth += wx * wz * Between::slope(k) * value;
    }
  }
  std::vector<SampledRay> rays(angleOfHead_.size());
  for (std::size_t head = 0; head < rays.size(); ++head) {
    const auto first = mixed.begin() + static_cast<std::ptrdiff_t>(angleOfHead_[head] * perHead);
    rays[head].opticalDepth = *first;
    rays[head].errors.assign(first + 1, first + static_cast<std::ptrdiff_t>(perHead));
  }
  return rays;
}

Sampled SampledOptics::mixedColumn(double x, double z, double Column::*part) {
  const Between across(x), along(z);
  Sampled mixed;
  for (int corner = 0; corner < 4; ++corner) {
    const int i = corner & 1, j = corner >> 1;
    const double value = column(across.node + i, along.node + j).*part;
    mixed.value += across.weight(i) * along.weight(j) * value;
    mixed.byX += Between::slope(i) * along.weight(j) * value;
    mixed.byZ += across.weight(i) * Between::slope(j) * value;
  }
  return mixed;
}

Sampled SampledOptics::skinAt(double x, double z) {
  return mixedColumn(x, z, &Column::anteriorSkinY);
}

Sampled SampledOptics::thicknessAt(double x, double z) {
  return mixedColumn(x, z, &Column::thicknessMm);
}

}  // namespace remnant::quantify
