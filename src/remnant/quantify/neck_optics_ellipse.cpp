#include <cmath>
#include <numbers>

#include <fmt/format.h>
#include <Eigen/Eigenvalues>

#include "remnant/base/error.h"
#include "remnant/physics/attenuation.h"
#include "remnant/quantify/neck_optics.h"
#include "remnant/quantify/neck_population.h"

namespace remnant::quantify {
namespace {

using image::Point;
using projection::HeadPosition;

/// Beyond the causes drawn, what is not linear in them (a ray that passes the trachea's edge or not).
constexpr Eigen::Index kRemainders = 5;
constexpr double kDifferenceMm = 0.5;

/// The optical depth of one ray in every neck.
struct Field {
  double mean = 0;
  /// Deviations from the mean, weighted so that the sum of squares over the number of necks is the variance
  /// among the necks that can have a focus at the point.
  Eigen::VectorXd deviation;
};

/// Deviations of any ray over the necks drawn are projected on a basis over the necks: the causes drawn, then
/// the principal components of what these leave. A column of the basis is one cause at every point.
class EllipseOptics : public NeckOptics {
 public:
  EllipseOptics(const NeckEllipse& ellipse, const NeckPopulation& population)
      : ellipse_(ellipse), basis_(drawnCauses(population)) {
    const NeckMean mean{ellipse.depthMm,  ellipse.depthSigmaMm,   ellipse.widthMm, ellipse.widthSigmaMm,
                        ellipse.midlineX, ellipse.midlineSigmaMm, ellipse.keV};
    middle_ = neckSection(mean, population, Eigen::Matrix<double, 1, kNeckCauses>::Zero());
    for (Eigen::Index neck = 0; neck < basis_.rows(); ++neck)
      necks_.push_back(neckSection(mean, population, basis_.row(neck)));
    addRemainders();
  }

  Column columnAt(double x, double) const override {
    return {middle_.anteriorSkinY(x), middle_.thicknessMm(x)};
  }

  Ray ray(const Point& point, const HeadPosition& head) const override {
    const Point before{point.x, point.y - kDifferenceMm, point.z},
        behind{point.x, point.y + kDifferenceMm, point.z};
    const double rise = field(behind, head).mean - field(before, head).mean;
    return {field(point, head).mean, rise / (2 * kDifferenceMm)};
  }

  std::vector<double> opticalDepthErrors(const Point& point, const HeadPosition& head) const override {
    const Eigen::VectorXd deviation = field(point, head).deviation;
    Eigen::VectorXd errors = basis_.transpose() * deviation / static_cast<double>(necks_.size());
    // What the causes do not reach is laid on them, so that the ray's variance is that of the population.
    const double reached = errors.norm();
    if (reached > 0) errors *= deviation.norm() / std::sqrt(static_cast<double>(necks_.size())) / reached;
    return {errors.data(), errors.data() + errors.size()};
  }

  std::string name() const override {
    if (ellipse_.measured)
      return fmt::format("ellipse of {:.0f} x {:.0f} mm (measured)", ellipse_.depthMm, ellipse_.widthMm);
    return fmt::format("population prior of neck thickness ({:.0f} +- {:.0f} mm)", ellipse_.depthMm,
                       ellipse_.depthSigmaMm);
  }

  double waterAttenuationPerMm() const override {
    return physics::attenuationPerMm(physics::Material::kWater, ellipse_.keV);
  }

 private:
  /// A point is meant by its depth below the skin, which each neck has elsewhere.
  Field field(const Point& point, const HeadPosition& head) const {
    const double angle = head.angleDegrees * std::numbers::pi / 180;
    const double depth = point.y - middle_.anteriorSkinY(point.x);
    const auto count = static_cast<Eigen::Index>(necks_.size());
    Eigen::ArrayXd optical(count), share(count);
    for (Eigen::Index i = 0; i < count; ++i) {
      const NeckSection& neck = necks_[static_cast<std::size_t>(i)];
      const double y = depth + neck.anteriorSkinY(point.x);
      optical(i) = neck.opticalDepth(point.x, y, std::sin(angle), -std::cos(angle));
      share(i) = neck.tissueShare(point.x, y);
    }
    share /= share.mean();
    Field field;
    field.mean = (share * optical).mean();
    field.deviation = (share.sqrt() * (optical - field.mean)).matrix();
    return field;
  }

  void addRemainders() {
    const auto count = static_cast<Eigen::Index>(necks_.size());
    Eigen::MatrixXd scatter = Eigen::MatrixXd::Zero(count, count);
    for (const double x : {-30., -20., -10., 0., 10., 20., 30.})
      for (const double depth : {6., 12., 18., 24., 32., 45.})
        for (const double angle : {0., 180.}) {
          const Point point{ellipse_.midlineX + x, depth + middle_.anteriorSkinY(ellipse_.midlineX + x), 0};
          Eigen::VectorXd left = field(point, {.angleDegrees = angle}).deviation;
          left -= basis_ * (basis_.transpose() * left) / static_cast<double>(count);
          scatter.noalias() += left * left.transpose();
        }
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(scatter);
    basis_.conservativeResize(Eigen::NoChange, basis_.cols() + kRemainders);
    basis_.rightCols(kRemainders) =
        solver.eigenvectors().rightCols(kRemainders) * std::sqrt(static_cast<double>(count));
  }

  NeckEllipse ellipse_;
  NeckSection middle_;     ///< in which every cause has its mean
  Eigen::MatrixXd basis_;  ///< necks x causes; orthogonal columns of mean square 1
  std::vector<NeckSection> necks_;
};

void requirePlausible(double diameterMm, double sigmaMm, const char* key) {
  if (!(diameterMm >= 70 && diameterMm <= 250) || !(sigmaMm >= 0 && sigmaMm <= diameterMm / 4))
    throw InputError(
        "implausible-neck",
        fmt::format("a neck's diameter of {} +- {} mm is outside 70 to 250 mm with an uncertainty of at "
                    "most a quarter",
                    diameterMm, sigmaMm),
        {}, key);
}

}  // namespace

std::unique_ptr<NeckOptics> opticsFromEllipse(const NeckEllipse& ellipse) {
  NeckEllipse used = ellipse;
  if (!used.measured) {
    used.depthSigmaMm = 12;
    used.widthSigmaMm = 13;
  }
  requirePlausible(used.depthMm, used.depthSigmaMm, "depthMm");
  requirePlausible(used.widthMm, used.widthSigmaMm, "widthMm");
  return std::make_unique<EllipseOptics>(used, NeckPopulation{});
}

}  // namespace remnant::quantify
