#pragma once

#include <optional>
#include <string>

#include "remnant/base/time.h"
#include "remnant/dicom/object.h"

/// When an object was acquired and when its dose was given. A shift of all dates leaves their difference.
namespace remnant::scintigraphy {

/// AcquisitionDateTime (0008,002A) with a time in it, else acquisition date and time, else series date and
/// time.
std::optional<CivilTime> acquisitionStart(const dicom::Dataset& source);

/// RadiopharmaceuticalStartDateTime (0018,1078). Where only a time of day is told (0018,1072), and for Tc-99m
/// alone (the others are imaged days later), the last such time before `start`: that of the day before where
/// midnight lay between and no more than 12 hours went by. nullopt where not told.
/// radionuclide: as interpret() names it
std::optional<CivilTime> administrationTime(const dicom::Dataset& source, CivilTime start,
                                            const std::string& radionuclide);

/// "YYYY-MM-DDTHH:MM:SS" (ISO 8601), cut to the second.
std::string secondText(CivilTime time);

}  // namespace remnant::scintigraphy
