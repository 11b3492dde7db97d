#include "remnant/quantify/spot_place.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "quantify/joint_scene.h"
#include "remnant/base/random.h"
#include "support/refusal_code.h"

namespace remnant::quantify {
namespace {

constexpr double kRadiusMm = 12;

struct Spot {
  double x = 0, z = 0, widthMm = 2, counts = 1e4;
};

/// Technetium 18 mm deep in a slab, on a level background.
class Spots : public ::testing::Test {
 protected:
  void show(const std::vector<Spot>& spots, double background, std::uint32_t realisation) {
    CalibratedView& view = problem_.views.front();
    const PixelModel model(view, {0, 0, view.picture.columns, view.picture.rows},
                           optics_.waterAttenuationPerMm());
    std::vector<double> sum(model.pixels(), background), one(model.pixels());
    for (const Spot& spot : spots) {
      const image::Point point{spot.x, 18, spot.z};
      const SeenFocus seen = seenFocus(problem_, 0, discAt({spot.x, spot.z}).front(), point,
                                       optics_.ray(point, view.head).opticalDepth, spot.widthMm);
      model.evaluate(seen, one.data(), false);
      double all = 0;
      for (const double value : one) all += value;
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += spot.counts * one[i] / all;
    }
    RandomStream random(8, realisation);
    for (std::size_t i = 0; i < sum.size(); ++i)
      view.counts.pixels()[i] = static_cast<std::int32_t>(random.poisson(sum[i]));
  }

  FocusDiscs discAt(const FocusSeed& seed) const {
    return discsAbout(problem_, optics_, seed, 18, kRadiusMm);
  }

  SpotPlace placeFrom(const std::vector<FocusSeed>& marks) const {
    std::vector<FocusDiscs> discs;
    for (const FocusSeed& mark : marks) discs.push_back(discAt(mark));
    return placeOfSpot(problem_, optics_, marks, discs, 0, 18, {});
  }

  PlanarProblem problem_ = slabProblem(false, false);
  const SlabOptics optics_ = slabOptics(false);
};

TEST_F(Spots, AreFoundBesideTheirMarks) {
  double squares = 0;
  constexpr int kTrials = 20;
  for (std::uint32_t trial = 0; trial < kTrials; ++trial) {
    show({{4, -5}}, 5, trial);
    const SpotPlace found = placeFrom({{0, 0}});
    squares += std::pow(found.place.x - 4, 2) + std::pow(found.place.z + 5, 2);
  }
  // A Gaussian's centre is known to sigma / root(counts) along each axis; a background of some hundreds of
  // counts and the mark take and add little.
  const double sigmaMm = std::hypot(2, problem_.views[0].model.response.sigmaMm(100));
  EXPECT_LT(std::sqrt(squares / kTrials / 2), 2 * sigmaMm / std::sqrt(1e4));
}

TEST_F(Spots, TellTheirWidth) {
  for (const double width : {1.2, 2., 3.5}) {
    show({{2, 1, width, 1e5}}, 5, 1);
    const Known found = placeFrom({{0, 0}}).widthMm;
    EXPECT_NEAR(found.value, width, 0.3 + 2 * found.sigma) << width;
    EXPECT_LT(found.sigma, 0.5);
  }
}

TEST_F(Spots, WithoutCountsStayAtTheirMark) {
  show({}, 2, 1);
  const SpotPlace found = placeFrom({{3, -2}});
  EXPECT_NEAR(found.place.x, 3, SpotPlaceConfig().markSigmaMm);
  EXPECT_NEAR(found.place.z, -2, SpotPlaceConfig().markSigmaMm);
  // Not known where: as if the source were as wide as its mark is uncertain, and its own width unknown.
  EXPECT_GT(found.widthMm.value, 2.5);
  EXPECT_GT(found.widthMm.sigma, 0.5);
}

TEST_F(Spots, AreNotDrawnToABrighterOneThatIsMarked) {
  show({{0, 0}, {24, 0, 2, 2e5}}, 5, 1);
  const FocusSeed found = placeFrom({{1, 1}, {24, 0}}).place;
  EXPECT_NEAR(found.x, 0, 1);
  EXPECT_NEAR(found.z, 0, 1);
}

TEST_F(Spots, AtTheEdgeOfThePictureAreRefused) {
  show({}, 2, 1);
  EXPECT_EQ(testing::refusalCodeOf([&] { placeFrom({{70, 0}}); }), "region-outside");
}

}  // namespace
}  // namespace remnant::quantify
