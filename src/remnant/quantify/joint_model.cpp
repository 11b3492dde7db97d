#include "remnant/quantify/joint_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include <fmt/format.h>

#include "remnant/base/error.h"
#include "remnant/quantify/joint_background.h"

namespace remnant::quantify {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::MatrixXf;
using Eigen::VectorXd;

constexpr double kLeastExpected = 1e-9;
constexpr double kLeastLogBackground = -16, kMostLogBackground = 20;
constexpr double kMostShape = 12, kMostDeviate = 8;
constexpr double kMostLogActivity = 15;
constexpr double kAnywhereMm = 1e4;
constexpr double kLeastWidthMm = 0.1, kMostWidthMm = 12;
constexpr double kLeastStretch = 0.3, kMostStretch = 4;

Index at(std::size_t index) {
  return static_cast<Index>(index);
}

std::vector<projection::HeadPosition> headsOf(const PlanarProblem& problem) {
  std::vector<projection::HeadPosition> heads;
  for (const CalibratedView& view : problem.views) heads.push_back(view.head);
  return heads;
}

JointLayout layoutOf(const PlanarProblem& problem, std::size_t foci, std::size_t causes, int degree) {
  const Nuisances& nuisances = problem.nuisances;
  JointLayout layout;
  layout.foci = foci;
  layout.smoothTerms = backgroundTerms(degree);
  layout.heads = std::max(nuisances.headGain.size(), nuisances.planeMm.size());
  layout.windows = nuisances.windowGain.size();
  layout.causes = causes;
  return layout;
}

VectorXd takenPixels(const JointPatch& patch) {
  VectorXd taken(at(patch.window.width * patch.window.height));
  for (Index pixel = 0; pixel < taken.size(); ++pixel)
    taken(pixel) = patch.takes(static_cast<std::size_t>(pixel)) ? 1 : 0;
  return taken;
}

VectorXd countsIn(const image::Counts& counts, const image::Box& window) {
  VectorXd values(at(window.width * window.height));
  const image::Counts inside = image::cropped(counts, window);
  Index pixel = 0;
  for (const std::int32_t count : inside.pixels()) {
    if (count < 0)
      throw InputError("negative-counts", fmt::format("a picture has a pixel of {} counts", count));
    values(pixel++) = count;
  }
  return values;
}

VectorXd logarithmOfShape(const CalibratedView& view, const image::Box& window) {
  const image::Image& shape = view.backgroundShape;
  VectorXd values = VectorXd::Zero(at(window.width * window.height));
  if (shape.pixels().empty()) return values;
  if (shape.rows() != view.picture.rows || shape.columns() != view.picture.columns)
    throw InputError("bad-shape", "the shape of a background has another size than its picture");
  const image::Image inside = image::cropped(shape, window);
  Index pixel = 0;
  for (const float value : inside.pixels()) {
    if (!(value > 0))
      throw InputError("bad-shape", "the shape of a background has a pixel that is not above 0");
    values(pixel++) = std::log(static_cast<double>(value));
  }
  return values;
}

}  // namespace

JointModel::JointModel(const PlanarProblem& problem, const NeckOptics& optics, std::size_t foci,
                       std::vector<JointPatch> patches, const JointConfig& config)
    : problem_(&problem),
      config_(config),
      optics_(optics, headsOf(problem)),
      seeds_(foci),
      reachMm_(foci, kAnywhereMm),
      patches_(std::move(patches)) {
  if (problem.views.empty()) throw InputError("no-views", "there is no picture to fit");
  layout_ = layoutOf(problem, foci, optics_.causes(), config.backgroundDegree);
  for (const JointPatch& patch : patches_) {
    const CalibratedView& view = problem.views[patch.view];
    pictures_.emplace_back(view, patch.window, optics.waterAttenuationPerMm());
    counts_.push_back(countsIn(view.counts, patch.window));
    weights_.push_back(takenPixels(patch));
    addBasis(patch, view.picture.pixelMm);
    offset_.push_back(logarithmOfShape(view, patch.window));
  }
}

void JointModel::addBasis(const JointPatch& patch, double pixelMm) {
  const MatrixXd smooth = backgroundBasis(patch.window, config_.backgroundDegree);
  const Bumps bumps =
      bumpsOver(patch, pixelMm,
                {config_.irregularitySigma, config_.irregularitySpacingFwhm, config_.irregularityWidthFwhm});
  basis_.emplace_back(smooth.rows(), smooth.cols() + bumps.basis.cols());
  basis_.back() << smooth, bumps.basis;
  layout_.irregularities.push_back(static_cast<std::size_t>(bumps.basis.cols()));
  away_.push_back(bumps.away);
  scales_.push_back(1);
}

