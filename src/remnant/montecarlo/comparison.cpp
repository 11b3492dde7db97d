#include "remnant/montecarlo/comparison.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>
#include <ostream>

#include "remnant/montecarlo/object_transport.h"
#include "remnant/projection/projector.h"

namespace remnant::montecarlo {

namespace {

constexpr double kSemiAxisXMm = 65, kSemiAxisYMm = 60;
constexpr double kTracheaRadiusMm = 9, kTracheaBehindSkinMm = 13.5;
constexpr double kSpineRadiusMm = 20, kSpineBehindSkinMm = 60;

image::VoxelGrid neckGrid() {
  image::VoxelGrid grid;
  grid.columns = 68;
  grid.rows = 100;
  grid.slices = 62;
  grid.voxelMm = 2;
  grid.corner = {-68, -62, -100};
  return grid;
}

bool inCircle(double x, double y, double centreY, double radius) {
  return x * x + (y - centreY) * (y - centreY) < radius * radius;
}

/// Of the matter at a place of any slice across the neck.
double attenuationAt(NeckKind kind, double keV, double x, double y) {
  const double a = x / kSemiAxisXMm;
  const double b = y / kSemiAxisYMm;
  if (a * a + b * b > 1) return 0;
  if (kind == NeckKind::kTracheaAndSpine) {
    if (inCircle(x, y, -kSemiAxisYMm + kTracheaBehindSkinMm + kTracheaRadiusMm, kTracheaRadiusMm))
      return physics::attenuationPerMm(physics::Material::kAir, keV);
    if (inCircle(x, y, -kSemiAxisYMm + kSpineBehindSkinMm + kSpineRadiusMm, kSpineRadiusMm))
      return physics::attenuationPerMm(physics::Material::kBone, keV);
  }
  return physics::attenuationPerMm(physics::Material::kWater, keV);
}

/// Mean over a voxel that lies around (x, y), by 64 places in it.
double meanAttenuation(NeckKind kind, double keV, double x, double y, double voxelMm) {
  constexpr int kAcross = 8;
  double sum = 0;
  for (int row = 0; row < kAcross; ++row)
    for (int column = 0; column < kAcross; ++column)
      sum += attenuationAt(kind, keV, x + ((column + 0.5) / kAcross - 0.5) * voxelMm,
                           y + ((row + 0.5) / kAcross - 0.5) * voxelMm);
  return sum / (kAcross * kAcross);
}

/// One MBq in the voxel nearest to the point.
image::Volume pointActivity(const image::VoxelGrid& grid, double x, double y) {
  image::Volume activity(grid);
  const auto index = [&](double at, double corner) {
    return static_cast<std::size_t>((at - corner) / grid.voxelMm);
  };
  activity.at(index(y, grid.corner.y), grid.rows / 2, index(x, grid.corner.x)) = 1;
  return activity;
}

projection::HeadPosition headAt(double degrees) {
  projection::HeadPosition head;
  head.angleDegrees = degrees;
  head.planeMm = 100;
  return head;
}

/// Wide enough for all that scatters.
projection::Picture widePicture() {
  projection::Picture picture;
  picture.rows = picture.columns = 200;
  picture.pixelMm = 4;
  picture.topMm = -400;
  return picture;
}

std::vector<projection::WindowModel> models(const physics::Nuclide& nuclide,
                                            const std::vector<physics::Window>& windows) {
  std::vector<projection::WindowModel> result;
  for (const physics::Window& window : windows) {
    physics::PointResponse response;
    response.window = window;
    response.keV = nuclide.photopeakKeV;
    response.collimator = {"GE HEGP", 4, 1.8, 66};
    const physics::ScatterKernel scatter(nuclide, window, response.detector);
    response.coreCpsPerMBq = scatter.primaryFraction();
    result.push_back({response, scatter});
  }
  return result;
}

double sumOf(const image::Image& image) {
  return std::accumulate(image.pixels().begin(), image.pixels().end(), 0.0);
}

class Comparison {
 public:
  Comparison(NeckKind neck, const physics::Nuclide& nuclide, const std::vector<physics::Window>& windows,
             const ComparisonConfig& config)
      : neck_(neck),
        nuclide_(nuclide),
        config_(config),
        medium_(neckMedium(neck, nuclide.photopeakKeV)),
        models_(models(nuclide, windows)) {
    object_.histories = config.histories;
    object_.seed = config.seed;
    object_.threads = config.threads;
    object_.windows = windows;
    object_.heads = {headAt(0), headAt(180)};
  }

