#pragma once

#include "remnant/validation/check.h"
#include "remnant/validation/figure.h"

/// The physics against closed forms, published figures and the reference Monte Carlo, in the order of
/// docs/physics.md.
namespace remnant::validation {

/// Equations of collimators, dead time, decay and tails that have an answer on paper.
std::vector<Check> closedFormChecks();
/// The projector's counts, widths and places.
std::vector<Check> projectorChecks();
/// Scatter: first order, and both fast models against the Monte Carlo.
std::vector<Check> scatterChecks(const ValidationConfig& config);
/// Published results that the Monte Carlo should reach.
std::vector<Check> monteCarloChecks(const ValidationConfig& config);
/// Bounds of depth and activity, and closed forms of depth.
std::vector<Check> boundChecks(const ValidationConfig& config);

/// All of them.
std::vector<Check> validate(const ValidationConfig& config = {});

/// Broad-beam transmission and scatter to primary, fast model and Monte Carlo.
std::vector<Figure> scatterFigures(const ValidationConfig& config);
/// The point response by radius and its width by distance.
std::vector<Figure> responseFigures();
/// Bias of closed forms of depth; uncertainty of depth.
std::vector<Figure> depthFigures(const ValidationConfig& config);

/// All of them.
std::vector<Figure> figures(const ValidationConfig& config = {});

}  // namespace remnant::validation
