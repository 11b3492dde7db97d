#include "remnant/projection/esse.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <numeric>

#include "remnant/base/error.h"
#include "remnant/physics/compton.h"
#include "remnant/physics/scatter_first_order.h"

namespace remnant::projection {
namespace {

using physics::Window;

// The neck of the reference Monte Carlo, 13 x 12 cm and 20 cm long, seen by a head: 4 mm of air, then the
// skin.
const image::VoxelGrid kGrid{72, 100, 62, 2, {-72, 50, -100}};
constexpr double kSkinY = 54;
constexpr std::size_t kMiddleColumn = 36, kMiddleRow = 50;

enum class Airway { kNone, kTrachea };

/// The trachea lies 16 to 34 mm below the skin.
bool isTissue(double x, double y, Airway airway) {
  const double fromAxis = y - kSkinY - 60, fromTrachea = y - kSkinY - 25;
  const bool inNeck = x * x / (65.0 * 65.0) + fromAxis * fromAxis / (60.0 * 60.0) <= 1;
  return inNeck && (airway == Airway::kNone || x * x + fromTrachea * fromTrachea > 9.0 * 9.0);
}

/// Share of tissue in a voxel of any slice of the neck, by 16 places in it.
double tissueShare(std::size_t slice, std::size_t column, Airway airway) {
  int tissue = 0;
  for (int place = 0; place < 16; ++place)
    tissue += isTissue(kGrid.x(static_cast<double>(column) + (place % 4 - 1.5) / 4),
                       kGrid.y(static_cast<double>(slice) + (place / 4 - 1.5) / 4), airway);
  return tissue / 16.0;
}

Medium neck(double keV, Airway airway = Airway::kNone) {
  Medium medium{image::Volume(kGrid), keV};
  const double water = medium.attenuationOfWaterPerMm();
  for (std::size_t slice = 0; slice < kGrid.slices; ++slice)
    for (std::size_t column = 0; column < kGrid.columns; ++column) {
      const auto attenuation = static_cast<float>(water * tissueShare(slice, column, airway));
      for (std::size_t row = 0; row < kGrid.rows; ++row)
        medium.attenuationPerMm.at(slice, row, column) = attenuation;
    }
  return medium;
}

image::Volume pointAt(std::size_t slice, std::size_t column) {
  image::Volume activity(kGrid);
  activity.at(slice, kMiddleRow, column) = 1;
  return activity;
}

/// What reaches a head of a source, each voxel's own half of attenuation included.
image::Volume reaching(const EffectiveSource& source) {
  image::Volume seen = source.activityMBq;
  const image::VoxelGrid& cells = seen.grid();
  std::vector<double> passed(cells.rows * cells.columns, 0.0);
  for (std::size_t slice = 0; slice < cells.slices; ++slice) {
    const auto attenuation = source.medium.attenuationPerMm.slice(slice);
    for (std::size_t ray = 0; ray < passed.size(); ++ray) {
      const double half = attenuation[ray] * cells.voxelMm / 2;
      seen.slice(slice)[ray] *= static_cast<float>(std::exp(-passed[ray] - half));
      passed[ray] += 2 * half;
    }
  }
  return seen;
}

double sumOf(const image::Volume& volume) {
  return std::accumulate(volume.values().begin(), volume.values().end(), 0.0);
}

double waterDepth(const Medium& medium, std::size_t slice, std::size_t column) {
  double sum = medium.attenuationPerMm.at(slice, kMiddleRow, column) / 2;
  for (std::size_t nearer = 0; nearer < slice; ++nearer)
    sum += medium.attenuationPerMm.at(nearer, kMiddleRow, column);
  return sum * kGrid.voxelMm / medium.attenuationOfWaterPerMm();
}

physics::ScatterKernel kernelOf(const char* nuclide, const Window& window) {
  return physics::ScatterKernel(physics::nuclideNamed(nuclide), window, physics::Detector{});
}

Window photopeakOf(const char* nuclide) {
  return physics::windowAround(physics::nuclideNamed(nuclide).photopeakKeV, 20);
}

// physics.md 9.14: ESSE and the analytic kernel, in the neck whose totals the latter holds.
TEST(EffectiveScatter, UniformNeckScattersAsTheAnalyticKernel) {
  struct Case {
    const char* nuclide;
    Window window;
    std::vector<std::size_t> slices;
  };
  const std::vector<Case> cases{{"Tc-99m", photopeakOf("Tc-99m"), {4, 9, 24, 50}},
                                {"I-123", photopeakOf("I-123"), {4, 24}},
                                {"I-131", photopeakOf("I-131"), {4, 9, 24, 50}},
                                {"Tc-99m", {92, 125}, {9, 16, 30}},
                                {"Tc-99m", {114, 126}, {9, 16, 30}}};
  for (const Case& one : cases) {
    const physics::ScatterKernel kernel = kernelOf(one.nuclide, one.window);
    const Medium medium = neck(kernel.emittedKeV());
    for (std::size_t slice : one.slices) {
      const auto source = effectiveScatterSource(pointAt(slice, kMiddleColumn), medium, kernel);
      const double depthMm = waterDepth(medium, slice, kMiddleColumn);
      EXPECT_NEAR(sumOf(reaching(source)) / kernel.totalAt(depthMm), 1, 0.03)
          << one.nuclide << " from " << one.window.lowerKeV << " keV, " << depthMm << " mm deep";
    }
  }
}

/// One scattering, every ray followed from the source through the voxels to a place and on to the head, times
/// the factor of the higher orders.
class RayTracing {
 public:
  RayTracing(const Medium& medium, const physics::ScatterKernel& kernel)
      : medium_(medium), kernel_(kernel), waterPerMm_(medium.attenuationOfWaterPerMm()) {}

