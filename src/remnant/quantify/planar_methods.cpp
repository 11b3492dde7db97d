#include "remnant/quantify/planar_methods.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <optional>

#include <fmt/format.h>

#include "remnant/base/error.h"
#include "remnant/quantify/conjugate_view.h"
#include "remnant/quantify/count_corrections.h"
#include "remnant/quantify/point_source_fit.h"

namespace remnant::quantify {
namespace {

using image::Point;

/// The share of scatter changes fast below the skin, where only scatter windows are concerned with it.
constexpr double kNodeMm = 4, kScatterNodeMm = 1;
constexpr double kOpposedDegrees = 5;
constexpr double kEffectiveSigmaPerMm = 0.0007;
constexpr double kFwhmPerSigma = 2.354820045;
constexpr double kLeastResponse = 1e-30;

/// One method's view of a focus: which views, at which depths.
struct Task {
  const PlanarProblem& problem;
  const NeckOptics& optics;
  const std::vector<FocusDiscs>& foci;
  std::size_t k;
  const RegionConfig& config;
  std::optional<double> effectivePerMm;  ///< in place of the rays' attenuation
};

double angleBetween(double degrees, double other) {
  return std::abs(std::remainder(degrees - other, 360.0));
}

bool isNear(const CalibratedView& view, double degrees) {
  return angleBetween(view.head.angleDegrees, degrees) <= kOpposedDegrees;
}

Point planePoint(const PlanarProblem& problem, const FocusDiscs& discs) {
  const auto first =
      std::min_element(problem.views.begin(), problem.views.end(), [](const auto& a, const auto& b) {
        return angleBetween(a.head.angleDegrees, 0) < angleBetween(b.head.angleDegrees, 0);
      });
  const Disc& disc = discs[static_cast<std::size_t>(first - problem.views.begin())];
  const projection::Picture& picture = first->picture;
  const double u =
      picture.centreU + (disc.column + 0.5 - static_cast<double>(picture.columns) / 2) * picture.pixelMm;
  const double cosine = std::cos(first->head.angleDegrees * std::numbers::pi / 180);
  const double x = first->head.axisX + (std::abs(cosine) > 0.5 ? u / cosine : 0);
  return {x, 0, picture.topMm + (disc.row + 0.5) * picture.pixelMm};
}

std::vector<Disc> othersIn(const Task& task, std::size_t view) {
  std::vector<Disc> others;
  for (std::size_t focus = 0; focus < task.foci.size(); ++focus)
    if (focus != task.k) others.push_back(task.foci[focus][view]);
  return others;
}

/// The logarithm of what a region holds of its focus, a MBq, at one node of depth, and its derivatives.
struct NodeResponse {
  double log = 0, byOptical = 0, byDistance = 0, byTail = 0, byWidth = 0;
};

/// Numbers the unit-normal causes that views share: those of the camera and of the source, then
/// those of the optics.
class Causes {
 public:
  Causes(const Nuisances& nuisances, const RegionConfig& config, std::size_t optical)
      : nuisances_(nuisances), config_(config), optical_(optical) {}

  Eigen::VectorXd effects(const CalibratedView& view, const NodeResponse& response,
                          const std::vector<double>& opticalErrors) const {
    Eigen::VectorXd all = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(optics() + optical_));
    const auto set = [&](std::size_t index, double value) { all(static_cast<Eigen::Index>(index)) = value; };
    set(0, nuisances_.sensitivity.sigma);
    if (std::cos(view.head.angleDegrees * std::numbers::pi / 180) < -0.5)
      set(1, -nuisances_.tableOpticalDepth.sigma);
    if (nuisances_.tailScale.value > 0)
      set(2, response.byTail * nuisances_.tailScale.sigma / nuisances_.tailScale.value);
    set(3, response.byWidth * config_.sourceWidthMm.sigma);
    set(4, config_.shapeSigma);
    const auto head = static_cast<std::size_t>(view.headNumber),
               window = static_cast<std::size_t>(view.windowNumber);
    if (head < nuisances_.headGain.size()) set(kOfCameraAndSource + head, nuisances_.headGain[head].sigma);
    if (window < nuisances_.windowGain.size()) set(windows() + window, nuisances_.windowGain[window].sigma);
    if (head < nuisances_.planeMm.size())
      set(planes() + head, response.byDistance * nuisances_.planeMm[head].sigma);
    for (std::size_t cause = 0; cause < optical_; ++cause)
      set(optics() + cause, response.byOptical * opticalErrors[cause]);
    return all;
  }

