#include "remnant/quantify/joint_patches.h"

#include <gtest/gtest.h>

#include <numbers>

#include "quantify/joint_scene.h"
#include "support/refusal_code.h"

namespace remnant::quantify {
namespace {

std::vector<JointPatch> patches(const PlanarProblem& problem, const std::vector<FocusSeed>& seeds) {
  return patchesAround(problem, slabOptics(false), seeds, {});
}

TEST(PatchesAround, AreDiscsOfTheMarginAboutALoneFocus) {
  const PlanarProblem problem = slabProblem(false, false);
  const auto made = patches(problem, {{0, 0}});
  ASSERT_EQ(made.size(), 2U) << "one a view";
  for (const JointPatch& patch : made) {
    const double radius = JointConfig{}.marginFwhm * patch.fwhmMm / problem.views[0].picture.pixelMm;
    const auto taken = static_cast<double>(std::count(patch.taken.begin(), patch.taken.end(), true));
    // Pixels whose middles lie in a disc: its area, but for its rim.
    EXPECT_NEAR(taken, std::numbers::pi * radius * radius, 2 * radius);
    EXPECT_EQ(patch.foci, std::vector<std::size_t>{0});
  }
}

TEST(PatchesAround, PutFociTogetherThatLieTogether) {
  const PlanarProblem problem = slabProblem(false, false);
  const double fwhmMm = responseFwhmMm(problem.views[0], slabOptics(false), {});
  const double near = 2.8 * fwhmMm, far = 3.2 * fwhmMm;
  EXPECT_EQ(patches(problem, {{-near / 2, 0}, {near / 2, 0}}).size(), 2U);
  EXPECT_EQ(patches(problem, {{-far / 2, 0}, {far / 2, 0}}).size(), 4U);
}

TEST(PatchesAround, TakeNoPixelTwice) {
  const PlanarProblem problem = slabProblem(false, false);
  const double fwhmMm = responseFwhmMm(problem.views[0], slabOptics(false), {});
  const double far = 3.2 * fwhmMm;  // two discs of 2 FWHM overlap
  image::Grid<int> taken(48, 48);
  for (const JointPatch& patch : patches(problem, {{-far / 2, 0}, {far / 2, 0}}))
    for (std::size_t pixel = 0; patch.view == 0 && pixel < patch.taken.size(); ++pixel)
      if (patch.takes(pixel))
        taken.at(patch.window.y + pixel / patch.window.width, patch.window.x + pixel % patch.window.width) +=
            1;
  const auto& counts = taken.pixels();
  EXPECT_EQ(*std::max_element(counts.begin(), counts.end()), 1);
}

TEST(IsInPictures, AsksEveryView) {
  const PlanarProblem problem = slabProblem(false, false);
  const SlabOptics optics = slabOptics(false);
  const projection::Picture& picture = problem.views[0].picture;
  const double halfMm = static_cast<double>(picture.columns) * picture.pixelMm / 2;
  EXPECT_TRUE(isInPictures(problem, optics, {halfMm - 1, 0}));
  EXPECT_FALSE(isInPictures(problem, optics, {halfMm + 1, 0}));
  EXPECT_FALSE(isInPictures(problem, optics, {0, -halfMm - 1}));
}

TEST(PatchesAround, RefuseAFocusOutsideOfThePicture) {
  EXPECT_EQ(testing::refusalCodeOf([] {
              patches(slabProblem(false, false), {{500, 0}});
            }),
            "focus-outside-picture");
}

}  // namespace
}  // namespace remnant::quantify
