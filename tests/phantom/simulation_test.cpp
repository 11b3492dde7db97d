#include "remnant/phantom/simulation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "remnant/base/parallel.h"

namespace remnant::phantom {
namespace {

/// One bright focus in a cold body before an exact camera: what is counted can be told by hand.
Cohort coldCohort() {
  Cohort cohort;
  cohort.name = "cold";
  cohort.centres.resize(1);
  cohort.thyroid.noFocusShare = 0;
  cohort.thyroid.fociMean = 1;
  cohort.thyroid.uptakePercent = {5, 0.3, 1, 20};
  cohort.thyroid.massGrams = {0.01, 0.1};
  cohort.background.retention48hPercent = {1e-6, 0, 0, 1e-6};
  auto& confounders = cohort.confounders;
  for (Confounder* confounder :
       {&confounders.parotid, &confounders.submandibular, &confounders.nose, &confounders.mouth,
        &confounders.oesophagus, &confounders.neckNode, &confounders.thymus, &confounders.contamination,
        &confounders.stomach, &confounders.colon, &confounders.bladder, &confounders.liver})
    confounder->frequency = 0;
  cohort.camera.headGainSigma = 0;
  cohort.camera.tableAttenuation = {0.05, 0.05};
  cohort.camera.ambientCpsPerCm2 = {0, 0};
  cohort.course.oneStudyShare = 1;
  cohort.course.twoStudiesShare = 0;
  cohort.course.startDiagnosticShare = 1;
  cohort.course.startFollowUpShare = 0;
  return cohort;
}

const TruthRegion& focusIn(const StudyRecord& record, scintigraphy::View view) {
  for (const TruthRegion& region : record.truth)
    if (region.region == "focus" && region.view == view) return region;
  throw std::runtime_error("no focus");
}

TEST(Simulation, CountsAreActivityTimesSensitivityTimeAndAttenuation) {
  const Simulation simulation(coldCohort(), 4);
  for (std::size_t patient = 0; patient < 5; ++patient) {
    const SimulatedStudy study = simulation.simulate(patient, 0);
    const auto& description = study.record.description;
    const TruthRegion& focus = focusIn(study.record, scintigraphy::View::kAnterior);
    const double seconds = 387 / description.scanVelocityMmPerSecond;
    const double inAir = *focus.activityMBq * 43.5 * seconds;
    const double anterior = inAir * std::exp(-0.0090 * *focus.depthMm);
    const auto counted = static_cast<double>(image::sumOf(study.anterior));
    EXPECT_NEAR(counted, anterior, 5 * std::sqrt(anterior) + 0.01 * anterior);
    // The other view sees the rest of the neck and the table before it.
    const double posterior = static_cast<double>(image::sumOf(study.posterior));
    const double thickness = std::log(inAir * inAir / (counted * posterior * std::exp(0.05))) / 0.0090;
    EXPECT_GT(thickness, 85);
    EXPECT_LT(thickness, 165);
  }
}

TEST(Simulation, UptakeIsOfTheDoseAndCorrectedForDecay) {
  const Simulation simulation(coldCohort(), 4);
  const StudyRecord record = simulation.record(0, 0);
  const auto& dose = record.description.radiopharmaceutical;
  const double hours = hoursBetween(dose.administration, record.description.study.start);
  const TruthRegion& focus = focusIn(record, scintigraphy::View::kAnterior);
  EXPECT_NEAR(*focus.activityMBq / dose.activityMBq * std::exp2(hours / 192.6048) * 100, *focus.uptakePercent,
              1e-4 * *focus.uptakePercent);
}

TEST(Simulation, FocusIsWhereTheTruthSaysInBothViews) {
  const Simulation simulation(coldCohort(), 4);
  const SimulatedStudy study = simulation.simulate(1, 0);
  const auto centreOf = [](const image::Counts& counts) {
    double sum = 0, x = 0, y = 0;
    for (std::size_t row = 0; row < counts.rows(); ++row)
      for (std::size_t column = 0; column < counts.columns(); ++column) {
        const double value = counts.at(row, column);
        sum += value;
        x += value * (static_cast<double>(column) + 0.5);
        y += value * (static_cast<double>(row) + 0.5);
      }
    return std::pair(x / sum * 2.3976, y / sum * 2.3976);
  };
  for (const auto view : {scintigraphy::View::kAnterior, scintigraphy::View::kPosterior}) {
    const TruthRegion& focus = focusIn(study.record, view);
    const auto [x, y] = centreOf(view == scintigraphy::View::kAnterior ? study.anterior : study.posterior);
    EXPECT_NEAR(x, focus.xMm, 0.7);
    EXPECT_NEAR(y, focus.yMm, 0.7);
  }
  const double width = 256 * 2.3976;
  EXPECT_NEAR(focusIn(study.record, scintigraphy::View::kAnterior).xMm +
                  focusIn(study.record, scintigraphy::View::kPosterior).xMm,
              width, 1e-6);
}

TEST(Simulation, StudyIsTheSameInAnyOrderAndOnAnyThread) {
  const Simulation simulation(readCohort(findCohort("demo")), 12);
  const SimulatedStudy alone = simulation.simulate(2, 0);
  std::vector<SimulatedStudy> together(4);
  parallelFor(4, 2, [&](std::size_t patient) { together[patient] = simulation.simulate(patient, 0); });
  EXPECT_EQ(together[2].anterior, alone.anterior);
  EXPECT_EQ(together[2].posterior, alone.posterior);
  EXPECT_NE(together[1].anterior, alone.anterior);
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

TEST(DrawCounts, HaveThePoissonVariance) {
  for (const float mean : {0.3F, 4.0F, 60.0F}) {
    const image::Image expected(200, 200, mean);
    const image::Counts counts = drawCounts(expected, 5, 1, 0);
    double sum = 0, square = 0;
    for (const std::int32_t value : counts.pixels()) {
      sum += value;
      square += static_cast<double>(value) * value;
    }
    const double pixels = 40000, average = sum / pixels;
    const double variance = square / pixels - average * average;
    EXPECT_NEAR(average, mean, 5 * std::sqrt(mean / pixels));
    // The variance of a Poisson sample's variance is (2 mean^2 + mean) / n.
    EXPECT_NEAR(variance, mean, 5 * std::sqrt((2.0 * mean * mean + mean) / pixels));
  }
}

TEST(DrawCounts, StopAtSixteenBits) {
  const image::Counts counts = drawCounts(image::Image(1, 1, 1e6F), 5, 1, 0);
  EXPECT_EQ(counts.at(0, 0), 65535);
}

}  // namespace
}  // namespace remnant::phantom