 private:
  static constexpr std::size_t kOfCameraAndSource = 5;

  std::size_t windows() const { return kOfCameraAndSource + nuisances_.headGain.size(); }
  std::size_t planes() const { return windows() + nuisances_.windowGain.size(); }
  std::size_t optics() const { return planes() + nuisances_.planeMm.size(); }

  const Nuisances& nuisances_;
  const RegionConfig& config_;
  std::size_t optical_;
};

struct RayState {
  double opticalDepth = 0;     ///< narrow beam
  double effectiveDepth = 0;   ///< effective attenuation times the path
  std::vector<double> errors;  ///< of the one that is used, one a cause
};

RayState rayOf(const Task& task, const CalibratedView& view, const Point& point, double depthMm,
               double thicknessMm) {
  RayState state{task.optics.ray(point, view.head).opticalDepth, 0,
                 task.optics.opticalDepthErrors(point, view.head)};
  if (!task.effectivePerMm) return state;
  const double share = *task.effectivePerMm / task.optics.waterAttenuationPerMm();
  for (double& error : state.errors) error *= share;
  const double path = isNear(view, 0) ? depthMm : thicknessMm - depthMm;
  state.effectiveDepth = *task.effectivePerMm * path;
  state.errors.push_back(kEffectiveSigmaPerMm * path);
  return state;
}

/// Counts of a focus in all directions of the picture, scatter included, over those in air.
double broadTransmission(const CalibratedView& view, const SeenFocus& seen, double waterPerMm) {
  const physics::PointResponse& response = view.model.response;
  double air = 1;
  for (const physics::Tail& tail : response.tails)
    air += seen.tailScale * tail.fraction / response.coreFraction;
  const double scattered =
      view.model.scatter.totalAt(seen.opticalDepth / waterPerMm) / view.model.scatter.primaryFraction();
  return std::exp(-seen.opticalDepth) + scattered / air;
}

NodeResponse responseAt(const Task& task, std::size_t view, const PixelModel& model,
                        const RegionPixels& pixels, const Point& point, const RayState& ray,
                        std::vector<double>& columns) {
  const SeenFocus seen = seenFocus(task.problem, view, task.foci[task.k][view], point, ray.opticalDepth,
                                   task.config.sourceWidthMm.value);
  model.evaluate(seen, columns.data(), true);
  const auto net = [&](FocusColumn column) { return pixels.net(columns.data() + column * model.pixels()); };
  const double response = std::max(net(kLogAmplitude), kLeastResponse);
  NodeResponse node{std::log(response), net(kOpticalDepth) / response, net(kDistance) / response,
                    net(kLogTailScale) / response,
                    std::sqrt(5.0) * (net(kSemiAcross) + net(kSemiAlong)) / response};
  if (task.effectivePerMm) {
    // What the region loses as the model has it, what the neck takes by the effective attenuation.
    const double all = broadTransmission(task.problem.views[view], seen, task.optics.waterAttenuationPerMm());
    node.log -= std::log(all) + ray.effectiveDepth;
    node.byOptical = -1;
  }
  return node;
}

double displaced(const Task& task, const CalibratedView& view, double thicknessMm) {
  const double source = task.config.displacedMm;
  if (!(source > 0) || source >= thicknessMm) return 1;
  // Of a focus at a usual depth; the factor hardly depends on it.
  const double depth = std::clamp(15.0, source / 2, thicknessMm - source / 2);
  const bool posterior = std::cos(view.head.angleDegrees * std::numbers::pi / 180) < -0.5;
  return displacedTissueFactor(task.optics.waterAttenuationPerMm(), posterior ? thicknessMm - depth : depth,
                               source, thicknessMm);
}

SourceObservation observe(const Task& task, std::size_t v, const RegionPixels& pixels,
                          const DepthNodes& nodes, const Point& plane, const Column& column) {
  const CalibratedView& view = task.problem.views[v];
  const PixelModel model(view, pixels.box(), task.optics.waterAttenuationPerMm());
  SourceObservation one;
  one.regionCounts = static_cast<double>(pixels.discCounts(view.counts));
  one.backgroundCounts = static_cast<double>(pixels.ringCounts(view.counts));
  one.areaRatio = pixels.areaRatio() * displaced(task, view, column.thicknessMm);
  one.backgroundSigma = task.config.backgroundSigma;
  std::vector<double> values(kFocusColumns * model.pixels());
  for (std::size_t node = 0; node < nodes.count; ++node) {
    const double depth = static_cast<double>(node) * nodes.stepMm;
    const Point point{plane.x, column.anteriorSkinY + depth, plane.z};
    const RayState ray = rayOf(task, view, point, depth, column.thicknessMm);
    const NodeResponse response = responseAt(task, v, model, pixels, point, ray, values);
    const Causes causes(task.problem.nuisances, task.config, ray.errors.size());
    one.logResponse.push_back(response.log);
    one.logErrors.push_back(causes.effects(view, response, ray.errors));
  }
  return one;
}

std::optional<Refusal> overlapping(const Task& task, std::size_t v) {
  const CalibratedView& view = task.problem.views[v];
  const double distance = std::max(0.0, view.head.planeMm);
  const double apart = task.config.leastFwhmApart * kFwhmPerSigma * view.model.response.sigmaMm(distance);
  const Disc& disc = task.foci[task.k][v];
  for (const Disc& other : othersIn(task, v)) {
    const double millimetres =
        std::hypot(other.column - disc.column, other.row - disc.row) * view.picture.pixelMm;
    if (millimetres < apart)
      return Refusal{
          "overlapping-focus",
          fmt::format("another focus lies {:.0f} mm away, less than {:.0f} mm", millimetres, apart)};
  }
  return std::nullopt;
}

PlanarAnswer refused(const Refusal& refusal) {
  return {refusal, refusal, refusal};
}

/// Of what a region has above its background, were there no focus.
double significanceOf(const SourceObservation& one) {
  return one.net() / std::sqrt(std::max(1.0, one.countingVariance() + one.unlevelVariance()));
}

/// With what the focus has at most.
PlanarAnswer notSeen(double significance, const PointSourceFit& fit, const Task& task) {
  Refusal depth{"not-significant",
                fmt::format("its regions hold {:.1f} standard deviations more than their background, where "
                            "{:.1f} are asked",
                            significance, task.config.leastSignificance)};
  Refusal activity = depth, uptake = depth;
  activity.upperLimit = fit.activityMBq.upper;
  if (task.problem.activityToUptakePercent > 0)
    uptake.upperLimit = fit.activityMBq.upper * task.problem.activityToUptakePercent;
  return {depth, activity, uptake};
}

PlanarAnswer answer(const Task& task, const std::vector<std::size_t>& views, const std::string& method) {
  const Point plane = planePoint(task.problem, task.foci[task.k]);
  const Column column = task.optics.columnAt(plane.x, plane.z);
  if (!(column.thicknessMm > 2 * kNodeMm))
    return refused({"no-thickness", "no neck is known at the place of the focus"});
  const bool scatter = std::any_of(views.begin(), views.end(),
                                   [&](std::size_t v) { return task.problem.views[v].windowNumber != 0; });
  const auto steps = std::ceil(column.thicknessMm / (scatter ? kScatterNodeMm : kNodeMm));
  const DepthNodes nodes{static_cast<std::size_t>(steps) + 1, column.thicknessMm / steps};
  std::vector<SourceObservation> observations;
  double net = 0, significance = 0;
  for (const std::size_t v : views) {
    if (const auto refusal = overlapping(task, v)) return refused(*refusal);
    const CalibratedView& view = task.problem.views[v];
    const RegionPixels pixels(view, task.foci[task.k][v], othersIn(task, v), task.config);
    if (pixels.greatest(view.counts) >= task.config.saturatedAt)
      return refused(
          {"saturated-pixels", "a pixel of the focus stands at the largest value that can be stored"});
    observations.push_back(observe(task, v, pixels, nodes, plane, column));
    net = std::max(net, observations.back().net());
    significance = std::max(significance, significanceOf(observations.back()));
  }
  if (!(net > 0))
    return refused({"no-counts", "no region of the focus holds more counts than its background"});
  PointSourceFit fit = fitPointSource(nodes, observations);
  if (significance < task.config.leastSignificance) return notSeen(significance, fit, task);
  for (Estimate* estimate : {&fit.depthMm, &fit.activityMBq}) {
    estimate->method = method;
    estimate->inputs = {task.optics.name()};
  }
  return {fit.depthMm, fit.activityMBq, uptakeOf(fit.activityMBq, task.problem.activityToUptakePercent)};
}

/// A region that cannot be formed is a reason to refuse, not to end.
PlanarAnswer guarded(const std::function<PlanarAnswer()>& action) {
  try {
    return action();
  } catch (const InputError& error) {
    return refused({error.code(), error.what()});
  }
}

std::vector<std::size_t> viewsWhere(const PlanarProblem& problem,
                                    const std::function<bool(const CalibratedView&)>& wanted) {
  std::vector<std::size_t> views;
  for (std::size_t view = 0; view < problem.views.size(); ++view)
    if (wanted(problem.views[view])) views.push_back(view);
  return views;
}

/// The anterior and the posterior photopeak view.
std::variant<std::vector<std::size_t>, Refusal> opposedPair(const PlanarProblem& problem) {
  const auto peak = viewsWhere(problem, [](const CalibratedView& view) { return view.windowNumber == 0; });
  if (peak.size() < 2) return Refusal{"single-view", "depth by the ratio of views needs two of them"};
  for (const std::size_t front : peak)
    for (const std::size_t back : peak)
      if (isNear(problem.views[front], 0) && isNear(problem.views[back], 180))
        return std::vector<std::size_t>{front, back};
  return Refusal{"unopposed-views", "no anterior and posterior view face one another"};
}

PlanarAnswer byPair(const Task& task, const std::string& method) {
  const auto pair = opposedPair(task.problem);
  if (const auto* refusal = std::get_if<Refusal>(&pair)) return refused(*refusal);
  return guarded([&] { return answer(task, std::get<std::vector<std::size_t>>(pair), method); });
}

void requireDiscs(const PlanarProblem& problem, const std::vector<FocusDiscs>& foci, std::size_t k) {
  if (k >= foci.size() || std::any_of(foci.begin(), foci.end(), [&](const FocusDiscs& discs) {
        return discs.size() != problem.views.size();
      }))
    throw ProgramError("a planar method was given discs that do not match its views");
}

}  // namespace

