#include "remnant/validation/check.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace remnant::validation {

bool Check::passed() const {
  return std::abs(value - expected) <= tolerance + 2 * standardError;
}

Check relativeCheck(const std::string& group, const std::string& quantity, double value, double expected,
                    double share, const std::string& source, double standardError) {
  return {group, quantity, value, expected, share * std::abs(expected), standardError, source};
}

std::string jsonOf(const std::vector<Check>& checks) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const Check& check : checks)
    rows.push_back({{"group", check.group},
                    {"quantity", check.quantity},
                    {"value", check.value},
                    {"expected", check.expected},
                    {"tolerance", check.tolerance},
                    {"standardError", check.standardError},
                    {"source", check.source},
                    {"passed", check.passed()}});
  return rows.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace remnant::validation
