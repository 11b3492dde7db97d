#include "remnant/quantify/focus_score.h"

#include <cmath>
#include <limits>

#include "remnant/quantify/joint_solver.h"

namespace remnant::quantify {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Below this share of its information a place is all explained by the backgrounds.
constexpr double kLeastOwnShare = 0.02;
/// Of a pixel, over the mean counts of a picture: a background bent by a focus that is not modelled yet would
/// else give all weight to pixels where it expects nothing.
constexpr double kLeastVarianceShare = 0.1;

Index at(std::size_t index) {
  return static_cast<Index>(index);
}

/// Pixels, stored row by row, as columns x rows.
Eigen::Map<const MatrixXd> asPicture(const VectorXd& pixels, Index columns) {
  return {pixels.data(), columns, pixels.size() / columns};
}

MatrixXd profiles(double first, double pixelMm, std::size_t count, const std::vector<double>& centres,
                  double variance) {
  MatrixXd matrix(at(count), at(centres.size()));
  for (std::size_t i = 0; i < centres.size(); ++i) {
    const AxisProfile profile = axisProfile(first, pixelMm, count, centres[i], variance);
    matrix.col(at(i)) = Eigen::Map<const VectorXd>(profile.value.data(), at(count));
  }
  return matrix;
}

}  // namespace

FocusScore::FocusScore(JointModel& model, const VectorXd& parameters, const PlaceGrid& grid,
                       const DetectorConfig& config)
    : grid_(grid), depthsMm_(config.depthsMm) {
  const Index size = at(model.layout().size());
  MatrixXd information = model.evaluate(parameters).information;
  for (std::size_t view = 0; view < model.layout().patches(); ++view) {
    columns_.push_back(at(model.picture(view).window().width));
    expected_.push_back(model.expected(view, parameters));
    slopes_.push_back(model.slopes(view, parameters));
    const VectorXd signal = expected_.back() - model.expectedBackground(view, parameters);
    const Eigen::ArrayXd mean = expected_.back().array().max(1e-9);
    const double least = kLeastVarianceShare * model.counts(view).mean() + 1e-9;
    weight_.push_back((mean + (config.modelError * signal.array()).square()).max(least).inverse());
    // From the weights of counting to these.
    const VectorXd change = weight_.back().array() - mean.inverse();
    information += slopes_.back().transpose() * change.asDiagonal() * slopes_.back();
  }
  covariance_ = covarianceOf(model, information.topLeftCorner(size, size), nuisancesHeld(model));
  for (const double depth : depthsMm_) templates_.push_back(makeTemplate(model, grid, depth));
}

FocusScore::Template FocusScore::makeTemplate(JointModel& model, const PlaceGrid& grid,
                                              double depthMm) const {
  Template made;
  const double middleX = grid.x[grid.x.size() / 2], middleZ = grid.z[grid.z.size() / 2];
  const auto rays = model.optics().raysAt(middleX, middleZ, depthMm);
  for (std::size_t view = 0; view < model.layout().patches(); ++view) {
    const CalibratedView& calibrated = model.viewOf(view);
    const image::Box& window = model.picture(view).window();
    const projection::Picture& picture = calibrated.picture;
    std::vector<double> u;
    double distance = 0;
    for (const double x : grid.x) {
      const auto seen = projection::seenFrom(calibrated.head,
                                             {x, model.optics().skinAt(x, middleZ).value + depthMm, middleZ});
      u.push_back(seen.u);
      distance += seen.distanceMm / static_cast<double>(grid.x.size());
    }
    const double sigma = calibrated.model.response.sigmaMm(distance);
    const double variance = sigma * sigma + std::pow(model.config().widthMedianMm, 2);
    const double left =
        picture.centreU +
        (static_cast<double>(window.x) - static_cast<double>(picture.columns) / 2) * picture.pixelMm;
    const double top = picture.topMm + static_cast<double>(window.y) * picture.pixelMm;
    // Scatter windows tell little of where a focus is.
    const double amplitude = calibrated.windowNumber == 0
                                 ? calibrated.exposureSeconds * calibrated.model.response.coreCpsPerMBq *
                                       std::exp(-rays[view].opticalDepth.value)
                                 : 0;
    made.across.push_back(profiles(left, picture.pixelMm, window.width, u, variance));
    made.along.push_back(amplitude * profiles(top, picture.pixelMm, window.height, grid.z, variance));
  }
  addInformation(model, made);
  return made;
}

