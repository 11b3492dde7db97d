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

/// S/P in a photopeak window.
struct TablePoint {
  double depthCm, scatterToPrimary;
};

struct NodePoint {
  double depthCm, value;
};

/// Of a window beside the photopeak.
struct SimulatedScatter {
  std::vector<NodePoint> totals;          ///< scattered photons, in the unit of ScatterKernel
  std::vector<NodePoint> overOneScatter;  ///< over what the effective source scatters once
};

struct KnownWindow {
  const char* nuclide;
  Window window;                      ///< as cameras set it
  Window simulated;                   ///< that of the rows
  std::vector<TablePoint> photopeak;  ///< or
  SimulatedScatter besides;           ///< one of them is empty
  LateralShape shape;
};

// A point in an elliptical neck of water of 13 x 12 cm, energy resolution of Detector.
const std::vector<TablePoint> kTechnetium{{.5, .0329}, {1, .0646}, {1.5, .0955}, {2, .1258}, {3, .1849},
                                          {4, .2426},  {6, .3547}, {8, .462},    {10, .562}, {11, .608}};
const std::vector<TablePoint> kIodine123{{.5, .0284}, {1, .0561}, {1.5, .0832}, {2, .1100}, {3, .1625},
                                         {4, .2140},  {6, .314},  {8, .409},    {10, .500}, {11, .542}};
const std::vector<TablePoint> kIodine131{{.5, .0117}, {1, .0234}, {1.5, .0350}, {2, .0465}, {3, .0694},
                                         {4, .0922},  {6, .1374}, {8, .182},    {10, .227}, {11, .249}};

// montecarlo::transportInObject, a neck of water 20 cm long, the point 15 mm beside the middle where foci of
// the thyroid bed lie, five orders, coherent scattering. Totals in EllipticCylinder(65, 60, 100), 1 to 6
// million histories a point, standard errors at most 0.2 %. The others in montecarlo::neckMedium, the same in
// voxels of 2 mm, 2 and 5 million histories, at most 0.3 % (318 keV at 3 mm: 0.6 %): over what
// projection::EffectiveScatter scatters once there in its cells of 4 mm, which is 0 to 5 % less than the
// Monte Carlo scatters once.
const SimulatedScatter k92To125{{{0.5, 0.30051},
                                 {1, 0.32984},
                                 {1.5, 0.34570},
                                 {2, 0.35341},
                                 {3, 0.35348},
                                 {4, 0.34074},
                                 {6, 0.29495},
                                 {8, 0.23620},
                                 {10, 0.17028},
                                 {10.5, 0.15185},
                                 {11, 0.13185},
                                 {11.18, 0.12386}},
                                {{0.34, 1.374},
                                 {0.94, 1.401},
                                 {1.34, 1.433},
                                 {1.74, 1.469},
                                 {2.74, 1.565},
                                 {3.74, 1.665},
                                 {5.84, 1.885},
                                 {7.94, 2.120},
                                 {8.94, 2.238},
                                 {9.94, 2.370},
                                 {10.34, 2.433},
                                 {10.74, 2.509},
                                 {11.34, 2.680}}};
const SimulatedScatter k114To126{{{0.5, 0.04507},
                                  {1, 0.06720},
                                  {1.5, 0.08261},
                                  {2, 0.09355},
                                  {3, 0.10641},
                                  {4, 0.11128},
                                  {6, 0.10739},
                                  {8, 0.09404},
                                  {10, 0.07624},
                                  {10.5, 0.07115},
                                  {11, 0.06580},
                                  {11.18, 0.06361}},
                                 {{0.34, 1.162},
                                  {0.94, 1.165},
                                  {1.34, 1.181},
                                  {1.74, 1.201},
                                  {2.74, 1.257},
                                  {3.74, 1.317},
                                  {5.84, 1.449},
                                  {7.94, 1.583},
                                  {8.94, 1.649},
                                  {9.94, 1.718},
                                  {10.34, 1.745},
                                  {10.74, 1.776},
                                  {11.34, 1.829}}};
const SimulatedScatter kAround318{{{0.5, 0.00606},
                                   {1, 0.01135},
                                   {1.5, 0.01595},
                                   {2, 0.01996},
                                   {3, 0.02641},
                                   {4, 0.03115},
                                   {6, 0.03674},
                                   {8, 0.03866},
                                   {10, 0.03810},
                                   {10.5, 0.03765},
                                   {11, 0.03713},
                                   {11.18, 0.03689}},
                                  {{0.34, 1.026},
                                   {0.94, 1.025},
                                   {1.34, 1.035},
                                   {1.74, 1.042},
                                   {2.74, 1.063},
                                   {3.74, 1.084},
                                   {5.84, 1.121},
                                   {7.94, 1.159},
                                   {8.94, 1.177},
                                   {9.94, 1.198},
                                   {10.34, 1.203},
                                   {10.74, 1.211},
                                   {11.34, 1.220}}};
