#pragma once

#include <memory>
#include <string>
#include <vector>

#include "remnant/image/volume.h"
#include "remnant/projection/medium.h"

/// What lies between a focus and the heads: from a map of attenuation, or from two diameters of the neck and
/// what is known of necks.
namespace remnant::quantify {

/// The ray from a point to one head.
struct Ray {
  double opticalDepth = 0;  ///< narrow beam at the photopeak, the population's mean where not measured
  double slopePerMm = 0;    ///< of the optical depth against the point's depth below the anterior skin, +mu
                            ///< towards the anterior head, -mu towards the posterior one
};

/// Below which anterior skin a point lies, and how thick the neck is there.
struct Column {
  double anteriorSkinY = 0;  ///< patient y
  double thicknessMm = 0;    ///< along y
};

class NeckOptics {
 public:
  virtual ~NeckOptics() = default;

  /// The line along y through (x, z). Where no map places the skin in space, y = 0 is the anterior skin.
  virtual Column columnAt(double x, double z) const = 0;
  virtual Ray ray(const image::Point& point, const projection::HeadPosition& head) const = 0;
  /// Standard deviations of the common errors, each an independent unit-normal nuisance: how each shifts the
  /// optical depth to this head at this point. The same nuisance index means the same cause at every point.
  virtual std::vector<double> opticalDepthErrors(const image::Point& point,
                                                 const projection::HeadPosition& head) const = 0;
  /// "attenuation map", "ellipse of 120 x 130 mm (measured)", "population prior of neck thickness".
  virtual std::string name() const = 0;
  /// Water's attenuation at the photopeak, for water-equivalent depth.
  virtual double waterAttenuationPerMm() const = 0;
};

/// map: attenuation at the photopeak in patient space; sigma: relative uncertainty of the whole map.
std::unique_ptr<NeckOptics> opticsFromMap(projection::Medium map, double relativeSigma);

/// What is known of necks from outside: a section near to an ellipse (NeckPopulation::exponent), a trachea
/// and a spine of which only the population is known.
struct NeckEllipse {
  double depthMm = 120,
         depthSigmaMm = 4;  ///< antero-posterior diameter; 12 where only the population is known
  double widthMm = 130, widthSigmaMm = 5;
  double midlineX = 0, midlineSigmaMm = 8;  ///< of the neck
  double keV = 364.5;
  bool measured = true;  ///< false: the population's prior stands in, and is named
};
std::unique_ptr<NeckOptics> opticsFromEllipse(const NeckEllipse& ellipse);

}  // namespace remnant::quantify
