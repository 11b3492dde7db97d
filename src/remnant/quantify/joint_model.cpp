#include "remnant/quantify/joint_model.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "remnant/base/error.h"
#include "remnant/quantify/joint_background.h"

namespace remnant::quantify {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr double kLeastExpected = 1e-9;
constexpr double kLeastLogBackground = -16, kMostLogBackground = 20;
constexpr double kMostShape = 12, kMostDeviate = 8;
constexpr double kLeastLogActivity = -30, kMostLogActivity = 15;
constexpr double kAnywhereMm = 1e4;
constexpr double kLeastWidthMm = 0.1, kMostWidthMm = 30;

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
  return {foci,
          problem.views.size(),
          backgroundTerms(degree),
          std::max(nuisances.headGain.size(), nuisances.planeMm.size()),
          nuisances.windowGain.size(),
          causes};
}

/// nullptr where nothing is stated of this head or window.
const Known* statedFor(const std::vector<Known>& all, int number) {
  const auto index = static_cast<std::size_t>(number);
  return number >= 0 && index < all.size() ? &all[index] : nullptr;
}

double factor(const Known& known, double deviate) {
  return known.value > 0 ? known.value * std::exp(known.sigma * deviate) : known.value;
}

/// Of the tail scale, whose uncertainty is not relative.
double relativeSigma(const Known& known) {
  return known.value > 0 ? known.sigma / known.value : 0;
}

bool isPosterior(const projection::HeadPosition& head) {
  return std::cos(head.angleDegrees * std::numbers::pi / 180) < -0.5;
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

VectorXd logarithmOf(const image::Image& background, const CalibratedView& view, const image::Box& window) {
  if (background.rows() != view.picture.rows || background.columns() != view.picture.columns)
    throw InputError("bad-template", "the template of a background has another size than its picture");
  VectorXd values(at(window.width * window.height));
  const image::Image inside = image::cropped(background, window);
  Index pixel = 0;
  for (const float value : inside.pixels()) {
    if (!(value > 0))
      throw InputError("bad-template", "the template of a background has a pixel that is not above 0");
    values(pixel++) = std::log(static_cast<double>(value));
  }
  return values;
}

}  // namespace

JointModel::JointModel(const PlanarProblem& problem, const NeckOptics& optics, std::size_t foci,
                       const std::vector<image::Box>& windows, const JointConfig& config)
    : problem_(&problem),
      config_(config),
      optics_(optics, headsOf(problem)),
      seeds_(foci),
      reachMm_(foci, kAnywhereMm) {
  if (problem.views.empty()) throw InputError("no-views", "there is no picture to fit");
  if (windows.size() != problem.views.size())
    throw ProgramError("a joint fit needs a window of pixels a view");
  if (!config.backgroundTemplates.empty() && config.backgroundTemplates.size() != problem.views.size())
    throw InputError("bad-template", "there are not as many templates of the background as pictures");
  layout_ = layoutOf(problem, foci, optics_.causes(), config.backgroundDegree);
  for (std::size_t view = 0; view < windows.size(); ++view) {
    const CalibratedView& calibrated = problem.views[view];
    pictures_.emplace_back(calibrated, windows[view], optics.waterAttenuationPerMm());
    counts_.push_back(countsIn(calibrated.counts, windows[view]));
    basis_.push_back(quantify::backgroundBasis(windows[view], config.backgroundDegree));
    offset_.push_back(config.backgroundTemplates.empty()
                          ? VectorXd::Zero(basis_.back().rows())
                          : logarithmOf(config.backgroundTemplates[view], calibrated, windows[view]));
  }
}

Focus JointModel::focusOf(std::size_t k, const VectorXd& parameters) const {
  const auto value = [&](FocusParameter parameter) { return parameters(at(layout_.focus(k, parameter))); };
  return {std::exp(value(kLogActivity)), value(kX), value(kZ), value(kDepth), std::exp(value(kLogWidth))};
}

