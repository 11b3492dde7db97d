#include "remnant/scintigraphy/nm_writer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "remnant/base/error.h"
#include "remnant/dicom/pixels.h"
#include "remnant/scintigraphy/header_writing.h"

namespace remnant::scintigraphy {
namespace {

using dicom::Dataset;
using dicom::Tag;

constexpr const char* kNmImageStorage = "1.2.840.10008.5.1.4.1.1.20";

/// The patient's position as codes (C.8.4.6): PatientPosition (0018,5100) shall not stand beside them
/// (C.7.3.1).
void writeLying(Dataset& data, bool headFirst) {
  Dataset orientation = appendCode(data, {0x0054, 0x0410}, {"F-10450", "SRT", "recumbent"});
  appendCode(orientation, {0x0054, 0x0412}, {"F-10340", "SRT", "supine"});
  appendCode(data, {0x0054, 0x0414},
             headFirst ? Code{"F-10470", "SRT", "headfirst"} : Code{"F-10480", "SRT", "feet-first"});
}

std::string imageTypeOf(Acquisition acquisition) {
  switch (acquisition) {
    case Acquisition::kStatic:
      return "STATIC";
    case Acquisition::kWholeBody:
      return "WHOLE BODY";
    case Acquisition::kDynamic:
      return "DYNAMIC";
    case Acquisition::kTomo:
      return "TOMO";
    default:
      throw ProgramError("only static, whole body, dynamic and tomo NM objects can be written");
  }
}

void writeFrameDuration(Dataset& item, double milliseconds) {
  item.setIntegers({0x0018, 0x1242}, {std::llround(milliseconds)});
}

void writeSweep(Dataset& data, const NmDescription& description) {
  data.setNumbers({0x0018, 0x1300}, {description.scanVelocityMmPerSecond});
  data.setText({0x0018, 0x1301}, "1PS");
  data.setIntegers({0x0018, 0x1302}, {std::llround(description.scanLengthMm)});
}

void writeAcquisition(Dataset& data, const NmDescription& description, std::int64_t counts) {
  data.setText({0x0008, 0x0008}, "ORIGINAL\\PRIMARY\\" + imageTypeOf(description.acquisition) + "\\EMISSION");
  setTime(data, {0x0008, 0x0022}, {0x0008, 0x0032}, description.start);
  setTime(data, {0x0008, 0x0023}, {0x0008, 0x0033}, description.start);
  if (counts <= std::numeric_limits<std::int32_t>::max())
    data.setIntegers({0x0018, 0x0070}, {counts});
  else
    data.setText({0x0018, 0x0070}, "");
  data.setText({0x0018, 0x0071}, "TIME");
  data.setIntegers({0x0020, 0x0013}, {description.instanceNumber});
  data.setText({0x0020, 0x0052}, description.frameOfReferenceUid);
  data.setText({0x0020, 0x1040}, "");
  data.setNumbers({0x0028, 0x0030}, {description.pixelSpacingMm, description.pixelSpacingMm});
}

void writeRadiopharmaceutical(Dataset& data, const NmRadiopharmaceutical& dose) {
  Dataset item = data.appendItem({0x0054, 0x0016});
  item.setText({0x0018, 0x0031}, dose.name);
  const CivilDate date = std::chrono::floor<std::chrono::days>(dose.administration);
  const auto timeOfDay = dose.administration - date;
  item.setText({0x0018, 0x1072}, timeOfDayText(timeOfDay));
  item.setText({0x0018, 0x1078}, dateText(date) + timeOfDayText(timeOfDay));
  item.setNumbers({0x0018, 0x1074}, {dose.activityMBq});
  appendCode(item, {0x0054, 0x0300}, dose.radionuclide);
}

void writeEnergyWindows(Dataset& data, const std::vector<NmEnergyWindow>& windows) {
  data.setIntegers({0x0054, 0x0011}, {static_cast<std::int64_t>(windows.size())});
  for (const NmEnergyWindow& window : windows) {
    Dataset item = data.appendItem({0x0054, 0x0012});
    Dataset range = item.appendItem({0x0054, 0x0013});
    range.setNumbers({0x0054, 0x0014}, {window.limits.lowerKeV});
    range.setNumbers({0x0054, 0x0015}, {window.limits.upperKeV});
    item.setText({0x0054, 0x0018}, window.name);
  }
}

/// Rows of the picture as the head sees it: to the patient's left from the front, to the back from the left.
/// Columns run to the feet.
void writeOrientation(Dataset& item, const NmDetector& detector) {
  const auto rounded = [](double cosine) { return std::round(cosine * 1e12) / 1e12 + 0.0; };
  const double angle = (180 - detector.startAngleDegrees) * std::numbers::pi / 180;
  item.setNumbers({0x0020, 0x0037}, {rounded(std::cos(angle)), rounded(std::sin(angle)), 0, 0, 0, -1});
  if (detector.firstPixel)
    item.setNumbers({0x0020, 0x0032},
                    {detector.firstPixel->x, detector.firstPixel->y, -detector.firstPixel->z});
  else
    item.setText({0x0020, 0x0032}, "");
}

void writeDetector(Dataset& item, const NmDetector& detector, std::size_t views) {
  item.setNumbers({0x0018, 0x1142}, std::vector<double>(views, detector.radialPositionMm));
  item.setNumbers({0x0018, 0x1145}, {detector.centreOfRotationOffsetMm});
  item.setText({0x0018, 0x1147}, "RECTANGLE");
  item.setIntegers({0x0018, 0x1149},
                   {std::llround(detector.fieldOfViewAcrossMm), std::llround(detector.fieldOfViewAlongMm)});
  item.setText({0x0018, 0x1180}, detector.collimatorName);
  item.setText({0x0018, 0x1181}, "PARA");
  item.setNumbers({0x0028, 0x0031}, {1, 1});
  writeOrientation(item, detector);
  item.setNumbers({0x0054, 0x0200}, {detector.startAngleDegrees});
  if (detector.view.value.empty()) return;
  Dataset view = appendCode(item, {0x0054, 0x0220}, detector.view);
  view.setEmptySequence({0x0054, 0x0222});
}

int stepsOf(const NmDescription& description) {
  int steps = 1;
  for (const NmFrame& frame : description.frames) steps = std::max(steps, frame.step);
  return steps;
}

void writeDetectors(Dataset& data, const NmDescription& description) {
  const bool rotates = description.acquisition == Acquisition::kTomo;
  data.setIntegers({0x0054, 0x0021}, {static_cast<std::int64_t>(description.detectors.size())});
  for (const NmDetector& detector : description.detectors) {
    Dataset item = data.appendItem({0x0054, 0x0022});
    writeDetector(item, detector, rotates ? static_cast<std::size_t>(stepsOf(description)) : 1);
  }
}

/// One phase of equal frames that follow one another without a pause (C.8.4.14).
void writePhase(Dataset& data, const NmDescription& description) {
  data.setIntegers({0x0054, 0x0031}, {1});
  Dataset phase = data.appendItem({0x0054, 0x0032});
  writeFrameDuration(phase, description.frameDurationMs);
  phase.setIntegers({0x0054, 0x0033}, {stepsOf(description)});
  phase.setIntegers({0x0054, 0x0036}, {0});
  phase.setIntegers({0x0054, 0x0038}, {0});
}

/// One rotation of all heads together; its start is that of the first (C.8.4.12).
void writeRotation(Dataset& data, const NmDescription& description) {
  const int views = stepsOf(description);
  data.setIntegers({0x0054, 0x0051}, {1});
  Dataset rotation = data.appendItem({0x0054, 0x0052});
  rotation.setText({0x0018, 0x1140}, description.angularStepDegrees < 0 ? "CW" : "CC");
  rotation.setNumbers({0x0018, 0x1142}, std::vector<double>(static_cast<std::size_t>(views),
                                                            description.detectors.front().radialPositionMm));
  rotation.setNumbers({0x0018, 0x1143}, {std::abs(description.angularStepDegrees) * views});
  rotation.setNumbers({0x0018, 0x1144}, {std::abs(description.angularStepDegrees)});
  writeFrameDuration(rotation, description.frameDurationMs);
  rotation.setIntegers({0x0054, 0x0053}, {views});
  rotation.setNumbers({0x0054, 0x0200}, {description.detectors.front().startAngleDegrees});
  data.setText({0x0054, 0x0202}, "STEP AND SHOOT");
}

/// What each kind of acquisition tells of its course.
void writeCourse(Dataset& data, const NmDescription& description) {
  switch (description.acquisition) {
    case Acquisition::kDynamic:
      return writePhase(data, description);
    case Acquisition::kTomo:
      return writeRotation(data, description);
    case Acquisition::kWholeBody:
      writeSweep(data, description);
      [[fallthrough]];
    default:
      return writeFrameDuration(data, description.frameDurationMs);
  }
}

/// Vectors that the frames advance along (C.8.4.8); phase and rotation are always the first.
void writeFrameVectors(Dataset& data, const NmDescription& description) {
  std::vector<std::int64_t> windows, detectors, steps;
  for (const NmFrame& frame : description.frames) {
    windows.push_back(frame.energyWindow);
    detectors.push_back(frame.detector);
    steps.push_back(frame.step);
  }
  std::vector<Tag> pointers{{0x0054, 0x0010}, {0x0054, 0x0020}};
  data.setIntegers({0x0054, 0x0010}, windows);
  data.setIntegers({0x0054, 0x0020}, detectors);
  const bool dynamic = description.acquisition == Acquisition::kDynamic;
  if (dynamic || description.acquisition == Acquisition::kTomo) {
    pointers.push_back(dynamic ? Tag{0x0054, 0x0030} : Tag{0x0054, 0x0050});
    pointers.push_back(dynamic ? Tag{0x0054, 0x0100} : Tag{0x0054, 0x0090});
    data.setIntegers(pointers[2], std::vector<std::int64_t>(steps.size(), 1));
    data.setIntegers(pointers[3], steps);
  }
  data.setTags({0x0028, 0x0009}, pointers);
}

void check(const NmDescription& description, const std::vector<image::Counts>& frames) {
  if (frames.empty() || frames.size() != description.frames.size())
    throw ProgramError("an NM object needs one image a frame");
  const bool steps =
      description.acquisition == Acquisition::kDynamic || description.acquisition == Acquisition::kTomo;
  const auto among = [](int number, std::size_t count) {
    return number >= 1 && static_cast<std::size_t>(number) <= count;
  };
  for (const NmFrame& frame : description.frames)
    if (!among(frame.detector, description.detectors.size()) ||
        !among(frame.energyWindow, description.energyWindows.size()) ||
        !among(frame.step, steps ? frames.size() : 1))
      throw ProgramError("a frame names a detector, an energy window or a step that is not there");
}

}  // namespace

dicom::Object writeNm(const NmDescription& description, const std::vector<image::Counts>& frames) {
  check(description, frames);
  std::int64_t counts = 0;
  for (const image::Counts& frame : frames) counts += image::sumOf(frame);
  dicom::Object object = dicom::Object::create(kNmImageStorage, description.sopInstanceUid);
  Dataset data = object.dataset();
  writePatient(data, description.patient);
  writeStudy(data, description.study);
  writeSeries(data, description.series, "NM", description.start);
  writeEquipment(data, description.equipment);
  writeLying(data, description.headFirst);
  writeAcquisition(data, description, counts);
  writeCourse(data, description);
  writeRadiopharmaceutical(data, description.radiopharmaceutical);
  writeEnergyWindows(data, description.energyWindows);
  writeDetectors(data, description);
  writeFrameVectors(data, description);
  dicom::setPixels(data, frames);
  return object;
}

}  // namespace remnant::scintigraphy
