#include "remnant/phantom/attenuation_map.h"

#include <gtest/gtest.h>

#include <cmath>

#include "phantom/example_cohort.h"

namespace remnant::phantom {
namespace {

struct Subject {
  Cohort cohort = testing::coldCohort();
  Patient patient;
  StudyScene scene;

  Subject() {
    RandomStream random(9, 2);
    patient = samplePatient(cohort, random);
    scene = sampleScene(cohort, patient, StudyPlan(), random);
  }
  projection::Medium map(const CameraDay& day) const {
    RandomStream random(9, 3);
    return sampleMap(cohort, scene, patient, day, random);
  }
};

TEST(SampleMap, NoiseHasTheAskedSpreadOverWater) {
  Subject subject;
  subject.cohort.camera.mapNoise = 0;
  const auto exact = subject.map(CameraDay());
  subject.cohort.camera.mapNoise = 0.03;
  const auto noisy = subject.map(CameraDay());
  EXPECT_DOUBLE_EQ(noisy.keV, 364.49);
  const double water = exact.attenuationOfWaterPerMm();
  double square = 0;
  std::size_t voxels = 0;
  for (std::size_t voxel = 0; voxel < exact.attenuationPerMm.values().size(); ++voxel) {
    const double mean = exact.attenuationPerMm.values()[voxel];
    if (mean < water / 2) continue;  // air is cut at nought
    square += std::pow((noisy.attenuationPerMm.values()[voxel] - mean) / water, 2);
    ++voxels;
  }
  EXPECT_NEAR(std::sqrt(square / static_cast<double>(voxels)), 0.03, 0.001);
}

TEST(SampleMap, IsShiftedAgainstTheCamera) {
  Subject subject;
  subject.cohort.camera.mapNoise = 0;
  CameraDay day;
  const auto place = subject.map(day);
  day.mapShiftMm = {0, 6, 0};
  const auto shifted = subject.map(day);
  // The head stands before the bed; what lies at y + 6 is said to lie at y.
  const projection::HeadPosition head{.angleDegrees = 0, .planeMm = 160};
  const Point inside{0, 0, subject.patient.anatomy.thyroidBedZMm};
  EXPECT_NEAR(skinTowards(shifted, head, inside).y, skinTowards(place, head, inside).y - 6, 0.5);
}

}  // namespace
}  // namespace remnant::phantom
