#pragma once

#include <cstddef>
#include <filesystem>
#include <utility>
#include <vector>

#include "remnant/dicom/object.h"
#include "remnant/image/grid.h"
#include "remnant/scintigraphy/ct_reader.h"

/// One image of a CT series. Not for other folders.
namespace remnant::scintigraphy {

struct CtSlice {
  std::filesystem::path file;
  std::size_t rows = 0, columns = 0;
  double rowSpacingMm = 0, columnSpacingMm = 0;
  double x = 0, y = 0;  ///< the centre of the first pixel in patient space
  double z = 0;         ///< to the feet
  int alongX = 1;       ///< columns run to the left (1) or to the right (-1)
  int alongY = 1;       ///< rows run to the back (1) or to the front (-1)
  double slope = 1, intercept = 0;

  /// Whether both show the same columns of patient space.
  bool liesOver(const CtSlice& other) const;
};

/// Reads the header alone and checks it against the bounds.
CtSlice readCtSlice(const std::filesystem::path& file, const CtReadingConfig& config,
                    const dicom::ReadLimits& limits);

/// Its pixels in Hounsfield units, as stored.
image::Image readHounsfield(const CtSlice& slice, const dicom::ReadLimits& limits);

}  // namespace remnant::scintigraphy
