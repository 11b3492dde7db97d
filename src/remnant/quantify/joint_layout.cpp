#include "remnant/quantify/joint_layout.h"

namespace remnant::quantify {

std::size_t JointLayout::background(std::size_t patch, std::size_t term) const {
  std::size_t first = kFocusParameters * foci;
  for (std::size_t before = 0; before < patch; ++before) first += backgroundTerms(before);
  return first + term;
}

}  // namespace remnant::quantify
