#include "remnant/montecarlo/interaction_table.h"

namespace remnant::montecarlo {

namespace {

constexpr double kLowestKeV = 15;
constexpr double kStepsPerKeV = 2;

InteractionTable::Rates ratesAt(physics::Material material, double keV, bool coherent) {
  const double without = physics::attenuationWithoutCoherentPerMm(material, keV);
  const double photoelectric = physics::photoelectricPerMm(material, keV);
  const double all = coherent ? physics::attenuationPerMm(material, keV) : without;
  return {all, photoelectric / all, (without - photoelectric) / all};
}

}  // namespace

InteractionTable::InteractionTable(physics::Material material, double highestKeV, bool coherent) {
  const auto rows = static_cast<std::size_t>((highestKeV - kLowestKeV) * kStepsPerKeV) + 3;
  for (std::size_t row = 0; row < rows; ++row)
    rows_.push_back(ratesAt(material, kLowestKeV + static_cast<double>(row) / kStepsPerKeV, coherent));
}

InteractionTable::Rates InteractionTable::at(double keV) const {
  const double index = (keV - kLowestKeV) * kStepsPerKeV;
  const auto low = static_cast<std::size_t>(index);
  const double part = index - static_cast<double>(low);
  const Rates& a = rows_[low];
  const Rates& b = rows_[low + 1];
  return {a.attenuationPerMm + (b.attenuationPerMm - a.attenuationPerMm) * part,
          a.photoelectricShare + (b.photoelectricShare - a.photoelectricShare) * part,
          a.comptonShare + (b.comptonShare - a.comptonShare) * part};
}

}  // namespace remnant::montecarlo
