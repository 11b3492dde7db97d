#include "remnant/phantom/component_masks.h"

#include <gtest/gtest.h>

#include "phantom/example_cohort.h"
#include "remnant/phantom/simulation.h"

namespace remnant::phantom {
namespace {

TEST(Masks, HoldEachFocusAroundItsPlaceInBothViews) {
  Cohort cohort = testing::coldTechnetiumCohort();
  cohort.thyroid.fociMean = 3;
  cohort.confounders.parotid.frequency = 1;
  const Simulation simulation(cohort, 2);
  const StudyRecord record = simulation.record(0, 0);
  const auto masks = simulation.masks(0, 0);
  ASSERT_EQ(masks.size(), 2U);
  int glands = 0;
  for (const std::int32_t pixel : masks[0].pixels()) glands += (pixel >> kGlandBit) & 1;
  EXPECT_GT(glands, 5);
  for (const TruthRegion& region : record.truth) {
    if (!region.focus) continue;
    const auto& mask = masks[region.view == scintigraphy::View::kAnterior ? 0 : 1];
    const double pixelMm = record.acquisitions[0].picture.pixelMm;
    const auto row = static_cast<std::size_t>(region.yMm / pixelMm),
               column = static_cast<std::size_t>(region.xMm / pixelMm);
    EXPECT_TRUE(mask.at(row, column) >> (region.focus->number - 1) & 1) << region.focus->number;
    EXPECT_EQ(mask.at(2, 2), 0);
  }
}

}  // namespace
}  // namespace remnant::phantom
