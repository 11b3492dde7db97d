#include "remnant/quantify/pixel_model.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "remnant/base/error.h"

namespace remnant::quantify {
namespace {

/// Rows and columns in which a Gaussian holds less than this are left out.
constexpr double kNegligible = 1e-9;
constexpr double kSlopeStepMm = 0.5;

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

std::array<PixelModel::Gaussian, PixelModel::kGaussians> PixelModel::gaussiansOf(
    const SeenFocus& focus) const {
  const physics::PointResponse& response = view_->model.response;
  const physics::ScatterKernel& kernel = view_->model.scatter;
  const double variance = coreVariance(response, focus.distanceMm) + focus.sourceVarianceMm2;
  const double perPrimary = focus.amplitude * response.coreCpsPerMBq;
  std::array<Gaussian, kGaussians> gaussians;
  const double core = perPrimary * std::exp(-focus.opticalDepth);
  gaussians[0] = {core, -core, variance};
  if (!(kernel.primaryFraction() > 0)) return gaussians;
  const double scale = perPrimary / kernel.primaryFraction();
  const double depth = focus.opticalDepth / waterAttenuationPerMm_;
  const double before = std::max(0.0, depth - kSlopeStepMm), behind = depth + kSlopeStepMm;
  const auto weights = kernel.weightsAt(depth), low = kernel.weightsAt(before),
             high = kernel.weightsAt(behind);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double slope = (high[i] - low[i]) / (behind - before);
    const double sigma = physics::ScatterKernel::kSigmaMm[i];
    gaussians[i + 1] = {scale * weights[i], scale * slope / waterAttenuationPerMm_, variance + sigma * sigma};
  }
  return gaussians;
}

void PixelModel::evaluate(const SeenFocus& focus, double* columns, bool derivatives) const {
  const std::size_t count = pixels(), width = window_.width;
  std::fill(columns, columns + (derivatives ? std::size_t{kFocusColumns} : 1) * count, 0.0);
  const double pixelMm = view_->picture.pixelMm;
  for (const Gaussian& gaussian : gaussiansOf(focus)) {
    if (gaussian.weight == 0 && gaussian.weightByOpticalDepth == 0) continue;
    const AxisProfile across = axisProfile(firstU_, pixelMm, width, focus.u, gaussian.variance);
    const AxisProfile along = axisProfile(firstZ_, pixelMm, window_.height, focus.z, gaussian.variance);
    const Span rows = spanOf(along.value), inside = spanOf(across.value);
    for (std::size_t row = rows.begin; row < rows.end; ++row) {
      const double value = gaussian.weight * along.value[row];
      double* counts = columns + row * width;
      for (std::size_t i = inside.begin; i < inside.end; ++i) counts[i] += value * across.value[i];
      if (!derivatives) continue;
      const double byZ = gaussian.weight * along.byCentre[row],
                   byVariance = gaussian.weight * along.byVariance[row],
                   byOptical = gaussian.weightByOpticalDepth * along.value[row];
      double *u = counts + kAcross * count, *z = counts + kAlong * count,
             *optical = counts + kOpticalDepth * count, *variance = counts + kSourceVariance * count;
      for (std::size_t i = inside.begin; i < inside.end; ++i) {
        u[i] += value * across.byCentre[i];
        z[i] += byZ * across.value[i];
        optical[i] += byOptical * across.value[i];
        variance[i] += value * across.byVariance[i] + byVariance * across.value[i];
      }
    }
  }
  if (derivatives) {
    const double slope = coreVarianceSlope(view_->model.response, focus.distanceMm);
    for (std::size_t i = 0; i < count; ++i)
      columns[kDistance * count + i] = slope * columns[kSourceVariance * count + i];
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
  const auto profile = tails_->profile(focus.distanceMm, response.rayAngleDegrees,
                                       focus.sourceVarianceMm2 + pixelMm * pixelMm / 12);
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
      pixel[kSourceVariance * count] += scale * density.byVariance;
      pixel[kDistance * count] += scale * density.byDistance;
      pixel[kLogTailScale * count] += scale * density.value;
    }
  }
}

}  // namespace remnant::quantify
