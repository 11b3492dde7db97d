#pragma once

#include <Eigen/Core>
#include <cstddef>

#include "remnant/image/grid.h"

/// The smooth logarithm of a background over a window of pixels.
namespace remnant::quantify {

std::size_t backgroundTerms(int degree);
/// Pixels x terms: products of Legendre polynomials of the column and the row, each scaled to -1..1 over the
/// window, of total degree at most `degree`; the constant first.
Eigen::MatrixXd backgroundBasis(const image::Box& window, int degree);

}  // namespace remnant::quantify
