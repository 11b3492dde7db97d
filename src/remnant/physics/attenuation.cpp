#include "remnant/physics/attenuation.h"

#include <array>
#include <span>

#include "remnant/base/error.h"
#include "remnant/physics/element_cross_sections.h"

namespace remnant::physics {
namespace {

struct MassFraction {
  std::string_view symbol;
  double fraction;
};

struct Composition {
  std::string_view name;
  double gramsPerCm3;
  std::span<const MassFraction> parts;
};

// Compositions: ICRU Report 44. Traces stand with their neighbours: argon with oxygen, magnesium with sodium,
// sulphur with phosphorus.
const MassFraction kAirParts[] = {{"N", 0.755}, {"O", 0.245}};
const MassFraction kWaterParts[] = {{"H", 0.1119}, {"O", 0.8881}};
// Four components, ICRU Report 33.
const MassFraction kTissueParts[] = {{"H", 0.101172}, {"C", 0.111}, {"N", 0.026}, {"O", 0.761828}};
const MassFraction kPmmaParts[] = {{"H", 0.080538}, {"C", 0.599848}, {"O", 0.319614}};
const MassFraction kBoneParts[] = {{"H", 0.034},  {"C", 0.155}, {"N", 0.042}, {"O", 0.435},
                                   {"Na", 0.003}, {"P", 0.106}, {"Ca", 0.225}};
const MassFraction kSodiumIodideParts[] = {{"Na", 0.153373}, {"I", 0.846627}};
const MassFraction kLeadParts[] = {{"Pb", 1.0}};

// In the order of Material. The spine is spongy inside, hence bone of 1.5 g/cm^3.
const std::array<Composition, 8> kCompositions{{{"air", 0.001205, kAirParts},
                                                {"lung", 0.26, kTissueParts},
                                                {"water", 1.0, kWaterParts},
                                                {"soft tissue", 1.03, kTissueParts},
                                                {"PMMA", 1.19, kPmmaParts},
                                                {"bone", 1.5, kBoneParts},
                                                {"sodium iodide", 3.667, kSodiumIodideParts},
                                                {"lead", 11.35, kLeadParts}}};

const Composition& compositionOf(Material material) {
  return kCompositions.at(static_cast<std::size_t>(material));
}

/// Atoms a mole times cm^2 a barn, over ten for millimetres.
constexpr double kPerBarnMole = 0.602214076 / 10;

template <class Barns>
double perMm(Material material, Barns barns) {
  const Composition& composition = compositionOf(material);
  double sum = 0;
  for (const MassFraction& part : composition.parts) {
    const Element& element = elementNamed(part.symbol);
    sum += part.fraction / element.gramsPerMole * barns(element);
  }
  return sum * composition.gramsPerCm3 * kPerBarnMole;
}

double electronsPerMm(Material material) {
  return perMm(material, [](const Element& element) { return double(element.atomicNumber); });
}

}  // namespace

std::string_view materialName(Material material) {
  return compositionOf(material).name;
}

double attenuationPerMm(Material material, double keV) {
  return perMm(material, [&](const Element& element) {
    const CrossSections sections = crossSectionsAt(element, keV);
    return sections.coherent + sections.incoherent + sections.photoelectric;
  });
}

double attenuationWithoutCoherentPerMm(Material material, double keV) {
  return perMm(material, [&](const Element& element) {
    const CrossSections sections = crossSectionsAt(element, keV);
    return sections.incoherent + sections.photoelectric;
  });
}

double photoelectricPerMm(Material material, double keV) {
  return perMm(material, [&](const Element& element) { return crossSectionsAt(element, keV).photoelectric; });
}

double relativeElectronDensity(Material material) {
  return electronsPerMm(material) / electronsPerMm(Material::kWater);
}

}  // namespace remnant::physics