  void addDepth(double depthMm, std::vector<ComparisonRow>& rows) const {
    const double x = config_.lateralMm;
    const double skin = -kSemiAxisYMm * std::sqrt(1 - x * x / (kSemiAxisXMm * kSemiAxisXMm));
    const image::Volume activity = pointActivity(medium_.attenuationPerMm.grid(), x, skin + depthMm);
    const ObjectResult truth = transportInObject(&activity, &medium_, nuclide_.photopeakKeV, object_);
    for (std::size_t head = 0; head < object_.heads.size(); ++head) {
      const auto none = totals(activity, object_.heads[head], projection::ScatterModel::kNone);
      const auto analytic = totals(activity, object_.heads[head], projection::ScatterModel::kAnalytic);
      const auto esse = totals(activity, object_.heads[head], projection::ScatterModel::kEsse);
      for (std::size_t window = 0; window < models_.size(); ++window)
        rows.push_back({neck_, nuclide_.name, object_.windows[window], object_.heads[head].angleDegrees,
                        depthMm, none[window], analytic[window], esse[window],
                        counted(truth.tallies[head][window])});
    }
  }

 private:
  /// Unscattered and scattered photons; the former vary with the place in the voxel alone.
  static Estimate counted(const WindowTally& tally) {
    return {tally.primary.value + tally.scatter.value,
            std::hypot(tally.primary.standardError, tally.scatter.standardError)};
  }

  std::vector<double> totals(const image::Volume& activity, const projection::HeadPosition& head,
                             projection::ScatterModel scatter) const {
    projection::ProjectorConfig fast;
    fast.scatter = scatter;
    fast.tails = false;
    std::vector<double> sums;
    for (const image::Image& image :
         projection::project(activity, medium_, head, widePicture(), models_, fast))
      sums.push_back(sumOf(image));
    return sums;
  }

  NeckKind neck_;
  const physics::Nuclide& nuclide_;
  const ComparisonConfig& config_;
  projection::Medium medium_;
  std::vector<projection::WindowModel> models_;
  ObjectConfig object_;
};

}  // namespace

projection::Medium neckMedium(NeckKind kind, double keV) {
  projection::Medium medium{image::Volume(neckGrid()), keV};
  const image::VoxelGrid& grid = medium.attenuationPerMm.grid();
  for (std::size_t slice = 0; slice < grid.slices; ++slice)
    for (std::size_t column = 0; column < grid.columns; ++column) {
      const double x = grid.x(static_cast<double>(column));
      const double y = grid.y(static_cast<double>(slice));
      const auto attenuation = static_cast<float>(meanAttenuation(kind, keV, x, y, grid.voxelMm));
      for (std::size_t row = 0; row < grid.rows; ++row)
        medium.attenuationPerMm.at(slice, row, column) = attenuation;
    }
  return medium;
}

std::vector<ComparisonRow> compareWithMonteCarlo(NeckKind neck, const physics::Nuclide& nuclide,
                                                 const std::vector<physics::Window>& windows,
                                                 const ComparisonConfig& config) {
  const Comparison comparison(neck, nuclide, windows, config);
  std::vector<ComparisonRow> rows;
  for (const double depthMm : config.depthsMm) comparison.addDepth(depthMm, rows);
  return rows;
}

void writeCsv(const std::vector<ComparisonRow>& rows, std::ostream& out) {
  out << "neck,nuclide,lowerKeV,upperKeV,headDegrees,depthMm,unscattered,analytic,esse,monteCarlo,"
         "monteCarloStandardError\n";
  for (const ComparisonRow& row : rows)
    out << fmt::format("{},{},{:g},{:g},{:g},{:g},{:.6f},{:.6f},{:.6f},{:.6f},{:.6f}\n",
                       row.neck == NeckKind::kUniform ? "uniform" : "trachea and spine", row.nuclide,
                       row.window.lowerKeV, row.window.upperKeV, row.headDegrees, row.depthMm,
                       row.unscattered, row.analytic, row.esse, row.monteCarlo.value,
                       row.monteCarlo.standardError);
}

}  // namespace remnant::montecarlo
