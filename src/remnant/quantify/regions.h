#pragma once

#include <map>
#include <string>
#include <vector>

#include "remnant/base/csv.h"
#include "remnant/image/grid.h"
#include "remnant/scintigraphy/nm_object.h"

/// What a table says of a study's foci and of the neck they lie in.
namespace remnant::quantify {

/// Where a focus shows in one view, in pixels of the frame as stored; 0 is the centre of the first pixel.
struct FocusRegion {
  int number = 1;  ///< the same in each view
  scintigraphy::View view = scintigraphy::View::kAnterior;
  double column = 0;
  double row = 0;
  double radius = 0;  ///< half of the larger side of its box
  std::size_t tableRow = 0;
};

/// Foci by StudyInstanceUID, from a table with the columns studyInstanceUid, view, region, x, y, width,
/// height (regions.csv of a dataset, truth.csv of the simulator) and, if it is there, focus (a number). Rows
/// whose region is not "focus" are passed over. Without the column foci are numbered in the order of each
/// view's rows. Throws InputError "missing-column", "bad-number", "bad-region" (a box without a pixel; a view
/// that is neither anterior nor posterior).
std::map<std::string, std::vector<FocusRegion>> readFocusRegions(const CsvTable& table);

/// A region that is no focus, in one view.
struct NamedBox {
  std::string region;  ///< "thyroid", "shoulder", "background", "skin"
  scintigraphy::View view = scintigraphy::View::kAnterior;
  image::Box box;  ///< pixels of the frame as stored
};

/// By StudyInstanceUID, from the same table: its rows of the thyroid bed, the shoulder, a background beside
/// both, and of a marker on the foremost skin of the neck (region skin, in a lateral view). Throws InputError
/// "missing-column", "bad-number", and "bad-region" for a box without a pixel or outside all pictures, for a
/// view that has no name, and for a region that is none of these.
std::map<std::string, std::vector<NamedBox>> readNamedBoxes(const CsvTable& table);

/// The first of that region and view; null where there is none.
const NamedBox* boxOf(const std::vector<NamedBox>& boxes, const std::string& region, scintigraphy::View view);

/// Diameters of the neck at the thyroid bed, measured from outside.
struct NeckMeasurement {
  double depthMm = 0, depthSigmaMm = 4;  ///< antero-posterior
  double widthMm = 0, widthSigmaMm = 5;
};

/// By StudyInstanceUID, from a table with the columns studyInstanceUid, neckDepthMm, neckWidthMm and, if they
/// are there, neckDepthSigmaMm, neckWidthSigmaMm. Throws InputError "missing-column", "bad-number", and
/// "bad-measurement" outside 50 to 300 mm.
std::map<std::string, NeckMeasurement> readNeckMeasurements(const CsvTable& table);

}  // namespace remnant::quantify
