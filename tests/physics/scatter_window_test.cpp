#include "remnant/physics/scatter_window.h"

#include <gtest/gtest.h>

#include "remnant/base/error.h"

namespace remnant::physics {
namespace {

double parabolaAt(double depthMm) {
  return 1.1 + depthMm * (0.004 - 0.00001 * depthMm);
}

std::vector<MultipleScatter::Node> nodesOfParabola() {
  std::vector<MultipleScatter::Node> nodes;
  for (double depthMm : {5.0, 10.0, 20.0, 60.0, 110.0}) nodes.push_back({depthMm, parabolaAt(depthMm)});
  return nodes;
}

TEST(MultipleScatter, ParabolaIsKept) {
  const auto factor = MultipleScatter::parabola(1.1, 0.004, -0.00001, 110);
  for (double depthMm : {0.0, 3.0, 47.0, 110.0}) EXPECT_NEAR(factor.at(depthMm), parabolaAt(depthMm), 1e-12);
  // The tangent at 110 mm: 0.004 - 2 x 0.00001 x 110.
  EXPECT_NEAR(factor.at(160), parabolaAt(110) + 50 * 0.0018, 1e-12);
}

// The slopes at the nodes are those of parabolas, so that a parabola comes out as it went in.
TEST(MultipleScatter, NodesOfAParabolaGiveTheParabola) {
  const auto factor = MultipleScatter::through(nodesOfParabola());
  for (double depthMm : {5.0, 8.0, 33.0, 60.0, 109.0})
    EXPECT_NEAR(factor.at(depthMm), parabolaAt(depthMm), 1e-12);
  EXPECT_NEAR(factor.at(0), parabolaAt(5) - 5 * 0.0039, 1e-12);
  EXPECT_NEAR(factor.at(160), parabolaAt(110) + 50 * 0.0018, 1e-12);
}

TEST(MultipleScatter, StaysWhereItWouldFallBeyondTheLastNode) {
  const auto factor = MultipleScatter::through({{0, 1}, {50, 1.5}, {100, 1.4}});
  EXPECT_DOUBLE_EQ(factor.at(100), 1.4);
  EXPECT_DOUBLE_EQ(factor.at(250), 1.4);
}

TEST(MultipleScatter, GoesOnAsOnAverageWhereItRoseAtTheEnd) {
  const auto factor = MultipleScatter::onAverageBeyond({{0, 1}, {90, 1.5}, {100, 2}});
  EXPECT_DOUBLE_EQ(factor.at(100), 2);
  EXPECT_NEAR(factor.at(250), 2 + 150 * (2 - 1) / 100.0, 1e-12);
}

TEST(MultipleScatter, IsOneWhereNothingIsKnown) {
  EXPECT_EQ(MultipleScatter().at(-1), 1);
  EXPECT_EQ(MultipleScatter().at(70), 1);
}

TEST(MultipleScatter, NeedsThreeNodes) {
  EXPECT_THROW(MultipleScatter::through({{5, 1}, {10, 1.2}}), ProgramError);
}

}  // namespace
}  // namespace remnant::physics
