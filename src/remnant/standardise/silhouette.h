#pragma once

#include <optional>

#include "remnant/image/grid.h"
#include "remnant/standardise/body_contour.h"

/// Where a body lies in a picture of it, from raw counts alone. No threshold tells body from room: a veil of
/// photons that passed the septa of the collimator can lie over the room with more counts than the body has.
/// It has no edge, though, where the body has one. So a drawing of a body is laid where counts fall most
/// across its lines (an active shape: Cootes et al. 1995, Comput. Vis. Image Underst. 61:38).
namespace remnant::standardise {

struct SilhouetteConfig {
  double smoothingMm = 10;  ///< standard deviation of the Gaussian the counts are smoothed with
  double spacingMm = 20;    ///< of the points on the drawing's lines
  /// The contrast at a point of a line is (inside - outside) / (inside + outside) of the level of counts this
  /// far from it.
  double acrossMm = 15;
  /// A body goes on inside its edge, a ray of a star (10 to 30 mm wide) does not: the lesser of the levels at
  /// `acrossMm` and here is taken for the inside. Less than an arm is thick.
  double persistsMm = 40;
  /// So many counts in the smoothing's area (4 pi sigma^2) are added to each side, so that a few counts
  /// beside none are no strong contrast.
  double countsAdded = 2;
  /// Where there is more than this multiple of the body's level it is cut off: what shines brighter than a
  /// body tells nothing of where the body ends, and a hot remnant is not a small head. Of the scanned field's
  /// pixels, ordered by level, the one at `bodyQuantile` is taken for the body's: it covers 0.3 to 0.6 of
  /// them, hot organs less than 0.1.
  double brightest = 1.5;
  double bodyQuantile = 0.8;
  /// No point has a stronger say than this contrast (a body of three times the room's counts), so that hot
  /// organs and the flank of a hot remnant do not outvote many weak edges.
  double mostContrast = 0.5;

  double statureMm = 1680;
  double statureSpreadMm = 100;
  double leastStatureMm = 1300, mostStatureMm = 2100;
  double breadth = 1.05;  ///< see BodyShape
  double breadthSpread = 0.15;
  double leastBreadth = 0.7, mostBreadth = 1.5;
  double headSpreadMm = 25;     ///< of how much the head is lowered or raised
  double mostHeadMoveMm = 100;  ///< either way
  /// Mean contrast that a stature, breadth or head one spread from the middle must win to be believed.
  double contrastOfSpread = 0.005;

  /// The midline is looked for this far to both sides of the middle of the scanned field.
  double midlineReachMm = 70;
  double firstStepMm = 14;  ///< of the search, then a quarter of it

  /// What a body shows at least, mean contrast of all lines, of the head's and of the shoulders'.
  double leastContrast = 0.06;
  double leastHeadContrast = 0.02;
  double leastShoulderContrast = 0.02;
};

/// Lengths from the upper left corner of the image.
struct Silhouette {
  double vertexMm = 0;  ///< of a head that is not lowered against the trunk
  double midlineMm = 0;
  BodyShape shape;
  bool headFirst = true;  ///< the head is at row 0
  double contrast = 0;    ///< mean over all lines, 0 to mostContrast
  double headContrast = 0;
  double shoulderContrast = 0;
};

/// nullopt where no body shows with the head inside the scanned field. Negative stored values count as zero.
std::optional<Silhouette> findSilhouette(const image::Counts& counts, double rowSpacingMm,
                                         double columnSpacingMm, const SilhouetteConfig& config = {});

}  // namespace remnant::standardise
