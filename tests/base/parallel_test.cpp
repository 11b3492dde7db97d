#include "remnant/base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace remnant {
namespace {

TEST(ParallelFor, DoesEveryIndexOnce) {
  for (const unsigned threads : {1u, 2u, 7u}) {
    std::vector<std::atomic<int>> visits(1000);
    parallelFor(visits.size(), threads, [&](std::size_t index) { ++visits[index]; });
    for (const auto& count : visits) EXPECT_EQ(count, 1);
  }
}

TEST(ParallelFor, ThrowsTheFirstFailureAgainAndStopsHandingOutWork) {
  std::atomic<int> done{0};
  EXPECT_THROW(parallelFor(100000, 2,
                           [&](std::size_t index) {
                             ++done;
                             if (index == 10) throw std::runtime_error("ten");
                           }),
               std::runtime_error);
  EXPECT_LT(done, 100000);
}

TEST(ParallelFor, DoesNothingForNoWork) {
  parallelFor(0, 4, [](std::size_t) { FAIL(); });
}

}  // namespace
}  // namespace remnant
