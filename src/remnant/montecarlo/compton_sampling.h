#pragma once

#include "remnant/base/random.h"

namespace remnant::montecarlo {

/// Cosine of the angle by which a free electron scatters a photon, after Klein and Nishina: composition and
/// rejection. Source: Butcher and Messel 1960, as used in EGS.
double sampleKleinNishinaCosine(double keV, RandomStream& stream);

}  // namespace remnant::montecarlo
