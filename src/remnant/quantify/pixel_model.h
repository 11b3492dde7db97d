#pragma once

#include <array>
#include <memory>
#include <vector>

#include "remnant/image/grid.h"
#include "remnant/physics/tail_shape.h"
#include "remnant/quantify/calibrated_view.h"

/// What one small focus adds to the pixels of one picture: the forward model of the simulator for a uniform
/// ellipsoid, in closed form, with its derivatives. The ellipsoid of semi-axis a is taken, along each axis,
/// as 1.4 Gaussians of variance a^2/7 less 0.4 of none, which has its second and fourth moments; scattered
/// photons as one Gaussian of variance a^2/5. Source: physics.md 4, 6.5; the same terms as
/// projection::project.
namespace remnant::quantify {

/// A focus as one head sees it.
struct SeenFocus {
  double amplitude = 0;  ///< MBq x seconds x gains (head, window, table)
  double u = 0;          ///< across the picture, mm from the axis
  double z = 0;
  double distanceMm = 0;    ///< before the collimator's face
  double opticalDepth = 0;  ///< narrow beam at the photopeak
  double semiAcrossMm = 0;  ///< semi-axis of the source along u
  double semiAlongMm = 0;   ///< ... along z
  double tailScale = 1;
};

/// What the columns of PixelModel::evaluate hold: derivatives of the expected counts of a pixel.
enum FocusColumn : std::size_t {
  kLogAmplitude,  ///< by the logarithm of the amplitude: the expected counts themselves
  kAcross,        ///< by u
  kAlong,         ///< by z
  kOpticalDepth,  ///< by the optical depth, scatter by its water-equivalent depth
  kSemiAcross,    ///< by the source's semi-axis along u
  kSemiAlong,
  kDistance,
  kLogTailScale,
  kFocusColumns
};

class PixelModel {
 public:
  /// window: the pixels that are modelled, inside the view. Keeps a reference to the view.
  PixelModel(const CalibratedView& view, const image::Box& window, double waterAttenuationPerMm);

  std::size_t pixels() const { return window_.width * window_.height; }
  const image::Box& window() const { return window_; }
  const CalibratedView& view() const { return *view_; }

  /// columns: kFocusColumns columns of pixels() values one after another, each row by row of the window,
  /// written over. Without `derivatives` only kLogAmplitude is meant.
  void evaluate(const SeenFocus& focus, double* columns, bool derivatives) const;

 private:
  /// What has the shape of one Gaussian along each axis.
  struct Gaussian {
    double weight = 0, weightByOpticalDepth = 0;
    double across = 0, along = 0;  ///< variances
  };
  using ScatterGaussians = std::array<Gaussian, physics::ScatterKernel::kWidths>;
  ScatterGaussians scatterOf(const SeenFocus& focus) const;
  void addCore(const SeenFocus& focus, double* columns, bool derivatives) const;
  void addScatter(const SeenFocus& focus, double* columns, bool derivatives) const;
  void addTails(const SeenFocus& focus, double* columns, bool derivatives) const;

  const CalibratedView* view_;
  image::Box window_;
  double waterAttenuationPerMm_;
  double firstU_, firstZ_;                           ///< edges of the window
  std::shared_ptr<const physics::TailShape> tails_;  ///< nullptr: none
};

/// Bounds of a pixel Gaussian's integral: values and derivatives along one axis, one a pixel.
struct AxisProfile {
  std::vector<double> value, byCentre, byVariance;
};
/// Integrals of the Gaussian (centre, variance) over `count` pixels from `first` on, by the error function.
AxisProfile axisProfile(double first, double pixelMm, std::size_t count, double centre, double variance);

}  // namespace remnant::quantify