Focus JointModel::focusOf(std::size_t k, const VectorXd& parameters) const {
  const auto value = [&](FocusParameter parameter) { return parameters(at(layout_.focus(k, parameter))); };
  return {std::exp(value(kLogActivity)), value(kX), value(kZ), value(kDepth), std::exp(value(kLogWidth)),
          std::exp(value(kLogStretch))};
}

void JointModel::setFocus(std::size_t k, const Focus& focus, VectorXd& parameters) const {
  parameters(at(layout_.focus(k, kLogActivity))) = std::log(focus.activityMBq);
  parameters(at(layout_.focus(k, kX))) = focus.x;
  parameters(at(layout_.focus(k, kZ))) = focus.z;
  parameters(at(layout_.focus(k, kDepth))) = focus.depthMm;
  parameters(at(layout_.focus(k, kLogWidth))) = std::log(focus.widthMm);
  parameters(at(layout_.focus(k, kLogStretch))) = std::log(focus.stretch);
}

void JointModel::bounds(const VectorXd& parameters, VectorXd& lower, VectorXd& upper) {
  lower = VectorXd::Constant(at(layout_.size()), -kMostDeviate);
  upper = VectorXd::Constant(at(layout_.size()), kMostDeviate);
  for (std::size_t patch = 0; patch < patches_.size(); ++patch) {
    const auto block = at(layout_.background(patch, 0)), terms = at(layout_.backgroundTerms(patch));
    lower.segment(block, terms).setConstant(-kMostShape);
    upper.segment(block, terms).setConstant(kMostShape);
    const double middle = offset_[patch].mean();
    lower(block) = kLeastLogBackground - middle;
    upper(block) = kMostLogBackground - middle;
  }
  const auto set = [&](std::size_t k, FocusParameter parameter, double low, double high) {
    lower(at(layout_.focus(k, parameter))) = low;
    upper(at(layout_.focus(k, parameter))) = high;
  };
  for (std::size_t k = 0; k < layout_.foci; ++k) {
    const Focus focus = focusOf(k, parameters);
    set(k, kLogActivity, kNoLogActivity, kMostLogActivity);
    set(k, kX, seeds_[k].x - reachMm_[k], seeds_[k].x + reachMm_[k]);
    set(k, kZ, seeds_[k].z - reachMm_[k], seeds_[k].z + reachMm_[k]);
    set(k, kDepth, 0, std::max(0.0, optics_.thicknessAt(focus.x, focus.z).value));
    set(k, kLogWidth, std::log(kLeastWidthMm), std::log(kMostWidthMm));
    set(k, kLogStretch, std::log(kLeastStretch), std::log(kMostStretch));
  }
}

void JointModel::keepNear(std::size_t k, const FocusSeed& seed, double reachMm) {
  seeds_.at(k) = seed;
  reachMm_.at(k) = reachMm;
}

std::size_t JointModel::pixels() const {
  std::size_t sum = 0;
  for (const VectorXd& weights : weights_) sum += static_cast<std::size_t>((weights.array() > 0).count());
  return sum;
}

void JointModel::bound(VectorXd& parameters) {
  VectorXd lower, upper;
  bounds(parameters, lower, upper);
  parameters = parameters.cwiseMax(lower).cwiseMin(upper);
}

Sight JointModel::sight(std::size_t view, std::size_t k, const VectorXd& parameters, const SampledRay& ray,
                        const Sampled& skin) const {
  return sightOf({problem_->views[view], problem_->nuisances, layout_, parameters}, k, focusOf(k, parameters),
                 ray, skin);
}

std::vector<std::vector<Sight>> JointModel::sights(const VectorXd& parameters) {
  std::vector<std::vector<Sight>> all(problem_->views.size());
  for (std::size_t k = 0; k < layout_.foci; ++k) {
    const Focus focus = focusOf(k, parameters);
    const auto rays = optics_.raysAt(focus.x, focus.z, focus.depthMm);
    const Sampled skin = optics_.skinAt(focus.x, focus.z);
    for (std::size_t view = 0; view < all.size(); ++view)
      all[view].push_back(sight(view, k, parameters, rays[view], skin));
  }
  return all;
}

SeenFocus JointModel::seen(std::size_t patch, std::size_t k, const VectorXd& parameters) {
  const Focus focus = focusOf(k, parameters);
  const auto rays = optics_.raysAt(focus.x, focus.z, focus.depthMm);
  const std::size_t view = patches_[patch].view;
  return sight(view, k, parameters, rays[view], optics_.skinAt(focus.x, focus.z)).seen;
}

