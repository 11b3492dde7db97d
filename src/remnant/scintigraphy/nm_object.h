#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "remnant/base/time.h"
#include "remnant/dicom/object.h"

/// What a nuclear medicine object means. Source: DICOM PS3.3, section C.8.4 (NM modules).
namespace remnant::scintigraphy {

/// ImageType value 3 (C.8.4.9.1.1.3).
enum class Acquisition {
  kStatic,
  kWholeBody,
  kDynamic,
  kGated,
  kTomo,
  kGatedTomo,
  kReconTomo,
  kReconGatedTomo
};
std::string_view acquisitionText(Acquisition acquisition);  ///< static, whole-body, dynamic, gated, tomo, ...

enum class View { kAnterior, kPosterior, kLeftLateral, kRightLateral, kOblique, kUnknown };
std::string_view viewText(View view);  ///< anterior, posterior, left-lateral, right-lateral, oblique, unknown

/// A view with what told it; never guessed.
struct ViewFinding {
  View view = View::kUnknown;
  /// "view code R-10206", "detector 1 at 180 degrees, supine", "view name 'ANT'", ...
  std::string evidence;
  std::string contradiction = {};  ///< what the angle says against a code; empty where nothing
};

struct EnergyWindow {
  double lowerKeV = 0;
  double upperKeV = 0;
  bool operator==(const EnergyWindow&) const = default;
};

/// The meaning of one frame, from the frame increment vectors. Numbers are 1-based as in the object.
struct FrameMeaning {
  std::size_t index = 0;  ///< 0-based position in the object
  ViewFinding view;
  std::optional<int> detector;
  std::optional<int> energyWindow;  ///< number of the entry in EnergyWindowInformationSequence
  std::vector<EnergyWindow> windows;
  std::optional<int> phase, rotation, rrInterval, timeSlot, angularView, slice, timeSlice;
  std::optional<double> angleDegrees;  ///< detector angle (DetectorInformation / rotation)
  std::optional<double> durationMs;
  std::string collimatorName,
      collimatorType;  ///< of its detector, as the object says; empty where it does not
};

/// An NM object's header, understood.
struct NmObject {
  std::string sopClassUid;
  std::string modality;
  std::vector<std::string> imageType;
  std::optional<Acquisition> acquisition;  ///< nullopt where the object is not NM or does not say
  std::string manufacturer;
  std::string model;
  std::string serialNumber;        ///< of the camera; empty where not told
  std::optional<CivilTime> start;  ///< of the acquisition (study_time.h)
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::optional<std::pair<double, double>> pixelSpacingMm;  ///< between rows, between columns
  std::string patientPosition;                              ///< HFS, FFS, ...; empty where not told
  std::string radionuclide;       ///< "Tc-99m", "I-131", "I-123", ...; empty where not told
  std::optional<double> doseMBq;  ///< RadionuclideTotalDose, brought to MBq
  std::vector<FrameMeaning> frames;
  std::optional<long> countsAccumulatedTag;  ///< (0018,0070)
  std::vector<std::string> warnings;         ///< what contradicts itself or is missing, a sentence each
};

/// Reads the meaning of an object's header; pixels are not needed. Objects that are not NM come back with
/// their plain attributes and no acquisition. Throws InputError only where the header cannot be read at all.
NmObject interpret(const dicom::Object& object);

/// Adds a sentence where CountsAccumulated is told and is not the sum of all pixels: they were wrapped or
/// altered on the way.
void warnOfCountsAccumulated(const NmObject& object, std::int64_t pixelSum,
                             std::vector<std::string>& warnings);

}  // namespace remnant::scintigraphy
