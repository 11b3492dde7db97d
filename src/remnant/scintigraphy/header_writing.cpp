#include "remnant/scintigraphy/header_writing.h"

#include <fmt/format.h>

namespace remnant::scintigraphy {
namespace {

using dicom::Dataset;
using dicom::Tag;

CivilDate dateOf(CivilTime time) {
  return std::chrono::floor<std::chrono::days>(time);
}

void setCode(Dataset& item, const Code& code) {
  item.setText({0x0008, 0x0100}, code.value);
  item.setText({0x0008, 0x0102}, code.scheme);
  item.setText({0x0008, 0x0104}, code.meaning);
}

}  // namespace

void setTime(Dataset& item, Tag date, Tag time, CivilTime value) {
  item.setText(date, dateText(dateOf(value)));
  item.setText(time, timeOfDayText(value - dateOf(value)));
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

void writeSeries(Dataset& data, const NmSeries& series, const std::string& modality, CivilTime start) {
  data.setText({0x0008, 0x0060}, modality);
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

}  // namespace remnant::scintigraphy
