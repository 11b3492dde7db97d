#include "remnant/quantify/pixel_model.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "remnant/base/error.h"
#include "remnant/quantify/ellipsoid_nodes.h"

namespace remnant::quantify {
namespace {

/// Rows and columns in which a Gaussian holds less than this are left out.
constexpr double kNegligible = 1e-9;
constexpr double kSlopeStepMm = 0.5;
/// Variance of a uniform ellipsoid along an axis, over its squared semi-axis.
constexpr double kBallVariance = 0.2;

struct Span {
  std::size_t begin = 0, end = 0;
};

Span spanOf(const std::vector<double>& values) {
  const auto counts = [](double value) { return value > kNegligible; };
  const auto first = std::find_if(values.begin(), values.end(), counts);
  const auto last = std::find_if(values.rbegin(), values.rend(), counts);
  if (first == values.end()) return {};
  return {static_cast<std::size_t>(first - values.begin()), static_cast<std::size_t>(values.rend() - last)};
}

double coreVariance(const physics::PointResponse& response, double distanceMm) {
  const double sigma = response.sigmaMm(distanceMm);
  return sigma * sigma;
}

/// The variance is a quadratic in the distance, so a central difference is exact.
double coreVarianceSlope(const physics::PointResponse& response, double distanceMm) {
  return (coreVariance(response, distanceMm + 1) - coreVariance(response, distanceMm - 1)) / 2;
}

/// What the counts of a picture depend on along one axis: values, and their derivatives by the centre, by the
/// source's semi-axis and by the variance of the response.
struct RowShape {
  std::vector<double> value, byCentre, bySemiAxis, byVariance;

  explicit RowShape(std::size_t count)
      : value(count), byCentre(count), bySemiAxis(count), byVariance(count) {}
  RowShape(std::vector<double> values, std::vector<double> centre, std::vector<double> semiAxis,
           std::vector<double> variance)
      : value(std::move(values)),
        byCentre(std::move(centre)),
        bySemiAxis(std::move(semiAxis)),
        byVariance(std::move(variance)) {}

  /// A point `place` semi-axes from the middle.
  void add(const AxisProfile& profile, double share, double place) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      value[i] += share * profile.value[i];
      byCentre[i] += share * profile.byCentre[i];
      bySemiAxis[i] += share * place * profile.byCentre[i];
      byVariance[i] += share * profile.byVariance[i];
    }
  }
};

std::vector<double> scaledBy(std::vector<double> values, double factor) {
  for (double& value : values) value *= factor;
  return values;
}

/// Adds the product of two shapes to the columns; that of the distance by the variance, still without its
/// slope. pixels: length of a column.
void addRows(const RowShape& along, const RowShape& across, double weight, double weightByOpticalDepth,
             std::size_t pixels, double* columns, bool derivatives) {
  const std::size_t width = across.value.size();
  const Span rows = spanOf(along.value), inside = spanOf(across.value);
  for (std::size_t row = rows.begin; row < rows.end; ++row) {
    const double value = weight * along.value[row];
    double* counts = columns + row * width;
    for (std::size_t i = inside.begin; i < inside.end; ++i) counts[i] += value * across.value[i];
    if (!derivatives) continue;
    const double byZ = weight * along.byCentre[row], byAlong = weight * along.bySemiAxis[row],
                 byVariance = weight * along.byVariance[row],
                 byOptical = weightByOpticalDepth * along.value[row];
    double *u = counts + kAcross * pixels, *z = counts + kAlong * pixels,
           *optical = counts + kOpticalDepth * pixels, *semiAcross = counts + kSemiAcross * pixels,
           *semiAlong = counts + kSemiAlong * pixels, *distance = counts + kDistance * pixels;
    for (std::size_t i = inside.begin; i < inside.end; ++i) {
      u[i] += value * across.byCentre[i];
      z[i] += byZ * across.value[i];
      optical[i] += byOptical * across.value[i];
      semiAcross[i] += value * across.bySemiAxis[i];
      semiAlong[i] += byAlong * across.value[i];
      distance[i] += value * across.byVariance[i] + byVariance * across.value[i];
    }
  }
}

}  // namespace