void JointModel::setFocus(std::size_t k, const Focus& focus, VectorXd& parameters) const {
  parameters(at(layout_.focus(k, kLogActivity))) = std::log(focus.activityMBq);
  parameters(at(layout_.focus(k, kX))) = focus.x;
  parameters(at(layout_.focus(k, kZ))) = focus.z;
  parameters(at(layout_.focus(k, kDepth))) = focus.depthMm;
  parameters(at(layout_.focus(k, kLogWidth))) = std::log(focus.widthMm);
}

void JointModel::bounds(const VectorXd& parameters, VectorXd& lower, VectorXd& upper) {
  lower = VectorXd::Constant(at(layout_.size()), -kMostDeviate);
  upper = VectorXd::Constant(at(layout_.size()), kMostDeviate);
  for (std::size_t view = 0; view < layout_.views; ++view) {
    const auto block = at(layout_.background(view, 0)), terms = at(layout_.backgroundTerms);
    lower.segment(block, terms).setConstant(-kMostShape);
    upper.segment(block, terms).setConstant(kMostShape);
    const double middle = offset_[view].mean();
    lower(block) = kLeastLogBackground - middle;
    upper(block) = kMostLogBackground - middle;
  }
  const auto set = [&](std::size_t k, FocusParameter parameter, double low, double high) {
    lower(at(layout_.focus(k, parameter))) = low;
    upper(at(layout_.focus(k, parameter))) = high;
  };
  for (std::size_t k = 0; k < layout_.foci; ++k) {
    const Focus focus = focusOf(k, parameters);
    set(k, kLogActivity, kLeastLogActivity, kMostLogActivity);
    set(k, kX, seeds_[k].x - reachMm_[k], seeds_[k].x + reachMm_[k]);
    set(k, kZ, seeds_[k].z - reachMm_[k], seeds_[k].z + reachMm_[k]);
    set(k, kDepth, 0, std::max(0.0, optics_.thicknessAt(focus.x, focus.z).value));
    set(k, kLogWidth, std::log(kLeastWidthMm), std::log(kMostWidthMm));
  }
}

void JointModel::keepNear(std::size_t k, const FocusSeed& seed, double reachMm) {
  seeds_.at(k) = seed;
  reachMm_.at(k) = reachMm;
}

std::size_t JointModel::pixels() const {
  std::size_t sum = 0;
  for (const PixelModel& picture : pictures_) sum += picture.pixels();
  return sum;
}

void JointModel::bound(VectorXd& parameters) {
  VectorXd lower, upper;
  bounds(parameters, lower, upper);
  parameters = parameters.cwiseMax(lower).cwiseMin(upper);
}

