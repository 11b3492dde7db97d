#include "remnant/phantom/simulation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "phantom/example_cohort.h"
#include "remnant/base/parallel.h"

namespace remnant::phantom {
namespace {

using testing::coldCohort;
using testing::coldTechnetiumCohort;

const TruthRegion& focusIn(const StudyRecord& record, scintigraphy::View view) {
  for (const TruthRegion& region : record.truth)
    if (region.region == "focus" && region.view == view) return region;
  throw std::runtime_error("no focus");
}

/// All counts of a view without those of counting noise.
double expectedSum(const Simulation& simulation, std::size_t patient, std::size_t frame) {
  const auto expected = simulation.expected(patient, 0).front().at(frame);
  return std::accumulate(expected.pixels().begin(), expected.pixels().end(), 0.0);
}

// The product of both views is free of the focus's place on the line: a^2 exp(-mu T), once for narrow beam
// and, as the most, with the broad beam's scatter in both.
TEST(Simulation, CountsAreActivityTimesSensitivityTimeAndAttenuation) {
  const Simulation simulation(coldTechnetiumCohort(), 4);
  const auto nuclide = physics::nuclideNamed("Tc-99m");
  const auto broad = physics::BroadBeam::of(nuclide);
  for (std::size_t patient = 0; patient < 3; ++patient) {
    const StudyRecord record = simulation.record(patient, 0);
    const TruthRegion& focus = focusIn(record, scintigraphy::View::kAnterior);
    const double seconds = record.acquisitions[0].secondsPerFrame;
    const double core = simulation.calibrationOf(0).sensitivities[0].coreCpsPerMBq;
    const double decay = physics::meanDecayDuring(nuclide, seconds / 3600);
    const double inAir = *focus.activityMBq * core * seconds * decay;
    const double anterior = expectedSum(simulation, patient, 0) / inAir;
    const double narrow =
        std::exp(-physics::attenuationPerMm(physics::Material::kWater, 140.51) * focus.focus->waterDepthMm);
    EXPECT_GT(anterior, 0.97 * narrow);
    EXPECT_LT(anterior, 1.15 * narrow * (1 + broad.scatterToPrimary(focus.focus->waterDepthMm)));
    EXPECT_LT(expectedSum(simulation, patient, 1), expectedSum(simulation, patient, 0));
  }
}

TEST(Simulation, CountsArePoissonAboutTheirExpectation) {
  const Simulation simulation(coldTechnetiumCohort(), 4);
  const SimulatedStudy study = simulation.simulate(1, 0);
  const double expected = expectedSum(simulation, 1, 0);
  EXPECT_NEAR(static_cast<double>(image::sumOf(study.anterior())), expected, 5 * std::sqrt(expected));
}

TEST(Simulation, UptakeIsOfTheDoseAndCorrectedForDecay) {
  const Simulation simulation(coldCohort(), 4);
  const StudyRecord record = simulation.record(0, 0);
  const double hours = hoursBetween(record.facts.administration, record.facts.scan);
  const TruthRegion& focus = focusIn(record, scintigraphy::View::kAnterior);
  EXPECT_NEAR(*focus.activityMBq / record.facts.doseMBq * std::exp2(hours / 192.6048) * 100,
              *focus.uptakePercent, 1e-4 * *focus.uptakePercent);
}

TEST(Simulation, FocusIsWhereTheTruthSaysInBothViews) {
  const Simulation simulation(coldTechnetiumCohort(), 4);
  const SimulatedStudy study = simulation.simulate(1, 0);
  const double pixelMm = study.record.acquisitions[0].picture.pixelMm;
  const auto centreOf = [&](const image::Counts& counts) {
    double sum = 0, x = 0, y = 0;
    for (std::size_t row = 0; row < counts.rows(); ++row)
      for (std::size_t column = 0; column < counts.columns(); ++column) {
        const double value = counts.at(row, column);
        sum += value;
        x += value * (static_cast<double>(column) + 0.5);
        y += value * (static_cast<double>(row) + 0.5);
      }
    return std::pair(x / sum * pixelMm, y / sum * pixelMm);
  };
  for (const auto view : {scintigraphy::View::kAnterior, scintigraphy::View::kPosterior}) {
    const TruthRegion& focus = focusIn(study.record, view);
    const auto [x, y] =
        centreOf(view == scintigraphy::View::kAnterior ? study.anterior() : study.posterior());
    EXPECT_NEAR(x, focus.xMm, 1.0);
    EXPECT_NEAR(y, focus.yMm, 1.0);
  }
  EXPECT_NEAR(focusIn(study.record, scintigraphy::View::kAnterior).xMm +
                  focusIn(study.record, scintigraphy::View::kPosterior).xMm,
              128 * pixelMm, 1e-6);
}

TEST(Simulation, HasAnObjectForEachAcquisitionAndACtSeries) {
  Cohort cohort = coldTechnetiumCohort();
  cohort.acquisition.windows = {"photopeak", "lower"};
  cohort.acquisition.leftLateral = true;
  cohort.acquisition.dynamicFrames = 2;
  cohort.acquisition.spect = cohort.acquisition.ctMap = true;
  cohort.acquisition.spectViews = 32;
  const Simulation simulation(cohort, 4);
  const SimulatedStudy study = simulation.simulate(0, 0);
  ASSERT_EQ(study.objects.size(), 4U);
  for (const AcquiredCounts& object : study.objects) {
    EXPECT_EQ(object.frames.size(), object.plan.frameCount()) << object.plan.description;
    for (const image::Counts& frame : object.frames) EXPECT_GT(image::sumOf(frame), 0);
  }
  ASSERT_TRUE(study.map);
  EXPECT_EQ(study.map->attenuationPerMm.grid().rows, study.record.mapSlices);
  EXPECT_EQ(dicomObjectsOf(study, false).size(), 4 + study.record.mapSlices);
}

TEST(Simulation, StudyIsTheSameInAnyOrderAndOnAnyThread) {
  const Simulation simulation(readCohort(findCohort("demo")), 12);
  const SimulatedStudy alone = simulation.simulate(2, 0);
  std::vector<SimulatedStudy> together(4);
  parallelFor(4, 2, [&](std::size_t patient) { together[patient] = simulation.simulate(patient, 0); });
  EXPECT_EQ(together[2].anterior(), alone.anterior());
  EXPECT_EQ(together[2].posterior(), alone.posterior());
  EXPECT_NE(together[1].anterior(), alone.anterior());
}

TEST(Simulation, LabelIsThresholdOnTheTruthOfTheBed) {
  const Cohort cohort = readCohort(findCohort("demo"));
  const Simulation simulation(cohort, 8);
  int positives = 0, faint = 0;
  for (std::size_t patient = 0; patient < 60; ++patient) {
    const StudyRecord record = simulation.record(patient, 0);
    const double uptakePercent = *record.truth.front().uptakePercent;
    ASSERT_EQ(record.truth.front().region, "thyroid");
    EXPECT_EQ(record.residualTissue, uptakePercent >= cohort.labelThresholdPercent);
    positives += record.residualTissue;
    faint += !record.residualTissue && uptakePercent > 0;
  }
  EXPECT_GT(positives, 15);
  EXPECT_GT(faint, 5);
}

}  // namespace
}  // namespace remnant::phantom
