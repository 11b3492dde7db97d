#include "remnant/quantify/study_quantification.h"

#include <algorithm>
#include <cmath>

#include "remnant/quantify/planar_methods.h"

namespace remnant::quantify {
namespace {

MethodAnswer jointAnswer(const FocusEstimate& fitted, const std::vector<std::string>& inputs) {
  MethodAnswer answer;
  answer.method = "joint";
  const auto named = [&](Estimate estimate) {
    estimate.inputs.insert(estimate.inputs.end(), inputs.begin(), inputs.end());
    return estimate;
  };
  answer.depthMm = named(fitted.depthMm);
  answer.activityMBq = named(fitted.activityMBq);
  answer.uptakePercent = named(fitted.uptakePercent);
  return answer;
}

double discRadiusMm(const StudyProblem& study, const FocusSeed& seed, const QuantificationConfig& config) {
  const CalibratedView& view = study.problem.views.front();
  const double skinY = study.optics->columnAt(seed.x, seed.z).anteriorSkinY;
  const projection::SeenPoint seen =
      projection::seenFrom(view.head, {seed.x, skinY + config.discDepthMm, seed.z});
  return config.discRadiusFwhm * 2.3548 * view.model.response.sigmaMm(seen.distanceMm);
}

MethodAnswer named(std::string method, PlanarAnswer answer) {
  return {std::move(method), std::move(answer.depthMm), std::move(answer.activityMBq),
          std::move(answer.uptakePercent)};
}

/// By the counts in discs about the seeds: each focus by each method.
void addRegionMethods(const StudyProblem& study, const std::vector<FocusSeed>& seeds,
                      const QuantificationConfig& config, std::vector<FocusAnswer>& answers) {
  const PlanarProblem& problem = study.problem;
  const NeckOptics& optics = *study.optics;
  const physics::Nuclide& nuclide = physics::nuclideNamed(study.nuclide);
  std::vector<FocusDiscs> discs;
  for (const FocusSeed& seed : seeds)
    discs.push_back(discsAbout(problem, optics, seed, config.discDepthMm, discRadiusMm(study, seed, config)));
  for (std::size_t k = 0; k < seeds.size(); ++k) {
    std::vector<MethodAnswer>& methods = answers[k].methods;
    const RegionConfig& regions = config.regions;
    methods.push_back(named("opposed-views", byOpposedViews(problem, optics, discs, k, regions)));
    methods.push_back(
        named("effective-attenuation", byEffectiveAttenuation(problem, optics, nuclide, discs, k, regions)));
    methods.push_back(named("scatter-window", byScatterWindow(problem, optics, discs, k, regions)));
    methods.push_back(named("regions", byAllRegions(problem, optics, discs, k, regions)));
  }
}

}  // namespace

const MethodAnswer* FocusAnswer::by(const std::string& method) const {
  const auto found = std::find_if(methods.begin(), methods.end(),
                                  [&](const MethodAnswer& answer) { return answer.method == method; });
  return found == methods.end() ? nullptr : &*found;
}

std::vector<FocusAnswer> quantifyFoci(const StudyProblem& study, const std::vector<FocusSeed>& seeds,
                                      const QuantificationConfig& config) {
  const JointFit fit = jointFit(study.problem, *study.optics, seeds, config.joint);
  std::vector<FocusAnswer> answers(seeds.size());
  for (std::size_t index = 0; index < seeds.size(); ++index) {
    FocusAnswer& answer = answers[index];
    answer.number = static_cast<int>(index) + 1;
    answer.anteriorCounts = fit.foci[index].expectedAnteriorCounts;
    answer.methods.push_back(jointAnswer(fit.foci[index], study.inputs));
  }
  if (config.regionMethods) addRegionMethods(study, seeds, config, answers);
  return answers;
}

double expectedCounts(const CalibratedView& view, const NeckOptics& optics, const Focus& focus) {
  const Column column = optics.columnAt(focus.x, focus.z);
  const double opticalDepth =
      optics.ray({focus.x, column.anteriorSkinY + focus.depthMm, focus.z}, view.head).opticalDepth;
  const physics::PointResponse& response = view.model.response;
  const physics::ScatterKernel& scatter = view.model.scatter;
  const double tails = response.totalCpsPerMBq() - response.coreCpsPerMBq;
  const double primary = (response.coreCpsPerMBq + tails) * std::exp(-opticalDepth);
  const double scattered = response.coreCpsPerMBq / scatter.primaryFraction() *
                           scatter.totalAt(opticalDepth / optics.waterAttenuationPerMm());
  return focus.activityMBq * view.exposureSeconds * (primary + scattered);
}

}  // namespace remnant::quantify