const SimulatedScatter k260To320{{{0.5, 0.02184},
                                  {1, 0.03989},
                                  {1.5, 0.05510},
                                  {2, 0.06797},
                                  {3, 0.08801},
                                  {4, 0.10199},
                                  {6, 0.11647},
                                  {8, 0.11798},
                                  {10, 0.11073},
                                  {10.5, 0.10781},
                                  {11, 0.10453},
                                  {11.18, 0.10322}},
                                 {{0.34, 1.050},
                                  {0.94, 1.063},
                                  {1.34, 1.078},
                                  {1.74, 1.088},
                                  {2.74, 1.122},
                                  {3.74, 1.157},
                                  {5.84, 1.227},
                                  {7.94, 1.297},
                                  {8.94, 1.330},
                                  {9.94, 1.367},
                                  {10.34, 1.380},
                                  {10.74, 1.395},
                                  {11.34, 1.415}}};

/// A window that takes the factor of its nuclide's photopeak window.
KnownWindow likePhotopeak(const char* nuclide, const Window& window, double keV,
                          const std::vector<TablePoint>& rows) {
  return {nuclide, window, windowAround(keV, 20), rows, {}, {}};
}

KnownWindow beside(const char* nuclide, const Window& window, const SimulatedScatter& rows,
                   const LateralShape& shape = {}) {
  return {nuclide, window, window, {}, rows, shape};
}

const std::vector<KnownWindow>& knownWindows() {
  static const std::vector<KnownWindow> windows{
      likePhotopeak("Tc-99m", windowAround(140.51, 20), 140.51, kTechnetium),
      likePhotopeak("Tc-99m", windowAround(140.51, 15), 140.51, kTechnetium),
      beside("Tc-99m", {92, 125}, k92To125, {1.3, 100}),
      beside("Tc-99m", {114, 126}, k114To126, {1.15, 50}),
      likePhotopeak("I-123", windowAround(158.97, 20), 158.97, kIodine123),
      likePhotopeak("I-123", windowAround(158.97, 15), 158.97, kIodine123),
      likePhotopeak("I-123", {125, 143.1}, 158.97, kIodine123),
      likePhotopeak("I-123", {174.9, 195}, 158.97, kIodine123),
      likePhotopeak("I-131", windowAround(364.49, 20), 364.49, kIodine131),
      likePhotopeak("I-131", windowAround(413, 6), 364.49, kIodine131),
      beside("I-131", windowAround(318, 6), kAround318),
      beside("I-131", {260, 320}, k260To320)};
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

/// Scattered photons of a row of a photopeak window, in the unit of ScatterKernel.
double scatteredOfRow(const TablePoint& row, const Window& simulated, const Nuclide& nuclide) {
  const double unscattered = std::exp(-BroadBeam::of(nuclide).attenuationPerMm * 10 * row.depthCm);
  return row.scatterToPrimary * Detector{}.windowFraction(simulated, nuclide.photopeakKeV) * unscattered;
}

/// firstOrder: of a FirstOrderScatter and a depth in millimetres.
template <class FirstOrder>
MultipleScatter fittedToPhotopeak(const KnownWindow& known, const Nuclide& nuclide, FirstOrder firstOrder) {
  const FirstOrderScatter first(nuclide.photopeakKeV, known.simulated, Detector{});
  const auto rows = static_cast<Eigen::Index>(known.photopeak.size());
  Eigen::MatrixXd powers(rows, 3);
  Eigen::VectorXd factors(rows);
  for (Eigen::Index index = 0; index < rows; ++index) {
    const TablePoint& row = known.photopeak[static_cast<std::size_t>(index)];
    const double depthMm = 10 * row.depthCm;
    powers.row(index) << 1, depthMm, depthMm * depthMm;
    factors(index) = scatteredOfRow(row, known.simulated, nuclide) / firstOrder(first, depthMm);
  }
  const Eigen::Vector3d parabola = powers.colPivHouseholderQr().solve(factors);
  return MultipleScatter::parabola(parabola(0), parabola(1), parabola(2),
                                   10 * known.photopeak.back().depthCm);
}

MultipleScatter besideInSlab(const KnownWindow& known, const Nuclide& nuclide) {
  const FirstOrderScatter first(nuclide.photopeakKeV, known.simulated, Detector{});
  std::vector<MultipleScatter::Node> nodes;
  for (const NodePoint& row : known.besides.totals)
    nodes.push_back({10 * row.depthCm, row.value / first.total(10 * row.depthCm)});
  return MultipleScatter::through(std::move(nodes));
}

/// The last nodes lie just before the neck's far skin, where the factor rises more than it does deep in
/// thicker bodies.
MultipleScatter besideInNeck(const KnownWindow& known) {
  std::vector<MultipleScatter::Node> nodes;
  for (const NodePoint& row : known.besides.overOneScatter) nodes.push_back({10 * row.depthCm, row.value});
  return MultipleScatter::onAverageBeyond(std::move(nodes));
}

using Node = MultipleScatter::Node;

/// At `depthMm`, of the parabola through three nodes.
double slopeOfParabola(const Node& first, const Node& second, const Node& third, double depthMm) {
  const double rise = (second.factor - first.factor) / (second.depthMm - first.depthMm);
  const double nextRise = (third.factor - second.factor) / (third.depthMm - second.depthMm);
  const double bend = (nextRise - rise) / (third.depthMm - first.depthMm);
  return rise + bend * (2 * depthMm - first.depthMm - second.depthMm);
}

/// The cubic with the values and slopes of both nodes.
double between(const Node& low, const Node& high, double depthMm) {
  const double width = high.depthMm - low.depthMm, t = (depthMm - low.depthMm) / width;
  const double fall = (1 - t) * (1 - t), rise = t * t;
  return low.factor * (1 + 2 * t) * fall + high.factor * (3 - 2 * t) * rise +
         width * t * (1 - t) * (low.slopePerMm * (1 - t) - high.slopePerMm * t);
}

}  // namespace

