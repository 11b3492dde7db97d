#pragma once

#include <string>
#include <variant>
#include <vector>

#include "remnant/dataset/catalogue.h"

namespace remnant::dataset {

/// One frame of one stored object.
struct FrameChoice {
  CatalogueObject object;
  std::size_t frame = 0;  ///< from 0
};

/// The two opposed frames that stand for a study.
struct OpposedFrames {
  FrameChoice anterior;
  FrameChoice posterior;
  bool severalAcquisitions = false;  ///< there were others; these are of the earliest
};

/// Why a study is not in the dataset; the reasons stand in the schema ("reason").
struct LeftOut {
  std::string reason;
  std::string explanation;
};

/// Chooses the anterior and the posterior frame of a whole-body acquisition: of one shape and pixel spacing,
/// of the energy window that holds the radionuclide's photopeak where frames of several windows are there
/// (I-131 364 keV, I-123 159 keV, Tc-99m 140 keV), of one object where one holds both, else of two. Of
/// several acquisitions the earliest after the administration is taken, then that of the least SOP instance
/// UID.
std::variant<OpposedFrames, LeftOut> selectOpposedViews(const std::vector<CatalogueObject>& objects);

}  // namespace remnant::dataset
