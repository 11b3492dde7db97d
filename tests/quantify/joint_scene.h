#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <vector>

#include "remnant/base/random.h"
#include "remnant/physics/nuclide.h"
#include "remnant/quantify/calibrated_view.h"
#include "remnant/quantify/joint_fit.h"
#include "remnant/quantify/joint_model.h"
#include "remnant/quantify/neck_optics.h"

/// Studies of a slab of water, for the tests of the joint estimator.
namespace remnant::quantify {

/// A slab between y = 0 and y = thickness, uncertain in its attenuation and its thickness.
class SlabOptics : public NeckOptics {
 public:
  SlabOptics(double attenuationPerMm, double thicknessMm, double relativeSigma, double thicknessSigmaMm)
      : attenuationPerMm_(attenuationPerMm),
        thicknessMm_(thicknessMm),
        relativeSigma_(relativeSigma),
        thicknessSigmaMm_(thicknessSigmaMm) {}

  Column columnAt(double, double) const override { return {0, thicknessMm_}; }
  Ray ray(const image::Point& point, const projection::HeadPosition& head) const override {
    return isAnterior(head) ? Ray{attenuationPerMm_ * point.y, attenuationPerMm_}
                            : Ray{attenuationPerMm_ * (thicknessMm_ - point.y), -attenuationPerMm_};
  }
  std::vector<double> opticalDepthErrors(const image::Point& point,
                                         const projection::HeadPosition& head) const override {
    return {relativeSigma_ * ray(point, head).opticalDepth,
            isAnterior(head) ? 0 : attenuationPerMm_ * thicknessSigmaMm_};
  }
  std::string name() const override { return "slab"; }
  double waterAttenuationPerMm() const override { return attenuationPerMm_; }

 private:
  static bool isAnterior(const projection::HeadPosition& head) {
    return std::cos(head.angleDegrees * std::numbers::pi / 180) > 0;
  }
  double attenuationPerMm_, thicknessMm_, relativeSigma_, thicknessSigmaMm_;
};

inline constexpr double kSlabThicknessMm = 120;

/// Tc-99m behind a low-energy collimator, physics.md 1; sensitivities of physics.md 1.4.
inline const projection::WindowModel& technetiumWindow(bool scatterWindow) {
  static const auto make = [](const physics::Window& window, double coreCpsPerMBq) {
    physics::PointResponse response;
    response.window = window;
    response.keV = 140.5;
    response.collimator = {.name = "LEHR", .holeMm = 1.11, .septumMm = 0.16, .lengthMm = 24.05};
    response.coreCpsPerMBq = coreCpsPerMBq;
    return projection::WindowModel{
        response, physics::ScatterKernel(physics::nuclideNamed("Tc-99m"), window, response.detector)};
  };
  static const projection::WindowModel photopeak = make({126.5, 154.5}, 91);
  // The core of the scatter window: the same photons, those whose pulses fall into it.
  static const projection::WindowModel below = [] {
    projection::WindowModel model = make({114, 126}, 1);
    model.response.coreCpsPerMBq = 91 * model.scatter.primaryFraction() / photopeak.scatter.primaryFraction();
    return model;
  }();
  return scatterWindow ? below : photopeak;
}

/// I-131 behind a high-energy collimator, physics.md 4.4.
inline const projection::WindowModel& iodineWindow() {
  static const projection::WindowModel model = [] {
    physics::PointResponse response;
    response.window = physics::windowAround(364.5, 20);
    response.keV = 364.5;
    response.collimator = {.name = "HEGP", .holeMm = 4, .septumMm = 1.8, .lengthMm = 66};
    response.coreCpsPerMBq = 23;
    response.tails = {{0.14, 21, 0.8}, {0.21, 66, 0.3}};
    response.coreFraction = 0.65;
    response.tailScale = 1.2;
    return projection::WindowModel{
        response, physics::ScatterKernel(physics::nuclideNamed("I-131"), response.window, response.detector)};
  }();
  return model;
}

inline CalibratedView slabView(const projection::WindowModel& model, bool posterior, int window,
                               std::size_t side, double pixelMm) {
  const double half = 0.5 * static_cast<double>(side) * pixelMm;
  CalibratedView view{
      .counts = image::Counts(side, side),
      .head = {.angleDegrees = posterior ? 180. : 0., .planeMm = posterior ? 210. : 40.},
      .picture = {.rows = side, .columns = side, .pixelMm = pixelMm, .centreU = 0, .topMm = -half},
      .model = model};
  view.exposureSeconds = 300;
  view.headNumber = posterior ? 1 : 0;
  view.windowNumber = window;
  return view;
}

inline Nuisances usualNuisances() {
  Nuisances nuisances;
  nuisances.headGain = {{1, 0.03}, {1, 0.03}};
  nuisances.windowGain = {{1, 0.02}, {1, 0.02}};
  nuisances.planeMm = {{40, 3}, {210, 3}};
  nuisances.tableOpticalDepth = {0.07, 0.02};
  nuisances.tailScale = {1.2, 0.2};
  return nuisances;
}

/// Anterior and posterior pictures in one or two windows; without counts yet.
inline PlanarProblem slabProblem(bool iodine, bool scatterWindow, std::size_t side = 48) {
  PlanarProblem problem;
  const double pixelMm = iodine ? 4.4 : 2.4;
  for (const bool below : {false, true})
    for (const bool posterior : {false, true})
      if (!below || scatterWindow)
        problem.views.push_back(slabView(iodine ? iodineWindow() : technetiumWindow(below), posterior,
                                         below ? 1 : 0, side, pixelMm));
  problem.nuisances = usualNuisances();
  problem.activityToUptakePercent = 1;
  return problem;
}

inline SlabOptics slabOptics(bool iodine) {
  return {iodine ? 0.01100 : 0.01537, kSlabThicknessMm, 0.02, 4};
}

/// Foci, flat backgrounds of so many counts a pixel in every picture, nuisances at their means.
inline Eigen::VectorXd trueParameters(const JointModel& model, const std::vector<Focus>& foci,
                                      double background) {
  const JointLayout& layout = model.layout();
  Eigen::VectorXd parameters = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(layout.size()));
  for (std::size_t k = 0; k < foci.size(); ++k) model.setFocus(k, foci[k], parameters);
  for (std::size_t patch = 0; patch < layout.patches(); ++patch)
    parameters(static_cast<Eigen::Index>(layout.background(patch, 0))) = std::log(background);
  return parameters;
}

