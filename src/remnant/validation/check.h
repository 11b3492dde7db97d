#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// What is watched of the physics: a value, what it should be, by how much it may differ, and who says so.
namespace remnant::validation {

struct Check {
  std::string group;     ///< "closed forms"
  std::string quantity;  ///< with its unit: "Siemens LEHR, Tc-99m (cps/MBq)"
  double value = 0;
  double expected = 0;
  double tolerance = 0;      ///< absolute
  double standardError = 0;  ///< of a value that was counted; twice this is allowed besides
  std::string source;        ///< a paper, a program, a closed form

  /// False for a value that is not a number.
  bool passed() const;
};

/// The tolerance as a share of what is expected.
Check relativeCheck(const std::string& group, const std::string& quantity, double value, double expected,
                    double share, const std::string& source, double standardError = 0);

struct ValidationConfig {
  std::size_t histories = 200'000;  ///< a point, collimator line or place of the Monte Carlo
  std::uint64_t seed = 1;
};

/// One line of JSON a check in an array, with "passed".
std::string jsonOf(const std::vector<Check>& checks);

}  // namespace remnant::validation
