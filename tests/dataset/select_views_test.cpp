#include "remnant/dataset/select_views.h"

#include <gtest/gtest.h>

#include "dataset/example_catalogue.h"

namespace remnant::dataset {
namespace {

OpposedFrames chosenOf(const std::vector<CatalogueObject>& objects) {
  const auto selection = selectOpposedViews(objects);
  if (const auto* leftOut = std::get_if<LeftOut>(&selection)) throw std::runtime_error(leftOut->explanation);
  return std::get<OpposedFrames>(selection);
}

std::string reasonOf(const std::vector<CatalogueObject>& objects) {
  const auto selection = selectOpposedViews(objects);
  const auto* leftOut = std::get_if<LeftOut>(&selection);
  return leftOut ? leftOut->reason : "";
}

TEST(SelectViews, TakesBothFramesOfOneObject) {
  CatalogueObject object = exampleObject(1, 1);
  object.views = {"posterior", "anterior"};
  const OpposedFrames frames = chosenOf({object});
  EXPECT_EQ(frames.anterior.frame, 1u);
  EXPECT_EQ(frames.posterior.frame, 0u);
  EXPECT_FALSE(frames.severalAcquisitions);
}

TEST(SelectViews, PutsTwoObjectsOfOneViewEachTogether) {
  CatalogueObject anterior = exampleObject(1, 1), posterior = exampleObject(1, 2);
  anterior.views = {"anterior"};
  posterior.views = {"posterior"};
  const OpposedFrames frames = chosenOf({posterior, anterior});
  EXPECT_EQ(frames.anterior.object.object, anterior.object);
  EXPECT_EQ(frames.posterior.object.object, posterior.object);
  posterior.rows = 512;
  EXPECT_EQ(reasonOf({posterior, anterior}), "no-opposed-views") << "shapes differ";
}

TEST(SelectViews, TakesThePhotopeakAmongWindowsByRange) {
  CatalogueObject object = exampleObject(1, 1);
  object.views = {"anterior", "posterior", "anterior", "posterior"};
  object.energyWindows = {"308.5-327.6", "308.5-327.6", "328-400.9", "328-400.9"};
  EXPECT_EQ(chosenOf({object}).anterior.frame, 2u);
  EXPECT_EQ(chosenOf({object}).posterior.frame, 3u);
  object.radionuclide = "Lu-177";
  EXPECT_EQ(reasonOf({object}), "no-opposed-views")
      << "several windows, and none is known to be the photopeak";
  object.energyWindows = {"328-400", "328-400", "328-400", "328-400"};
  EXPECT_EQ(chosenOf({object}).anterior.frame, 0u);
}

TEST(SelectViews, TakesAWindowOfSeveralRanges) {
  CatalogueObject object = exampleObject(1, 1);
  object.views = {"anterior", "posterior", "anterior", "posterior"};
  object.energyWindows = {"270-300", "270-300", "80-90+340-390", "80-90+340-390"};
  EXPECT_EQ(chosenOf({object}).anterior.frame, 2u);
}

TEST(SelectViews, TakesTheEarliestOfSeveralAcquisitions) {
  CatalogueObject late = exampleObject(1, 1), early = exampleObject(1, 2);
  late.hoursFromDose = 72;
  early.hoursFromDose = 24;
  for (const auto& objects : {std::vector{late, early}, std::vector{early, late}}) {
    const OpposedFrames frames = chosenOf(objects);
    EXPECT_EQ(frames.anterior.object.object, early.object);
    EXPECT_EQ(frames.posterior.object.object, early.object);
    EXPECT_TRUE(frames.severalAcquisitions);
  }
}

TEST(SelectViews, NeverGuessesAView) {
  CatalogueObject object = exampleObject(1, 1);
  object.views = {"anterior", "unknown"};
  EXPECT_EQ(reasonOf({object}), "no-opposed-views");
  object.views = {"anterior", "left-lateral"};
  EXPECT_EQ(reasonOf({object}), "no-opposed-views");
  object = exampleObject(1, 1);
  object.acquisition = "static";
  EXPECT_EQ(reasonOf({object}), "no-opposed-views");
  object = exampleObject(1, 1);
  object.rowSpacingMm.reset();
  EXPECT_EQ(reasonOf({object}), "no-opposed-views");
  EXPECT_EQ(reasonOf({}), "no-opposed-views");
}

}  // namespace
}  // namespace remnant::dataset
