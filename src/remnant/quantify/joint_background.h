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
/// Pixels x bumps; the coefficients are unit-normal deviates.
Eigen::MatrixXd irregularityBasis(const JointPatch& patch, double pixelMm, const Irregularity& config);

}  // namespace remnant::quantify
