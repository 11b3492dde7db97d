#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <functional>
#include <vector>

#include "remnant/base/parallel.h"
#include "remnant/physics/camera.h"
#include "remnant/projection/core.h"
#include "remnant/projection/gaussian_blur.h"
#include "remnant/projection/projector.h"

/// Cases a second of the projector: a neck of 128 x 128 x 80 voxels of 2 mm after iodine-131, anterior and
/// posterior view, three windows, tails, with either model of scatter. Beside it, in the same run, a plain
/// projector of the core, which blurs every plane by its own Gaussian. Medians of interleaved runs.
namespace remnant::projection {
namespace {

constexpr int kRuns = 9;
constexpr std::size_t kCasesARun = 6;

struct Case {
  image::Volume activityMBq;
  Medium medium;
  std::vector<WindowModel> windows;
  Picture picture{128, 128, 2.4, 0, -25};
  HeadPosition anterior{0, 110, 0, 80}, posterior{180, 120, 0, 80};
};

bool inside(double x, double y, double radiusX, double radiusY) {
  return x * x / (radiusX * radiusX) + y * y / (radiusY * radiusY) < 1;
}

/// A neck of 13 x 12 cm over shoulders as wide as the grid, with an airway and a spine; blood pool everywhere
/// and three foci.
Case makeCase() {
  const image::VoxelGrid grid{128, 128, 80, 2, {-128, 0, 0}};
  Case made{image::Volume(grid), {image::Volume(grid), 364.5}, {}};
  const double tissue = physics::attenuationPerMm(physics::Material::kSoftTissue, 364.5);
  const double bone = physics::attenuationPerMm(physics::Material::kBone, 364.5);
  for (std::size_t slice = 0; slice < grid.slices; ++slice)
    for (std::size_t row = 0; row < grid.rows; ++row)
      for (std::size_t column = 0; column < grid.columns; ++column) {
        const double x = grid.x(static_cast<double>(column)), y = grid.y(static_cast<double>(slice)) - 80;
        const bool shoulders = row > 95;
        if (!inside(x, y, shoulders ? 125 : 65, shoulders ? 75 : 60)) continue;
        const bool airway = inside(x, y + 35, 9, 9), spine = inside(x, y - 10, 16, 16);
        made.medium.attenuationPerMm.at(slice, row, column) = static_cast<float>(airway  ? 0
                                                                                 : spine ? bone
                                                                                         : tissue);
        if (!airway) made.activityMBq.at(slice, row, column) = 1e-6F;
      }
  made.activityMBq.at(25, 70, 60) = 2;
  made.activityMBq.at(28, 74, 70) = 1;
  made.activityMBq.at(32, 60, 58) = 0.5F;
  const physics::Nuclide& iodine = physics::nuclideNamed("I-131");
  const physics::CameraLibrary& library = physics::CameraLibrary::standard();
  const std::string camera = "GE Infinia";
  for (const physics::Window& window :
       {physics::windowAround(364.49, 20), physics::Window{308.46, 327.54}, physics::Window{400.61, 425.39}})
    made.windows.push_back({library.response(camera, "GE HEGP", iodine, window),
                            physics::ScatterKernel(iodine, window, library.camera(camera).detector)});
  return made;
}

void projectCase(const Case& made, ScatterModel scatter, ProjectorTimes& times) {
  ProjectorConfig config;
  config.scatter = scatter;
  for (const HeadPosition& head : {made.anterior, made.posterior})
    project(made.activityMBq, made.medium, head, made.picture, made.windows, config, &times);
}

Region wholeFace(const SeenPlanes& planes) {
  return planes.volume.grown(16);
}

Plane plainCore(const SeenPlanes& planes, const physics::PointResponse& response) {
  Plane sum(wholeFace(planes));
  for (const SeenPlanes::One& plane : planes.planes) {
    Plane one(planes.support);
    std::copy_n(plane.seen, planes.support.cells(), one.values().data());
    Plane padded(wholeFace(planes));
    addScaled(one, 1, padded);
    blur(padded, coreVariance(response, plane.distanceMm, planes.voxelMm));
    addScaled(padded, 1, sum);
  }
  return sum;
}

double secondsOf(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Processor time of the thread, which others on the machine hardly change.
double processorMs(const std::function<void()>& work) {
  const std::clock_t start = std::clock();
  work();
  return 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

double medianOf(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double casesASecond(const Case& made, ScatterModel scatter, unsigned threads, ProjectorTimes& times) {
  std::vector<ProjectorTimes> each(kCasesARun);
  const double seconds = secondsOf([&] {
    parallelFor(kCasesARun, threads, [&](std::size_t index) { projectCase(made, scatter, each[index]); });
  });
  for (const ProjectorTimes& one : each) {
    times.attenuation += one.attenuation;
    times.core += one.core;
    times.scatter += one.scatter;
    times.tails += one.tails;
    times.resampling += one.resampling;
  }
  return kCasesARun / seconds;
}

double worstDifference(const Plane& first, const Plane& second) {
  double worst = 0, peak = 0;
  Plane difference(first.region());
  addScaled(first, 1, difference);
  addScaled(second, -1, difference);
  for (const float value : difference.values()) worst = std::max<double>(worst, std::abs(value));
  for (const float value : first.values()) peak = std::max<double>(peak, value);
  return worst / peak;
}

void printSteps(const ProjectorTimes& times) {
  const double total = times.attenuation + times.core + times.scatter + times.tails + times.resampling;
  const auto line = [&](const char* name, double seconds) {
    fmt::print("  {:<12} {:5.1f} %  {:6.2f} ms a case\n", name, 100 * seconds / total,
               1000 * seconds / (kRuns * kCasesARun));
  };
  line("attenuation", times.attenuation);
  line("core", times.core);
  line("scatter", times.scatter);
  line("tails", times.tails);
  line("resampling", times.resampling);
}

void runModel(const Case& made, const char* name, ScatterModel scatter) {
  ProjectorTimes warmUp, single, dual;
  projectCase(made, scatter, warmUp);
  std::vector<double> one, two, processor;
  for (int repeat = 0; repeat < kRuns; ++repeat) {
    one.push_back(casesASecond(made, scatter, 1, single));
    two.push_back(casesASecond(made, scatter, 2, dual));
    processor.push_back(processorMs([&] { projectCase(made, scatter, warmUp); }));
  }
  fmt::print("{}: cases a second: {:.1f} on 1 thread, {:.1f} on 2\n", name, medianOf(one), medianOf(two));
  fmt::print("processor time of a case: {:.1f} ms\n", medianOf(processor));
  printSteps(single);
}

void runCores(const Case& made) {
  const SeenPlanes planes = seenPlanes(made.activityMBq, made.medium, made.anterior);
  const physics::PointResponse& response = made.windows.front().response;
  std::vector<double> incremental, plain;
  for (int repeat = 0; repeat < kRuns; ++repeat) {
    incremental.push_back(secondsOf([&] { coreImage(planes, response, wholeFace(planes)); }));
    plain.push_back(secondsOf([&] { plainCore(planes, response); }));
  }
  fmt::print("core of one view: {:.1f} ms; every plane by its own Gaussian {:.1f} ms, {:.1f} times as long\n",
             1000 * medianOf(incremental), 1000 * medianOf(plain), medianOf(plain) / medianOf(incremental));
  fmt::print("largest difference of the two: {:.2g} of the peak\n",
             worstDifference(plainCore(planes, response), coreImage(planes, response, wholeFace(planes))));
}

void run() {
  const Case made = makeCase();
  runModel(made, "analytic scatter", ScatterModel::kAnalytic);
  runModel(made, "effective scatter source", ScatterModel::kEsse);
  runCores(made);
}

}  // namespace
}  // namespace remnant::projection

int main() {
  remnant::projection::run();
}
