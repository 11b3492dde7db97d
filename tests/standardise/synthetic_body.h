#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>

#include "remnant/base/random.h"
#include "remnant/image/resample.h"
#include "remnant/standardise/study_images.h"

/// A flat body drawn by hand: head, neck, shoulders and trunk, two legs, in pixels of 2.4 mm on 1024 x 256.
namespace remnant::testing {

inline constexpr double kPixelMm = 2.4;
inline constexpr double kTopMm = 150;        ///< the vertex, from the upper edge
inline constexpr double kMidlineMm = 307.2;  ///< the middle of the image

struct SyntheticBody {
  double bodyCounts = 2;     ///< expected a pixel inside the body
  double roomCounts = 0.05;  ///< ... and beside it
  double bladderCounts = 0;  ///< ... added in the bladder
  double remnantCounts = 0;  ///< ... added in the thyroid bed
  double hazeCounts = 0;     ///< ... added 100 mm from a hot remnant, and four times as many in six rays
  std::uint64_t seed = 1;
};

/// Half the width of the body at a distance below the vertex; 0 beyond it.
inline double halfWidthMm(double z) {
  if (z < 0 || z > 1700) return 0;
  if (z < 220) return 75 * std::sqrt(1 - std::pow((z - 110) / 110, 2) * 0.9);
  if (z < 290) return 55;
  if (z < 340) return 55 + (z - 290) / 50 * 145;
  if (z < 850) return 200;
  return 170 - 110 * (z - 850) / 850;
}

/// Of what passes the septa, relative to that at 100 mm between the rays: it falls exponentially on 66 mm,
/// and more than half of it is in rays 6 degrees wide.
inline double hazeShape(double across, double along) {
  const double distance = std::hypot(across, along);
  const double turns = std::atan2(along, across) / (std::numbers::pi / 3);
  const double offRayDegrees = 60 * std::abs(turns - std::round(turns));
  return std::exp((100 - distance) / 66) * (1 + 3 * std::exp(-0.5 * std::pow(offRayDegrees / 6, 2)));
}

inline double expectedCounts(const SyntheticBody& body, double x, double z) {
  const double across = std::abs(x - kMidlineMm);
  const bool betweenLegs = z > 850 && across < 15;
  double counts = across < halfWidthMm(z) && !betweenLegs ? body.bodyCounts : 0;
  counts += z > -20 && z < 1720 ? body.roomCounts : 0;
  counts += body.bladderCounts * std::exp(-0.5 * (std::pow(across / 25, 2) + std::pow((z - 800) / 25, 2)));
  counts += body.remnantCounts * std::exp(-0.5 * (std::pow(across / 8, 2) + std::pow((z - 265) / 8, 2)));
  if (body.hazeCounts > 0) counts += body.hazeCounts * hazeShape(x - kMidlineMm, z - 265);
  return counts;
}

inline image::Counts syntheticView(const SyntheticBody& body, std::uint32_t view) {
  image::Counts counts(1024, 256);
  RandomStream random(body.seed, view);
  for (std::size_t row = 0; row < counts.rows(); ++row)
    for (std::size_t column = 0; column < counts.columns(); ++column)
      counts.at(row, column) = static_cast<std::int32_t>(
          random.poisson(expectedCounts(body, (static_cast<double>(column) + 0.5) * kPixelMm,
                                        (static_cast<double>(row) + 0.5) * kPixelMm - kTopMm)));
  return counts;
}

inline standardise::OpposedViews syntheticStudy(const SyntheticBody& body = {}) {
  return {.anterior = syntheticView(body, 0),
          .posterior = image::mirrored(syntheticView(body, 1)),
          .rowSpacingMm = kPixelMm,
          .columnSpacingMm = kPixelMm,
          .headFirst = true};
}

}  // namespace remnant::testing