PlanarAnswer byOpposedViews(const PlanarProblem& problem, const NeckOptics& optics,
                            const std::vector<FocusDiscs>& foci, std::size_t k, const RegionConfig& config) {
  requireDiscs(problem, foci, k);
  return byPair({problem, optics, foci, k, config, {}}, "anterior-posterior ratio");
}

PlanarAnswer byEffectiveAttenuation(const PlanarProblem& problem, const NeckOptics& optics,
                                    const physics::Nuclide& nuclide, const std::vector<FocusDiscs>& foci,
                                    std::size_t k, const RegionConfig& config) {
  requireDiscs(problem, foci, k);
  const Point plane = planePoint(problem, foci[k]);
  const double thickness = optics.columnAt(plane.x, plane.z).thicknessMm;
  return byPair({problem, optics, foci, k, config, effectiveAttenuationPerMm(nuclide, thickness)},
                "anterior-posterior ratio, effective attenuation");
}

PlanarAnswer byScatterWindow(const PlanarProblem& problem, const NeckOptics& optics,
                             const std::vector<FocusDiscs>& foci, std::size_t k, const RegionConfig& config) {
  requireDiscs(problem, foci, k);
  for (const double degrees : {0., 180.}) {
    const auto views = viewsWhere(problem, [&](const CalibratedView& view) { return isNear(view, degrees); });
    const auto isPeak = [&](std::size_t view) { return problem.views[view].windowNumber == 0; };
    const auto peaks = std::count_if(views.begin(), views.end(), isPeak);
    if (peaks == 1 && views.size() > 1)
      return guarded([&] {
        return answer({problem, optics, foci, k, config, {}}, views, "photopeak-scatter ratio");
      });
  }
  return refused({"no-scatter-window", "no head has a scatter window beside the photopeak"});
}

PlanarAnswer byAllRegions(const PlanarProblem& problem, const NeckOptics& optics,
                          const std::vector<FocusDiscs>& foci, std::size_t k, const RegionConfig& config) {
  requireDiscs(problem, foci, k);
  const auto views = viewsWhere(problem, [](const CalibratedView&) { return true; });
  if (views.size() < 2) return refused({"single-view", "depth needs two views or two windows"});
  return guarded([&] {
    return answer({problem, optics, foci, k, config, {}},
                  {views.begin(), views.begin() + std::min<std::ptrdiff_t>(std::ssize(views), 8)},
                  "all regions");
  });
}

}  // namespace remnant::quantify
