#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "remnant/base/time.h"
#include "remnant/phantom/acquisition.h"
#include "remnant/phantom/identity.h"
#include "remnant/scintigraphy/ct_writer.h"
#include "remnant/scintigraphy/nm_writer.h"

namespace remnant::phantom {

/// The texts and measures of a centre's camera.
struct CameraFacts {
  std::string institution, address;
  std::string manufacturer, model, serial;
  std::string collimator;            ///< its name
  double fieldOfViewAcrossMm = 533;  ///< of a head, across the patient
  double fieldOfViewAlongMm = 387;   ///< of a head, along the patient
};

/// All that the headers of a simulated study are made of.
struct StudyFacts {
  std::string cohort;  ///< its name; with seed and indices it makes the UIDs
  std::uint64_t seed = 0;
  std::size_t patientIndex = 0;
  std::size_t studyIndex = 0;
  Identity identity;
  char sex = 'O';  ///< M, F or O
  double heightMm = 1700;
  double weightKg = 70;
  CivilTime scan;  ///< start of the study; its first object begins kPreparation later
  CivilTime administration;
  double doseMBq = 0;
  std::string nuclide;           ///< as physics/nuclide.h names it
  std::string studyDescription;  ///< "I-131 neck"
  std::string protocolName;      ///< "Neck I131 post therapy"
  CameraFacts camera;
};

/// From the start of the study to that of its first object.
inline constexpr std::chrono::minutes kPreparation{4};

/// The header of one NM object of the study: static, whole body, dynamic or tomo, frames in the order of the
/// plan. Detectors are the plan's heads; where the pictures lie is told by image position and orientation of
/// the frame of reference that all objects of the study share. Times and UIDs come from the facts alone, no
/// clock is asked.
/// objectNumber  0-based among the study's NM objects; each is a series of its own
/// Throws InputError "unknown-nuclide".
scintigraphy::NmDescription describeAcquisition(const StudyFacts& facts, const AcquisitionPlan& plan,
                                                std::size_t objectNumber);

/// The headers of the study's CT series, in the same frame of reference.
/// seriesNumber  0-based, after the NM objects'; slices: grid().rows of the volume
scintigraphy::CtDescription describeMap(const StudyFacts& facts, std::size_t seriesNumber,
                                        std::size_t slices);

}  // namespace remnant::phantom
