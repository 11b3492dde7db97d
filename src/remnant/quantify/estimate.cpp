#include "remnant/quantify/estimate.h"

#include <cmath>

namespace remnant::quantify {

double Estimate::standardUncertainty() const {
  return std::hypot(statistical, systematic);
}

}  // namespace remnant::quantify
