#include "remnant/montecarlo/window_shares.h"

#include <algorithm>

namespace remnant::montecarlo {

namespace {

constexpr double kStepsPerKeV = 8;
constexpr double kLowestTabulatedKeV = 15;
constexpr double kNegligible = 1e-6;

}  // namespace

WindowShares::WindowShares(const physics::Detector& detector, const std::vector<physics::Window>& windows,
                           double highestKeV)
    : windows_(windows.size()), lowestKeV_(highestKeV) {
  const auto last = static_cast<std::size_t>(highestKeV * kStepsPerKeV) + 2;
  shares_.assign((last + 1) * windows_, 0);
  const auto first = static_cast<std::size_t>(kLowestTabulatedKeV * kStepsPerKeV);
  for (std::size_t i = first; i <= last; ++i) {
    const double keV = static_cast<double>(i) / kStepsPerKeV;
    for (std::size_t w = 0; w < windows_; ++w) {
      const double share = detector.windowFraction(windows[w], keV);
      shares_[i * windows_ + w] = share;
      if (share > kNegligible) lowestKeV_ = std::min(lowestKeV_, keV);
    }
  }
}

const double* WindowShares::at(double keV) const {
  return shares_.data() + static_cast<std::size_t>(keV * kStepsPerKeV + 0.5) * windows_;
}

}  // namespace remnant::montecarlo
