#include "remnant/quantify/study_quantification.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "remnant/quantify/depth_by_site.h"
#include "remnant/quantify/planar_methods.h"

namespace remnant::quantify {
namespace {

/// Neighbouring windows may share an edge.
constexpr double kSharedEdgeKeV = 1;

/// What the study gave to all methods, named once.
Result withInputs(Result result, const std::vector<std::string>& inputs) {
  if (auto* estimate = std::get_if<Estimate>(&result))
    for (const std::string& input : inputs)
      if (std::find(estimate->inputs.begin(), estimate->inputs.end(), input) == estimate->inputs.end())
        estimate->inputs.push_back(input);
  return result;
}

std::string mostOf(const FocusEstimate& fitted) {
  return fitted.uptakePercent.upper > 0 ? fmt::format("{:.2g} % of the dose", fitted.uptakePercent.upper)
                                        : fmt::format("{:.2g} MBq", fitted.activityMBq.upper);
}

Refusal notSignificant(const FocusEstimate& fitted, double least) {
  return {"not-significant",
          fmt::format(
              "the counts at the place do not tell a focus from the background and the other foci: {:.1f} "
              "standard deviations, where {:.1f} are asked; it has at most {}",
              fitted.significance, least, mostOf(fitted))};
}

Refusal tooDeep(const Estimate& depthMm, double thicknessMm) {
  return {
      "too-deep",
      fmt::format("the counts put it {:.0f} mm and more below the skin of a body of {:.0f} mm there, where "
                  "no thyroid tissue lies: it is something else, or nothing",
                  depthMm.lower, thicknessMm)};
}

Result limited(Refusal refusal, const Estimate& estimate) {
  if (estimate.upper > 0) refusal.upperLimit = estimate.upper;
  return refusal;
}

MethodAnswer notSeen(const FocusEstimate& fitted, double least) {
  const Refusal refusal = notSignificant(fitted, least);
  return {"joint", refusal, limited(refusal, fitted.activityMBq), limited(refusal, fitted.uptakePercent)};
}

MethodAnswer jointAnswer(const FocusEstimate& fitted, const StudyProblem& study,
                         const QuantificationConfig& config) {
  const double thicknessMm = study.optics->columnAt(fitted.focus.x, fitted.focus.z).thicknessMm;
  MethodAnswer answer;
  answer.method = "joint";
  const auto refuse = [&](const Refusal& refusal) {
    answer.depthMm = answer.activityMBq = answer.uptakePercent = refusal;
    return answer;
  };
  if (fitted.significance < config.joint.leastSignificance)
    return notSeen(fitted, config.joint.leastSignificance);
  if (fitted.depthMm.lower > config.deepestShare * thicknessMm)
    return refuse(tooDeep(fitted.depthMm, thicknessMm));
  const auto named = [&](const Estimate& estimate) { return withInputs(estimate, study.inputs); };
  answer.depthMm = named(fitted.depthWithPriorMm.value_or(fitted.depthMm));
  answer.activityMBq = named(fitted.activityWithPriorMBq.value_or(fitted.activityMBq));
  if (study.problem.activityToUptakePercent > 0)
    answer.uptakePercent = named(fitted.uptakeWithPriorPercent.value_or(fitted.uptakePercent));
  else
    answer.uptakePercent = noDose();
  return answer;
}

double discRadiusMm(const StudyProblem& study, const FocusSeed& seed, const QuantificationConfig& config) {
  const CalibratedView& view = study.problem.views.front();
  const double skinY = study.optics->columnAt(seed.x, seed.z).anteriorSkinY;
  const projection::SeenPoint seen =
      projection::seenFrom(view.head, {seed.x, skinY + config.discDepthMm, seed.z});
  return config.discRadiusFwhm * 2.3548 * view.model.response.sigmaMm(seen.distanceMm);
}

MethodAnswer named(std::string method, const PlanarAnswer& answer, const std::vector<std::string>& inputs) {
  return {std::move(method), withInputs(answer.depthMm, inputs), withInputs(answer.activityMBq, inputs),
          withInputs(answer.uptakePercent, inputs)};
}

void refuseUncertain(Result& result, double mostOverEstimate) {
  const auto* estimate = std::get_if<Estimate>(&result);
  if (!estimate || estimate->upper <= mostOverEstimate * estimate->value) return;
  result = limited({"too-uncertain", fmt::format("its 95 % interval reaches to more than {:.0f} times the "
                                                 "estimate",
                                                 mostOverEstimate)},
                   *estimate);
}

/// One study's foci, method by method.
class Quantifier {
 public:
  Quantifier(const StudyProblem& study, const std::vector<FocusSeed>& seeds,
             const QuantificationConfig& config, const FurtherEvidence& evidence)
      : study_(study),
        seeds_(seeds),
        config_(config),
        evidence_(evidence),
        answers_(seeds.size()),
        depthsMm_(seeds.size(), config.discDepthMm),
        depthSigmasMm_(seeds.size(), kUnknownDepthSigmaMm) {}

