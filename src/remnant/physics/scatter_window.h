#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "remnant/physics/detector.h"

/// What is known of multiple and coherent scattering in each energy window.
///
/// Photopeak windows: a parabola in depth fitted to S/P at 0.5 to 11 cm. Windows beside it: nodes at 0.5 to
/// 11 cm. An earlier form fitted parabolas to the latter too, to ratios at 0.5 to 6 cm alone; beyond 9 cm it
/// gave 10 to 35 % too much scatter in 92-125 keV, and at 5 mm 8 and 12 % too little in 114-126 and
/// 260-320.
namespace remnant::physics {

/// All scattered photons over those scattered once, coherently never: a cubic in depth between nodes, which
/// goes on as its tangents beyond them; where that would fall with depth, it stays as at the last node.
class MultipleScatter {
 public:
  struct Node {
    double depthMm = 0, factor = 1, slopePerMm = 0;
  };
  /// No multiple scatter: a factor of 1.
  MultipleScatter() : nodes_{Node{}} {}
  /// constant + linear d + quadratic d^2 from 0 to a depth.
  static MultipleScatter parabola(double constant, double linearPerMm, double quadraticPerMm2,
                                  double untilMm);
  /// Through each node, there with the slope of the parabola through it and its neighbours; slopes given are
  /// ignored. At least three nodes, depth rising.
  static MultipleScatter through(std::vector<Node> nodes);
  /// The same, but beyond the last node as steep as from the first to the last.
  static MultipleScatter onAverageBeyond(std::vector<Node> nodes);

  double at(double depthMm) const;

 private:
  explicit MultipleScatter(std::vector<Node> nodes)
      : nodes_(std::move(nodes)), beyondPerMm_(std::max(0.0, nodes_.back().slopePerMm)) {}
  std::vector<Node> nodes_;
  double beyondPerMm_ = 0;
};

/// How the profile of all orders differs from that of the first, in a neck of 13 x 12 cm.
struct LateralShape {
  double stretch = 1;    ///< of the radii, by the second and third order
  double reachMm = 100;  ///< rings are damped by exp(-r / reach), since the neck ends
};

struct ScatterWindow {
  MultipleScatter multiple;
  LateralShape shape;
};

/// Throws InputError "unknown-window" naming the nuclide's windows, where none has both edges within a tenth
/// of its width.
ScatterWindow scatterWindowOf(const Nuclide& nuclide, const Window& window);

}  // namespace remnant::physics
