#include "remnant/quantify/study_change.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "remnant/quantify/change.h"

namespace remnant::quantify {
namespace {

struct Shift {
  double x = 0, z = 0;
};

struct Matching {
  std::vector<FocusPair> pairs;
  double misfit = 0;  ///< of the shift and of what is left of the distances
};

/// Nearest first, each focus once.
Matching matchingUnder(const Shift& shift, const std::vector<FocusPlace>& before,
                       const std::vector<FocusPlace>& after, const MatchConfig& config) {
  struct Candidate {
    double distance;
    FocusPair pair;
  };
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < before.size(); ++i)
    for (std::size_t j = 0; j < after.size(); ++j) {
      const double distance =
          std::hypot(after[j].x - before[i].x - shift.x, after[j].z - before[i].z - shift.z);
      if (distance <= config.mostApartMm) candidates.push_back({distance, {i, j}});
    }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.distance < b.distance; });
  Matching matching;
  const double shifted = std::hypot(shift.x, shift.z) / config.shiftSigmaMm;
  matching.misfit = shifted * shifted;
  for (const Candidate& candidate : candidates) {
    const bool taken = std::any_of(matching.pairs.begin(), matching.pairs.end(), [&](const FocusPair& pair) {
      return pair.before == candidate.pair.before || pair.after == candidate.pair.after;
    });
    if (taken) continue;
    matching.pairs.push_back(candidate.pair);
    const double apart = candidate.distance / (config.mostApartMm / 3);
    matching.misfit += apart * apart;
  }
  return matching;
}

bool isBetter(const Matching& one, const Matching& other) {
  if (one.pairs.size() != other.pairs.size()) return one.pairs.size() > other.pairs.size();
  return one.misfit < other.misfit;
}

std::optional<Refusal> refusalOf(const char* which, const Result& uptake) {
  if (const auto* refusal = std::get_if<Refusal>(&uptake))
    return Refusal{refusal->code, fmt::format("the uptake of the {} study: {}", which, refusal->sentence)};
  if (std::get<Estimate>(uptake).value > 0) return std::nullopt;
  return Refusal{"no-uptake", fmt::format("the {} study has no uptake by this method", which)};
}

Result ratio(const MethodAnswer& after, const MethodAnswer& before, double commonRelative) {
  if (const auto refusal = refusalOf("earlier", before.uptakePercent)) return *refusal;
  if (auto refusal = refusalOf("later", after.uptakePercent)) {
    const double least = std::get<Estimate>(before.uptakePercent).lower;
    const auto* most = std::get_if<Refusal>(&after.uptakePercent);
    if (most && most->upperLimit && least > 0) refusal->upperLimit = *most->upperLimit / least;
    return *refusal;
  }
  return ratioOf(std::get<Estimate>(after.uptakePercent), std::get<Estimate>(before.uptakePercent),
                 commonRelative);
}

/// Of one camera: what both days share. The smaller where a calibration was made again.
double commonOf(const ChangePart& before, const ChangePart& after, double dayToDay) {
  if (before.serialNumber != after.serialNumber || before.serialNumber.empty()) return 0;
  const double sigma = std::min(before.calibrationRelativeSigma, after.calibrationRelativeSigma);
  return std::sqrt(std::max(0.0, sigma * sigma - dayToDay * dayToDay));
}

}  // namespace

std::vector<FocusPair> matchedFoci(const std::vector<FocusPlace>& before,
                                   const std::vector<FocusPlace>& after, const MatchConfig& config) {
  Matching best = matchingUnder({}, before, after, config);
  for (const FocusPlace& earlier : before)
    for (const FocusPlace& later : after) {
      const Shift shift{later.x - earlier.x, later.z - earlier.z};
      if (std::hypot(shift.x, shift.z) > config.mostShiftMm) continue;
      Matching matching = matchingUnder(shift, before, after, config);
      if (isBetter(matching, best)) best = std::move(matching);
    }
  std::sort(best.pairs.begin(), best.pairs.end(),
            [](const FocusPair& a, const FocusPair& b) { return a.before < b.before; });
  return best.pairs;
}

StudyChange changeBetween(const ChangePart& before, const ChangePart& after, double dayToDayRelativeSigma,
                          const MatchConfig& config) {
  StudyChange change{before.studyInstanceUid, after.studyInstanceUid, {}, {}, {}};
  const double common = commonOf(before, after, dayToDayRelativeSigma);
  const std::vector<FocusPair> pairs = matchedFoci(before.places, after.places, config);
  for (const FocusPair& pair : pairs) {
    const FocusAnswer &earlier = (*before.foci)[pair.before], &later = (*after.foci)[pair.after];
    for (const MethodAnswer& method : earlier.methods)
      if (const MethodAnswer* same = later.by(method.method); same && isGiven(method.uptakePercent))
        change.foci.push_back({earlier.number, later.number, method.method, ratio(*same, method, common)});
  }
  for (std::size_t i = 0; i < before.places.size(); ++i)
    if (std::none_of(pairs.begin(), pairs.end(), [&](const FocusPair& pair) { return pair.before == i; }))
      change.onlyBefore.push_back(before.places[i].number);
  for (std::size_t j = 0; j < after.places.size(); ++j)
    if (std::none_of(pairs.begin(), pairs.end(), [&](const FocusPair& pair) { return pair.after == j; }))
      change.onlyAfter.push_back(after.places[j].number);
  return change;
}

}  // namespace remnant::quantify
