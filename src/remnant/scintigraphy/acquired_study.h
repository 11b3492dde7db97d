#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "remnant/base/time.h"
#include "remnant/dicom/object.h"
#include "remnant/image/grid.h"
#include "remnant/image/volume.h"
#include "remnant/scintigraphy/nm_object.h"

/// A study's objects read together: what was counted, by which head, in which window, for how long.
namespace remnant::scintigraphy {

/// Where a frame's picture lies in patient space (image/volume.h), for a head whose axis is the line x = y =
/// 0: projection::HeadPosition{angle, planeMm} and projection::Picture{..., centreU, topMm}.
struct FramePlace {
  double centreU = 0;  ///< of the picture's middle
  double topMm = 0;    ///< z of the upper edge of row 0
  double planeMm = 0;  ///< of the collimator's face before that axis
};

/// One frame of raw counts.
struct AcquiredFrame {
  ViewFinding view;
  EnergyWindow window;
  int detector = 1;            ///< 1-based, as the object says
  std::string collimatorName;  ///< of that detector, as the object says; empty where it does not
  /// 0 anterior, 90 from the patient's left, 180 posterior; as projection/view.h. From the detector's angle,
  /// or the view where that contradicts it or is not told; NaN where neither tells.
  double angleDegrees = 0;
  /// For which each pixel was seen; of a sweep: field of view over speed. 0 where not told, with a warning.
  double exposureSeconds = 0;
  double startsAfterSeconds = 0;           ///< from the object's start; of time slices and angular views
  std::optional<double> radialPositionMm;  ///< collimator face to the axis of rotation, where told
  std::optional<FramePlace> place;         ///< where image position and orientation tell it
  image::Counts counts;  ///< as stored: a posterior view is mirrored against the anterior one
};

struct AcquiredObject {
  std::filesystem::path file;
  Acquisition acquisition = Acquisition::kStatic;
  std::optional<CivilTime> start;
  double pixelMm = 0;
  std::string frameOfReferenceUid;  ///< empty where not told; objects of one share patient space
  double durationSeconds = 0;       ///< of the whole acquisition, for decay and dead time
  bool pinhole = false;             ///< CollimatorType (0018,1181) PINH
  bool saturated = false;           ///< a pixel stands at the largest value that its bits can hold
  std::vector<AcquiredFrame> frames;
};

/// A CT series of the study as attenuation, in the patient space of image/volume.h with DICOM's origin (z is
/// DICOM's negated); see ct_reader.h.
struct AcquiredMap {
  image::Volume attenuationPerMm;  ///< at `keV`
  double keV = 0;                  ///< the photopeak of the study's radionuclide
};

struct AcquiredStudy {
  std::string studyInstanceUid;
  std::string patientId;         ///< for joining tables; never shown
  bool severalPatients = false;  ///< its objects name more than one patient
  std::string radionuclide;      ///< "Tc-99m"; empty where not told
  std::optional<double> doseMBq;
  std::optional<CivilTime> administration;
  std::string manufacturer, model, serialNumber;
  std::vector<AcquiredObject> objects;  ///< by start
  std::optional<AcquiredMap> map;
  std::vector<std::string> warnings;
};

/// Reads all NM objects and the CT series among the files, grouped by study; studies by the start of their
/// first object. Other DICOM objects are passed over. An object that does not hold raw counts of one energy
/// range a frame is left out with a warning that names it: reconstructions, gated acquisitions, kinds not
/// told, no pixels, compression with loss, several ranges summed in one window. Of several CT series the one
/// that shares the frame of reference and has most slices is taken; a CT in another frame of reference, or of
/// a study whose radionuclide is not told, is left out with a warning.
/// Throws InputError of the readers with the file, "not-a-study" with the first reason where no object is
/// left.
std::vector<AcquiredStudy> readStudies(const std::vector<std::filesystem::path>& files,
                                       const dicom::ReadLimits& limits = {});

}  // namespace remnant::scintigraphy
