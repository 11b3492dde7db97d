#include "remnant/quantify/object_calibration.h"

#include <gtest/gtest.h>

#include "quantify/acquired_scene.h"
#include "support/refusal_code.h"

namespace remnant::quantify {
namespace {

const physics::Nuclide& iodine() {
  return physics::nuclideNamed("I-131");
}

TEST(ScatterKernelOf, GivesTheKernelOfItsWindowAgainAndAgain) {
  const physics::Window peak = physics::windowAround(364.5, 20), wide{260, 320};
  const physics::Detector detector;
  const physics::ScatterKernel ofPeak(iodine(), peak, detector), ofWide(iodine(), wide, detector);
  for (int time = 0; time < 2; ++time) {
    EXPECT_EQ(scatterKernelOf(iodine(), peak, detector).totalAt(30), ofPeak.totalAt(30));
    EXPECT_EQ(scatterKernelOf(iodine(), wide, detector).totalAt(30), ofWide.totalAt(30));
  }
  physics::Detector thick;
  thick.widthSlope *= 2;
  EXPECT_EQ(scatterKernelOf(iodine(), peak, thick).primaryFraction(),
            physics::ScatterKernel(iodine(), peak, thick).primaryFraction());
  EXPECT_EQ(testing::refusalCodeOf([] { scatterKernelOf(iodine(), {10, 20}, {}); }), "unknown-window");
}

TEST(ObjectCalibration, CountsATimeAfterTheStartForWhatHasNotDecayed) {
  const auto study = acquiredStudy();
  const auto calibration = acquiredCalibration();
  const ObjectCalibration frames(study.objects[0], iodine(), calibration, physics::CameraLibrary::standard());
  // A half-life after the start each second is worth half a second; no decay within.
  EXPECT_NEAR(frames.effectiveSeconds(study.objects[0].frames[0], iodine().halfLifeHours, 0), 300, 1e-6);
}

TEST(ObjectCalibration, TakesTheSensitivityOfHeadWindowAndCollimator) {
  auto study = acquiredStudy();
  auto calibration = acquiredCalibration();
  calibration.sensitivities[1].coreCpsPerMBq = 28;
  scintigraphy::AcquiredObject& object = study.objects[0];
  const auto core = [&]() -> double {
    const ObjectCalibration frames(object, iodine(), calibration, physics::CameraLibrary::standard());
    const auto* found = frames.sensitivityOf(object.frames[1]);
    return found ? found->coreCpsPerMBq : 0;
  };
  EXPECT_EQ(core(), 28);
  object.frames[1].window.lowerKeV += 5;
  EXPECT_EQ(core(), 0);
  object.frames[1].window.lowerKeV -= 5;
  object.frames[1].collimatorName = "Siemens ME";
  EXPECT_EQ(core(), 0);
}

}  // namespace
}  // namespace remnant::quantify
