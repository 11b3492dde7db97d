#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "remnant/dicom/object.h"
#include "remnant/image/volume.h"
#include "remnant/scintigraphy/hounsfield.h"

/// A CT series as a map of attenuation. Source: DICOM PS3.3, sections C.7.6.2 (Image Plane), C.8.2.1 (CT).
namespace remnant::scintigraphy {

struct CtReadingConfig {
  HounsfieldConfig hounsfield;
  double leastVoxelMm = 2;  ///< voxels are as wide as the CT's pixels, but not smaller than this
  std::size_t mostSlices = 2000;
  std::size_t mostRows = 2048;  ///< and columns, of a slice
  std::size_t mostVoxels = std::size_t{48} << 20;
  double largestGapMm = 30;           ///< between slices
  double largestGapOverMedian = 1.5;  ///< a wider one means that a slice is missing
};

/// Attenuation per millimetre (narrow beam, at `keV`, by HounsfieldScale) in the patient space of
/// image/volume.h: DICOM's x and y, and its z negated, with DICOM's origin. Slices are sorted by position;
/// cubic voxels gather the mean of what they cover (a CT value stands for its pixel's area and, along z, for
/// half the way to the next slices). The grid begins at the outer corner of the first CT voxel; what its last
/// voxels reach beyond the CT is not averaged in.
/// files  the images of one series, in any order
/// Throws InputError with the file: what Object::read and decodePixels throw; "over-limit"; "unsupported-ct"
/// where a slice is not axial (rows and columns along x and y), is not in Hounsfield units or is not like the
/// others in size, spacing and place; "incomplete-ct" below two slices, where two lie at one place or where
/// one is missing between others.
image::Volume readCtSeries(const std::vector<std::filesystem::path>& files, double keV,
                           const CtReadingConfig& config = {}, const dicom::ReadLimits& limits = {});

}  // namespace remnant::scintigraphy