  std::vector<FocusAnswer> run() && {
    for (std::size_t k = 0; k < seeds_.size(); ++k) answers_[k].number = static_cast<int>(k) + 1;
    if (needsFit()) addJoint();
    if (needsDiscs()) addRegionMethods();
    if (!evidence_.laterals.empty()) addLateral();
    if (evidence_.tomography) addSpect();
    if (evidence_.standard) addStandard();
    for (std::size_t k = 0; k < seeds_.size(); ++k)
      if (isOutsideNeck(seeds_[k])) refuseByEllipse(answers_[k]);
    for (FocusAnswer& answer : answers_)
      for (MethodAnswer& method : answer.methods)
        for (Result* result : {&method.activityMBq, &method.uptakePercent})
          refuseUncertain(*result, config_.mostOverEstimate);
    return std::move(answers_);
  }

 private:
  static constexpr double kUnknownDepthSigmaMm = 10;
  static constexpr double kMostDepthMm = 60;

  /// Others take the depth from it, to find the focus in views from elsewhere.
  bool needsFit() const {
    return config_.wants("joint") || !evidence_.laterals.empty() || evidence_.tomography.has_value() ||
           evidence_.standard.has_value();
  }

  bool needsDiscs() const {
    static const std::array kByRegions{"opposed-views", "effective-attenuation", "scatter-window", "regions"};
    return evidence_.standard.has_value() ||
           std::any_of(kByRegions.begin(), kByRegions.end(),
                       [&](const char* method) { return config_.wants(method); });
  }

  bool isOutsideNeck(const FocusSeed& seed) const {
    return !study_.fromMap && evidence_.thyroidBedZ &&
           std::abs(seed.z - *evidence_.thyroidBedZ) > config_.neckReachMm;
  }

  void refuseByEllipse(FocusAnswer& answer) const {
    const Refusal refusal{"outside-neck",
                          fmt::format("the focus lies more than {:.0f} mm above or below the middle of the "
                                      "thyroid bed, where an ellipse for the neck says nothing; a map would",
                                      config_.neckReachMm)};
    for (MethodAnswer& method : answer.methods) {
      if (method.method == "lateral" || method.method == "spect") continue;
      for (Result* result : {&method.depthMm, &method.activityMBq, &method.uptakePercent})
        if (isGiven(*result)) *result = refusal;
    }
  }

  void addJoint() {
    JointConfig config = config_.joint;
    std::vector<FocusSeed> seeds = seeds_;
    if (!study_.fromMap && config_.depthPriorBySite) {
      for (FocusSeed& seed : seeds)
        seed.depthPrior = depthPriorAt(seed.x - study_.midlineX.value, study_.midlineX.sigma);
      config.profileIntervals = false;
    }
    try {
      takeJoint(jointFit(jointViews(study_.problem), *study_.optics, seeds, config));
    } catch (const InputError& error) {
      if (config_.wants("joint")) refuseJoint({error.code(), error.what()});
    }
  }

  void refuseJoint(const Refusal& refusal) {
    for (FocusAnswer& answer : answers_) answer.methods.push_back({"joint", refusal, refusal, refusal});
  }

  void takeJoint(const JointFit& fit) {
    for (std::size_t k = 0; k < seeds_.size(); ++k) {
      answers_[k].anteriorCounts = fit.foci[k].expectedAnteriorCounts;
      answers_[k].place = {fit.foci[k].x, fit.foci[k].z};
      const Estimate depth = fit.foci[k].depthWithPriorMm.value_or(fit.foci[k].depthMm);
      depthsMm_[k] = std::clamp(depth.value, 0.0, kMostDepthMm);
      depthSigmasMm_[k] = std::min(kUnknownDepthSigmaMm, depth.standardUncertainty());
      if (config_.wants("joint")) answers_[k].methods.push_back(jointAnswer(fit.foci[k], study_, config_));
    }
  }

