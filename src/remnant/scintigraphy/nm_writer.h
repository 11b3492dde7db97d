#pragma once

#include <optional>
#include <string>
#include <vector>

#include "remnant/base/time.h"
#include "remnant/dicom/object.h"
#include "remnant/image/grid.h"
#include "remnant/image/volume.h"
#include "remnant/scintigraphy/nm_object.h"
#include "remnant/scintigraphy/view_telling.h"

/// A typed description of a planar, dynamic or tomographic acquisition, and the DICOM object made of it.
/// Source: DICOM PS3.3, section A.5 (NM Image IOD) and C.8.4 (NM modules).
namespace remnant::scintigraphy {

struct NmPatient {
  std::string name;  ///< as DICOM writes names: FAMILY^GIVEN
  std::string id;
  CivilDate birthDate;
  char sex = 'O';  ///< M, F or O
  int ageYears = 0;
  double heightM = 0;
  double weightKg = 0;
};

struct NmStudy {
  std::string instanceUid;
  std::string id;
  std::string accessionNumber;
  std::string description;
  std::string referringPhysician;
  CivilTime start;
};

struct NmSeries {
  std::string instanceUid;
  int number = 1;
  std::string description;
  std::string protocolName;
  std::string bodyPart;  ///< BodyPartExamined, a defined term of PS3.16 annex L: WHOLEBODY, NECK
  std::string operatorName;
  std::string performingPhysician;
};

struct NmEquipment {
  std::string manufacturer;
  std::string model;
  std::string serialNumber;
  std::string stationName;
  std::string institutionName;
  std::string institutionAddress;
  std::string softwareVersion;
};

struct NmRadiopharmaceutical {
  std::string name;
  Code radionuclide;
  double activityMBq = 0;    ///< administered
  CivilTime administration;  ///< the scan's time minus this is the time from dose to scan
};

struct NmEnergyWindow {
  std::string name;
  EnergyWindow limits;
};

/// A head. Angles are those of PS3.3, section C.8.4.10: 0 degrees at the patient's back, 90 at the left
/// side, 180 at the front.
struct NmDetector {
  std::string collimatorName;
  double radialPositionMm = 0;  ///< collimator face to the axis of rotation
  double startAngleDegrees = 0;
  double fieldOfViewAcrossMm = 0;
  double fieldOfViewAlongMm = 0;
  Code view;                            ///< no value: none is written
  double centreOfRotationOffsetMm = 0;  ///< of the picture's middle from the axis, along the columns
  /// Centre of the first pixel, on the collimator's face, in the patient space of image/volume.h; of tomo,
  /// at the first view.
  std::optional<image::Point> firstPixel = std::nullopt;
};

/// What a frame shows, 1-based.
struct NmFrame {
  int detector = 1;
  int energyWindow = 1;
  int step = 1;  ///< time slice of a dynamic, angular view of a tomo; 1 of others
};

struct NmDescription {
  std::string sopInstanceUid;
  std::string frameOfReferenceUid;
  int instanceNumber = 1;
  Acquisition acquisition = Acquisition::kWholeBody;  ///< whole body, static, dynamic or tomo
  CivilTime start;
  double frameDurationMs = 0;          ///< of a sweep: the whole of it; of tomo: one angular view
  double angularStepDegrees = 0;       ///< of tomo; below 0 clockwise: the angle falls from view to view
  double scanVelocityMmPerSecond = 0;  ///< of a whole body sweep
  double scanLengthMm = 0;
  double pixelSpacingMm = 0;  ///< square pixels
  bool headFirst = true;      ///< supine in any case

  NmPatient patient;
  NmStudy study;
  NmSeries series;
  NmEquipment equipment;
  NmRadiopharmaceutical radiopharmaceutical;
  std::vector<NmEnergyWindow> energyWindows;
  std::vector<NmDetector> detectors;
  std::vector<NmFrame> frames;
};

/// An NM Image object with these frames as raw counts and CountsAccumulated as their sum (left empty where an
/// IS cannot hold it). Throws ProgramError where there is not one image a frame, the images differ in size, a
/// frame names a detector, window or step that is not there, or the acquisition is of another kind;
/// InputError "counts-out-of-range" outside 0..65535.
dicom::Object writeNm(const NmDescription& description, const std::vector<image::Counts>& frames);

}  // namespace remnant::scintigraphy
