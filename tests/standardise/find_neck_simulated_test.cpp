#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "remnant/phantom/simulation.h"
#include "remnant/standardise/study_images.h"
#include "support/sanitized.h"

namespace remnant::standardise {
namespace {

double middleRowMm(const image::Box& box, double pixelMm) {
  return (static_cast<double>(box.y) + static_cast<double>(box.height) / 2) * pixelMm;
}

const phantom::TruthRegion& anteriorBed(const phantom::SimulatedStudy& study) {
  for (const phantom::TruthRegion& region : study.record.truth)
    if (region.view == scintigraphy::View::kAnterior && region.region == "thyroid") return region;
  throw ProgramError("a simulated study without a thyroid bed");
}

/// All but those who may be too faint to have an outline.
void expectNecksFound(std::size_t patients, std::size_t faint) {
  const phantom::Simulation simulation(phantom::readCohort(phantom::findCohort("demo")), 20);
  std::size_t found = 0;
  for (std::size_t patient = 0; patient < patients; ++patient) {
    const phantom::SimulatedStudy study = simulation.simulate(patient, 0);
    const double pixelMm = study.record.acquisitions.front().picture.pixelMm;
    const OpposedViews views{.anterior = study.anterior(),
                             .posterior = study.posterior(),
                             .rowSpacingMm = pixelMm,
                             .columnSpacingMm = pixelMm,
                             .headFirst = true};
    try {
      const NeckGeometry geometry = findNeck(views);
      ++found;
      EXPECT_TRUE(geometry.headFirst) << "patient " << patient;
      // The box is 72 mm high and the bed's tissue lies within 15 mm of its middle.
      EXPECT_NEAR(middleRowMm(geometry.thyroid, pixelMm), anteriorBed(study).yMm, 45)
          << "patient " << patient;
    } catch (const InputError& error) {
      EXPECT_EQ(error.code(), "no-body-outline");
    }
  }
  EXPECT_GE(found, patients - faint);
}

TEST(FindNeck, LiesOnTheThyroidBedOfSimulatedPatients) {
  expectNecksFound(testing::kSanitized ? 2 : 8, 1);
}

TEST(FindNeck, LongLiesOnTheThyroidBedOfSimulatedPatients) {
  if (!std::getenv("REMNANT_LONG_TESTS")) GTEST_SKIP() << "24 patients are made with REMNANT_LONG_TESTS set";
  expectNecksFound(24, 2);
}

}  // namespace
}  // namespace remnant::standardise
