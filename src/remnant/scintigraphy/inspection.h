#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "remnant/dicom/object.h"
#include "remnant/scintigraphy/nm_object.h"

namespace remnant::scintigraphy {

/// What an object says and what its pixels hold.
struct Inspection {
  NmObject object;  ///< its warnings tell of the pixels too; an object that is not NM has frames here as well
  /// Of the whole acquisition: static, whole body, dynamic or tomo; nullopt where not told.
  std::optional<double> durationSeconds;
  /// The sum of each frame's counts; nullopt without pixels, with colour, or after compression with loss.
  std::vector<std::optional<std::int64_t>> counts;
};

/// Reads header and pixels, one frame of pixels at a time. Adds warnings where the pixels contradict the
/// header: CountsAccumulated, saturation, values below zero, a rescale that is not applied.
/// Throws what Object::read and decodePixels throw, with the file named; colour is a warning.
Inspection inspectFile(const std::filesystem::path& path, const dicom::ReadLimits& limits = {});

/// The same of an object already read.
Inspection inspectObject(const dicom::Object& object);

}  // namespace remnant::scintigraphy