AxisProfile axisProfile(double first, double pixelMm, std::size_t count, double centre, double variance) {
  const double sigma = std::sqrt(variance);
  AxisProfile profile{std::vector<double>(count), std::vector<double>(count), std::vector<double>(count)};
  double cumulative = 0, density = 0, moment = 0;
  for (std::size_t edge = 0; edge <= count; ++edge) {
    const double t = (first + static_cast<double>(edge) * pixelMm - centre) / sigma;
    const double nextCumulative = 0.5 * std::erfc(-t * std::numbers::sqrt2 / 2);
    const double nextDensity =
        std::exp(-0.5 * t * t) * std::numbers::inv_sqrtpi / (std::numbers::sqrt2 * sigma);
    const double nextMoment = nextDensity * t / sigma;
    if (edge > 0) {
      profile.value[edge - 1] = nextCumulative - cumulative;
      profile.byCentre[edge - 1] = density - nextDensity;
      profile.byVariance[edge - 1] = 0.5 * (moment - nextMoment);
    }
    cumulative = nextCumulative;
    density = nextDensity;
    moment = nextMoment;
  }
  return profile;
}

PixelModel::PixelModel(const CalibratedView& view, const image::Box& window, double waterAttenuationPerMm)
    : view_(&view), window_(window), waterAttenuationPerMm_(waterAttenuationPerMm) {
  const projection::Picture& picture = view.picture;
  if (window.width == 0 || window.height == 0 || window.x + window.width > picture.columns ||
      window.y + window.height > picture.rows)
    throw ProgramError("the pixels to model leave the picture");
  firstU_ = picture.centreU +
            (static_cast<double>(window.x) - static_cast<double>(picture.columns) / 2) * picture.pixelMm;
  firstZ_ = picture.topMm + static_cast<double>(window.y) * picture.pixelMm;
  if (!view.model.response.tails.empty()) tails_ = physics::tailShapeOf(view.model.response);
}

PixelModel::ScatterGaussians PixelModel::scatterOf(const SeenFocus& focus) const {
  const physics::PointResponse& response = view_->model.response;
  const physics::ScatterKernel& kernel = view_->model.scatter;
  ScatterGaussians gaussians;
  if (!(kernel.primaryFraction() > 0)) return gaussians;
  const double scale = focus.amplitude * response.coreCpsPerMBq / kernel.primaryFraction();
  const double depth = focus.opticalDepth / waterAttenuationPerMm_;
  const double before = std::max(0.0, depth - kSlopeStepMm), behind = depth + kSlopeStepMm;
  const auto weights = kernel.weightsAt(depth), low = kernel.weightsAt(before),
             high = kernel.weightsAt(behind);
  const double core = coreVariance(response, focus.distanceMm);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double slope = (high[i] - low[i]) / (behind - before);
    const double variance = core + std::pow(physics::ScatterKernel::kSigmaMm[i], 2);
    gaussians[i] = {scale * weights[i], scale * slope / waterAttenuationPerMm_,
                    variance + kBallVariance * focus.semiAcrossMm * focus.semiAcrossMm,
                    variance + kBallVariance * focus.semiAlongMm * focus.semiAlongMm};
  }
  return gaussians;
}

void PixelModel::addScatter(const SeenFocus& focus, double* columns, bool derivatives) const {
  const double pixelMm = view_->picture.pixelMm;
  const double byAcross = 2 * kBallVariance * focus.semiAcrossMm,
               byAlong = 2 * kBallVariance * focus.semiAlongMm;
  for (const Gaussian& gaussian : scatterOf(focus)) {
    if (gaussian.weight == 0 && gaussian.weightByOpticalDepth == 0) continue;
    const AxisProfile across = axisProfile(firstU_, pixelMm, window_.width, focus.u, gaussian.across);
    const AxisProfile along = axisProfile(firstZ_, pixelMm, window_.height, focus.z, gaussian.along);
    const RowShape shape{across.value, across.byCentre, scaledBy(across.byVariance, byAcross),
                         across.byVariance};
    addRows({along.value, along.byCentre, scaledBy(along.byVariance, byAlong), along.byVariance}, shape,
            gaussian.weight, gaussian.weightByOpticalDepth, pixels(), columns, derivatives);
  }
}

