#include <map>

#include "remnant/base/parallel.h"
#include "remnant/benchmark/contestant.h"
#include "remnant/measure/logistic_regression.h"
#include "remnant/quantify/neck_shoulder_ratio.h"

namespace remnant::benchmark {
namespace {

struct ReferenceBoxes {
  std::optional<image::Box> thyroid;
  std::optional<image::Box> shoulder;
};

/// The automatic boxes of the anterior view, by study.
std::map<std::string, ReferenceBoxes> automaticBoxes(const Arena& arena) {
  const std::string imageSet = dataset::imageSetText(arena.imageSet);
  std::map<std::string, ReferenceBoxes> boxes;
  for (const dataset::Region& region : arena.dataset.regions()) {
    if (region.imageSet != imageSet || region.view != "anterior" || region.source != "automatic") continue;
    if (region.region == "thyroid") boxes[region.study].thyroid = region.box;
    if (region.region == "shoulder") boxes[region.study].shoulder = region.box;
  }
  return boxes;
}

double logRatio(const Arena& arena, const std::map<std::string, ReferenceBoxes>& boxes,
                const std::string& study) {
  const auto found = boxes.find(study);
  if (found == boxes.end() || !found->second.thyroid || !found->second.shoulder)
    throw InputError("missing-region",
                     "study " + study + " has no automatic thyroid and shoulder box on its anterior " +
                         dataset::imageSetText(arena.imageSet) + " view",
                     (arena.dataset.folder() / "regions.csv").string());
  const image::Counts anterior = arena.dataset.views(study, arena.imageSet).anterior;
  return quantify::neckShoulderRatio(anterior, *found->second.thyroid, *found->second.shoulder).logarithm;
}

class RatioContestant : public Contestant {
 public:
  RatioContestant(const RatioSettings& settings, const Arena& arena)
      : settings_(settings), cases_(arena.cases), logRatios_(arena.cases.size()) {
    const auto boxes = automaticBoxes(arena);
    parallelFor(cases_.size(), arena.threads,
                [&](std::size_t place) { logRatios_[place] = logRatio(arena, boxes, cases_[place].study); });
  }

  std::size_t stepsPerFit() const override { return 1; }

  FoldScores score(const Fold& fold, std::uint64_t, const std::function<void()>& stepDone) const override {
    std::vector<double> features;
    std::vector<int> labels;
    for (const std::size_t place : fold.train) {
      features.push_back(logRatios_[place]);
      labels.push_back(cases_[place].label);
    }
    const auto model = measure::fitLogistic(features, 1, labels, {.ridge = settings_.ridge});
    stepDone();
    return {scores(model, fold.train), scores(model, fold.test)};
  }

 private:
  std::vector<double> scores(const measure::LogisticModel& model,
                             const std::vector<std::size_t>& places) const {
    std::vector<double> scores;
    for (const std::size_t place : places) scores.push_back(model.probability({&logRatios_[place], 1}));
    return scores;
  }

  RatioSettings settings_;
  const std::vector<Case>& cases_;
  std::vector<double> logRatios_;
};

}  // namespace

std::unique_ptr<const Contestant> prepare(const RatioSettings& settings, const Arena& arena) {
  return std::make_unique<RatioContestant>(settings, arena);
}

}  // namespace remnant::benchmark
