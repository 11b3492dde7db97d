#include "remnant/projection/tail_kernels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "projection/scenes.h"

namespace remnant::projection {
namespace {

TEST(TailKernels, TheKernelOfATailHasItsFractionForASum) {
  auto response = iodineResponse();
  for (const double distance : {0.0, 60.0, 200.0}) {
    // A grid of twelve lengths on each side.
    const double cell = 8, longest = response.tailLengthMm(1, distance);
    const FourierGrid grid(FourierGrid::goodSize(static_cast<std::size_t>(24 * longest / cell)),
                           FourierGrid::goodSize(static_cast<std::size_t>(24 * longest / cell)));
    const auto kernel = tailKernel(response, distance, grid, cell);
    EXPECT_NEAR(std::accumulate(kernel.begin(), kernel.end(), 0.0) / 0.35, 1, 1e-3) << distance;
  }
}

TEST(TailKernels, FarCellsHoldTheDensityTimesTheirArea) {
  const auto response = iodineResponse();
  const FourierGrid grid(80, 80);
  const auto kernel = tailKernel(response, 100, grid, 8);
  for (const auto& [row, column] : {std::pair{12, 5}, std::pair{-15, 3}, std::pair{20, -20}}) {
    double density = 0;
    for (std::size_t tail = 0; tail < 2; ++tail)
      density += response.tails[tail].fraction * response.tailDensity(tail, column * 8.0, row * 8.0, 100);
    const auto place = static_cast<std::size_t>((row + 80) % 80 * 80 + (column + 80) % 80);
    EXPECT_NEAR(kernel[place] / (64 * density), 1, 0.1) << row << ' ' << column;
  }
}

TEST(TailKernels, SpectraAreMadeOnce) {
  const auto response = iodineResponse();
  const FourierGrid grid(16, 24);
  const auto first = tailSpectrum(response, 100, grid, 8);
  EXPECT_EQ(first, tailSpectrum(response, 100, grid, 8));
  EXPECT_NE(first, tailSpectrum(response, 120, grid, 8));
  const auto kernel = tailKernel(response, 100, grid, 8);
  EXPECT_NEAR(first->front(), std::accumulate(kernel.begin(), kernel.end(), 0.0), 1e-5);
}

}  // namespace
}  // namespace remnant::projection