void FocusScore::addInformation(JointModel& model, Template& made) const {
  const Index across = at(grid_.x.size()), along = at(grid_.z.size());
  MatrixXd information = MatrixXd::Zero(across, along);
  for (std::size_t view = 0; view < expected_.size(); ++view)
    information += made.across[view].cwiseAbs2().transpose() * asPicture(weight_[view], columns_[view]) *
                   made.along[view].cwiseAbs2();
  for (std::size_t parameter = 0; parameter < model.layout().firstNuisance(); ++parameter) {
    MatrixXd explained = MatrixXd::Zero(across, along);
    for (std::size_t view = 0; view < expected_.size(); ++view) {
      const VectorXd weighted = slopes_[view].col(at(parameter)).cwiseProduct(weight_[view]);
      if (weighted.isZero(0)) continue;
      explained += made.across[view].transpose() * asPicture(weighted, columns_[view]) * made.along[view];
    }
    made.parameters.push_back(parameter);
    made.explained.push_back(std::move(explained));
  }
  MatrixXd own = information;
  for (std::size_t i = 0; i < made.explained.size(); ++i)
    for (std::size_t j = 0; j < made.explained.size(); ++j)
      own -= covariance_(at(made.parameters[i]), at(made.parameters[j])) *
             made.explained[i].cwiseProduct(made.explained[j]);
  made.deviation = (own.array() > kLeastOwnShare * information.array())
                       .select(own.array().max(0).sqrt(), std::numeric_limits<double>::infinity());
}

ScoredPlace FocusScore::best(const std::vector<VectorXd>& counts, const std::vector<FocusSeed>& taken,
                             double separationMm) const {
  std::vector<VectorXd> residuals;
  VectorXd gradient = VectorXd::Zero(covariance_.rows());
  for (std::size_t view = 0; view < counts.size(); ++view) {
    residuals.push_back((counts[view] - expected_[view]).cwiseProduct(weight_[view]));
    gradient += slopes_[view].transpose() * residuals.back();
  }
  const VectorXd step = covariance_ * gradient;
  ScoredPlace best;
  best.deviate = -std::numeric_limits<double>::infinity();
  for (std::size_t d = 0; d < templates_.size(); ++d) {
    const Template& shape = templates_[d];
    MatrixXd score = MatrixXd::Zero(shape.deviation.rows(), shape.deviation.cols());
    for (std::size_t view = 0; view < counts.size(); ++view)
      score +=
          shape.across[view].transpose() * asPicture(residuals[view], columns_[view]) * shape.along[view];
    for (std::size_t i = 0; i < shape.explained.size(); ++i)
      score -= step(at(shape.parameters[i])) * shape.explained[i];
    score = score.cwiseQuotient(shape.deviation);
    for (Index j = 0; j < score.cols(); ++j)
      for (Index i = 0; i < score.rows(); ++i) {
        if (score(i, j) <= best.deviate) continue;
        const FocusSeed place{grid_.x[static_cast<std::size_t>(i)], grid_.z[static_cast<std::size_t>(j)]};
        const bool free = std::none_of(taken.begin(), taken.end(), [&](const FocusSeed& other) {
          return std::hypot(other.x - place.x, other.z - place.z) < separationMm;
        });
        if (free) best = {place, depthsMm_[d], score(i, j)};
      }
  }
  return best;
}

}  // namespace remnant::quantify