/// Of a ball of 5 g, the largest of physics.md 5.2: radius over root five.
inline constexpr double kWidestMm = 4.67;

/// Every nuisance, the irregularities and every source's width and stretch from its prior.
inline void drawNuisances(const JointModel& model, RandomStream& random, Eigen::VectorXd& parameters) {
  const JointLayout& layout = model.layout();
  for (std::size_t k = 0; k < layout.foci; ++k) {
    const double logWidth =
        random.normal(std::log(model.config().widthMedianMm), model.config().widthSigmaLog);
    parameters(static_cast<Eigen::Index>(layout.focus(k, kLogWidth))) =
        std::min(logWidth, std::log(kWidestMm));
    parameters(static_cast<Eigen::Index>(layout.focus(k, kLogStretch))) =
        random.normal(std::log(model.config().stretchMedian), model.config().stretchSigmaLog);
  }
  for (std::size_t patch = 0; patch < layout.patches(); ++patch)
    for (std::size_t term = layout.smoothTerms; term < layout.backgroundTerms(patch); ++term)
      parameters(static_cast<Eigen::Index>(layout.background(patch, term))) = random.normal();
  for (std::size_t i = layout.firstNuisance(); i < layout.size(); ++i)
    parameters(static_cast<Eigen::Index>(i)) = random.normal();
}

/// Poisson counts of the expectations into the problem that the model was made of.
inline void drawCounts(JointModel& model, const Eigen::VectorXd& parameters, RandomStream& random,
                       PlanarProblem& problem) {
  for (std::size_t view = 0; view < problem.views.size(); ++view) {
    const Eigen::VectorXd expected = model.expected(view, parameters);
    auto& pixels = problem.views[view].counts.pixels();
    for (std::size_t i = 0; i < pixels.size(); ++i)
      pixels[i] = static_cast<std::int32_t>(random.poisson(expected(static_cast<Eigen::Index>(i))));
  }
}

/// Activity at which the first picture expects so many counts of one focus.
inline double activityFor(JointModel& model, Focus focus, double counts) {
  focus.activityMBq = 1;
  const Eigen::VectorXd parameters = trueParameters(model, std::vector<Focus>(model.layout().foci, focus), 1);
  Eigen::VectorXd expected(model.counts(0).size());
  model.picture(0).evaluate(model.seen(0, 0, parameters), expected.data(), false);
  return counts / expected.sum();
}

}  // namespace remnant::quantify
