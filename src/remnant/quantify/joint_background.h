#pragma once

#include <Eigen/Core>
#include <cstddef>

#include "remnant/quantify/joint_patches.h"

/// The logarithm of a background over a patch of pixels: smooth, and what is irregular about it.
namespace remnant::quantify {

std::size_t backgroundTerms(int degree);
/// Pixels x terms: products of Legendre polynomials of the column and the row, each scaled to -1..1 over the
/// window, of total degree at most `degree`; the constant first.
Eigen::MatrixXd backgroundBasis(const image::Box& window, int degree);

/// Vessels, muscles and glands make a background irregular at the scale of the response: bumps of Gaussian
/// shape on a square grid over the patch.
struct Irregularity {
  double sigma = 0.1;         ///< of the logarithm of the background at a pixel
  double spacingFwhm = 0.85;  ///< of the grid
  double widthFwhm = 0.5;     ///< standard deviation of a bump
};
struct Bumps {
  Eigen::MatrixXd basis;  ///< pixels x bumps; the coefficients are unit-normal deviates
  /// 1 of those so far from all seeds that no focus hides behind them, else 0.
  Eigen::VectorXd away;
};
Bumps bumpsOver(const JointPatch& patch, double pixelMm, const Irregularity& config);

}  // namespace remnant::quantify