JointModel::Sight JointModel::sight(std::size_t v, std::size_t k, const VectorXd& parameters,
                                    const SampledRay& ray, const Sampled& skin) const {
  const CalibratedView& view = problem_->views[v];
  const Nuisances& nuisances = problem_->nuisances;
  const Focus focus = focusOf(k, parameters);
  const double angle = view.head.angleDegrees * std::numbers::pi / 180, sine = std::sin(angle),
               cosine = std::cos(angle);
  const auto seenPoint = projection::seenFrom(view.head, {focus.x, skin.value + focus.depthMm, focus.z});
  Sight sight;
  SeenFocus& seen = sight.seen;
  sight.jacobian = Eigen::MatrixXd::Zero(kFocusColumns, at(layout_.size()));
  const auto by = [&](FocusColumn column, std::size_t parameter) -> double& {
    return sight.jacobian(column, at(parameter));
  };
  const std::size_t x = layout_.focus(k, kX), z = layout_.focus(k, kZ), depth = layout_.focus(k, kDepth);

  seen.amplitude = focus.activityMBq * view.exposureSeconds;
  by(kLogAmplitude, layout_.focus(k, kLogActivity)) = 1;
  if (const Known* gain = statedFor(nuisances.headGain, view.headNumber)) {
    const std::size_t index = layout_.headGain(static_cast<std::size_t>(view.headNumber));
    seen.amplitude *= factor(*gain, parameters(at(index)));
    by(kLogAmplitude, index) = gain->sigma;
  }
  if (const Known* gain = statedFor(nuisances.windowGain, view.windowNumber)) {
    const std::size_t index = layout_.windowGain(static_cast<std::size_t>(view.windowNumber));
    seen.amplitude *= factor(*gain, parameters(at(index)));
    by(kLogAmplitude, index) = gain->sigma;
  }
  if (isPosterior(view.head)) {
    const Known& table = nuisances.tableOpticalDepth;
    seen.amplitude *= std::exp(-table.value - table.sigma * parameters(at(layout_.table())));
    by(kLogAmplitude, layout_.table()) = -table.sigma;
  }

  seen.u = seenPoint.u;
  by(kAcross, x) = cosine + sine * skin.byX;
  by(kAcross, z) = sine * skin.byZ;
  by(kAcross, depth) = sine;
  seen.z = focus.z;
  by(kAlong, z) = 1;
  seen.distanceMm = seenPoint.distanceMm;
  by(kDistance, x) = -sine + cosine * skin.byX;
  by(kDistance, z) = cosine * skin.byZ;
  by(kDistance, depth) = cosine;
  if (const Known* plane = statedFor(nuisances.planeMm, view.headNumber)) {
    const std::size_t index = layout_.plane(static_cast<std::size_t>(view.headNumber));
    seen.distanceMm += plane->value - view.head.planeMm + plane->sigma * parameters(at(index));
    by(kDistance, index) = plane->sigma;
  }

  Sampled optical = ray.opticalDepth;
  for (std::size_t cause = 0; cause < layout_.causes; ++cause) {
    const Sampled& error = ray.errors[cause];
    const double deviate = parameters(at(layout_.cause(cause)));
    optical.value += deviate * error.value;
    optical.byX += deviate * error.byX;
    optical.byZ += deviate * error.byZ;
    optical.byDepth += deviate * error.byDepth;
    by(kOpticalDepth, layout_.cause(cause)) = error.value;
  }
  seen.opticalDepth = std::max(0.0, optical.value);
  by(kOpticalDepth, x) = optical.byX;
  by(kOpticalDepth, z) = optical.byZ;
  by(kOpticalDepth, depth) = optical.byDepth;
  if (optical.value < 0) sight.jacobian.row(kOpticalDepth).setZero();

  seen.sourceVarianceMm2 = focus.widthMm * focus.widthMm;
  by(kSourceVariance, layout_.focus(k, kLogWidth)) = 2 * seen.sourceVarianceMm2;
  const Known& tail = nuisances.tailScale;
  seen.tailScale = tail.value * std::exp(relativeSigma(tail) * parameters(at(layout_.tailScale())));
  by(kLogTailScale, layout_.tailScale()) = relativeSigma(tail);
  return sight;
}

std::vector<std::vector<JointModel::Sight>> JointModel::sights(const VectorXd& parameters) {
  std::vector<std::vector<Sight>> all(layout_.views);
  for (std::size_t k = 0; k < layout_.foci; ++k) {
    const Focus focus = focusOf(k, parameters);
    const auto rays = optics_.raysAt(focus.x, focus.z, focus.depthMm);
    const Sampled skin = optics_.skinAt(focus.x, focus.z);
    for (std::size_t view = 0; view < layout_.views; ++view)
      all[view].push_back(sight(view, k, parameters, rays[view], skin));
  }
  return all;
}

SeenFocus JointModel::seen(std::size_t view, std::size_t k, const VectorXd& parameters) {
  const Focus focus = focusOf(k, parameters);
  const auto rays = optics_.raysAt(focus.x, focus.z, focus.depthMm);
  return sight(view, k, parameters, rays[view], optics_.skinAt(focus.x, focus.z)).seen;
}

VectorXd JointModel::expectedBackground(std::size_t view, const VectorXd& parameters) const {
  const auto coefficients = parameters.segment(at(layout_.background(view, 0)), at(layout_.backgroundTerms));
  return (basis_[view] * coefficients + offset_[view]).cwiseMin(kMostLogBackground).array().exp();
}

VectorXd JointModel::expected(std::size_t view, const VectorXd& parameters) {
  VectorXd sum = expectedBackground(view, parameters);
  VectorXd counts(sum.size());
  for (std::size_t k = 0; k < layout_.foci; ++k) {
    pictures_[view].evaluate(seen(view, k, parameters), counts.data(), false);
    sum += counts;
  }
  return sum;
}

