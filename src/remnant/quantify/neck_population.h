#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include "remnant/image/volume.h"

/// Necks as a population knows them, in section: an ellipse or superellipse of soft tissue with a trachea and
/// a spine.
namespace remnant::quantify {

/// Priors of what cannot be measured from outside. Source: physics.md 5.1; where it gives a range, the
/// standard deviation of the uniform distribution over it.
struct NeckPopulation {
  double tracheaRadiusMm = 9, tracheaRadiusSigmaMm = 1;
  double tracheaFrontMm = 13.5, tracheaFrontSigmaMm = 0.87;  ///< behind the foremost skin
  double spineRadiusMm = 14, spineRadiusSigmaMm = 1;
  double spinePlace = 0.65, spinePlaceSigma = 0.029;  ///< of its centre, over the antero-posterior diameter
  double spineDensity = 1.4, spineDensitySigma = 0.058;  ///< g/ml
  double attenuationRelativeSigma = 0.02;                ///< of the soft tissue: muscle or fat
  /// Of the superellipse around the neck; 2 is an ellipse, which is too thin at the sides. Inferred.
  double exponent = 2.2, exponentSigma = 0.12;
  std::size_t necks = 200;
  std::uint64_t seed = 20211;
};

struct Circle {
  double x = 0, y = 0, radiusMm = 0;
};

/// One neck. The foremost point of its skin is (midlineX, 0).
struct NeckSection {
  double midlineX = 0, halfWidthMm = 65, halfDepthMm = 60;
  double exponent = 2;  ///< 2 and more
  double tissuePerMm = 0, bonePerMm = 0;
  Circle trachea{}, spine{};

  /// y of the anterior skin at x; that of the sides beyond 98 % of the half width.
  double anteriorSkinY(double x) const;
  double thicknessMm(double x) const;
  /// From the point along the unit vector (ux, uy) out of the neck.
  double opticalDepth(double x, double y, double ux, double uy) const;
  /// Share of credence that a focus lies here: 1 in tissue, falling to almost none within trachea and spine,
  /// smooth over a millimetre.
  double tissueShare(double x, double y) const;
};

/// What is drawn, in units of standard deviations.
enum NeckCause : std::size_t {
  kDepth,
  kWidth,
  kMidline,
  kAttenuation,
  kTracheaRadius,
  kTracheaFront,
  kSpinePlace,
  kSpineRadius,
  kSpineDensity,
  kExponent,
  kNeckCauses
};

struct NeckMean {
  double depthMm, depthSigmaMm, widthMm, widthSigmaMm, midlineX, midlineSigmaMm, keV;
};

NeckSection neckSection(const NeckMean& mean, const NeckPopulation& population,
                        const Eigen::Matrix<double, 1, kNeckCauses>& causes);

/// population.necks rows of unit-normal causes whose sample means are 0 and whose sample covariance is the
/// unit matrix exactly. A function of the seed.
Eigen::MatrixXd drawnCauses(const NeckPopulation& population);

}  // namespace remnant::quantify
