#include "remnant/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "remnant/base/interrupt.h"

namespace remnant {
namespace {

/// Hands out indices until they run out or one of the workers fails.
class WorkList {
 public:
  WorkList(std::size_t count, const std::function<void(std::size_t)>& work) : count_(count), work_(work) {}

  void drain() {
    while (!stopped_) {
      const std::size_t index = next_++;
      if (index >= count_) return;
      runOne(index);
    }
  }

  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void runOne(std::size_t index) {
    try {
      stopIfInterrupted();
      work_(index);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      stopped_ = true;
    }
  }

  std::size_t count_;
  const std::function<void(std::size_t)>& work_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;
  std::exception_ptr failure_;
};

}  // namespace

unsigned threadCount(unsigned requested) {
  return requested > 0 ? requested : std::max(1u, std::thread::hardware_concurrency());
}

void parallelFor(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work) {
  WorkList list(count, work);
  {
    std::vector<std::jthread> workers;
    const std::size_t extra = std::min<std::size_t>(threadCount(threads), count);
    for (std::size_t i = 1; i < extra; ++i) workers.emplace_back([&list] { list.drain(); });
    list.drain();
  }
  list.rethrow();
}

}  // namespace remnant