VectorXd JointModel::expectedBackground(std::size_t patch, const VectorXd& parameters) const {
  const auto coefficients =
      parameters.segment(at(layout_.background(patch, 0)), at(layout_.backgroundTerms(patch)));
  return (basis_[patch] * coefficients + offset_[patch]).cwiseMin(kMostLogBackground).array().exp();
}

VectorXd JointModel::expected(std::size_t patch, const VectorXd& parameters) {
  VectorXd sum = expectedBackground(patch, parameters);
  VectorXd counts(sum.size());
  for (std::size_t k = 0; k < layout_.foci; ++k) {
    pictures_[patch].evaluate(seen(patch, k, parameters), counts.data(), false);
    sum += counts;
  }
  return sum;
}

VectorXd JointModel::fillColumns(std::size_t patch, const std::vector<Sight>& sights,
                                 const VectorXd& parameters, bool derivatives) {
  const Index pixels = basis_[patch].rows(), terms = basis_[patch].cols();
  const Index perFocus = derivatives ? Index{kFocusColumns} : 1, foci = at(layout_.foci);
  columns_.resize(pixels, perFocus * foci + terms);
  VectorXd expected = expectedBackground(patch, parameters);
  if (derivatives) columns_.rightCols(terms) = basis_[patch].array().colwise() * expected.array();
  for (Index k = 0; k < foci; ++k) {
    pictures_[patch].evaluate(sights[static_cast<std::size_t>(k)].seen, columns_.col(perFocus * k).data(),
                              derivatives);
    expected += columns_.col(perFocus * k);
  }
  return expected.cwiseMax(kLeastExpected);
}

MatrixXd JointModel::jacobianOf(std::size_t patch, const std::vector<Sight>& sights) const {
  const Index terms = at(layout_.backgroundTerms(patch)), foci = at(layout_.foci);
  MatrixXd jacobian = MatrixXd::Zero(Index{kFocusColumns} * foci + terms, at(layout_.size()));
  for (Index k = 0; k < foci; ++k)
    jacobian.middleRows(Index{kFocusColumns} * k, kFocusColumns) =
        sights[static_cast<std::size_t>(k)].jacobian;
  jacobian.block(Index{kFocusColumns} * foci, at(layout_.background(patch, 0)), terms, terms).setIdentity();
  return jacobian;
}

MatrixXd JointModel::slopes(std::size_t patch, const VectorXd& parameters) {
  const auto seen = sights(parameters);
  const auto& sights = seen[patches_[patch].view];
  fillColumns(patch, sights, parameters, true);
  return columns_ * jacobianOf(patch, sights);
}

void JointModel::addPatch(std::size_t patch, const std::vector<Sight>& sights, const VectorXd& parameters,
                          bool derivatives, JointEvaluation& evaluation) {
  const VectorXd expected = fillColumns(patch, sights, parameters, derivatives);
  const VectorXd& counts = counts_[patch];
  const VectorXd& weights = weights_[patch];
  for (Index pixel = 0; pixel < counts.size(); ++pixel) {
    const double n = counts(pixel), m = expected(pixel);
    if (weights(pixel) == 0) continue;
    evaluation.misfit += weights(pixel) * (m - n + (n > 0 ? n * std::log(n / m) : 0));
  }
  if (!derivatives) return;
  const VectorXd residual = weights.array() * (1 - counts.array() / expected.array());
  addToParameters(patch, sights, columns_.transpose() * residual,
                  informationOf((weights.array() / expected.array()).sqrt()), evaluation);
}

/// Single precision serves: it steers the steps and tells the covariance, and the gradient ends the search.
MatrixXd JointModel::informationOf(const VectorXd& roots) {
  weighted_.resize((roots.array() > 0).count(), columns_.cols());
  Index row = 0;
  for (Index pixel = 0; pixel < roots.size(); ++pixel)
    if (roots(pixel) > 0) weighted_.row(row++) = (columns_.row(pixel) * roots(pixel)).cast<float>();
  MatrixXf information = MatrixXf::Zero(columns_.cols(), columns_.cols());
  information.selfadjointView<Eigen::Lower>().rankUpdate(weighted_.transpose());
  return MatrixXf(information.selfadjointView<Eigen::Lower>()).cast<double>();
}