void PixelModel::addCore(const SeenFocus& focus, double* columns, bool derivatives) const {
  const physics::PointResponse& response = view_->model.response;
  const double pixelMm = view_->picture.pixelMm;
  const double variance = coreVariance(response, focus.distanceMm);
  const double counts = focus.amplitude * response.coreCpsPerMBq * std::exp(-focus.opticalDepth);
  const double widest = std::max(focus.semiAcrossMm, focus.semiAlongMm);
  for (const EllipsoidRow& row : ellipsoidRows(rowsNeeded(widest, std::sqrt(variance)))) {
    RowShape across(window_.width);
    for (std::size_t k = 0; k < row.across.size(); ++k)
      across.add(axisProfile(firstU_, pixelMm, window_.width, focus.u + row.across[k] * focus.semiAcrossMm,
                             variance),
                 row.shares[k], row.across[k]);
    RowShape along(window_.height);
    along.add(
        axisProfile(firstZ_, pixelMm, window_.height, focus.z + row.along * focus.semiAlongMm, variance), 1,
        row.along);
    addRows(along, across, counts * row.weight, -counts * row.weight, pixels(), columns, derivatives);
  }
}

void PixelModel::evaluate(const SeenFocus& focus, double* columns, bool derivatives) const {
  const std::size_t count = pixels();
  std::fill(columns, columns + (derivatives ? std::size_t{kFocusColumns} : 1) * count, 0.0);
  addCore(focus, columns, derivatives);
  addScatter(focus, columns, derivatives);
  if (derivatives) {
    const double slope = coreVarianceSlope(view_->model.response, focus.distanceMm);
    for (std::size_t i = 0; i < count; ++i) columns[kDistance * count + i] *= slope;
  }
  if (tails_) addTails(focus, columns, derivatives);
}

/// The density at a pixel's middle stands for its mean once the tails are blurred with the pixel's own
/// variance.
void PixelModel::addTails(const SeenFocus& focus, double* columns, bool derivatives) const {
  const double pixelMm = view_->picture.pixelMm;
  const std::size_t count = pixels();
  const physics::PointResponse& response = view_->model.response;
  const double scale = focus.amplitude * std::exp(-focus.opticalDepth) * focus.tailScale * pixelMm * pixelMm *
                       response.coreCpsPerMBq / response.coreFraction;
  // The tails are far wider than the source: its mean variance serves both axes.
  const double across = focus.semiAcrossMm, along = focus.semiAlongMm;
  const auto profile =
      tails_->profile(focus.distanceMm, response.rayAngleDegrees,
                      kBallVariance * (across * across + along * along) / 2 + pixelMm * pixelMm / 12);
  for (std::size_t row = 0; row < window_.height; ++row) {
    const double dz = firstZ_ + (static_cast<double>(row) + 0.5) * pixelMm - focus.z;
    for (std::size_t column = 0; column < window_.width; ++column) {
      const double du = firstU_ + (static_cast<double>(column) + 0.5) * pixelMm - focus.u;
      double* pixel = columns + row * window_.width + column;
      if (!derivatives) {
        pixel[0] += scale * profile.density(du, dz);
        continue;
      }
      const physics::TailDensity density = profile.at(du, dz);
      pixel[0] += scale * density.value;
      pixel[kAcross * count] -= scale * density.byU;
      pixel[kAlong * count] -= scale * density.byZ;
      pixel[kOpticalDepth * count] -= scale * density.value;
      pixel[kSemiAcross * count] += scale * density.byVariance * kBallVariance * across;
      pixel[kSemiAlong * count] += scale * density.byVariance * kBallVariance * along;
      pixel[kDistance * count] += scale * density.byDistance;
      pixel[kLogTailScale * count] += scale * density.value;
    }
  }
}

}  // namespace remnant::quantify
