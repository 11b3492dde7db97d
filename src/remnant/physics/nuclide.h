#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The radionuclides that show thyroid tissue: what they emit and how fast they go.
namespace remnant::physics {

/// Photons of one energy.
struct EmissionLine {
  double keV;
  double perDecay;  ///< 0.812: 81.2 photons in 100 decays
};

struct Nuclide {
  std::string name;  ///< "Tc-99m", "I-123", "I-131"
  double halfLifeHours = 0;
  double photopeakKeV = 0;          ///< the line that is imaged
  std::vector<EmissionLine> lines;  ///< the imaged line first

  double photonsPerDecay() const { return lines.front().perDecay; }
};

/// Throws InputError "unknown-nuclide" naming those there are.
const Nuclide& nuclideNamed(std::string_view name);
std::vector<std::string> nuclideNames();

/// What is left of an activity after some hours; hours may be negative.
double decayFactor(const Nuclide& nuclide, double hours);
/// Mean activity during an acquisition of `hours` over that at its start: (1 - exp(-x)) / x, x = ln2 hours /
/// half-life.
double meanDecayDuring(const Nuclide& nuclide, double hours);

/// Photon energies accepted, in keV, lower < upper.
struct Window {
  double lowerKeV = 0;
  double upperKeV = 0;
  double widthKeV() const { return upperKeV - lowerKeV; }
  bool operator==(const Window&) const = default;
};

/// The window of `percent` full width centred on an energy: windowAround(140.5, 20) is 126.45 to 154.55 keV.
Window windowAround(double keV, double percent);

}  // namespace remnant::physics
