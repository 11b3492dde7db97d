#include "remnant/phantom/camera_day.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace remnant::phantom {
namespace {

double aboutOne(double sigma, RandomStream& random) {
  return std::max(0.5, random.normal(1, sigma));
}

Uniformity sampleUniformity(const Uniform& rms, RandomStream& random) {
  Uniformity uniformity;
  // Four waves of independent phase, each of variance height^2 / 2; whole periods keep the mean at 1.
  const double height = rms.draw(random) * std::sqrt(2.0 / 4);
  for (Uniformity::Wave& wave : uniformity.waves) {
    wave.across = random.below(3);
    wave.along = wave.across == 0 ? 1 + random.below(2) : random.below(3);
    wave.phase = random.uniform(0, 2 * std::numbers::pi);
    wave.height = height;
  }
  return uniformity;
}

}  // namespace

double Uniformity::at(double across, double along) const {
  double value = 1;
  for (const Wave& wave : waves)
    value += wave.height *
             std::cos(2 * std::numbers::pi * (wave.across * across + wave.along * along) + wave.phase);
  return value;
}

double Uniformity::meanAlong(double across) const {
  double value = 1;
  for (const Wave& wave : waves) {
    if (wave.along == 0)
      value += wave.height * std::cos(2 * std::numbers::pi * wave.across * across + wave.phase);
  }
  return value;
}

CentreCamera centreCameraOf(const Cohort& cohort, const Centre& centre, RandomStream& random) {
  const auto& library = physics::CameraLibrary::standard();
  CentreCamera made;
  made.camera = library.camera(centre.camera);
  made.tailScale = cohort.camera.tailScale.draw(random);
  made.deadTimeSeconds = made.camera.deadTimeSeconds * aboutOne(cohort.camera.deadTimeSigma, random);
  const auto& nuclide = physics::nuclideNamed(cohort.acquisition.nuclide);
  for (const std::string& name : cohort.acquisition.windows) {
    const physics::Window window = windowNamed(name, nuclide).value();
    auto response = library.response(centre.camera, centre.collimator, nuclide, window);
    response.tailScale = made.tailScale;
    response.rayAngleDegrees = centre.rayAngleDegrees;
    made.windows.push_back(
        {std::move(response), physics::ScatterKernel(nuclide, window, made.camera.detector)});
  }
  return made;
}

CameraDay sampleCameraDay(const Cohort& cohort, const Centre& centre, const StudyPlan& plan,
                          RandomStream& random) {
  const auto& prior = cohort.camera;
  CameraDay day;
  day.vertexFromTopMm = prior.vertexFromTopMm.draw(random);
  day.lateralShiftMm = prior.lateralShiftMm.draw(random);
  day.anteriorGapMm = prior.anteriorGapMm.draw(random);
  day.posteriorGapMm = prior.posteriorGapMm.draw(random);
  const bool therapy = plan.kind == StudyKind::kAfterTherapy;
  const Uniform& speed = therapy ? prior.therapySpeedCmPerMinute : prior.diagnosticSpeedCmPerMinute;
  day.speedMmPerSecond = std::round(speed.draw(random)) * 10 / 60;
  day.headGain[0] = aboutOne(prior.headGainSigma, random);
  day.headGain[1] = aboutOne(prior.headGainSigma, random) * centre.posteriorGain;
  day.tableOpticalDepth = prior.tableOpticalDepth.draw(random);
  day.ambientCpsPerCm2 = prior.ambientCpsPerCm2.draw(random);
  day.sensitivity = aboutOne(prior.sensitivitySigma, random);
  day.alongShiftMm = prior.alongShiftMm.draw(random);
  day.lateralGapMm = prior.lateralGapMm.draw(random);
  day.staticSeconds = std::round(cohort.acquisition.minutes.draw(random) * 6) * 10;
  day.spectSecondsPerView = std::round(cohort.acquisition.spectSecondsPerView.draw(random));
  for (Uniformity& uniformity : day.uniformity) uniformity = sampleUniformity(prior.uniformityRms, random);
  day.neckDepthErrorMm = random.normal(0, prior.neckDepthErrorMm);
  day.neckWidthErrorMm = random.normal(0, prior.neckWidthErrorMm);
  for (double* shift : {&day.mapShiftMm.x, &day.mapShiftMm.y, &day.mapShiftMm.z})
    *shift = random.normal(0, prior.mapRegistrationMm);
  return day;
}

}  // namespace remnant::phantom
