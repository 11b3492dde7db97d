#include "remnant/phantom/simulation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "remnant/phantom/scene.h"
#include "remnant/phantom/study_description.h"
#include "remnant/phantom/truth.h"

namespace remnant::phantom {
namespace {

/// What a random stream is for; streams of different purpose are independent. 0 and 1 are the views' noise.
enum class Purpose : std::uint32_t { kPatient = 16, kCourse, kIdentity, kScene, kCamera, kLaboratory };

constexpr std::uint32_t kStudiesAPatient = 8;
constexpr std::uint32_t kWholePatient = kStudiesAPatient - 1;

std::uint32_t placeOf(std::size_t patient, std::size_t study) {
  return static_cast<std::uint32_t>(patient) * kStudiesAPatient + static_cast<std::uint32_t>(study);
}

/// A patient with its course, made anew wherever it is needed.
struct Case {
  Patient patient;
  std::vector<StudyPlan> course;
};

/// The camera on the day of a study.
struct CameraDay {
  ImageGeometry geometry;
  Sweep sweep;
  double lateralShiftMm = 0;
  double anteriorGain = 1;
  double posteriorGain = 1;  ///< with the table in it
  double ambientCps = 0;     ///< a pixel
};

/// Where the body ends along an axis: {foremost, hindmost}.
Span depthOf(const std::vector<Ellipsoid>& body) {
  Span span{body.front().centre.y, body.front().centre.y};
  for (const Ellipsoid& solid : body) {
    span.front = std::min(span.front, solid.centre.y - solid.semiAxes.y);
    span.back = std::max(span.back, solid.centre.y + solid.semiAxes.y);
  }
  return span;
}

double footOf(const std::vector<Ellipsoid>& body) {
  double foot = 0;
  for (const Ellipsoid& solid : body) foot = std::max(foot, solid.centre.z + solid.semiAxes.z);
  return foot;
}

CameraDay sampleCameraDay(const Cohort& cohort, const Centre& centre, const Patient& patient,
                          const StudyPlan& plan, RandomStream& random) {
  const auto& prior = cohort.camera;
  CameraDay day;
  day.geometry.pixelMm = centre.pixelMm;
  day.geometry.topMm = -prior.vertexFromTopMm.draw(random);
  day.lateralShiftMm = prior.lateralShiftMm.draw(random);
  const Span depth = depthOf(patient.anatomy.body);
  day.sweep.anteriorPlaneMm = depth.front - prior.anteriorGapMm.draw(random);
  day.sweep.posteriorPlaneMm = depth.back + prior.posteriorGapMm.draw(random);
  const bool therapy = plan.kind == StudyKind::kAfterTherapy;
  const Uniform& speed = therapy ? prior.therapySpeedCmPerMinute : prior.diagnosticSpeedCmPerMinute;
  day.sweep.velocityMmPerSecond = std::round(speed.draw(random)) * 10 / 60;
  day.sweep.fieldOfViewMm = centre.fieldOfViewMm;
  const double pictureMm = static_cast<double>(day.geometry.rows) * day.geometry.pixelMm;
  day.sweep.lengthMm = std::min(pictureMm, footOf(patient.anatomy.body) - day.geometry.topMm + 40);
  day.anteriorGain = std::max(0.5, random.normal(1, prior.headGainSigma));
  day.posteriorGain = std::max(0.5, random.normal(1, prior.headGainSigma)) * centre.posteriorGain *
                      std::exp(-prior.tableAttenuation.draw(random));
  day.ambientCps = prior.ambientCpsPerCm2.draw(random) * day.geometry.pixelMm * day.geometry.pixelMm / 100;
  return day;
}

/// The patient does not lie on the middle line of the table.
void shift(double lateralMm, Patient& patient, Scene& scene) {
  for (Ellipsoid& solid : scene.body) solid.centre.x += lateralMm;
  for (Source& source : scene.sources) source.shape.centre.x += lateralMm;
  for (Focus& focus : patient.foci) focus.shape.centre.x += lateralMm;
  patient.anatomy.shoulderCentre.x += lateralMm;
}

image::Image expectedView(const Scene& scene, const Surface& surface, const Cohort& cohort,
                          const Centre& centre, const CameraDay& day, Head head) {
  const bool anterior = head == Head::kAnterior;
  ProjectorConfig config;
  config.attenuationPerMm = cohort.camera.attenuationPerMm;
  image::Image view =
      project(scene, surface, centre.collimator, head,
              anterior ? day.sweep.anteriorPlaneMm : day.sweep.posteriorPlaneMm, day.geometry, config);
  const double seconds = day.sweep.exposureSeconds();
  const auto gain = static_cast<float>((anterior ? day.anteriorGain : day.posteriorGain) * seconds);
  const auto ambient = static_cast<float>(day.ambientCps * seconds);
  const auto rowsSeen = static_cast<std::size_t>(day.sweep.lengthMm / day.geometry.pixelMm);
  for (std::size_t row = 0; row < view.rows(); ++row)
    for (std::size_t column = 0; column < view.columns(); ++column) {
      float& pixel = view.at(row, column);
      pixel = row < rowsSeen ? pixel * gain + ambient : 0;
    }
  return view;
}

RandomStream streamOf(std::uint64_t seed, std::size_t patient, std::size_t study, Purpose purpose) {
  return RandomStream(seed, placeOf(patient, study), static_cast<std::uint32_t>(purpose));
}

Case caseOf(const Cohort& cohort, std::uint64_t seed, std::size_t patient) {
  RandomStream patientRandom = streamOf(seed, patient, kWholePatient, Purpose::kPatient);
  RandomStream courseRandom = streamOf(seed, patient, kWholePatient, Purpose::kCourse);
  Case made;
  made.patient = samplePatient(cohort, patientRandom);
  made.course = sampleCourse(cohort, made.patient, courseRandom);
  return made;
}

/// A study before any photon is counted.
struct Setting {
  Patient patient;  ///< as it lies in the picture, tissue shrunk by earlier therapies
  CivilTime firstStudy;
  StudyPlan plan;
  Centre centre;
  CameraDay day;
  StudyScene scene;
};

Setting settingOf(const Cohort& cohort, std::uint64_t seed, std::size_t patient, std::size_t study) {
  const Case subject = caseOf(cohort, seed, patient);
  RandomStream sceneRandom = streamOf(seed, patient, study, Purpose::kScene);
  RandomStream cameraRandom = streamOf(seed, patient, study, Purpose::kCamera);
  Setting setting;
  setting.patient = subject.patient;
  setting.firstStudy = subject.course.front().scan();
  setting.plan = subject.course.at(study);
  setting.centre = cohort.centres[subject.patient.centre];
  shrinkTissue(setting.plan.remainder, setting.patient);
  setting.scene = sampleScene(cohort, setting.patient, setting.plan, sceneRandom);
  setting.day = sampleCameraDay(cohort, setting.centre, setting.patient, setting.plan, cameraRandom);
  shift(setting.day.lateralShiftMm, setting.patient, setting.scene.scene);
  return setting;
}

}  // namespace

Simulation::Simulation(Cohort cohort, std::uint64_t seed) : cohort_(std::move(cohort)), seed_(seed) {}

std::size_t Simulation::studyCount(std::size_t patient) const {
  return caseOf(cohort_, seed_, patient).course.size();
}

image::Counts drawCounts(const image::Image& expected, std::uint64_t seed, std::uint32_t place0,
                         std::uint32_t place1) {
  constexpr std::uint32_t kMostCounts = 65535;
  image::Counts counts(expected.rows(), expected.columns());
  for (std::size_t pixel = 0; pixel < expected.pixels().size(); ++pixel) {
    const double mean = expected.pixels()[pixel];
    if (mean <= 0) continue;
    RandomStream random(seed, place0, place1, static_cast<std::uint32_t>(pixel));
    counts.pixels()[pixel] = static_cast<std::int32_t>(std::min(random.poisson(mean), kMostCounts));
  }
  return counts;
}

SimulatedStudy Simulation::simulate(std::size_t patient, std::size_t study) const {
  const Setting setting = settingOf(cohort_, seed_, patient, study);
  const Scene& scene = setting.scene.scene;
  const Surface surface = surfaceOf(scene.body, setting.day.geometry);
  const auto view = [&](Head head) {
    return drawCounts(expectedView(scene, surface, cohort_, setting.centre, setting.day, head), seed_,
                      placeOf(patient, study), head == Head::kAnterior ? 0 : 1);
  };
  return {record(patient, study), view(Head::kAnterior), view(Head::kPosterior)};
}

StudyRecord Simulation::record(std::size_t patient, std::size_t study) const {
  const Setting setting = settingOf(cohort_, seed_, patient, study);
  RandomStream identityRandom = streamOf(seed_, patient, kWholePatient, Purpose::kIdentity);
  RandomStream laboratoryRandom = streamOf(seed_, patient, study, Purpose::kLaboratory);
  StudyRecord record;
  record.identity = sampleIdentity(patient, setting.patient.person, setting.firstStudy, identityRandom);
  record.description =
      describeStudy({cohort_, seed_, patient, study, setting.patient, setting.plan, setting.centre,
                     setting.day.geometry, setting.day.sweep, record.identity});
  record.studyInstanceUid = record.description.study.instanceUid;
  record.truth = truthOf(setting.patient, setting.plan, setting.scene, setting.centre.collimator,
                         setting.day.geometry, setting.day.sweep, setting.day.lateralShiftMm);
  record.residualTissue = hasResidualTissue(cohort_, setting.plan);
  record.laboratory = sampleLaboratory(cohort_, setting.plan, laboratoryRandom);
  return record;
}

dicom::Object dicomObjectOf(const SimulatedStudy& study, bool planted) {
  dicom::Object object = scintigraphy::writeNm(study.record.description, {study.anterior, study.posterior});
  writeIdentity(object.dataset(), study.record.identity);
  if (planted) plantIdentity(object.dataset(), study.record.identity);
  return object;
}

}  // namespace remnant::phantom