  /// A mark some millimetres off costs a disc a third of its counts.
  void centreDiscs() {
    for (const FocusSeed& seed : seeds_) discs_.push_back(discsAt(seed));
    std::vector<FocusDiscs> centred = discs_;
    for (std::size_t k = 0; k < seeds_.size(); ++k) {
      regions_.push_back(config_.regions);
      try {
        const SpotPlace found = placeOfSpot(study_.problem, *study_.optics, seeds_, discs_, k,
                                            config_.discDepthMm, config_.regions, config_.place);
        if (isAnothers(found.place, k)) continue;
        centred[k] = discsAt(found.place);
        regions_[k].sourceWidthMm = found.widthMm;
      } catch (const InputError&) {
        // The methods tell what is wrong with the region.
      }
    }
    discs_ = std::move(centred);
  }

  /// Nearer to the mark of another focus: the spot is that one's.
  bool isAnothers(const FocusSeed& place, std::size_t k) const {
    const auto away = [&](const FocusSeed& mark) { return std::hypot(mark.x - place.x, mark.z - place.z); };
    return std::any_of(seeds_.begin(), seeds_.end(),
                       [&](const FocusSeed& mark) { return away(mark) < away(seeds_[k]); });
  }

  FocusDiscs discsAt(const FocusSeed& place) const {
    return discsAbout(study_.problem, *study_.optics, place, config_.discDepthMm,
                      discRadiusMm(study_, place, config_));
  }

  void addRegionMethods() {
    centreDiscs();
    for (std::size_t k = 0; k < seeds_.size(); ++k) addRegionMethods(k);
  }

  void addRegionMethods(std::size_t k) {
    const PlanarProblem& problem = study_.problem;
    const NeckOptics& optics = *study_.optics;
    const RegionConfig& regions = regions_[k];
    const auto add = [&](const char* method, const auto& answer) {
      if (config_.wants(method)) answers_[k].methods.push_back(named(method, answer(), study_.inputs));
    };
    add("opposed-views", [&] { return byOpposedViews(problem, optics, discs_, k, regions); });
    add("effective-attenuation", [&] {
      return byEffectiveAttenuation(problem, optics, physics::nuclideNamed(study_.nuclide), discs_, k,
                                    regions);
    });
    add("scatter-window", [&] { return byScatterWindow(problem, optics, discs_, k, regions); });
    add("regions", [&] { return byAllRegions(problem, optics, discs_, k, regions); });
  }

  void addLateral() {
    for (std::size_t k = 0; k < seeds_.size(); ++k)
      answers_[k].methods.push_back(
          {"lateral", lateralDepth(evidence_.laterals, *study_.optics, seeds_, depthsMm_, k, config_.lateral),
           notByThisMethod(), notByThisMethod()});
  }

  void addSpect() {
    if (const auto* refusal = std::get_if<Refusal>(&*evidence_.tomography)) {
      for (FocusAnswer& answer : answers_) answer.methods.push_back({"spect", *refusal, *refusal, *refusal});
      return;
    }
    const auto& tomography = std::get<TomographicStudy>(*evidence_.tomography);
    std::vector<image::Point> points;
    for (std::size_t k = 0; k < seeds_.size(); ++k)
      points.push_back({seeds_[k].x,
                        study_.optics->columnAt(seeds_[k].x, seeds_[k].z).anteriorSkinY + depthsMm_[k],
                        seeds_[k].z});
    std::vector<SpectAnswer> answers = quantifySpect(tomography.problem, points, tomography.sensitivity,
                                                     tomography.activityToUptakePercent, config_.spect);
    for (std::size_t k = 0; k < seeds_.size(); ++k)
      answers_[k].methods.push_back({"spect", std::move(answers[k].depthMm),
                                     std::move(answers[k].activityMBq), std::move(answers[k].uptakePercent)});
  }

  void addStandard() {
    for (std::size_t k = 0; k < seeds_.size(); ++k) {
      std::vector<Disc> others;
      for (std::size_t other = 0; other < seeds_.size(); ++other)
        if (other != k) others.push_back(discs_[other].front());
      const Focus focus{.x = seeds_[k].x, .z = seeds_[k].z, .depthMm = depthsMm_[k]};
      answers_[k].methods.push_back(
          {"standard", notByThisMethod(), notByThisMethod(),
           uptakeByStandard(study_, *evidence_.standard, evidence_.hoursAfterDose, focus, depthSigmasMm_[k],
                            others, discs_[k].front(), regions_[k])});
    }
  }

