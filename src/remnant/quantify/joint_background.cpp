#include "remnant/quantify/joint_background.h"

#include <cmath>

namespace remnant::quantify {

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

}  // namespace remnant::quantify
