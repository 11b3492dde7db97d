#include "remnant/montecarlo/hexagonal_lattice.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "remnant/base/random.h"

namespace remnant::montecarlo {
namespace {

TEST(HexagonalLattice, OpenShareIsTheRatioOfAreas) {
  // Two hexagons, flat to flat d and d + t: (4 / 5.8)^2.
  const HexagonalLattice lattice(4, 1.8);
  RandomStream stream(1, 1);
  int open = 0;
  constexpr int kPoints = 200'000;
  for (int i = 0; i < kPoints; ++i)
    open += lattice.inHole({5.8 * 7 * stream.uniform(), 5.8 * std::numbers::sqrt3 * 5 * stream.uniform()});
  const double share = 16 / (5.8 * 5.8);
  const double error = std::sqrt(share * (1 - share) / kPoints);
  EXPECT_NEAR(static_cast<double>(open) / kPoints, share, 4 * error);
}

TEST(HexagonalLattice, NeighboursLieAtSixtyDegrees) {
  const HexagonalLattice lattice(1.5, 0.2);
  for (int side = 0; side < 6; ++side) {
    const double angle = side * std::numbers::pi / 3;
    const auto along = [&](double mm) { return PlanePoint{mm * std::cos(angle), mm * std::sin(angle)}; };
    EXPECT_TRUE(lattice.inHole(along(0.749)));
    EXPECT_FALSE(lattice.inHole(along(0.76)));
    EXPECT_FALSE(lattice.inHole(along(0.94)));
    EXPECT_TRUE(lattice.inHole(along(0.96)));
    EXPECT_NEAR(lattice.cellCentre(along(1.7)).x, 1.7 * std::cos(angle), 1e-12);
    EXPECT_NEAR(lattice.cellCentre(along(1.7)).y, 1.7 * std::sin(angle), 1e-12);
  }
}

TEST(HexagonalLattice, CornersReachFurtherThanSides) {
  const HexagonalLattice lattice(1.5, 0.2);
  const double corner = 1.5 / std::numbers::sqrt3;
  EXPECT_TRUE(lattice.inHole({0, corner - 0.01}));
  EXPECT_FALSE(lattice.inHole({0, corner + 0.01}));
}

TEST(HexagonalLattice, OneHoleIsNotTwo) {
  const HexagonalLattice lattice(1.5, 0.2);
  EXPECT_TRUE(lattice.inOneHole({-0.7, 0}, {0.7, 0}));
  EXPECT_FALSE(lattice.inOneHole({0, 0}, {1.7, 0}));
}

}  // namespace
}  // namespace remnant::montecarlo
