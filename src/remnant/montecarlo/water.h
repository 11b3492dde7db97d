#pragma once

#include <vector>

#include "remnant/base/random.h"

namespace remnant::montecarlo {

/// How photons interact with water of unit density, tabulated once for a run.
///
/// How often: XCOM's incoherent, coherent and photoelectric cross-sections. By which angle: Klein-Nishina
/// times the incoherent scattering function; (1 + cos^2) F^2(x) for coherent scattering.
class Water {
 public:
  struct Options {
    bool coherent = true;        ///< off: as if there were none
    bool boundElectrons = true;  ///< off: S(x) = 1
  };
  struct Interaction {
    double attenuationPerMm = 0;
    double incoherentShare = 0;  ///< of all interactions, 0..1
    double coherentShare = 0;
    double incoherentPerElectronMm2 = 0;
    double coherentNorm = 0;  ///< integral of (1 + cos^2) / 2 F^2 over the sphere
  };

  /// Valid from 15 keV to the given energy.
  Water(double highestKeV, const Options& options);

  /// Linear between whole kiloelectronvolts.
  Interaction at(double keV) const;
  double attenuationPerMm(double keV) const;
  /// Probability per steradian that an incoherent scattering goes by this angle.
  double incoherentDensity(const Interaction& interaction, double keV, double cosine) const;
  double coherentDensity(const Interaction& interaction, double keV, double cosine) const;
  double sampleIncoherentCosine(double keV, RandomStream& stream) const;
  double sampleCoherentCosine(double keV, RandomStream& stream) const;

 private:
  void tabulateMomentum(double highestKeV);
  void tabulateEnergies(double highestKeV);
  Interaction computed(double keV) const;
  double incoherentFunction(double momentum) const;
  double formFactorSquared(double momentum) const;

  Options options_;
  double momentumStep_ = 0;
  std::vector<double> incoherentFunction_;  ///< at equal steps of x
  std::vector<double> formFactorSquared_;
  std::vector<double> formFactorIntegral_;  ///< of F^2 d(x^2) from 0 to x
  std::vector<Interaction> interactions_;   ///< one a keV from kLowestKeV
};

}  // namespace remnant::montecarlo
