#include "remnant/scintigraphy/nm_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "remnant/base/error.h"
#include "remnant/dicom/pixels.h"

namespace remnant::scintigraphy {
namespace {

using dicom::Dataset;
using dicom::Tag;

constexpr const char* kNmImageStorage = "1.2.840.10008.5.1.4.1.1.20";

CivilDate dateOf(CivilTime time) {
  return std::chrono::floor<std::chrono::days>(time);
}

void setTime(Dataset& item, Tag date, Tag time, CivilTime value) {
  item.setText(date, dateText(dateOf(value)));
  item.setText(time, timeOfDayText(value - dateOf(value)));
}

void setCode(Dataset& item, const Code& code) {
  item.setText({0x0008, 0x0100}, code.value);
  item.setText({0x0008, 0x0102}, code.scheme);
  item.setText({0x0008, 0x0104}, code.meaning);
}

Dataset appendCode(Dataset& parent, Tag sequence, const Code& code) {
  Dataset item = parent.appendItem(sequence);
  setCode(item, code);
  return item;
}

void writePatient(Dataset& data, const NmPatient& patient) {
  data.setText({0x0010, 0x0010}, patient.name);
  data.setText({0x0010, 0x0020}, patient.id);
  data.setText({0x0010, 0x0030}, dateText(patient.birthDate));
  data.setText({0x0010, 0x0040}, std::string(1, patient.sex));
  data.setText({0x0010, 0x1010}, fmt::format("{:03}Y", patient.ageYears));
  data.setNumbers({0x0010, 0x1020}, {patient.heightM});
  data.setNumbers({0x0010, 0x1030}, {patient.weightKg});
}

void writeStudy(Dataset& data, const NmStudy& study) {
  setTime(data, {0x0008, 0x0020}, {0x0008, 0x0030}, study.start);
  data.setText({0x0008, 0x0050}, study.accessionNumber);
  data.setText({0x0008, 0x0090}, study.referringPhysician);
  data.setText({0x0008, 0x1030}, study.description);
  data.setText({0x0020, 0x000D}, study.instanceUid);
  data.setText({0x0020, 0x0010}, study.id);
}

void writeSeries(Dataset& data, const NmSeries& series, CivilTime start) {
  data.setText({0x0008, 0x0060}, "NM");
  setTime(data, {0x0008, 0x0021}, {0x0008, 0x0031}, start);
  data.setText({0x0008, 0x103E}, series.description);
  data.setText({0x0008, 0x1050}, series.performingPhysician);
  data.setText({0x0008, 0x1070}, series.operatorName);
  data.setText({0x0018, 0x0015}, series.bodyPart);
  data.setText({0x0018, 0x1030}, series.protocolName);
  data.setText({0x0020, 0x000E}, series.instanceUid);
  data.setIntegers({0x0020, 0x0011}, {series.number});
}

void writeEquipment(Dataset& data, const NmEquipment& equipment) {
  data.setText({0x0008, 0x0070}, equipment.manufacturer);
  data.setText({0x0008, 0x0080}, equipment.institutionName);
  data.setText({0x0008, 0x0081}, equipment.institutionAddress);
  data.setText({0x0008, 0x1010}, equipment.stationName);
  data.setText({0x0008, 0x1090}, equipment.model);
  data.setText({0x0018, 0x1000}, equipment.serialNumber);
  data.setText({0x0018, 0x1020}, equipment.softwareVersion);
}

/// The patient's position as codes (C.8.4.6): PatientPosition (0018,5100) shall not stand beside them
/// (C.7.3.1).
void writeOrientation(Dataset& data, bool headFirst) {
  Dataset orientation = appendCode(data, {0x0054, 0x0410}, {"F-10450", "SRT", "recumbent"});
  appendCode(orientation, {0x0054, 0x0412}, {"F-10340", "SRT", "supine"});
  appendCode(data, {0x0054, 0x0414},
             headFirst ? Code{"F-10470", "SRT", "headfirst"} : Code{"F-10480", "SRT", "feet-first"});
}

void writeAcquisition(Dataset& data, const NmDescription& description, std::int64_t counts) {
  const bool wholeBody = description.acquisition == Acquisition::kWholeBody;
  data.setText({0x0008, 0x0008},
               wholeBody ? "ORIGINAL\\PRIMARY\\WHOLE BODY\\EMISSION" : "ORIGINAL\\PRIMARY\\STATIC\\EMISSION");
  setTime(data, {0x0008, 0x0022}, {0x0008, 0x0032}, description.start);
  setTime(data, {0x0008, 0x0023}, {0x0008, 0x0033}, description.start);
  data.setIntegers({0x0018, 0x0070}, {counts});
  data.setText({0x0018, 0x0071}, "TIME");
  data.setIntegers({0x0018, 0x1242}, {std::llround(description.frameDurationMs)});
  data.setIntegers({0x0020, 0x0013}, {description.instanceNumber});
  data.setText({0x0020, 0x0052}, description.frameOfReferenceUid);
  data.setText({0x0020, 0x1040}, "");
  data.setNumbers({0x0028, 0x0030}, {description.pixelSpacingMm, description.pixelSpacingMm});
  if (!wholeBody) return;
  data.setNumbers({0x0018, 0x1300}, {description.scanVelocityMmPerSecond});
  data.setText({0x0018, 0x1301}, "1PS");
  data.setIntegers({0x0018, 0x1302}, {std::llround(description.scanLengthMm)});
}

void writeRadiopharmaceutical(Dataset& data, const NmRadiopharmaceutical& dose) {
  Dataset item = data.appendItem({0x0054, 0x0016});
  item.setText({0x0018, 0x0031}, dose.name);
  const auto timeOfDay = dose.administration - dateOf(dose.administration);
  item.setText({0x0018, 0x1072}, timeOfDayText(timeOfDay));
  item.setText({0x0018, 0x1078}, dateText(dateOf(dose.administration)) + timeOfDayText(timeOfDay));
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

void writeDetectors(Dataset& data, const std::vector<NmDetector>& detectors) {
  data.setIntegers({0x0054, 0x0021}, {static_cast<std::int64_t>(detectors.size())});
  for (const NmDetector& detector : detectors) {
    Dataset item = data.appendItem({0x0054, 0x0022});
    item.setNumbers({0x0018, 0x1142}, {detector.radialPositionMm});
    item.setNumbers({0x0018, 0x1145}, {0});
    item.setText({0x0018, 0x1147}, "RECTANGLE");
    item.setIntegers({0x0018, 0x1149},
                     {std::llround(detector.fieldOfViewAcrossMm), std::llround(detector.fieldOfViewAlongMm)});
    item.setText({0x0018, 0x1180}, detector.collimatorName);
    item.setText({0x0018, 0x1181}, "PARA");
    item.setNumbers({0x0028, 0x0031}, {1, 1});
    item.setText({0x0020, 0x0032}, "");
    item.setText({0x0020, 0x0037}, "");
    item.setNumbers({0x0054, 0x0200}, {detector.startAngleDegrees});
    Dataset view = appendCode(item, {0x0054, 0x0220}, detector.view);
    view.setEmptySequence({0x0054, 0x0222});
  }
}

/// How the frames follow one another: by energy window and detector (C.8.4.8).
void writeFrameVectors(Dataset& data, const std::vector<NmFrame>& frames) {
  std::vector<std::int64_t> windows, detectors;
  for (const NmFrame& frame : frames) {
    windows.push_back(frame.energyWindow);
    detectors.push_back(frame.detector);
  }
  data.setTags({0x0028, 0x0009}, {{0x0054, 0x0010}, {0x0054, 0x0020}});
  data.setIntegers({0x0054, 0x0010}, windows);
  data.setIntegers({0x0054, 0x0020}, detectors);
}

void check(const NmDescription& description, const std::vector<image::Counts>& frames) {
  if (frames.empty() || frames.size() != description.frames.size())
    throw ProgramError("an NM object needs one image a frame");
  if (description.acquisition != Acquisition::kWholeBody && description.acquisition != Acquisition::kStatic)
    throw ProgramError("only static and whole body NM objects can be written");
  const auto among = [](int number, std::size_t count) {
    return number >= 1 && static_cast<std::size_t>(number) <= count;
  };
  for (const NmFrame& frame : description.frames)
    if (!among(frame.detector, description.detectors.size()) ||
        !among(frame.energyWindow, description.energyWindows.size()))
      throw ProgramError("a frame names a detector or an energy window that is not there");
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
  writeSeries(data, description.series, description.start);
  writeEquipment(data, description.equipment);
  writeOrientation(data, description.headFirst);
  writeAcquisition(data, description, counts);
  writeRadiopharmaceutical(data, description.radiopharmaceutical);
  writeEnergyWindows(data, description.energyWindows);
  writeDetectors(data, description.detectors);
  writeFrameVectors(data, description.frames);
  dicom::setPixels(data, frames);
  return object;
}

}  // namespace remnant::scintigraphy