  const StudyProblem& study_;
  const std::vector<FocusSeed>& seeds_;
  const QuantificationConfig& config_;
  const FurtherEvidence& evidence_;
  std::vector<FocusAnswer> answers_;
  std::vector<FocusDiscs> discs_;
  std::vector<RegionConfig> regions_;  ///< one a focus
  std::vector<double> depthsMm_, depthSigmasMm_;
};

}  // namespace

const MethodAnswer* FocusAnswer::by(const std::string& method) const {
  const auto found = std::find_if(methods.begin(), methods.end(),
                                  [&](const MethodAnswer& answer) { return answer.method == method; });
  return found == methods.end() ? nullptr : &*found;
}

const std::vector<std::string>& methodNames() {
  static const std::vector<std::string> kNames{"joint",          "opposed-views", "effective-attenuation",
                                               "scatter-window", "regions",       "lateral",
                                               "spect",          "standard"};
  return kNames;
}

Refusal notByThisMethod() {
  return {"not-by-this-method", "this method is not for this quantity"};
}

bool isGiven(const Result& result) {
  const auto* refusal = std::get_if<Refusal>(&result);
  return !refusal || refusal->code != notByThisMethod().code;
}

bool QuantificationConfig::wants(const std::string& method) const {
  return methods.empty() || std::find(methods.begin(), methods.end(), method) != methods.end();
}

FurtherEvidence evidenceOf(const scintigraphy::AcquiredStudy& study, const StudyProblem& problem,
                           const physics::Calibration& calibration, const physics::CameraLibrary& cameras,
                           const std::vector<NamedBox>& boxes, const StudyProblemConfig& problemConfig,
                           const QuantificationConfig& config) {
  FurtherEvidence evidence;
  evidence.hoursAfterDose = problem.hoursAfterDose;
  if (const NamedBox* bed = boxOf(boxes, "thyroid", scintigraphy::View::kAnterior))
    evidence.thyroidBedZ =
        patientPlaneOf(problem.problem.views.front(), 0,
                       static_cast<double>(bed->box.y) + (static_cast<double>(bed->box.height) - 1) / 2)
            .z;
  if (config.wants("lateral"))
    evidence.laterals =
        lateralProblemsOf(study, problem, calibration, cameras, boxes, problemConfig, config.lateral);
  if (config.wants("spect")) evidence.tomography = tomographyOf(study, calibration, cameras);
  if (evidence.tomography && !problem.fromMap)
    evidence.tomography = Refusal{"no-map", "a tomography needs the study's attenuation map"};
  return evidence;
}

std::vector<FocusAnswer> quantifyFoci(const StudyProblem& study, const std::vector<FocusSeed>& seeds,
                                      const QuantificationConfig& config, const FurtherEvidence& evidence) {
  return Quantifier(study, seeds, config, evidence).run();
}

PlanarProblem jointViews(const PlanarProblem& problem) {
  std::vector<physics::Window> taken;
  std::vector<int> numbers;
  for (const CalibratedView& view : problem.views) {
    const physics::PointResponse& response = view.model.response;
    if (std::find(numbers.begin(), numbers.end(), view.windowNumber) != numbers.end()) continue;
    const bool photopeak = view.windowNumber == 0;
    const bool penetrated = response.totalCpsPerMBq() > 2 * response.coreCpsPerMBq;
    const bool overlapping = std::any_of(taken.begin(), taken.end(), [&](const physics::Window& other) {
      return std::max(other.lowerKeV, response.window.lowerKeV) <
             std::min(other.upperKeV, response.window.upperKeV) - kSharedEdgeKeV;
    });
    if (!photopeak && (penetrated || overlapping)) continue;
    taken.push_back(response.window);
    numbers.push_back(view.windowNumber);
  }
  PlanarProblem chosen{{}, problem.nuisances, problem.activityToUptakePercent};
  for (const CalibratedView& view : problem.views)
    if (std::find(numbers.begin(), numbers.end(), view.windowNumber) != numbers.end())
      chosen.views.push_back(view);
  return chosen;
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