void JointModel::addView(std::size_t view, const std::vector<std::vector<Sight>>& sights,
                         const VectorXd& parameters, bool derivatives, JointEvaluation& evaluation) {
  const Index pixels = basis_[view].rows(), terms = at(layout_.backgroundTerms);
  const Index perFocus = derivatives ? Index{kFocusColumns} : 1, foci = at(layout_.foci);
  columns_.resize(pixels, perFocus * foci + terms);
  VectorXd expected = expectedBackground(view, parameters);
  if (derivatives) columns_.rightCols(terms) = basis_[view].array().colwise() * expected.array();
  for (Index k = 0; k < foci; ++k) {
    pictures_[view].evaluate(sights[view][static_cast<std::size_t>(k)].seen,
                             columns_.col(perFocus * k).data(), derivatives);
    expected += columns_.col(perFocus * k);
  }
  expected = expected.cwiseMax(kLeastExpected);
  const VectorXd& counts = counts_[view];
  for (Index pixel = 0; pixel < pixels; ++pixel) {
    const double n = counts(pixel), m = expected(pixel);
    evaluation.misfit += m - n + (n > 0 ? n * std::log(n / m) : 0);
  }
  if (!derivatives) return;
  const VectorXd residual = 1 - counts.array() / expected.array();
  const VectorXd slope = columns_.transpose() * residual;
  columns_.array().colwise() *= expected.array().rsqrt();
  Eigen::MatrixXd information = Eigen::MatrixXd::Zero(columns_.cols(), columns_.cols());
  information.selfadjointView<Eigen::Lower>().rankUpdate(columns_.transpose());
  information = information.selfadjointView<Eigen::Lower>();
  Eigen::MatrixXd jacobian = Eigen::MatrixXd::Zero(columns_.cols(), at(layout_.size()));
  for (Index k = 0; k < foci; ++k)
    jacobian.middleRows(perFocus * k, perFocus) = sights[view][static_cast<std::size_t>(k)].jacobian;
  jacobian.block(perFocus * foci, at(layout_.background(view, 0)), terms, terms).setIdentity();
  evaluation.gradient.noalias() += jacobian.transpose() * slope;
  const Eigen::MatrixXd half = information * jacobian;
  evaluation.information.noalias() += jacobian.transpose() * half;
}

void JointModel::addPriors(const VectorXd& parameters, JointEvaluation& evaluation) const {
  const auto add = [&](std::size_t parameter, double mean, double sigma) {
    const double deviate = (parameters(at(parameter)) - mean) / sigma;
    evaluation.penalty += deviate * deviate / 2;
    if (evaluation.gradient.size() == 0) return;
    evaluation.gradient(at(parameter)) += deviate / sigma;
    evaluation.information(at(parameter), at(parameter)) += 1 / (sigma * sigma);
  };
  for (std::size_t k = 0; k < layout_.foci; ++k)
    add(layout_.focus(k, kLogWidth), std::log(config_.widthMedianMm), config_.widthSigmaLog);
  for (std::size_t view = 0; view < layout_.views; ++view)
    for (std::size_t term = 1; term < layout_.backgroundTerms; ++term)
      add(layout_.background(view, term), 0, config_.backgroundShapeSigma);
  for (std::size_t nuisance = layout_.firstNuisance(); nuisance < layout_.size(); ++nuisance)
    add(nuisance, 0, 1);
}

JointEvaluation JointModel::evaluate(const VectorXd& parameters, bool derivatives) {
  JointEvaluation evaluation;
  if (derivatives) {
    evaluation.gradient = VectorXd::Zero(at(layout_.size()));
    evaluation.information = Eigen::MatrixXd::Zero(at(layout_.size()), at(layout_.size()));
  }
  const auto seen = sights(parameters);
  for (std::size_t view = 0; view < layout_.views; ++view)
    addView(view, seen, parameters, derivatives, evaluation);
  addPriors(parameters, evaluation);
  return evaluation;
}

}  // namespace remnant::quantify
