#pragma once

#include <optional>
#include <string>

#include "remnant/dicom/object.h"

/// What benchmarks need of a source and cleaning takes away; read before it, and coarse enough to keep.
namespace remnant::dataset {

struct SourceFacts {
  std::string patientId;
  std::string studyUid;
  std::string institution;                ///< in clear: becomes a pseudonym before it is kept
  std::string sex;                        ///< F, M, O; empty where not told
  std::string ageBand;                    ///< ageBandOf the age at the study
  std::string scanner;                    ///< manufacturer and model
  std::optional<long> acquisitionPeriod;  ///< year of the study
  std::optional<double> hoursFromDose;
};

/// radionuclide: as scintigraphy::interpret names it ("Tc-99m").
SourceFacts readSourceFacts(const dicom::Dataset& source, const std::string& radionuclide);

/// "0-9", "10-19", ... "80-89", "90+"; years >= 0.
std::string ageBandOf(int years);

/// Whole years from the birth date to the study date; from PatientAge where those do not tell. nullopt where
/// neither does, or the result lies outside 0..129.
std::optional<int> ageInYears(const dicom::Dataset& source);

/// Hours from the administration to the start of the acquisition, as scintigraphy/study_time.h finds them.
/// nullopt where not told, negative or above 60 days.
std::optional<double> hoursFromDose(const dicom::Dataset& source, const std::string& radionuclide);

}  // namespace remnant::dataset
