#include "remnant/measure/patient_bootstrap.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "remnant/base/error.h"
#include "remnant/base/random.h"
#include "remnant/measure/classification.h"

namespace remnant::measure {
namespace {

constexpr std::uint32_t kBootstrapPlace = 0x424F4F54;

/// The sets with patients numbered in sorted order, so that the draws do not depend on the order of the rows.
class NumberedPatients {
 public:
  explicit NumberedPatients(std::span<const TestSet> sets) {
    for (const TestSet& set : sets)
      for (const std::string& patient : set.patients) numberOf_.emplace(patient, 0);
    std::size_t next = 0;
    for (auto& entry : numberOf_) entry.second = next++;
    for (const TestSet& set : sets) {
      numbers_.emplace_back();
      for (const std::string& patient : set.patients) numbers_.back().push_back(numberOf_.at(patient));
    }
  }

  std::size_t count() const { return numberOf_.size(); }
  const std::vector<std::size_t>& ofSet(std::size_t set) const { return numbers_[set]; }

 private:
  std::map<std::string, std::size_t> numberOf_;
  std::vector<std::vector<std::size_t>> numbers_;
};

/// How often each patient was drawn.
std::vector<std::size_t> drawPatients(std::size_t count, std::uint64_t seed, std::size_t resample) {
  RandomStream random(seed, kBootstrapPlace, static_cast<std::uint32_t>(resample));
  std::vector<std::size_t> times(count, 0);
  for (std::size_t draw = 0; draw < count; ++draw) ++times[random.below(static_cast<std::uint32_t>(count))];
  return times;
}

TestSet resampled(const TestSet& set, const std::vector<std::size_t>& patientNumbers,
                  const std::vector<std::size_t>& times) {
  TestSet drawn;
  drawn.threshold = set.threshold;
  for (std::size_t study = 0; study < set.labels.size(); ++study)
    for (std::size_t copy = 0; copy < times[patientNumbers[study]]; ++copy) {
      drawn.labels.push_back(set.labels[study]);
      drawn.scores.push_back(set.scores[study]);
    }
  return drawn;
}

std::optional<double> resampledMean(Figure figure, std::span<const TestSet> sets,
                                    const NumberedPatients& patients, const std::vector<std::size_t>& times) {
  std::vector<TestSet> drawn;
  for (std::size_t set = 0; set < sets.size(); ++set)
    drawn.push_back(resampled(sets[set], patients.ofSet(set), times));
  return meanFigure(figure, drawn);
}

/// Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996).
double percentile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], place - std::floor(place));
}

}  // namespace

std::string_view figureName(Figure figure) {
  switch (figure) {
    case Figure::kAuc:
      return "auc";
    case Figure::kSensitivity:
      return "sensitivity";
    case Figure::kSpecificity:
      return "specificity";
    case Figure::kF1:
      return "f1";
    case Figure::kAccuracy:
      return "accuracy";
  }
  throw ProgramError("a figure of merit without a name");
}

std::optional<double> figureOf(Figure figure, const TestSet& set) {
  if (figure == Figure::kAuc) return areaUnderCurve(set.labels, set.scores);
  const Confusion confusion = confusionAt(set.labels, set.scores, set.threshold);
  if (figure == Figure::kSensitivity) return sensitivity(confusion);
  if (figure == Figure::kSpecificity) return specificity(confusion);
  if (figure == Figure::kF1) return f1(confusion);
  return accuracy(confusion);
}

std::optional<double> meanFigure(Figure figure, std::span<const TestSet> sets) {
  double sum = 0;
  std::size_t defined = 0;
  for (const TestSet& set : sets)
    if (const auto value = figureOf(figure, set)) {
      sum += *value;
      ++defined;
    }
  if (defined == 0) return std::nullopt;
  return sum / static_cast<double>(defined);
}

Estimate patientBootstrap(Figure figure, std::span<const TestSet> sets, const BootstrapConfig& config) {
  Estimate estimate;
  estimate.value = meanFigure(figure, sets);
  estimate.undefinedSets = static_cast<std::size_t>(std::count_if(
      sets.begin(), sets.end(), [&](const TestSet& set) { return !figureOf(figure, set).has_value(); }));
  const NumberedPatients patients(sets);
  std::vector<double> means;
  for (std::size_t resample = 0; resample < config.resamples && patients.count() > 0; ++resample)
    if (const auto mean =
            resampledMean(figure, sets, patients, drawPatients(patients.count(), config.seed, resample)))
      means.push_back(*mean);
  estimate.undefinedResamples = config.resamples - means.size();
  if (!estimate.value || means.empty()) return estimate;
  std::sort(means.begin(), means.end());
  estimate.lower = percentile(means, (1 - config.confidence) / 2);
  estimate.upper = percentile(means, (1 + config.confidence) / 2);
  return estimate;
}

}  // namespace remnant::measure
