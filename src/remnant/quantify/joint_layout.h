#pragma once

#include <cstddef>
#include <vector>

/// The order of the parameters of a joint fit.
namespace remnant::quantify {

enum FocusParameter : std::size_t { kLogActivity, kX, kZ, kDepth, kLogWidth, kLogStretch, kFocusParameters };

/// Foci first, then the backgrounds patch by patch (the polynomial's terms before the irregularities), then
/// the nuisances as unit-normal deviates.
struct JointLayout {
  std::size_t foci = 0;
  std::size_t smoothTerms = 0;              ///< of each background's polynomial
  std::vector<std::size_t> irregularities;  ///< of each background
  std::size_t heads = 0, windows = 0, causes = 0;

  std::size_t patches() const { return irregularities.size(); }
  std::size_t focus(std::size_t k, FocusParameter parameter) const {
    return kFocusParameters * k + parameter;
  }
  std::size_t backgroundTerms(std::size_t patch) const { return smoothTerms + irregularities[patch]; }
  std::size_t background(std::size_t patch, std::size_t term) const;
  std::size_t firstNuisance() const { return background(patches(), 0); }
  std::size_t headGain(std::size_t head) const { return firstNuisance() + head; }
  std::size_t windowGain(std::size_t window) const { return headGain(heads) + window; }
  std::size_t plane(std::size_t head) const { return windowGain(windows) + head; }
  std::size_t table() const { return plane(heads); }
  std::size_t tailScale() const { return table() + 1; }
  std::size_t cause(std::size_t index) const { return tailScale() + 1 + index; }
  std::size_t size() const { return cause(causes); }
};

}  // namespace remnant::quantify
