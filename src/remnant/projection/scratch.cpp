#include "remnant/projection/scratch.h"

#include <algorithm>

namespace remnant::projection {
namespace {

/// What the thread has at hand, in order of size.
struct Store {
  std::vector<std::vector<float>> free;
  std::size_t floats = 0;
};

constexpr std::size_t kMostFloatsKept = 16'000'000;

Store& store() {
  thread_local Store instance;
  return instance;
}

bool smaller(const std::vector<float>& values, std::size_t count) {
  return values.size() < count;
}

}  // namespace

Scratch::Scratch(std::size_t count) : count_(count) {
  auto& free = store().free;
  const auto found = std::lower_bound(free.begin(), free.end(), count, smaller);
  if (found == free.end() || found->size() > 2 * count + 1024) {
    values_.resize(count);
    return;
  }
  values_ = std::move(*found);
  free.erase(found);
  store().floats -= values_.size();
}

Scratch::~Scratch() {
  Store& kept = store();
  if (values_.empty() || kept.floats + values_.size() > kMostFloatsKept) return;
  kept.floats += values_.size();
  const auto place = std::lower_bound(kept.free.begin(), kept.free.end(), values_.size(), smaller);
  kept.free.insert(place, std::move(values_));
}

}  // namespace remnant::projection
