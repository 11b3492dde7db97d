#include "remnant/quantify/study_quantification.h"

#include <algorithm>
#include <cmath>

#include "remnant/base/error.h"

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