  double from(std::size_t slice, std::size_t column) const {
    const double depthMm = waterDepth(medium_, slice, column);
    const image::Point start{kGrid.x(static_cast<double>(column)), kGrid.y(static_cast<double>(slice)),
                             kGrid.z(static_cast<double>(kMiddleRow))};
    double sum = 0;
    for (int polar = 0; polar < kPolar; ++polar) {
      const double cosine = 2 * (polar + 0.5) / kPolar - 1;
      const double counted =
          physics::scatteredPerMm(kernel_.emittedKeV(), cosine, kernel_.window(), kernel_.detector());
      if (counted < 1e-12) continue;
      for (int azimuth = 0; azimuth < kAzimuths; ++azimuth)
        sum += counted * along(start, cosine, 2 * std::numbers::pi * (azimuth + 0.5) / kAzimuths);
    }
    return sum * 4 * std::numbers::pi / (kPolar * kAzimuths) * kernel_.multipleFactorInNeckAt(depthMm);
  }

 private:
  static constexpr int kPolar = 40, kAzimuths = 24;
  static constexpr double kStepMm = 2;

  double density(const image::Point& point) const {
    const double column = std::floor((point.x - kGrid.corner.x) / kGrid.voxelMm);
    const double slice = std::floor((point.y - kGrid.corner.y) / kGrid.voxelMm);
    if (column < 0 || slice < 0 || column >= static_cast<double>(kGrid.columns) ||
        slice >= static_cast<double>(kGrid.slices))
      return 0;
    return medium_.attenuationPerMm.at(static_cast<std::size_t>(slice), kMiddleRow,
                                       static_cast<std::size_t>(column)) /
           waterPerMm_;
  }

  double waterTowardsHead(image::Point point) const {
    double sum = 0;
    for (point.y -= kStepMm / 2; point.y > kGrid.corner.y; point.y -= kStepMm) sum += density(point);
    return sum * kStepMm;
  }

  double along(const image::Point& start, double cosine, double azimuth) const {
    const double sine = std::sqrt(1 - cosine * cosine);
    const double scattered = physics::attenuationPerMm(physics::Material::kWater,
                                                       physics::scatteredKeV(kernel_.emittedKeV(), cosine));
    double passed = 0, sum = 0;
    for (double path = kStepMm / 2; path < 140; path += kStepMm) {
      const image::Point place{start.x + path * sine * std::cos(azimuth), start.y - path * cosine,
                               start.z + path * sine * std::sin(azimuth)};
      const double here = density(place);
      if (here > 0)
        sum += here *
               std::exp(-waterPerMm_ * (passed + here * kStepMm / 2) - scattered * waterTowardsHead(place));
      passed += here * kStepMm;
    }
    return sum * kStepMm;
  }

