#pragma once

#include <string>

#include "remnant/base/error.h"
#include "remnant/scintigraphy/inspection.h"

namespace remnant::scintigraphy {

/// One object as JSON text: file, sopClassUid, modality, imageType, acquisition, acquisitionStart (date and
/// time, in whole seconds), durationSeconds, manufacturer, model, serialNumber, rows, columns, pixelSpacingMm
/// (between rows, between columns), patientPosition, radionuclide, frames (index, view, viewEvidence,
/// detector, collimatorName, collimatorType, energyWindows, durationMs, counts), countsAccumulatedTag,
/// warnings; nothing that names the patient. What the object does not tell is null. Always valid UTF-8.
/// file  as the user gave it
std::string jsonOf(const std::string& file, const Inspection& inspection);

/// {file, error: {code, tag, message}}.
std::string jsonOf(const std::string& file, const InputError& error);

}  // namespace remnant::scintigraphy