void JointModel::addToParameters(std::size_t patch, const std::vector<Sight>& sights, const VectorXd& slope,
                                 const MatrixXd& information, JointEvaluation& evaluation) const {
  const Index own = Index{kFocusColumns} * at(layout_.foci), terms = at(layout_.backgroundTerms(patch)),
              block = at(layout_.background(patch, 0));
  const Index focusParameters = at(layout_.background(0, 0)),
              nuisances = at(layout_.size() - layout_.firstNuisance());
  MatrixXd jacobian(own, focusParameters + nuisances);
  for (std::size_t k = 0; k < sights.size(); ++k) {
    const auto rows = at(kFocusColumns * k);
    jacobian.middleRows(rows, kFocusColumns) << sights[k].jacobian.leftCols(focusParameters),
        sights[k].jacobian.rightCols(nuisances);
  }
  const VectorXd gradient = jacobian.transpose() * slope.head(own);
  const MatrixXd among = jacobian.transpose() * information.topLeftCorner(own, own) * jacobian;
  const MatrixXd across = jacobian.transpose() * information.topRightCorner(own, terms);
  // Parameters of foci stand at the front, nuisances at the back, the patch's background between them.
  const std::array<std::array<Index, 3>, 2> parts{
      {{0, 0, focusParameters}, {at(layout_.firstNuisance()), focusParameters, nuisances}}};
  for (const auto& [place, from, count] : parts) {
    evaluation.gradient.segment(place, count) += gradient.segment(from, count);
    evaluation.information.block(place, block, count, terms) += across.middleRows(from, count);
    evaluation.information.block(block, place, terms, count) += across.middleRows(from, count).transpose();
    for (const auto& [otherPlace, otherFrom, otherCount] : parts)
      evaluation.information.block(place, otherPlace, count, otherCount) +=
          among.block(from, otherFrom, count, otherCount);
  }
  evaluation.gradient.segment(block, terms) += slope.tail(terms);
  evaluation.information.block(block, block, terms, terms) += information.bottomRightCorner(terms, terms);
}

double JointModel::elementPixels(std::size_t patch) const {
  const double across = patches_[patch].fwhmMm / viewOf(patch).picture.pixelMm;
  return std::max(1.0, std::numbers::pi / 4 * across * across);
}

void JointModel::weigh(const VectorXd& parameters) {
  for (std::size_t patch = 0; patch < patches_.size(); ++patch) {
    const Eigen::ArrayXd all = expected(patch, parameters);
    const Eigen::ArrayXd error = config_.modelError * std::sqrt(elementPixels(patch)) *
                                 (all - expectedBackground(patch, parameters).array());
    weights_[patch] = takenPixels(patches_[patch]).array() * all / (all + error.square());
  }
}

void JointModel::scaleIrregularity(std::size_t patch, double factor, VectorXd& parameters) {
  const Index bumps = at(layout_.irregularities[patch]);
  basis_[patch].rightCols(bumps) *= factor;
  parameters.segment(at(layout_.background(patch, layout_.smoothTerms)), bumps) /= factor;
  scales_[patch] *= factor;
}

void JointModel::addPriors(const VectorXd& parameters, JointEvaluation& evaluation) const {
  const auto add = [&](std::size_t parameter, double mean, double sigma) {
    const double deviate = (parameters(at(parameter)) - mean) / sigma;
    evaluation.penalty += deviate * deviate / 2;
    if (evaluation.gradient.size() == 0) return;
    evaluation.gradient(at(parameter)) += deviate / sigma;
    evaluation.information(at(parameter), at(parameter)) += 1 / (sigma * sigma);
  };
  for (std::size_t k = 0; k < layout_.foci; ++k) {
    if (config_.seedSigmaMm > 0 && reachMm_[k] < kAnywhereMm) {
      add(layout_.focus(k, kX), seeds_[k].x, config_.seedSigmaMm);
      add(layout_.focus(k, kZ), seeds_[k].z, config_.seedSigmaMm);
    }
    add(layout_.focus(k, kLogWidth), std::log(config_.widthMedianMm), config_.widthSigmaLog);
    add(layout_.focus(k, kLogStretch), std::log(config_.stretchMedian), config_.stretchSigmaLog);
  }
  for (std::size_t patch = 0; patch < patches_.size(); ++patch)
    for (std::size_t term = 1; term < layout_.backgroundTerms(patch); ++term)
      add(layout_.background(patch, term), 0, term < layout_.smoothTerms ? config_.backgroundShapeSigma : 1);
  for (std::size_t nuisance = layout_.firstNuisance(); nuisance < layout_.size(); ++nuisance)
    add(nuisance, 0, 1);
}

JointEvaluation JointModel::evaluate(const VectorXd& parameters, bool derivatives) {
  JointEvaluation evaluation;
  if (derivatives) {
    evaluation.gradient = VectorXd::Zero(at(layout_.size()));
    evaluation.information = MatrixXd::Zero(at(layout_.size()), at(layout_.size()));
  }
  const auto seen = sights(parameters);
  for (std::size_t patch = 0; patch < patches_.size(); ++patch)
    addPatch(patch, seen[patches_[patch].view], parameters, derivatives, evaluation);
  addPriors(parameters, evaluation);
  return evaluation;
}

}  // namespace remnant::quantify
