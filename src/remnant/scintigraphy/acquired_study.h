#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "remnant/base/time.h"
#include "remnant/image/grid.h"
#include "remnant/image/volume.h"
#include "remnant/scintigraphy/nm_object.h"

/// A study's objects read together: what was counted, by which head, in which window, for how long.
namespace remnant::scintigraphy {

/// One frame of raw counts.
struct AcquiredFrame {
  ViewFinding view;
  EnergyWindow window;
  int detector = 1;         ///< 1-based, as the object says
  double angleDegrees = 0;  ///< 0 anterior, 90 from the patient's left, 180 posterior; as projection/view.h
  double exposureSeconds = 0;  ///< for which each pixel was seen; of a sweep: field of view over speed
  std::optional<double> radialPositionMm;  ///< collimator face to the axis, where told
  image::Counts counts;  ///< as stored: a posterior view is mirrored against the anterior one
};

struct AcquiredObject {
  std::filesystem::path file;
  Acquisition acquisition = Acquisition::kStatic;
  std::optional<CivilTime> start;
  double pixelMm = 0;
  double durationSeconds = 0;  ///< of the whole acquisition, for decay and dead time
  std::string collimatorName;  ///< as the object says; empty where it does not
  bool pinhole = false;        ///< CollimatorType (0018,1181) PINH
  bool saturated = false;      ///< a pixel stands at the largest value that its bits can hold
  std::vector<AcquiredFrame> frames;
};

/// A CT series of the study as attenuation, in the patient space of image/volume.h.
struct AcquiredMap {
  image::Volume attenuationPerMm;  ///< at `keV`
  double keV = 0;
};

struct AcquiredStudy {
  std::string studyInstanceUid;
  std::string patientId;     ///< for joining tables; never shown
  std::string radionuclide;  ///< "Tc-99m"; empty where not told
  std::optional<double> doseMBq;
  std::optional<CivilTime> administration;
  std::string manufacturer, model, serialNumber;
  std::vector<AcquiredObject> objects;  ///< by start
  std::optional<AcquiredMap> map;
  std::vector<std::string> warnings;
};

/// Reads all NM objects and the CT series among the files, grouped by study. Throws InputError of the reader
/// with the file, "not-a-study" where no file is an NM object with pixels.
std::vector<AcquiredStudy> readStudies(const std::vector<std::filesystem::path>& files);

}  // namespace remnant::scintigraphy
