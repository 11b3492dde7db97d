#pragma once

#include "remnant/physics/detector.h"
#include "remnant/physics/scatter_window.h"

/// Scatter in the neck that the reference Monte Carlo simulated: water, an elliptical cylinder without end,
/// 13 cm across and 12 cm deep, the source on its axis of depth. What scatters once there tells how much the
/// higher orders add, for models that know the body's outline by themselves.
namespace remnant::physics {

constexpr double kNeckHalfWidthMm = 65, kNeckHalfDepthMm = 60;

/// The first order of scatter.h with the neck's outline in place of a slab's surface. Depth 0 to 120 mm below
/// the skin towards the head.
double firstOrderInNeck(double depthMm, double keV, const Window& window, const Detector& detector);

/// All scattered photons, coherently too, over those scattered once in the same neck, from the tables of
/// ScatterKernel; in windows beside the photopeak over what projection::EffectiveScatter scatters once in
/// its cells of 4 mm. Throws InputError "unknown-window".
MultipleScatter multipleScatterInNeck(const Nuclide& nuclide, const Window& window);

}  // namespace remnant::physics
