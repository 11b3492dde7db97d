#include "remnant/physics/element_cross_sections.h"

#include <gtest/gtest.h>

#include <cmath>

#include "remnant/base/error.h"

namespace remnant::physics {
namespace {

constexpr double kElectronBarn = 0.66524587;  // Thomson cross-section, CODATA 2018

TEST(ElementCrossSections, GoThroughTheTabulatedRows) {
  const CrossSections lead = crossSectionsAt(elementNamed("Pb"), 100);
  EXPECT_NEAR(lead.coherent, 73.20, 1e-9);
  EXPECT_NEAR(lead.incoherent, 34.04, 1e-9);
  EXPECT_NEAR(lead.photoelectric, 1802, 1e-7);
}

TEST(ElementCrossSections, LeapAtTheEdges) {
  const Element& lead = elementNamed("Pb");
  EXPECT_NEAR(crossSectionsAt(lead, 88.004).photoelectric / 532.4, 1, 1e-3);
  EXPECT_NEAR(crossSectionsAt(lead, 88.006).photoelectric / 2519, 1, 1e-3);
  const Element& iodine = elementNamed("I");
  EXPECT_NEAR(crossSectionsAt(iodine, 33.16).photoelectric / 1224, 1, 2e-3);
  EXPECT_NEAR(crossSectionsAt(iodine, 33.18).photoelectric / 7393, 1, 2e-3);
}

/// Between the rows every process must lie between its neighbours: a cubic that overshoots would not.
TEST(ElementCrossSections, NeverOvershootBetweenRows) {
  for (const char* symbol : {"H", "C", "N", "O", "Na", "P", "Ca", "I", "Pb"}) {
    const Element& element = elementNamed(symbol);
    for (std::size_t row = 0; row + 1 < element.rows.size(); ++row) {
      const CrossSections& left = element.rows[row];
      const CrossSections& right = element.rows[row + 1];
      if (left.keV == right.keV) continue;
      const CrossSections middle = crossSectionsAt(element, std::sqrt(left.keV * right.keV));
      EXPECT_LT(middle.photoelectric, left.photoelectric) << symbol << " " << left.keV;
      EXPECT_GT(middle.photoelectric, right.photoelectric) << symbol << " " << left.keV;
      EXPECT_LT(middle.coherent, left.coherent) << symbol << " " << left.keV;
      EXPECT_GT(middle.coherent, right.coherent) << symbol << " " << left.keV;
    }
  }
}

/// No atom scatters incoherently more than its free electrons would at rest.
TEST(ElementCrossSections, StayBelowThomsonsLimit) {
  for (const char* symbol : {"H", "C", "N", "O", "Na", "P", "Ca", "I", "Pb"}) {
    const Element& element = elementNamed(symbol);
    for (double keV = 15; keV <= 1000; keV += 1)
      EXPECT_LT(crossSectionsAt(element, keV).incoherent, element.atomicNumber * kElectronBarn) << symbol;
  }
}

TEST(ElementCrossSections, RefuseEnergiesAndElementsNotInTheTable) {
  EXPECT_THROW(crossSectionsAt(elementNamed("H"), 14.9), ProgramError);
  EXPECT_THROW(crossSectionsAt(elementNamed("H"), 1001), ProgramError);
  EXPECT_THROW(crossSectionsAt(elementNamed("H"), std::nan("")), ProgramError);
  EXPECT_THROW(elementNamed("Xx"), ProgramError);
}

}  // namespace
}  // namespace remnant::physics
