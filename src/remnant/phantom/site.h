#pragma once

#include "remnant/base/random.h"
#include "remnant/phantom/patient.h"

namespace remnant::phantom {

/// Where foci of one kind lie.
struct Site {
  const char* name;
  double weight;                       ///< among the sites of the thyroid bed
  double lateralMm, lateralSpreadMm;   ///< from the midline, either side
  double alongMm, alongSpreadMm;       ///< from the middle of the bed towards the feet
  double depthMm, depthSpreadMm;       ///< below the anterior skin
  double furthestMm, furthestAlongMm;  ///< limits of the two distances from `lateralMm` 0 and `alongMm`
};

extern const Site kCentralNode, kRetropharyngealNode, kMediastinalNode;
/// Levels II to V, between the thyroid bed and the side of the neck.
Site lateralNode(double neckWidthMm);

/// One of the sites of residual tissue in the bed.
const Site& drawThyroidSite(RandomStream& random);

/// A focus without mass, its centre below the skin of the body. spread scales the distances from the middle
/// of the bed, fatMm adds to the depth.
Focus placeFocus(const Site& site, const Anatomy& anatomy, double spread, double fatMm, RandomStream& random);

}  // namespace remnant::phantom
