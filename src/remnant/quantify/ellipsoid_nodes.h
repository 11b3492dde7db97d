#pragma once

#include <vector>

/// A uniform ellipsoid seen along one of its axes, as points: Gauss quadrature of its image.
namespace remnant::quantify {

/// One row of points: at `along` semi-axes from the middle, of weight `weight` (1 over all rows), at each of
/// `across` semi-axes to the side with `shares` (1 over a row).
struct EllipsoidRow {
  double along = 0, weight = 1;
  std::vector<double> across, shares;
};

/// count rows of count points, 1 to 16: exact for polynomials of degree 2 count - 1 in each direction; two
/// rows have the ellipsoid's variances, a fifth of the squared semi-axes. Rows: Gauss-Gegenbauer with the
/// weight 1 - t^2 (Golub and Welsch 1969, Math. Comp. 23:221); points in a row: Gauss-Chebyshev of the second
/// kind. Computed once.
const std::vector<EllipsoidRow>& ellipsoidRows(std::size_t count);

/// As many as a Gaussian blur of this width needs, so that the points do not show.
std::size_t rowsNeeded(double semiAxisMm, double sigmaMm);

}  // namespace remnant::quantify
