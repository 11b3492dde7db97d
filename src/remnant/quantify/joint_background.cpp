#include "remnant/quantify/joint_background.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace remnant::quantify {
namespace {

/// A bump adds to the pixels within so many of its standard deviations.
constexpr double kReachSigmas = 3.5;
/// Bumps that never reach this height in the pixels taken are left out.
constexpr double kLeastHeight = 0.5;
constexpr double kAwayFwhm = 1.2;

/// Evenly spaced about the middle of so many pixels, one beyond them on each side.
std::vector<double> nodesOver(std::size_t pixels, double spacing) {
  const double middle = (static_cast<double>(pixels) - 1) / 2;
  const int beside = static_cast<int>(std::ceil(middle / spacing));
  std::vector<double> nodes;
  for (int i = -beside; i <= beside; ++i) nodes.push_back(middle + i * spacing);
  return nodes;
}

Eigen::VectorXd bumpAt(const JointPatch& patch, double column, double row, double sigma) {
  const std::size_t width = patch.window.width;
  Eigen::VectorXd bump = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(width * patch.window.height));
  for (std::size_t pixel = 0; pixel < width * patch.window.height; ++pixel) {
    const std::size_t ownColumn = pixel % width, ownRow = pixel / width;
    const double away =
        std::hypot(static_cast<double>(ownColumn) - column, static_cast<double>(ownRow) - row) / sigma;
    if (away < kReachSigmas && patch.takes(pixel))
      bump(static_cast<Eigen::Index>(pixel)) = std::exp(-0.5 * away * away);
  }
  return bump;
}

/// Pixels from a place of the window to the nearest seed.
double seedDistance(const JointPatch& patch, double column, double row) {
  double least = std::numeric_limits<double>::infinity();
  for (const PicturePlace& seed : patch.seeds)
    least = std::min(least, std::hypot(column + static_cast<double>(patch.window.x) - seed.column,
                                       row + static_cast<double>(patch.window.y) - seed.row));
  return least;
}

}  // namespace

std::size_t backgroundTerms(int degree) {
  return static_cast<std::size_t>((degree + 1) * (degree + 2) / 2);
}

Eigen::MatrixXd backgroundBasis(const image::Box& window, int degree) {
  Eigen::MatrixXd basis(window.width * window.height, backgroundTerms(degree));
  const auto scaled = [](std::size_t index, std::size_t count) {
    return (2 * static_cast<double>(index) + 1) / static_cast<double>(count) - 1;
  };
  for (std::size_t row = 0; row < window.height; ++row)
    for (std::size_t column = 0; column < window.width; ++column) {
      const double u = scaled(column, window.width), z = scaled(row, window.height);
      const auto pixel = static_cast<Eigen::Index>(row * window.width + column);
      Eigen::Index term = 0;
      for (int total = 0; total <= degree; ++total)
        for (int across = total; across >= 0; --across)
          basis(pixel, term++) = std::legendre(static_cast<unsigned>(across), u) *
                                 std::legendre(static_cast<unsigned>(total - across), z);
    }
  return basis;
}

Bumps bumpsOver(const JointPatch& patch, double pixelMm, const Irregularity& config) {
  const auto pixels = static_cast<Eigen::Index>(patch.window.width * patch.window.height);
  if (config.sigma == 0) return {Eigen::MatrixXd(pixels, 0), Eigen::VectorXd(0)};
  const double fwhm = patch.fwhmMm / pixelMm, sigma = config.widthFwhm * fwhm;
  std::vector<Eigen::VectorXd> kept;
  std::vector<double> away;
  for (const double row : nodesOver(patch.window.height, config.spacingFwhm * fwhm))
    for (const double column : nodesOver(patch.window.width, config.spacingFwhm * fwhm)) {
      Eigen::VectorXd bump = bumpAt(patch, column, row, sigma);
      if (bump.size() == 0 || bump.maxCoeff() < kLeastHeight) continue;
      kept.push_back(std::move(bump));
      away.push_back(seedDistance(patch, column, row) > kAwayFwhm * fwhm ? 1 : 0);
    }
  Bumps bumps{Eigen::MatrixXd(pixels, static_cast<Eigen::Index>(kept.size())),
              Eigen::VectorXd::Map(away.data(), static_cast<Eigen::Index>(away.size()))};
  // Far from the edges the sum of squares is that of a grid without end.
  const double height = std::sqrt(std::numbers::pi) * config.widthFwhm / config.spacingFwhm;
  for (std::size_t i = 0; i < kept.size(); ++i)
    bumps.basis.col(static_cast<Eigen::Index>(i)) = kept[i] * (config.sigma / height);
  return bumps;
}

}  // namespace remnant::quantify
