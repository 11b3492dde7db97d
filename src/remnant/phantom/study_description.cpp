#include "remnant/phantom/study_description.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>
#include <utility>

#include "remnant/base/error.h"
#include "remnant/phantom/uid.h"
#include "remnant/scintigraphy/view_telling.h"

namespace remnant::phantom {
namespace {

using namespace scintigraphy;

std::string uidOf(const StudyFacts& facts, const std::string& what) {
  return uidFrom(fmt::format("remnant simulated {} {} {} {} {}", facts.cohort, facts.seed, facts.patientIndex,
                             facts.studyIndex, what));
}

int wholeYears(CivilDate birth, CivilTime scan) {
  const std::chrono::year_month_day born(birth), now(std::chrono::floor<std::chrono::days>(scan));
  const bool hadBirthday = std::pair(now.month(), now.day()) >= std::pair(born.month(), born.day());
  return static_cast<int>(now.year()) - static_cast<int>(born.year()) - (hadBirthday ? 0 : 1);
}

NmPatient describePatient(const StudyFacts& facts) {
  return {.name = facts.identity.name,
          .id = facts.identity.patientId,
          .birthDate = facts.identity.birthDate,
          .sex = facts.sex,
          .ageYears = wholeYears(facts.identity.birthDate, facts.scan),
          .heightM = std::round(facts.heightMm / 10) / 100,
          .weightKg = std::round(facts.weightKg)};
}

NmStudy describeStudyItself(const StudyFacts& facts) {
  return {.instanceUid = uidOf(facts, "study"),
          .id = fmt::format("ST{:06}{}", facts.patientIndex + 1, facts.studyIndex + 1),
          .accessionNumber = fmt::format("ACC{:07}{}", facts.patientIndex + 1, facts.studyIndex + 1),
          .description = facts.studyDescription,
          .referringPhysician = facts.identity.referringPhysician,
          .start = facts.scan};
}

NmSeries describeSeries(const StudyFacts& facts, std::size_t number, const std::string& description,
                        const std::string& bodyPart) {
  return {.instanceUid = uidOf(facts, fmt::format("series {}", number + 1)),
          .number = static_cast<int>(number + 1),
          .description = description,
          .protocolName = facts.protocolName,
          .bodyPart = bodyPart,
          .operatorName = facts.identity.operatorName,
          .performingPhysician = facts.identity.performingPhysician};
}

NmEquipment describeEquipment(const CameraFacts& camera) {
  return {.manufacturer = camera.manufacturer,
          .model = camera.model,
          .serialNumber = camera.serial,
          .stationName = "SIM-" + camera.serial.substr(0, 12),
          .institutionName = camera.institution,
          .institutionAddress = camera.address,
          .softwareVersion = "remnant simulator 2"};
}

struct Tracer {
  const char* name;
  Code radionuclide;  ///< PS3.16, CID 18
};

Tracer tracerOf(const std::string& nuclide) {
  if (nuclide == "Tc-99m") return {"Pertechnetate Tc-99m", {"C-163A8", "SRT", "^99m^Technetium"}};
  if (nuclide == "I-123") return {"Sodium iodide I-123", {"C-114A4", "SRT", "^123^Iodine"}};
  if (nuclide == "I-131") return {"Sodium iodide I-131", {"C-114B1", "SRT", "^131^Iodine"}};
  throw InputError("unknown-nuclide", fmt::format("'{}' is not a nuclide that studies are made of", nuclide));
}

NmRadiopharmaceutical describeDose(const StudyFacts& facts) {
  const Tracer tracer = tracerOf(facts.nuclide);
  return {.name = tracer.name,
          .radionuclide = tracer.radionuclide,
          .activityMBq = facts.doseMBq,
          .administration = facts.administration};
}

NmEnergyWindow describeWindow(const std::string& nuclide, const physics::Window& window) {
  const double peak = physics::nuclideNamed(nuclide).photopeakKeV;
  std::string name = fmt::format("{} {:.0f} keV", nuclide, peak);
  if (window.upperKeV <= peak) name = "Lower Scatter";
  if (window.lowerKeV >= peak) name = "Upper Scatter";
  return {name, {window.lowerKeV, window.upperKeV}};
}

/// An angle as DICOM counts it (PS3.3, section C.8.4.10) from one of projection/view.h: 0 at the back there,
/// at the front here; 90 at the left side in both.
double startAngleOf(double angleDegrees) {
  return std::fmod(std::fmod(180 - angleDegrees, 360.0) + 360.0, 360.0);
}

/// Codes of PS3.16, CID 26 and, for the plain views, CID 4010.
Code viewCodeOf(double startAngle) {
  switch (viewOfAngle(startAngle, ViewTellingConfig{}.toleranceDegrees)) {
    case View::kAnterior:
      return {"R-10206", "SRT", "antero-posterior"};
    case View::kPosterior:
      return {"R-10214", "SRT", "postero-anterior"};
    case View::kLeftLateral:
      return {"R-10236", "SRT", "left lateral"};
    case View::kRightLateral:
      return {"R-10232", "SRT", "right lateral"};
    default:
      break;
  }
  if (startAngle < 90) return {"R-10212", "SRT", "left posterior oblique"};
  if (startAngle < 180) return {"R-10220", "SRT", "left anterior oblique"};
  if (startAngle < 270) return {"R-40985", "SRT", "right anterior oblique"};
  return {"R-10210", "SRT", "right posterior oblique"};
}

/// Where the first pixel's centre lies on the face of the collimator.
image::Point firstPixelOf(const projection::HeadPosition& head, const projection::Picture& picture) {
  const double angle = head.angleDegrees * std::numbers::pi / 180;
  const double u = picture.centreU + (0.5 - static_cast<double>(picture.columns) / 2) * picture.pixelMm;
  return {head.axisX + u * std::cos(angle) + head.planeMm * std::sin(angle),
          head.axisY + u * std::sin(angle) - head.planeMm * std::cos(angle),
          picture.topMm + 0.5 * picture.pixelMm};
}

NmDetector describeHead(const StudyFacts& facts, const AcquisitionPlan& plan,
                        const projection::HeadPosition& head) {
  const double startAngle = startAngleOf(head.angleDegrees);
  return {.collimatorName = facts.camera.collimator,
          .radialPositionMm = head.planeMm,
          .startAngleDegrees = startAngle,
          .fieldOfViewAcrossMm = facts.camera.fieldOfViewAcrossMm,
          .fieldOfViewAlongMm = plan.sweep ? plan.sweep->fieldOfViewMm : facts.camera.fieldOfViewAlongMm,
          .view = plan.kind == Acquisition::kTomo ? Code{} : viewCodeOf(startAngle),
          .centreOfRotationOffsetMm = plan.picture.centreU,
          .firstPixel = firstPixelOf(head, plan.picture)};
}

/// Heads outermost, then windows, then steps, as the plan has them.
std::vector<NmFrame> describeFrames(const AcquisitionPlan& plan) {
  std::vector<NmFrame> frames;
  for (std::size_t head = 0; head < plan.heads.size(); ++head)
    for (std::size_t window = 0; window < plan.windows.size(); ++window)
      for (std::size_t step = 0; step < plan.framesPerHead; ++step)
        frames.push_back(
            {static_cast<int>(head + 1), static_cast<int>(window + 1), static_cast<int>(step + 1)});
  return frames;
}

std::chrono::microseconds microseconds(double seconds) {
  return std::chrono::microseconds(std::llround(seconds * 1e6));
}

}  // namespace

NmDescription describeAcquisition(const StudyFacts& facts, const AcquisitionPlan& plan,
                                  std::size_t objectNumber) {
  const bool sweep = plan.kind == Acquisition::kWholeBody;
  NmDescription description;
  description.sopInstanceUid = uidOf(facts, fmt::format("instance {}", objectNumber + 1));
  description.frameOfReferenceUid = uidOf(facts, "frame of reference");
  description.acquisition = plan.kind;
  description.start = facts.scan + kPreparation + microseconds(plan.startsAfterSeconds);
  description.frameDurationMs = std::round(plan.secondsPerFrame * 1000);
  description.angularStepDegrees = -plan.angleStepDegrees;
  if (plan.sweep) {
    description.scanVelocityMmPerSecond = plan.sweep->velocityMmPerSecond;
    description.scanLengthMm = plan.sweep->lengthMm;
  }
  description.pixelSpacingMm = plan.picture.pixelMm;
  description.patient = describePatient(facts);
  description.study = describeStudyItself(facts);
  description.series = describeSeries(facts, objectNumber, plan.description, sweep ? "WHOLEBODY" : "NECK");
  description.equipment = describeEquipment(facts.camera);
  description.radiopharmaceutical = describeDose(facts);
  for (const physics::Window& window : plan.windows)
    description.energyWindows.push_back(describeWindow(facts.nuclide, window));
  for (const projection::HeadPosition& head : plan.heads)
    description.detectors.push_back(describeHead(facts, plan, head));
  description.frames = describeFrames(plan);
  return description;
}

CtDescription describeMap(const StudyFacts& facts, std::size_t seriesNumber, std::size_t slices) {
  CtDescription description;
  for (std::size_t slice = 0; slice < slices; ++slice)
    description.sopInstanceUids.push_back(uidOf(facts, fmt::format("map slice {}", slice + 1)));
  description.frameOfReferenceUid = uidOf(facts, "frame of reference");
  description.start = facts.scan + kPreparation;
  description.patient = describePatient(facts);
  description.study = describeStudyItself(facts);
  description.series = describeSeries(facts, seriesNumber, "CT for attenuation", "NECK");
  description.equipment = describeEquipment(facts.camera);
  return description;
}

}  // namespace remnant::phantom
