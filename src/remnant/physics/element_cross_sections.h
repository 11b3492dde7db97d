#pragma once

#include <span>
#include <string_view>

/// Cross-sections of the elements that necks, crystals and collimators are made of.
namespace remnant::physics {

/// Barns an atom at one energy.
struct CrossSections {
  double keV;
  double coherent;
  double incoherent;
  double photoelectric;
};

struct Element {
  std::string_view symbol;
  int atomicNumber;
  double gramsPerMole;
  /// From 15 to 1000 keV, ascending; an absorption edge is two rows of one energy, below and above it.
  std::span<const CrossSections> rows;
};

/// "H", "C", "N", "O", "Na", "P", "Ca", "I", "Pb". Throws ProgramError for others.
/// Source: Berger and Hubbell, XCOM: Photon Cross Sections, NIST NBSIR 87-3597, values of its database.
const Element& elementNamed(std::string_view symbol);

/// Interpolated in log-log, each process by a cubic through the four nearest rows between two edges. Throws
/// ProgramError outside 15 to 1000 keV.
CrossSections crossSectionsAt(const Element& element, double keV);

}  // namespace remnant::physics
