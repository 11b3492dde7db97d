#include "remnant/phantom/study_description.h"

#include <fmt/format.h>

#include <cmath>

#include "remnant/phantom/uid.h"

namespace remnant::phantom {
namespace {

using namespace scintigraphy;

// 364 keV with +-10 %, as the protocols of the field have it.
constexpr EnergyWindow kPhotopeak{328.0, 400.0};

std::string uidOf(const SweepFacts& facts, const std::string& what) {
  return uidFrom(fmt::format("remnant simulated {} {} {} {} {}", facts.cohort.name, facts.seed,
                             facts.patientIndex, facts.studyIndex, what));
}

std::string protocolOf(StudyKind kind) {
  switch (kind) {
    case StudyKind::kBeforeAblation:
    case StudyKind::kFollowUp:
      return "WB I131 diagnostic";
    case StudyKind::kAfterTherapy:
      return "WB I131 post therapy";
  }
  return {};
}

NmPatient describePatient(const SweepFacts& facts) {
  const Person& person = facts.patient.person;
  const auto days = std::chrono::floor<std::chrono::days>(facts.plan.scan()) - facts.identity.birthDate;
  return {.name = facts.identity.name,
          .id = facts.identity.patientId,
          .birthDate = facts.identity.birthDate,
          .sex = person.sex == Sex::kFemale ? 'F' : 'M',
          .ageYears = static_cast<int>(static_cast<double>(days.count()) / 365.2425),
          .heightM = std::round(person.heightMm / 10) / 100,
          .weightKg = std::round(person.weightKg)};
}

NmEquipment describeEquipment(const Centre& centre) {
  return {.manufacturer = centre.manufacturer,
          .model = centre.model,
          .serialNumber = centre.serial,
          .stationName = "SIM-" + centre.serial.substr(0, 12),
          .institutionName = centre.name,
          .institutionAddress = centre.address,
          .softwareVersion = "remnant simulator 1"};
}

NmDetector describeDetector(const SweepFacts& facts, double planeMm, double angleDegrees, const Code& view) {
  return {.collimatorName = facts.centre.collimatorName,
          .radialPositionMm = std::round(std::abs(planeMm) * 10) / 10,
          .startAngleDegrees = angleDegrees,
          .fieldOfViewAcrossMm = 533,
          .fieldOfViewAlongMm = facts.sweep.fieldOfViewMm,
          .view = view};
}

}  // namespace

NmDescription describeStudy(const SweepFacts& facts) {
  const CivilTime scan = facts.plan.scan();
  NmDescription description;
  description.sopInstanceUid = uidOf(facts, "instance");
  description.frameOfReferenceUid = uidOf(facts, "frame of reference");
  description.start = scan + std::chrono::minutes(4);
  description.frameDurationMs = std::round(facts.sweep.durationSeconds() * 1000);
  description.scanVelocityMmPerSecond = facts.sweep.velocityMmPerSecond;
  description.scanLengthMm = facts.sweep.lengthMm;
  description.pixelSpacingMm = facts.geometry.pixelMm;
  description.patient = describePatient(facts);
  description.study = {
      .instanceUid = uidOf(facts, "study"),
      .id = fmt::format("ST{:06}{}", facts.patientIndex + 1, facts.studyIndex + 1),
      .accessionNumber = fmt::format("ACC{:07}{}", facts.patientIndex + 1, facts.studyIndex + 1),
      .description = "I-131 whole body",
      .referringPhysician = facts.identity.referringPhysician,
      .start = scan};
  description.series = {.instanceUid = uidOf(facts, "series"),
                        .number = 1,
                        .description = "Whole body anterior and posterior",
                        .protocolName = protocolOf(facts.plan.kind),
                        .bodyPart = "WHOLEBODY",
                        .operatorName = facts.identity.operatorName,
                        .performingPhysician = facts.identity.performingPhysician};
  description.equipment = describeEquipment(facts.centre);
  description.radiopharmaceutical = {.name = "Sodium iodide I-131",
                                     .radionuclide = {"C-114B1", "SRT", "^131^Iodine"},
                                     .activityMBq = facts.plan.doseMBq,
                                     .administration = facts.plan.administration};
  description.energyWindows = {{"I-131 364 keV", kPhotopeak}};
  // Start Angle is 0 degrees at the patient's back and 180 at the front (PS3.3, section C.8.4.10).
  description.detectors = {
      describeDetector(facts, facts.sweep.anteriorPlaneMm, 180, {"R-10206", "SRT", "antero-posterior"}),
      describeDetector(facts, facts.sweep.posteriorPlaneMm, 0, {"R-10214", "SRT", "postero-anterior"})};
  description.frames = {{.detector = 1, .energyWindow = 1}, {.detector = 2, .energyWindow = 1}};
  return description;
}

}  // namespace remnant::phantom
