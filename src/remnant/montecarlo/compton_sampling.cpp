#include "remnant/montecarlo/compton_sampling.h"

#include <cmath>

#include "remnant/physics/compton.h"

namespace remnant::montecarlo {

double sampleKleinNishinaCosine(double keV, RandomStream& stream) {
  const double alpha = keV / physics::kElectronRestKeV;
  const double least = 1 / (1 + 2 * alpha);  // of the ratio of energies, at 180 degrees
  const double reciprocalPart = -std::log(least);
  const double linearPart = (1 - least * least) / 2;
  for (;;) {
    const bool reciprocal = stream.uniform() * (reciprocalPart + linearPart) < reciprocalPart;
    const double u = stream.uniform();
    const double ratio =
        reciprocal ? std::exp(-reciprocalPart * u) : std::sqrt(least * least + (1 - least * least) * u);
    const double oneMinusCosine = (1 - ratio) / (alpha * ratio);
    const double sineSquared = oneMinusCosine * (2 - oneMinusCosine);
    if (stream.uniform() < 1 - ratio * sineSquared / (1 + ratio * ratio)) return 1 - oneMinusCosine;
  }
}

}  // namespace remnant::montecarlo
