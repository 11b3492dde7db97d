#pragma once

#include <cstddef>
#include <functional>

namespace remnant {

/// Runs work(i) for every i in [0, count) on the given number of threads (0: one a core), each i exactly
/// once, in no promised order. The first exception stops the handing out of further work and is thrown again
/// here; so is Interrupted, where the user asked to stop.
void parallelFor(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work);

/// The number of threads to use for a request: itself, or one a core for 0.
unsigned threadCount(unsigned requested);

}  // namespace remnant
