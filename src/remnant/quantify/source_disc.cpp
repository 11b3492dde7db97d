#include "remnant/quantify/source_disc.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace remnant::quantify {
namespace {

constexpr std::size_t kSmoothReach = 2;
constexpr int kCentroidSteps = 20;
constexpr int kPointsInPixel = 8;
constexpr int kRings = 24;
constexpr int kSteps = 600;

double boxSum(const image::Counts& counts, std::size_t row, std::size_t column) {
  double sum = 0;
  for (std::size_t r = row - kSmoothReach; r <= row + kSmoothReach; ++r)
    for (std::size_t c = column - kSmoothReach; c <= column + kSmoothReach; ++c) sum += counts.at(r, c);
  return sum;
}

Disc aboutBrightest(const image::Counts& counts, double radiusPixels) {
  Disc disc{0, 0, radiusPixels};
  double most = -1;
  for (std::size_t row = kSmoothReach; row + kSmoothReach < counts.rows(); ++row)
    for (std::size_t column = kSmoothReach; column + kSmoothReach < counts.columns(); ++column)
      if (const double sum = boxSum(counts, row, column); sum > most) {
        most = sum;
        disc.row = static_cast<double>(row);
        disc.column = static_cast<double>(column);
      }
  return disc;
}

bool inside(const image::Counts& counts, const Disc& disc) {
  return disc.row - disc.radiusPixels >= -0.5 && disc.column - disc.radiusPixels >= -0.5 &&
         disc.row + disc.radiusPixels <= static_cast<double>(counts.rows()) - 0.5 &&
         disc.column + disc.radiusPixels <= static_cast<double>(counts.columns()) - 0.5;
}

/// Share of a pixel within the disc.
double shareOfPixel(const Disc& disc, double row, double column) {
  const double distance = std::hypot(row - disc.row, column - disc.column);
  if (distance <= disc.radiusPixels - 0.75) return 1;
  if (distance >= disc.radiusPixels + 0.75) return 0;
  int within = 0;
  for (int down = 0; down < kPointsInPixel; ++down)
    for (int right = 0; right < kPointsInPixel; ++right)
      within += std::hypot(row - 0.5 + (down + 0.5) / kPointsInPixel - disc.row,
                           column - 0.5 + (right + 0.5) / kPointsInPixel - disc.column) <= disc.radiusPixels;
  return static_cast<double>(within) / (kPointsInPixel * kPointsInPixel);
}

/// Calls work(share, row, column) for every pixel the disc touches and the picture has.
template <class Work>
void forEachPixel(const image::Counts& counts, const Disc& disc, Work work) {
  const auto first = [](double value) { return static_cast<std::size_t>(std::max(0.0, std::floor(value))); };
  const std::size_t bottom = std::min(counts.rows(), first(disc.row + disc.radiusPixels) + 2);
  const std::size_t right = std::min(counts.columns(), first(disc.column + disc.radiusPixels) + 2);
  for (std::size_t row = first(disc.row - disc.radiusPixels); row < bottom; ++row)
    for (std::size_t column = first(disc.column - disc.radiusPixels); column < right; ++column)
      if (const double share = shareOfPixel(disc, static_cast<double>(row), static_cast<double>(column));
          share > 0)
        work(share, row, column);
}

Disc atCentroid(const image::Counts& counts, const Disc& disc) {
  double sum = 0, rows = 0, columns = 0;
  forEachPixel(counts, disc, [&](double share, std::size_t row, std::size_t column) {
    const double weight = share * counts.at(row, column);
    sum += weight;
    rows += weight * static_cast<double>(row);
    columns += weight * static_cast<double>(column);
  });
  return sum > 0 ? Disc{columns / sum, rows / sum, disc.radiusPixels} : disc;
}

/// Share of the circle of radius r about a point `offset` from the centre of a disc of radius R that lies
/// within it.
double shareOfCircle(double offset, double r, double discRadius) {
  if (r + offset <= discRadius) return 1;
  if (std::abs(r - offset) >= discRadius) return 0;
  const double cosine = (discRadius * discRadius - offset * offset - r * r) / (2 * offset * r);
  return 1 - std::acos(std::clamp(cosine, -1.0, 1.0)) / std::numbers::pi;
}

/// shareBeyond(r): of a point's image beyond the radius r, from 1 to 0. Circles that reach beyond the disc on
/// all sides add nothing.
template <class ShareBeyond>
double pointShare(double offset, double discRadius, ShareBeyond shareBeyond) {
  const double reach = discRadius + offset;
  double sum = 0;
  for (int step = 0; step < kSteps; ++step) {
    const double low = reach * step / kSteps, high = reach * (step + 1) / kSteps;
    sum += (shareBeyond(low) - shareBeyond(high)) * shareOfCircle(offset, (low + high) / 2, discRadius);
  }
  return sum;
}

/// The mean over a uniform disc: rings of equal area.
template <class PointShare>
double meanOverDisc(double radius, PointShare share) {
  if (radius <= 0) return share(0.0);
  double sum = 0;
  for (int ring = 0; ring < kRings; ++ring) sum += share(radius * std::sqrt((ring + 0.5) / kRings));
  return sum / kRings;
}

}  // namespace

std::optional<Disc> discAboutSource(const image::Counts& counts, double radiusPixels) {
  Disc disc = aboutBrightest(counts, radiusPixels);
  for (int step = 0; step < kCentroidSteps; ++step) disc = atCentroid(counts, disc);
  if (inside(counts, disc)) return disc;
  return std::nullopt;
}

double countsIn(const image::Counts& counts, const Disc& disc) {
  double sum = 0;
  forEachPixel(counts, disc, [&](double share, std::size_t row, std::size_t column) {
    sum += share * counts.at(row, column);
  });
  return sum;
}

double coreShareInDisc(double sigmaMm, double sourceRadiusMm, double radiusMm) {
  const auto beyond = [&](double r) { return std::exp(-r * r / (2 * sigmaMm * sigmaMm)); };
  return meanOverDisc(sourceRadiusMm, [&](double offset) { return pointShare(offset, radiusMm, beyond); });
}

double tailShareInDisc(double lengthMm, double sourceRadiusMm, double radiusMm) {
  const auto beyond = [&](double r) { return (1 + r / lengthMm) * std::exp(-r / lengthMm); };
  return meanOverDisc(sourceRadiusMm, [&](double offset) { return pointShare(offset, radiusMm, beyond); });
}

}  // namespace remnant::quantify
