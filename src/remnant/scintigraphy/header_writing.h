#pragma once

#include <string>

#include "remnant/scintigraphy/nm_writer.h"

/// The modules that images of all modalities share (PS3.3, sections C.7.1 to C.7.5). Not for other folders.
namespace remnant::scintigraphy {

void setTime(dicom::Dataset& item, dicom::Tag date, dicom::Tag time, CivilTime value);
/// One more item with the code in it.
dicom::Dataset appendCode(dicom::Dataset& parent, dicom::Tag sequence, const Code& code);

void writePatient(dicom::Dataset& data, const NmPatient& patient);
void writeStudy(dicom::Dataset& data, const NmStudy& study);
void writeSeries(dicom::Dataset& data, const NmSeries& series, const std::string& modality, CivilTime start);
void writeEquipment(dicom::Dataset& data, const NmEquipment& equipment);

}  // namespace remnant::scintigraphy
