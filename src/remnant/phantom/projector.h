#pragma once

#include <optional>
#include <vector>

#include "remnant/image/grid.h"
#include "remnant/phantom/camera.h"
#include "remnant/phantom/ellipsoid.h"

/// From activity in a patient to the rate at which a camera head counts in each pixel, without noise.
namespace remnant::phantom {

/// Activity spread evenly over a solid. It adds to whatever else lies in the same place.
struct Source {
  Ellipsoid shape;
  double activityMBq = 0;
};

/// What the camera looks at. The body is the union of its solids, filled along y from the foremost to the
/// hindmost surface, evenly attenuating and evenly active.
struct Scene {
  std::vector<Ellipsoid> body;
  double backgroundMBqPerMl = 0;
  std::vector<Source> sources;
};

struct ProjectorConfig {
  /// Broad-beam linear attenuation at 364 keV with the photopeak window: 0.090 per cm for a neck 12 cm thick
  /// (Monte Carlo; narrow beam would be 0.112).
  double attenuationPerMm = 0.0090;
  /// Solids thicker than this along y are blurred in layers, each with the resolution at its middle.
  double layerMm = 30;
  /// Where the Gaussian is cut off, in standard deviations.
  double kernelSigmas = 4;
};

/// Where the body's surface lies under each pixel of the anterior view; front > back where there is no body.
struct Surface {
  image::Image frontMm;
  image::Image backMm;
};

Surface surfaceOf(const std::vector<Ellipsoid>& body, const ImageGeometry& geometry);

/// y of the anterior and posterior skin on the line through (x, z); nullopt beside the body.
std::optional<Span> skinAt(const std::vector<Ellipsoid>& body, double x, double z);

/// Counts a second in each pixel of one head held with its collimator face at y = planeMm, as that head sees
/// the patient (the posterior view is mirrored against the anterior one). Each line along y is integrated in
/// closed form with exp(-mu depth), each layer blurred by the collimator's resolution at its distance. Head
/// gain, exposure and table are not in it. Every source must lie within the picture.
image::Image project(const Scene& scene, const Surface& surface, const Collimator& collimator, Head head,
                     double planeMm, const ImageGeometry& geometry, const ProjectorConfig& config = {});

}  // namespace remnant::phantom
