#include "remnant/quantify/estimate.h"

#include <cmath>

namespace remnant::quantify {

double Estimate::standardUncertainty() const {
  return std::hypot(statistical, systematic);
}

Refusal noDose() {
  return {"no-dose", "the dose, the time of its administration or of the acquisition is not told"};
}

}  // namespace remnant::quantify
