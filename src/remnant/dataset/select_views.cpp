#include "remnant/dataset/select_views.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <set>
#include <tuple>

namespace remnant::dataset {
namespace {

struct Candidate {
  const CatalogueObject* object;
  std::size_t frame;
  std::string view;
  std::string window;
};

/// What two frames must share to be opposed views of one acquisition.
auto shapeOf(const Candidate& candidate) {
  const CatalogueObject& object = *candidate.object;
  return std::tie(object.rows, object.columns, object.rowSpacingMm, object.columnSpacingMm, candidate.window);
}

/// Energy of the main photopeak. Source: ENSDF decay data.
std::optional<double> photopeakKeV(const std::string& radionuclide) {
  if (radionuclide == "I-131") return 364.5;
  if (radionuclide == "I-123") return 159.0;
  if (radionuclide == "Tc-99m") return 140.5;
  return std::nullopt;
}

/// window: "lower-upper", '+' between several.
bool windowHolds(const std::string& window, double energyKeV) {
  const char* at = window.data();
  const char* const end = at + window.size();
  while (at < end) {
    double lower = 0, upper = 0;
    const auto first = std::from_chars(at, end, lower);
    if (first.ec != std::errc() || first.ptr == end) return false;
    const auto second = std::from_chars(first.ptr + 1, end, upper);
    if (second.ec != std::errc()) return false;
    if (lower <= energyKeV && energyKeV <= upper) return true;
    at = second.ptr + 1;
  }
  return false;
}

std::vector<Candidate> candidatesOf(const std::vector<CatalogueObject>& objects) {
  std::vector<Candidate> candidates;
  for (const CatalogueObject& object : objects) {
    if (object.acquisition != "whole-body" || !object.rowSpacingMm || !object.columnSpacingMm) continue;
    for (std::size_t frame = 0; frame < object.views.size(); ++frame) {
      const std::string& view = object.views[frame];
      if (view != "anterior" && view != "posterior") continue;
      const std::string window =
          frame < object.energyWindows.size() ? object.energyWindows[frame] : std::string();
      candidates.push_back({&object, frame, view, window});
    }
  }
  return candidates;
}

/// Where there are several windows, only frames of the photopeak are left; none where that is not known.
std::vector<Candidate> ofPhotopeak(std::vector<Candidate> candidates) {
  std::set<std::string> windows;
  for (const Candidate& candidate : candidates) windows.insert(candidate.window);
  if (windows.size() <= 1) return candidates;
  std::erase_if(candidates, [](const Candidate& candidate) {
    const auto energy = photopeakKeV(candidate.object->radionuclide);
    return !energy || !windowHolds(candidate.window, *energy);
  });
  return candidates;
}

struct Pair {
  const Candidate* anterior;
  const Candidate* posterior;

  bool inOneObject() const { return anterior->object == posterior->object; }
  auto order() const {
    const auto hours = [](const Candidate& candidate) {
      return candidate.object->hoursFromDose.value_or(std::numeric_limits<double>::max());
    };
    return std::make_tuple(!inOneObject(), std::max(hours(*anterior), hours(*posterior)),
                           anterior->object->sopUid, posterior->object->sopUid, anterior->frame,
                           posterior->frame);
  }
};

std::vector<Pair> pairsOf(const std::vector<Candidate>& candidates) {
  std::vector<Pair> pairs;
  for (const Candidate& anterior : candidates)
    for (const Candidate& posterior : candidates)
      if (anterior.view == "anterior" && posterior.view == "posterior" &&
          shapeOf(anterior) == shapeOf(posterior))
        pairs.push_back({&anterior, &posterior});
  return pairs;
}

}  // namespace

std::variant<OpposedFrames, LeftOut> selectOpposedViews(const std::vector<CatalogueObject>& objects) {
  const std::vector<Candidate> candidates = ofPhotopeak(candidatesOf(objects));
  const std::vector<Pair> pairs = pairsOf(candidates);
  if (pairs.empty())
    return LeftOut{"no-opposed-views",
                   "among " + std::to_string(objects.size()) +
                       " objects there is no whole-body anterior and posterior frame of one shape, pixel "
                       "spacing and photopeak window"};
  const Pair& chosen = *std::min_element(pairs.begin(), pairs.end(), [](const Pair& left, const Pair& right) {
    return left.order() < right.order();
  });
  return OpposedFrames{.anterior = {*chosen.anterior->object, chosen.anterior->frame},
                       .posterior = {*chosen.posterior->object, chosen.posterior->frame},
                       .severalAcquisitions = pairs.size() > 1};
}

}  // namespace remnant::dataset
