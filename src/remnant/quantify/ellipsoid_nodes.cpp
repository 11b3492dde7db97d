#include "remnant/quantify/ellipsoid_nodes.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "remnant/base/error.h"

namespace remnant::quantify {
namespace {

constexpr std::size_t kMostRows = 16;
/// Points this many sigmas apart, on the average, leave no trace in a Gaussian blur.
constexpr double kSpacingSigmas = 1.0;

void setPoints(std::size_t count, EllipsoidRow& row) {
  const double halfChord = std::sqrt(1 - row.along * row.along);
  const auto points = static_cast<double>(count);
  for (std::size_t k = 1; k <= count; ++k) {
    const double angle = static_cast<double>(k) * std::numbers::pi / (points + 1);
    row.across.push_back(halfChord * std::cos(angle));
    row.shares.push_back(2 / (points + 1) * std::pow(std::sin(angle), 2));
  }
}

std::vector<EllipsoidRow> madeRows(std::size_t count) {
  const auto size = static_cast<Eigen::Index>(count);
  Eigen::MatrixXd jacobi = Eigen::MatrixXd::Zero(size, size);
  for (Eigen::Index k = 1; k < size; ++k) {
    const auto n = static_cast<double>(k);
    jacobi(k, k - 1) = jacobi(k - 1, k) = std::sqrt(n * (n + 2) / ((2 * n + 3) * (2 * n + 1)));
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(jacobi);
  std::vector<EllipsoidRow> rows(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto index = static_cast<Eigen::Index>(i);
    rows[i].along = solver.eigenvalues()(index);
    rows[i].weight = std::pow(solver.eigenvectors()(0, index), 2);
    setPoints(count, rows[i]);
  }
  return rows;
}

}  // namespace

const std::vector<EllipsoidRow>& ellipsoidRows(std::size_t count) {
  static const auto all = [] {
    std::array<std::vector<EllipsoidRow>, kMostRows + 1> made;
    for (std::size_t rows = 1; rows <= kMostRows; ++rows) made[rows] = madeRows(rows);
    return made;
  }();
  if (count < 1 || count > kMostRows) throw ProgramError("an ellipsoid of too many rows");
  return all[count];
}

std::size_t rowsNeeded(double semiAxisMm, double sigmaMm) {
  const double rows = std::ceil(2 * semiAxisMm / (kSpacingSigmas * sigmaMm));
  return static_cast<std::size_t>(std::clamp(rows, 2.0, static_cast<double>(kMostRows)));
}

}  // namespace remnant::quantify
