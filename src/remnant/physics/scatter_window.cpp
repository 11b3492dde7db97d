#include "remnant/physics/scatter_window.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

#include "remnant/base/error.h"
#include "remnant/physics/attenuation.h"
#include "remnant/physics/scatter.h"
#include "remnant/physics/scatter_first_order.h"
#include "remnant/physics/scatter_neck.h"

namespace remnant::physics {
namespace {

enum class Rows {
  kScatterToPrimary,  ///< S/P in the window simulated
  kPhotopeakRatio,    ///< counts in the window over those in the photopeak window
};

struct TablePoint {
  double depthCm, value;
};

struct KnownWindow {
  const char* nuclide;
  Window window;     ///< as cameras set it
  Window simulated;  ///< that of the rows
  Rows kind;
  std::vector<TablePoint> rows;
  LateralShape shape;
};

// Reference Monte Carlo of a point in an elliptical neck of water of 13 x 12 cm, energy resolution of
// Detector.
const std::vector<TablePoint> kTechnetium{{.5, .0329}, {1, .0646}, {1.5, .0955}, {2, .1258}, {3, .1849},
                                          {4, .2426},  {6, .3547}, {8, .462},    {10, .562}, {11, .608}};
const std::vector<TablePoint> kIodine123{{.5, .0284}, {1, .0561}, {1.5, .0832}, {2, .1100}, {3, .1625},
                                         {4, .2140},  {6, .314},  {8, .409},    {10, .500}, {11, .542}};
const std::vector<TablePoint> kIodine131{{.5, .0117}, {1, .0234}, {1.5, .0350}, {2, .0465}, {3, .0694},
                                         {4, .0922},  {6, .1374}, {8, .182},    {10, .227}, {11, .249}};
const std::vector<TablePoint> k92To125{{.5, .320}, {1, .368}, {1.5, .404}, {2, .434},
                                       {3, .479},  {4, .512}, {6, .551}};
const std::vector<TablePoint> k114To126{{.5, .0555}, {1, .0827}, {1.5, .1045}, {2, .1229},
                                        {3, .1523},  {4, .1749}, {6, .2068}};
const std::vector<TablePoint> k307To329{{.5, .0112}, {1, .0181}, {1.5, .0247}, {2, .0310},
                                        {3, .0431},  {4, .0545}, {6, .0754}};
const std::vector<TablePoint> k260To320{{.5, .0227}, {1, .0434}, {1.5, .0628}, {2, .0812},
                                        {3, .1152},  {4, .1461}, {6, .1986}};

/// A window that takes the factor of its nuclide's photopeak window.
KnownWindow likePhotopeak(const char* nuclide, const Window& window, double keV,
                          const std::vector<TablePoint>& rows) {
  return {nuclide, window, windowAround(keV, 20), Rows::kScatterToPrimary, rows, {}};
}

KnownWindow byRatio(const char* nuclide, const Window& window, const Window& simulated,
                    const std::vector<TablePoint>& rows, const LateralShape& shape = {}) {
  return {nuclide, window, simulated, Rows::kPhotopeakRatio, rows, shape};
}

const std::vector<KnownWindow>& knownWindows() {
  static const std::vector<KnownWindow> windows{
      likePhotopeak("Tc-99m", windowAround(140.51, 20), 140.51, kTechnetium),
      likePhotopeak("Tc-99m", windowAround(140.51, 15), 140.51, kTechnetium),
      byRatio("Tc-99m", {92, 125}, {92, 125}, k92To125, {1.3, 100}),
      byRatio("Tc-99m", {114, 126}, {114, 126}, k114To126, {1.15, 50}),
      likePhotopeak("I-123", windowAround(158.97, 20), 158.97, kIodine123),
      likePhotopeak("I-123", windowAround(158.97, 15), 158.97, kIodine123),
      likePhotopeak("I-123", {125, 143.1}, 158.97, kIodine123),
      likePhotopeak("I-123", {174.9, 195}, 158.97, kIodine123),
      likePhotopeak("I-131", windowAround(364.49, 20), 364.49, kIodine131),
      likePhotopeak("I-131", windowAround(413, 6), 364.49, kIodine131),
      byRatio("I-131", windowAround(318, 6), {307, 329}, k307To329),
      byRatio("I-131", {260, 320}, {260, 320}, k260To320)};
  return windows;
}

bool isCloseTo(const Window& window, const Window& known) {
  const double allowed = 0.1 * known.widthKeV();
  return std::abs(window.lowerKeV - known.lowerKeV) <= allowed &&
         std::abs(window.upperKeV - known.upperKeV) <= allowed;
}

double distance(const Window& window, const Window& known) {
  return std::abs(window.lowerKeV - known.lowerKeV) + std::abs(window.upperKeV - known.upperKeV);
}

[[noreturn]] void refuse(const Nuclide& nuclide, const Window& window) {
  std::string list;
  for (const KnownWindow& known : knownWindows())
    if (known.nuclide == nuclide.name)
      list += fmt::format("{}{:.1f} to {:.1f}", list.empty() ? "" : ", ", known.window.lowerKeV,
                          known.window.upperKeV);
  throw InputError("unknown-window",
                   fmt::format("nothing is known of the scatter of {} from {} to {} keV ({})", nuclide.name,
                               window.lowerKeV, window.upperKeV, list));
}

const KnownWindow& knownWindow(const Nuclide& nuclide, const Window& window) {
  const KnownWindow* nearest = nullptr;
  for (const KnownWindow& known : knownWindows()) {
    if (known.nuclide != nuclide.name || !isCloseTo(window, known.window)) continue;
    if (!nearest || distance(window, known.window) < distance(window, nearest->window)) nearest = &known;
  }
  if (!nearest) refuse(nuclide, window);
  return *nearest;
}

/// Scattered photons in the window a row was simulated with, in the unit of ScatterKernel.
double scatteredOfRow(const KnownWindow& known, const TablePoint& row, const Nuclide& nuclide) {
  const Detector simulated;
  const BroadBeam beam = BroadBeam::of(nuclide);
  const double depthMm = 10 * row.depthCm;
  const double unscattered = std::exp(-beam.attenuationPerMm * depthMm);
  const double share = simulated.windowFraction(known.simulated, nuclide.photopeakKeV);
  if (known.kind == Rows::kScatterToPrimary) return row.value * share * unscattered;
  const double photopeakShare =
      simulated.windowFraction(windowAround(nuclide.photopeakKeV, 20), nuclide.photopeakKeV);
  return row.value * photopeakShare * beam.transmission(depthMm) - share * unscattered;
}

/// firstOrder: of a FirstOrderScatter and a depth in millimetres.
template <class FirstOrder>
MultipleScatter fitted(const KnownWindow& known, const Nuclide& nuclide, FirstOrder firstOrder) {
  const FirstOrderScatter first(nuclide.photopeakKeV, known.simulated, Detector{});
  const auto rows = static_cast<Eigen::Index>(known.rows.size());
  Eigen::MatrixXd powers(rows, 3);
  Eigen::VectorXd factors(rows);
  for (Eigen::Index index = 0; index < rows; ++index) {
    const TablePoint& row = known.rows[static_cast<std::size_t>(index)];
    const double depthMm = 10 * row.depthCm;
    powers.row(index) << 1, depthMm, depthMm * depthMm;
    factors(index) = scatteredOfRow(known, row, nuclide) / firstOrder(first, depthMm);
  }
  const Eigen::Vector3d parabola = powers.colPivHouseholderQr().solve(factors);
  return {parabola(0), parabola(1), parabola(2), 10 * known.rows.back().depthCm};
}

}  // namespace

double MultipleScatter::at(double depthMm) const {
  if (depthMm <= untilMm) return constant + depthMm * (linearPerMm + depthMm * quadraticPerMm2);
  const double slope = linearPerMm + 2 * quadraticPerMm2 * untilMm;
  return constant + untilMm * (linearPerMm + untilMm * quadraticPerMm2) + slope * (depthMm - untilMm);
}

ScatterWindow scatterWindowOf(const Nuclide& nuclide, const Window& window) {
  const KnownWindow& known = knownWindow(nuclide, window);
  const auto inSlab = [](const FirstOrderScatter& first, double depthMm) { return first.total(depthMm); };
  return {fitted(known, nuclide, inSlab), known.shape};
}

MultipleScatter multipleScatterInNeck(const Nuclide& nuclide, const Window& window) {
  const auto inNeck = [](const FirstOrderScatter& first, double depthMm) { return first.inNeck(depthMm); };
  return fitted(knownWindow(nuclide, window), nuclide, inNeck);
}

}  // namespace remnant::physics
