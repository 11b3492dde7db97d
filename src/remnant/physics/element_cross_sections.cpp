#include "remnant/physics/element_cross_sections.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "remnant/base/error.h"

namespace remnant::physics {
namespace {

// Columns: keV; barns an atom of coherent scattering, incoherent scattering, photoelectric absorption.
// clang-format off
const CrossSections kHydrogen[] = {
    {15, 0.01943, 0.6095, 0.001128},
    {20, 0.01119, 0.6068, 0.0004182},
    {30, 0.005062, 0.5924, 0.0001032},
    {40, 0.002866, 0.5759, 3.823e-05},
    {50, 0.00184, 0.5597, 1.771e-05},
    {60, 0.00128, 0.5444, 9.455e-06},
    {80, 0.0007211, 0.5166, 3.523e-06},
    {100, 0.0004619, 0.4923, 1.644e-06},
    {150, 0.0002055, 0.4435, 4.176e-07},
    {200, 0.0001156, 0.4064, 1.611e-07},
    {300, 5.139e-05, 0.3535, 4.414e-08},
    {400, 2.891e-05, 0.3168, 1.858e-08},
    {500, 1.85e-05, 0.2893, 9.927e-09},
    {600, 1.285e-05, 0.2676, 6.158e-09},
    {800, 7.227e-06, 0.2351, 3.118e-09},
    {1000, 4.625e-06, 0.2114, 1.961e-09},
};
const CrossSections kCarbon[] = {
    {15, 1.952, 3.012, 11.14},
    {20, 1.292, 3.182, 4.341},
    {30, 0.6711, 3.3, 1.138},
    {40, 0.4079, 3.296, 0.4374},
    {50, 0.2734, 3.25, 0.2079},
    {60, 0.1956, 3.188, 0.1131},
    {80, 0.1139, 3.054, 0.04327},
    {100, 0.07418, 2.924, 0.02057},
    {150, 0.0336, 2.647, 0.005397},
    {200, 0.01903, 2.431, 0.002121},
    {300, 0.008504, 2.118, 0.0005944},
    {400, 0.004792, 1.899, 0.0002536},
    {500, 0.00307, 1.735, 0.0001364},
    {600, 0.002133, 1.605, 8.482e-05},
    {800, 0.0012, 1.41, 4.277e-05},
    {1000, 0.0007682, 1.268, 2.659e-05},
};
const CrossSections kNitrogen[] = {
    {15, 2.805, 3.449, 22.5},
    {20, 1.87, 3.645, 8.856},
    {30, 0.9839, 3.8, 2.348},
    {40, 0.6009, 3.811, 0.9087},
    {50, 0.4042, 3.766, 0.434},
    {60, 0.2901, 3.7, 0.2369},
    {80, 0.1697, 3.551, 0.09114},
    {100, 0.1109, 3.403, 0.04347},
    {150, 0.05046, 3.085, 0.01144},
    {200, 0.02863, 2.834, 0.004516},
    {300, 0.01281, 2.47, 0.00127},
    {400, 0.007221, 2.215, 0.0005428},
    {500, 0.004626, 2.023, 0.0002922},
    {600, 0.003215, 1.872, 0.0001819},
    {800, 0.001809, 1.645, 9.177e-05},
    {1000, 0.001158, 1.479, 5.704e-05},
};
const CrossSections kOxygen[] = {
    {15, 3.948, 3.864, 40.96},
    {20, 2.627, 4.092, 16.27},
    {30, 1.394, 4.286, 4.36},
    {40, 0.8541, 4.315, 1.699},
    {50, 0.5755, 4.275, 0.8151},
    {60, 0.4138, 4.207, 0.4465},
    {80, 0.2428, 4.044, 0.1726},
    {100, 0.1591, 3.88, 0.08264},
    {150, 0.07264, 3.521, 0.02186},
    {200, 0.04128, 3.236, 0.008637},
    {300, 0.01849, 2.821, 0.002441},
    {400, 0.01043, 2.53, 0.001045},
    {500, 0.006684, 2.312, 0.0005634},
    {600, 0.004645, 2.139, 0.0003509},
    {800, 0.002615, 1.88, 0.0001771},
    {1000, 0.001674, 1.691, 0.0001101},
};
const CrossSections kSodium[] = {
    {15, 9.43, 4.963, 164.8},
    {20, 6.155, 5.335, 67.05},
    {30, 3.282, 5.666, 18.53},
    {40, 2.033, 5.761, 7.358},
    {50, 1.377, 5.749, 3.577},
    {60, 0.9925, 5.685, 1.98},
    {80, 0.5851, 5.497, 0.7759},
    {100, 0.3852, 5.291, 0.3751},
    {150, 0.1772, 4.819, 0.1007},
    {200, 0.1011, 4.437, 0.04018},
    {300, 0.04547, 3.873, 0.01145},
    {400, 0.02568, 3.476, 0.004933},
    {500, 0.01647, 3.177, 0.002668},
    {600, 0.01145, 2.94, 0.001664},
    {800, 0.006447, 2.584, 0.0008411},
    {1000, 0.004128, 2.324, 0.0005228},
};
const CrossSections kPhosphorus[] = {
    {15, 19.67, 6.342, 611.2},
    {20, 12.87, 6.923, 255.6},
    {30, 6.897, 7.439, 73.1},
    {40, 4.346, 7.611, 29.68},
    {50, 2.986, 7.637, 14.67},
    {60, 2.172, 7.587, 8.213},
    {80, 1.292, 7.384, 3.276},
    {100, 0.8552, 7.135, 1.603},
    {150, 0.3973, 6.531, 0.4389},
    {200, 0.2281, 6.026, 0.177},
    {300, 0.1031, 5.27, 0.05113},
    {400, 0.05837, 4.733, 0.02216},
    {500, 0.03748, 4.328, 0.01203},
    {600, 0.02607, 4.006, 0.007523},
    {800, 0.01469, 3.522, 0.003813},
    {1000, 0.009409, 3.168, 0.00237},
};
const CrossSections kCalcium[] = {
    {15, 37.74, 8.028, 1937},
    {20, 25.44, 8.801, 834.9},
    {30, 13.7, 9.576, 248.2},
    {40, 8.666, 9.853, 103.3},
    {50, 6.016, 9.922, 51.91},
    {60, 4.424, 9.889, 29.47},
    {80, 2.67, 9.677, 11.98},
    {100, 1.779, 9.388, 5.944},
    {150, 0.8334, 8.641, 1.664},
    {200, 0.481, 7.994, 0.6803},
    {300, 0.2188, 7.007, 0.1996},
    {400, 0.1243, 6.299, 0.08729},
    {500, 0.07991, 5.763, 0.04763},
    {600, 0.05564, 5.337, 0.02987},
    {800, 0.03138, 4.693, 0.01517},
    {1000, 0.02011, 4.222, 0.009431},
};
const CrossSections kIodine[] = {
    {15, 388.4, 15.97, 1.121e+04},
    {20, 276.5, 18.22, 5065},
    {30, 157.1, 20.88, 1626},
    {33.1694, 135.5, 21.42, 1224},
    {33.1694, 135.5, 21.42, 7393},
    {40, 102.4, 22.28, 4532},
    {50, 72.74, 23.04, 2501},
    {60, 54.3, 23.4, 1519},
    {80, 33.39, 23.5, 682.8},
    {100, 22.62, 23.18, 363.5},
    {150, 11, 21.84, 114.2},
    {200, 6.505, 20.46, 50.22},
    {300, 3.035, 18.18, 16.12},
    {400, 1.748, 16.46, 7.429},
    {500, 1.134, 15.12, 4.189},
    {600, 0.7946, 14.04, 2.684},
    {800, 0.4516, 12.38, 1.39},
    {1000, 0.2906, 11.15, 0.8683},
};
const CrossSections kLead[] = {
    {15, 1138, 20.37, 3.723e+04},
    {15.2, 1121, 20.52, 3.594e+04},
    {15.2, 1121, 20.52, 4.996e+04},
    {15.8608, 1068, 21.03, 4.514e+04},
    {15.8608, 1068, 21.03, 5.218e+04},
    {20, 804.4, 23.73, 2.889e+04},
    {30, 473.8, 28.31, 9929},
    {40, 316.6, 31.03, 4593},
    {50, 225.2, 32.61, 2509},
    {60, 168.6, 33.49, 1525},
    {80, 105.9, 34.14, 692.4},
    {88.0045, 90.55, 34.16, 532.4},
    {88.0045, 90.55, 34.16, 2519},
    {100, 73.2, 34.04, 1802},
    {150, 36.1, 32.63, 624.4},
    {200, 21.54, 30.85, 291.2},
    {300, 10.28, 27.65, 100.8},
    {400, 6.008, 25.15, 48.76},
    {500, 3.934, 23.17, 28.41},
    {600, 2.773, 21.55, 18.6},
    {800, 1.59, 19.05, 9.878},
    {1000, 1.029, 17.18, 6.226},
};
// clang-format on

const std::array<Element, 9> kElements{{
    {"H", 1, 1.0079, kHydrogen},
    {"C", 6, 12.011, kCarbon},
    {"N", 7, 14.0067, kNitrogen},
    {"O", 8, 15.9994, kOxygen},
    {"Na", 11, 22.98977, kSodium},
    {"P", 15, 30.97376, kPhosphorus},
    {"Ca", 20, 40.08, kCalcium},
    {"I", 53, 126.9045, kIodine},
    {"Pb", 82, 207.2, kLead},
}};

using Process = double CrossSections::*;

/// The rows between the two edges that enclose the energy.
std::span<const CrossSections> betweenEdges(std::span<const CrossSections> rows, double keV) {
  std::size_t first = 0;
  for (std::size_t row = 1; row < rows.size(); ++row) {
    if (rows[row].keV != rows[row - 1].keV) continue;
    if (keV < rows[row].keV) return rows.subspan(first, row - first);
    first = row;
  }
  return rows.subspan(first);
}

std::span<const CrossSections> nearestFour(std::span<const CrossSections> rows, double keV) {
  const auto above = std::upper_bound(rows.begin(), rows.end(), keV,
                                      [](double value, const CrossSections& row) { return value < row.keV; });
  const std::ptrdiff_t last = static_cast<std::ptrdiff_t>(rows.size()) - 4;
  if (last <= 0) return rows;
  const std::ptrdiff_t first = std::clamp<std::ptrdiff_t>(above - rows.begin() - 2, 0, last);
  return rows.subspan(static_cast<std::size_t>(first), 4);
}

/// Lagrange's polynomial through the rows, in the logarithms.
double interpolate(std::span<const CrossSections> rows, double keV, Process process) {
  const double x = std::log(keV);
  double sum = 0;
  for (const CrossSections& row : rows) {
    double term = std::log(row.*process);
    for (const CrossSections& other : rows)
      if (&other != &row) term *= (x - std::log(other.keV)) / (std::log(row.keV) - std::log(other.keV));
    sum += term;
  }
  return std::exp(sum);
}

}  // namespace

const Element& elementNamed(std::string_view symbol) {
  const auto found = std::find_if(kElements.begin(), kElements.end(),
                                  [&](const Element& element) { return element.symbol == symbol; });
  if (found == kElements.end()) throw ProgramError("no cross-sections of the element " + std::string(symbol));
  return *found;
}

CrossSections crossSectionsAt(const Element& element, double keV) {
  if (!(keV >= element.rows.front().keV && keV <= element.rows.back().keV))
    throw ProgramError("cross-sections were asked for at " + std::to_string(keV) + " keV");
  const auto rows = nearestFour(betweenEdges(element.rows, keV), keV);
  return {keV, interpolate(rows, keV, &CrossSections::coherent),
          interpolate(rows, keV, &CrossSections::incoherent),
          interpolate(rows, keV, &CrossSections::photoelectric)};
}

}  // namespace remnant::physics