  const Medium& medium_;
  const physics::ScatterKernel& kernel_;
  double waterPerMm_;
};

// The tolerance of physics.md 9.14 for a neck with a trachea. Places: before, inside, just behind, beside
// (both sides), obliquely behind and far behind it.
TEST(EffectiveScatter, NeckWithTracheaScattersAsRaysTraced) {
  for (const auto& [nuclide, window] :
       {std::pair{"Tc-99m", photopeakOf("Tc-99m")}, std::pair{"I-131", photopeakOf("I-131")},
        std::pair{"Tc-99m", Window{92, 125}}}) {
    const physics::ScatterKernel kernel = kernelOf(nuclide, window);
    const Medium medium = neck(kernel.emittedKeV(), Airway::kTrachea);
    const RayTracing traced(medium, kernel);
    for (const auto& [slice, column] : std::vector<std::pair<std::size_t, std::size_t>>{
             {8, 36}, {16, 36}, {21, 36}, {16, 43}, {16, 28}, {26, 42}, {40, 36}}) {
      const auto source = effectiveScatterSource(pointAt(slice, column), medium, kernel);
      EXPECT_NEAR(sumOf(reaching(source)) / traced.from(slice, column), 1, 0.07)
          << nuclide << " at slice " << slice << ", column " << column;
    }
  }
}

/// Share of a cell's face within a radius of the point at the middle pixel, by 16 places in it.
double shareWithin(double radiusMm, const image::VoxelGrid& cells, std::size_t column, std::size_t row) {
  const double pointX = kGrid.x(kMiddleColumn), pointZ = kGrid.z(kMiddleRow);
  int inside = 0;
  for (int place = 0; place < 16; ++place)
    inside += std::hypot(cells.x(static_cast<double>(column) + (place % 4 - 1.5) / 4) - pointX,
                         cells.z(static_cast<double>(row) + (place / 4 - 1.5) / 4) - pointZ) < radiusMm;
  return inside / 16.0;
}

// physics.md 2, "lateral extent": shares of the photopeak's scatter within radii of the source's image.
TEST(EffectiveScatter, HoldsTheStatedSharesWithinRadii) {
  const physics::ScatterKernel kernel = kernelOf("Tc-99m", photopeakOf("Tc-99m"));
  const image::Volume seen =
      reaching(effectiveScatterSource(pointAt(21, kMiddleColumn), neck(kernel.emittedKeV()), kernel));
  const auto within = [&](double radiusMm) {
    const image::VoxelGrid& cells = seen.grid();
    double inside = 0;
    for (std::size_t row = 0; row < cells.rows; ++row)
      for (std::size_t column = 0; column < cells.columns; ++column) {
        const double share = shareWithin(radiusMm, cells, column, row);
        for (std::size_t slice = 0; slice < cells.slices; ++slice)
          inside += share * seen.at(slice, row, column);
      }
    return inside / sumOf(seen);
  };
  EXPECT_NEAR(within(10), 0.46, 0.04);
  EXPECT_NEAR(within(20), 0.74, 0.04);
  EXPECT_NEAR(within(30), 0.89, 0.04);
}

// Photons of the photopeak keep nearly all their energy, so they were going towards the head before.
TEST(EffectiveScatter, PhotopeakScatterComesFromBetweenSourceAndHead) {
  const physics::ScatterKernel kernel = kernelOf("I-131", photopeakOf("I-131"));
  const std::size_t point = 30;
  const EffectiveSource source =
      effectiveScatterSource(pointAt(point, kMiddleColumn), neck(kernel.emittedKeV()), kernel);
  double behind = 0;
  for (std::size_t slice = point / 2 + 2; slice < source.activityMBq.grid().slices; ++slice)
    for (float value : source.activityMBq.slice(slice)) behind += value;
  EXPECT_LT(behind / sumOf(source.activityMBq), 0.01);
}

TEST(EffectiveScatter, NothingScattersInAirAndTheSourceIsLinear) {
  const physics::ScatterKernel kernel = kernelOf("Tc-99m", {92, 125});
  const Medium medium = neck(kernel.emittedKeV()), air{image::Volume(kGrid), kernel.emittedKeV()};
  const auto scattered = [&](const image::Volume& activity, const Medium& in) {
    return sumOf(effectiveScatterSource(activity, in, kernel).activityMBq);
  };
  EXPECT_EQ(scattered(pointAt(20, 36), air), 0);
  image::Volume both = pointAt(20, 36);
  both.at(40, 30, 20) = 3;
  image::Volume second(kGrid);
  second.at(40, 30, 20) = 1;
  const double apart = scattered(pointAt(20, 36), medium) + 3 * scattered(second, medium);
  EXPECT_NEAR(scattered(both, medium) / apart, 1, 1e-4);
}

TEST(EffectiveScatter, OtherCellsAreAFaultOfOurs) {
  const physics::ScatterKernel kernel = kernelOf("Tc-99m", photopeakOf("Tc-99m"));
  const EffectiveScatter scatter(kernel, {8, 8, 8, 4, {}});
  const EsseScene scene = esseScene(pointAt(20, 36), neck(140.51), {0, 0, 0, 0});
  EXPECT_THROW(scatter.source(scene), ProgramError);
}

}  // namespace
}  // namespace remnant::projection
