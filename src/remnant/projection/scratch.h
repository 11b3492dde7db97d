#pragma once

#include <cstddef>
#include <utility>
#include <vector>

/// Memory for intermediate values that a thread uses again from call to call, since fetching fresh pages for
/// a volume takes longer than what is computed on it.
namespace remnant::projection {

/// Floats of unknown value, given back to the thread's store at the end of life.
class Scratch {
 public:
  Scratch() = default;
  explicit Scratch(std::size_t count);
  ~Scratch();
  Scratch(Scratch&& other) noexcept
      : values_(std::move(other.values_)), count_(std::exchange(other.count_, 0)) {}
  Scratch& operator=(Scratch&& other) noexcept {
    std::swap(values_, other.values_);
    std::swap(count_, other.count_);
    return *this;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  float* data() { return values_.data(); }
  const float* data() const { return values_.data(); }
  std::size_t size() const { return count_; }
  float& operator[](std::size_t index) { return values_[index]; }
  float operator[](std::size_t index) const { return values_[index]; }
  float* begin() { return data(); }
  float* end() { return data() + count_; }
  const float* begin() const { return data(); }
  const float* end() const { return data() + count_; }

 private:
  std::vector<float> values_;
  std::size_t count_ = 0;
};

}  // namespace remnant::projection
