#pragma once

#include <array>
#include <cstdint>

/// Counter-based random numbers: a draw is a pure function of (seed, place), so results do not depend on the
/// order of the work or the number of threads. Source: Salmon et al., "Parallel random numbers: as easy as 1,
/// 2, 3", SC11.
namespace remnant {

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

/// Philox4x32-10: ten rounds, four 32-bit words out for four in.
PhiloxCounter philox4x32(PhiloxCounter counter, PhiloxKey key);

/// A sequence of draws at one place. The place is three words of the caller's choice (for example study,
/// view, pixel); the fourth word of the counter numbers the draws. Two streams with different seed or place
/// are independent.
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::uint32_t place0, std::uint32_t place1 = 0, std::uint32_t place2 = 0);

  std::uint32_t nextWord();
  /// Uniform in [0, 1) with 53 bits.
  double uniform();
  double uniform(double lower, double upper) { return lower + (upper - lower) * uniform(); }
  /// Uniform integer in [0, count), without modulo bias; count > 0.
  std::uint32_t below(std::uint32_t count);
  /// Standard normal (Box-Muller).
  double normal();
  double normal(double mean, double standardDeviation) { return mean + standardDeviation * normal(); }
  /// exp(N(ln median, sigmaLog)).
  double logNormal(double median, double sigmaLog);
  /// Gamma with the given shape (> 0) and scale. Source: Marsaglia and Tsang 2000.
  double gamma(double shape, double scale);
  /// Poisson with mean >= 0: inversion below 10, PTRS above. Source: Hormann 1993, Insurance Math. Econ.
  /// 12:39.
  std::uint32_t poisson(double mean);

 private:
  PhiloxKey key_;
  PhiloxCounter counter_;
  PhiloxCounter block_{};
  unsigned used_ = 4;
};

}  // namespace remnant
