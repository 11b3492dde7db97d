#pragma once

#include <cstddef>

/// The order of the parameters of a joint fit.
namespace remnant::quantify {

enum FocusParameter : std::size_t { kLogActivity, kX, kZ, kDepth, kLogWidth, kLogStretch, kFocusParameters };

/// Foci first, then the backgrounds view by view, then the nuisances as unit-normal deviates.
struct JointLayout {
  std::size_t foci = 0, views = 0, backgroundTerms = 0, heads = 0, windows = 0, causes = 0;

  std::size_t focus(std::size_t k, FocusParameter parameter) const {
    return kFocusParameters * k + parameter;
  }
  std::size_t background(std::size_t view, std::size_t term) const {
    return kFocusParameters * foci + backgroundTerms * view + term;
  }
  std::size_t firstNuisance() const { return background(views, 0); }
  std::size_t headGain(std::size_t head) const { return firstNuisance() + head; }
  std::size_t windowGain(std::size_t window) const { return headGain(heads) + window; }
  std::size_t plane(std::size_t head) const { return windowGain(windows) + head; }
  std::size_t table() const { return plane(heads); }
  std::size_t tailScale() const { return table() + 1; }
  std::size_t cause(std::size_t index) const { return tailScale() + 1 + index; }
  std::size_t size() const { return cause(causes); }
};

}  // namespace remnant::quantify
