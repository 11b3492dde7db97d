#pragma once

/// A paralysable counter: observed = true exp(-true tau). Rates in counts a second, tau in seconds; rates are
/// those of the whole spectrum.
namespace remnant::physics {

double observedRate(double trueRate, double deadTimeSeconds);
/// The lower of the two true rates that give an observed one. Throws InputError "dead-time-saturated" beyond
/// the maximum 1 / (e tau).
double trueRate(double observedRate, double deadTimeSeconds);

}  // namespace remnant::physics
