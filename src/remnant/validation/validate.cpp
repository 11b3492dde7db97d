#include "remnant/validation/validate.h"

namespace remnant::validation {
namespace {

template <class Row>
void append(std::vector<Row>& all, const std::vector<Row>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

}  // namespace

std::vector<Check> validate(const ValidationConfig& config) {
  std::vector<Check> checks = closedFormChecks();
  append(checks, projectorChecks());
  append(checks, scatterChecks(config));
  append(checks, monteCarloChecks(config));
  append(checks, boundChecks(config));
  return checks;
}

std::vector<Figure> figures(const ValidationConfig& config) {
  std::vector<Figure> all = scatterFigures(config);
  append(all, responseFigures());
  append(all, depthFigures(config));
  return all;
}

}  // namespace remnant::validation
