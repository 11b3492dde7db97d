#include "remnant/quantify/estimate.h"

#include <cmath>

namespace remnant::quantify {

double Estimate::standardUncertainty() const {
  return std::hypot(statistical, systematic);
}

Refusal noDose() {
  return {"no-dose", "the dose, the time of its administration or of the acquisition is not told"};
}

Estimate scaled(Estimate estimate, double factor) {
  for (double* part :
       {&estimate.value, &estimate.statistical, &estimate.systematic, &estimate.lower, &estimate.upper})
    *part *= factor;
  return estimate;
}

Result uptakeOf(const Estimate& activityMBq, double percentPerMBq) {
  if (!(percentPerMBq > 0)) return noDose();
  return scaled(activityMBq, percentPerMBq);
}

}  // namespace remnant::quantify
