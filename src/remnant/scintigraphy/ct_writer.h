#pragma once

#include <string>
#include <vector>

#include "remnant/dicom/object.h"
#include "remnant/image/volume.h"
#include "remnant/scintigraphy/hounsfield.h"
#include "remnant/scintigraphy/nm_writer.h"

/// An attenuation map as a series of CT images. Source: DICOM PS3.3, section A.3 (CT Image IOD), C.8.2.1.
namespace remnant::scintigraphy {

struct CtDescription {
  std::vector<std::string> sopInstanceUids;  ///< one a slice, the slice nearest the vertex first
  std::string frameOfReferenceUid;           ///< that of the NM objects, whose patient space it shares
  CivilTime start;
  NmPatient patient;
  NmStudy study;
  NmSeries series;
  NmEquipment equipment;
};

/// One axial CT image for each row of the volume, in Hounsfield units (slope 1, intercept -1024), head first
/// and supine. Rows of an image run to the patient's left, columns to the back; the image position is the
/// point of patient space (image/volume.h) with z turned to the head, as DICOM counts it.
/// attenuationPerMm  narrow beam at `keV`, finite, from 0 up; becomes Hounsfield units by HounsfieldScale
/// Throws ProgramError where there is not one UID a row or the volume is empty, InputError
/// "attenuation-out-of-range" where a value is not finite or beyond what 16 bits hold.
std::vector<dicom::Object> writeCtSeries(const image::Volume& attenuationPerMm, double keV,
                                         const CtDescription& description,
                                         const HounsfieldConfig& config = {});

}  // namespace remnant::scintigraphy