MultipleScatter MultipleScatter::parabola(double constant, double linearPerMm, double quadraticPerMm2,
                                          double untilMm) {
  return MultipleScatter({{0, constant, linearPerMm},
                          {untilMm, constant + untilMm * (linearPerMm + untilMm * quadraticPerMm2),
                           linearPerMm + 2 * quadraticPerMm2 * untilMm}});
}

MultipleScatter MultipleScatter::through(std::vector<Node> nodes) {
  if (nodes.size() < 3) throw ProgramError("a factor of multiple scatter needs three nodes");
  for (std::size_t index = 0; index < nodes.size(); ++index) {
    const std::size_t first = std::clamp<std::size_t>(index, 1, nodes.size() - 2) - 1;
    nodes[index].slopePerMm =
        slopeOfParabola(nodes[first], nodes[first + 1], nodes[first + 2], nodes[index].depthMm);
  }
  return MultipleScatter(std::move(nodes));
}

MultipleScatter MultipleScatter::onAverageBeyond(std::vector<Node> nodes) {
  MultipleScatter factor = through(std::move(nodes));
  const Node &front = factor.nodes_.front(), &back = factor.nodes_.back();
  factor.beyondPerMm_ = std::max(0.0, (back.factor - front.factor) / (back.depthMm - front.depthMm));
  return factor;
}

double MultipleScatter::at(double depthMm) const {
  const Node &front = nodes_.front(), &back = nodes_.back();
  if (depthMm <= front.depthMm) return front.factor + front.slopePerMm * (depthMm - front.depthMm);
  if (depthMm >= back.depthMm) return back.factor + beyondPerMm_ * (depthMm - back.depthMm);
  const auto high =
      std::find_if(nodes_.begin(), nodes_.end(), [&](const Node& node) { return node.depthMm >= depthMm; });
  return between(*std::prev(high), *high, depthMm);
}

ScatterWindow scatterWindowOf(const Nuclide& nuclide, const Window& window) {
  const KnownWindow& known = knownWindow(nuclide, window);
  if (!known.besides.totals.empty()) return {besideInSlab(known, nuclide), known.shape};
  const auto inSlab = [](const FirstOrderScatter& first, double depthMm) { return first.total(depthMm); };
  return {fittedToPhotopeak(known, nuclide, inSlab), known.shape};
}

MultipleScatter multipleScatterInNeck(const Nuclide& nuclide, const Window& window) {
  const KnownWindow& known = knownWindow(nuclide, window);
  if (!known.besides.totals.empty()) return besideInNeck(known);
  const auto inNeck = [](const FirstOrderScatter& first, double depthMm) { return first.inNeck(depthMm); };
  return fittedToPhotopeak(known, nuclide, inNeck);
}

}  // namespace remnant::physics
