#include "remnant/phantom/setting.h"

namespace remnant::phantom {
namespace {

constexpr std::uint32_t kStudiesAPatient = 8;
constexpr std::uint32_t kCentres = 0xFFFF0000;  // above all places of patients

}  // namespace

std::uint32_t placeOf(std::size_t patient, std::size_t study) {
  return static_cast<std::uint32_t>(patient) * kStudiesAPatient + static_cast<std::uint32_t>(study);
}

RandomStream streamOf(std::uint64_t seed, std::size_t patient, std::size_t study, Purpose purpose) {
  return RandomStream(seed, placeOf(patient, study), static_cast<std::uint32_t>(purpose));
}

RandomStream streamOfCentre(std::uint64_t seed, std::size_t centre) {
  return RandomStream(seed, kCentres + static_cast<std::uint32_t>(centre),
                      static_cast<std::uint32_t>(Purpose::kCentre));
}

Case caseOf(const Cohort& cohort, std::uint64_t seed, std::size_t patient) {
  RandomStream patientRandom = streamOf(seed, patient, kWholePatient, Purpose::kPatient);
  RandomStream courseRandom = streamOf(seed, patient, kWholePatient, Purpose::kCourse);
  Case made;
  made.patient = samplePatient(cohort, patientRandom);
  made.course = sampleCourse(cohort, made.patient, courseRandom);
  return made;
}

Setting settingOf(const Cohort& cohort, const std::vector<CentreCamera>& cameras, std::uint64_t seed,
                  std::size_t patient, std::size_t study) {
  const Case subject = caseOf(cohort, seed, patient);
  RandomStream sceneRandom = streamOf(seed, patient, study, Purpose::kScene);
  RandomStream cameraRandom = streamOf(seed, patient, study, Purpose::kCamera);
  Setting setting;
  setting.patient = subject.patient;
  setting.firstStudy = subject.course.front().scan();
  setting.plan = subject.course.at(study);
  const std::size_t centre = subject.patient.centre;
  setting.day = sampleCameraDay(cohort, cohort.centres[centre], setting.plan, cameraRandom);
  shrinkTissue(setting.plan.remainder, setting.patient);
  shiftLaterally(setting.day.lateralShiftMm, setting.patient);
  setting.scene = sampleScene(cohort, setting.patient, setting.plan, sceneRandom);
  setting.acquisitions = planAcquisitions(cohort, cameras[centre], setting.day, setting.patient);
  return setting;
}

}  // namespace remnant::phantom
