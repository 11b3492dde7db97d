#include "remnant/physics/nuclide.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "remnant/base/error.h"

namespace remnant::physics {
namespace {

// Yields of Tc-99m and I-123 as SIMIND's decay tables have them, of I-131 from the data of OpenGATE;
// half-lives from the IAEA's live chart of nuclides.
const std::array<Nuclide, 3> kNuclides{{
    {"Tc-99m", 6.0067, 140.51, {{140.51, 0.885}}},
    {"I-123",
     13.223,
     158.97,
     {{158.97, 0.8325},
      {528.96, 0.01280},
      {440.02, 0.00423},
      {538.5, 0.00379},
      {505.3, 0.00266},
      {346.4, 0.00126},
      {624.6, 0.00080}}},
    {"I-131",
     8.0252 * 24,
     364.49,
     {{364.49, 0.812},
      {636.99, 0.0712},
      {284.3, 0.0614},
      {80.2, 0.0261},
      {722.9, 0.0179},
      {503.0, 0.0035},
      {642.7, 0.0022}}},
}};

}  // namespace

const Nuclide& nuclideNamed(std::string_view name) {
  const auto found = std::find_if(kNuclides.begin(), kNuclides.end(),
                                  [&](const Nuclide& nuclide) { return nuclide.name == name; });
  if (found != kNuclides.end()) return *found;
  std::string known;
  for (const Nuclide& nuclide : kNuclides) known += (known.empty() ? "" : ", ") + nuclide.name;
  throw InputError("unknown-nuclide",
                   "'" + std::string(name) + "' is not a nuclide known here (" + known + ")");
}

std::vector<std::string> nuclideNames() {
  std::vector<std::string> names;
  for (const Nuclide& nuclide : kNuclides) names.push_back(nuclide.name);
  return names;
}

double decayFactor(const Nuclide& nuclide, double hours) {
  return std::exp2(-hours / nuclide.halfLifeHours);
}

double meanDecayDuring(const Nuclide& nuclide, double hours) {
  const double decays = std::numbers::ln2 * hours / nuclide.halfLifeHours;
  return decays == 0 ? 1 : -std::expm1(-decays) / decays;
}

Window windowAround(double keV, double percent) {
  return {keV * (1 - percent / 200), keV * (1 + percent / 200)};
}

}  // namespace remnant::physics
