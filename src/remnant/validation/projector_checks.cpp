#include <algorithm>
#include <cmath>

#include "remnant/validation/point_scene.h"
#include "remnant/validation/validate.h"

namespace remnant::validation {
namespace {

constexpr const char* kGroup = "projector";

double atSlice(const image::VoxelGrid& grid, std::size_t slice, double degrees) {
  image::Volume activity(grid);
  activity.at(slice, grid.rows / 2, grid.columns / 2) = 1;
  const double depthOfGrid = static_cast<double>(grid.slices) * grid.voxelMm;
  const auto images = projection::project(activity, waterIn(grid), {degrees, 100, 0, depthOfGrid / 2},
                                          pictureOf(grid), {coreWindow(technetiumResponse())}, coreOnly());
  return Moments(images.front()).sum;
}

void addAir(std::vector<Check>& checks) {
  const auto response = technetiumResponse();
  for (double distanceMm : {0.0, 100.0, 300.0}) {
    const Moments moments(pointInAir(distanceMm, response));
    const std::string where = " at " + std::to_string(static_cast<int>(distanceMm)) + " mm";
    checks.push_back(
        relativeCheck(kGroup, "point in air, counts" + where, moments.sum, 100, 0.005, "parallel holes"));
    checks.push_back(relativeCheck(kGroup, "point in air, FWHM" + where + " (mm)",
                                   2 * std::sqrt(8 * std::log(2.0) * moments.columnVariance),
                                   response.collimator.fwhmMm(response.detector, response.keV, distanceMm),
                                   0.02, "sqrt(Ri^2 + Rc^2)"));
  }
}

void addSlab(std::vector<Check>& checks) {
  const image::VoxelGrid grid = sceneGrid(61, 61, 60);
  const double waterPerMm = waterIn(grid).attenuationOfWaterPerMm();
  const double mean = 100 * std::exp(-waterPerMm * 60);
  for (const std::size_t slice : {std::size_t{2}, std::size_t{15}, std::size_t{55}}) {
    const double depthMm = grid.y(static_cast<double>(slice));
    const std::string where = ", " + std::to_string(static_cast<int>(depthMm)) + " mm deep in 12 cm of water";
    const double anterior = atSlice(grid, slice, 0), posterior = atSlice(grid, slice, 180);
    checks.push_back(relativeCheck(kGroup, "point, counts" + where, anterior,
                                   100 * std::exp(-waterPerMm * depthMm), 0.002, "exp(-mu d)"));
    checks.push_back(relativeCheck(kGroup, "geometric mean" + where, std::sqrt(anterior * posterior), mean,
                                   0.001, "exp(-mu T / 2)"));
  }
}

void addSinogram(std::vector<Check>& checks) {
  const image::VoxelGrid grid{48, 32, 48, 2, {-48, -48, 0}};
  image::Volume activity(grid);
  activity.at(40, 16, 10) = 1;
  const image::Point point{grid.x(10), grid.y(40), grid.z(16)};
  const projection::Picture picture{32, 96, 2, 0, 0};
  double place = 0, counts = 0;
  for (int step = 0; step < 16; ++step) {
    const double angle = 22.5 * step;
    const projection::HeadPosition head{angle, 120};
    const Moments moments(
        projection::project(activity, {}, head, picture, {coreWindow(technetiumResponse())}, coreOnly())
            .front());
    const double expected = picture.columnOf(projection::seenFrom(head, point).u);
    place = std::max(place, 2 * std::abs(moments.column - expected));
    counts = std::max(counts, std::abs(moments.sum / 100 - 1));
  }
  checks.push_back({kGroup, "16 views around a point, greatest error of place (mm)", place, 0, 0.5, 0,
                    "x cos(a) + y sin(a)"});
  checks.push_back({kGroup, "16 views around a point, greatest relative error of counts", counts, 0, 0.005, 0,
                    "no attenuation"});
}

}  // namespace

std::vector<Check> projectorChecks() {
  std::vector<Check> checks;
  addAir(checks);
  addSlab(checks);
  addSinogram(checks);
  return checks;
}

}  // namespace remnant::validation
