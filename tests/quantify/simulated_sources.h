#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "remnant/base/atomic_file.h"
#include "remnant/base/random.h"
#include "remnant/physics/camera.h"
#include "remnant/physics/dead_time.h"
#include "scintigraphy/example_acquisition.h"
#include "support/temporary_folder.h"

/// A camera whose calibration is known, which takes pictures of sources as NM objects: the densities of the
/// library's response with sensitivities, gain and dead time of its own, and Poisson counts.
namespace remnant::testing {

struct SimulatedSource {
  double activityMBq = 0;  ///< at the start; 0 for the room alone
  double diameterMm = 0;
  double transmission = 1;
  double seconds = 300;
  int heads = 2;
};

class SimulatedCamera {
 public:
  static constexpr double kPixelMm = 4.418;
  static constexpr std::size_t kPixels = 128;
  static constexpr double kDistanceMm = 100;
  static constexpr double kTailScale = 1.2;
  static constexpr double kFraction = 0.3;  ///< of the photopeak in the spectrum

  std::array<double, 2> coreCpsPerMBq{25, 26.5};  ///< of the heads, in the photopeak
  double deadTimeSeconds = 3e-6;
  double backgroundPerPixelSecond = 0.002;
  std::vector<physics::Window> windows{{328, 401}, {308.46, 327.54}};

  static const physics::Nuclide& nuclide() { return physics::nuclideNamed("I-131"); }
  static physics::PointResponse response(const physics::Window& window) {
    return physics::CameraLibrary::standard().response("GE Infinia", "GE HEGP", nuclide(), window);
  }

  void write(const SimulatedSource& source, std::uint64_t seed, const std::filesystem::path& path) const {
    scintigraphy::NmDescription description = exampleStatic();
    description.detectors.resize(static_cast<std::size_t>(source.heads));
    description.pixelSpacingMm = kPixelMm;
    description.frameDurationMs = source.seconds * 1000;
    description.energyWindows.clear();
    for (const physics::Window& window : windows)
      description.energyWindows.push_back({"window", {window.lowerKeV, window.upperKeV}});
    setFrames(description, 1);
    std::vector<Rates> shapes;
    for (const physics::Window& window : windows)
      shapes.push_back(source.activityMBq > 0 ? shapeOf(source, response(window)) : Rates(kPixels, kPixels));
    std::vector<image::Counts> pictures;
    for (int head = 0; head < source.heads; ++head) addPictures(source, head, shapes, seed, pictures);
    scintigraphy::writeNm(description, pictures).write(path);
  }

 private:
  using Rates = image::Grid<double>;

  /// Middles of equal parts of the source.
  static std::vector<std::pair<double, double>> pointsOf(double diameterMm, double stepMm) {
    std::vector<std::pair<double, double>> points;
    const int reach = static_cast<int>(std::ceil(diameterMm / stepMm));
    for (int row = -reach; row <= reach; ++row)
      for (int column = -reach; column <= reach; ++column)
        if (std::hypot(row, column) * stepMm <= diameterMm / 2)
          points.emplace_back(column * stepMm, row * stepMm);
    return points;
  }

  static double placeMm(std::size_t pixel) {
    return (static_cast<double>(pixel) - static_cast<double>(kPixels) / 2 + 0.3) * kPixelMm;
  }

  static double withinPixel(double offsetMm, double sigmaMm) {
    const double scale = 1 / (sigmaMm * std::sqrt(2.0));
    return (std::erf((offsetMm + kPixelMm / 2) * scale) - std::erf((offsetMm - kPixelMm / 2) * scale)) / 2;
  }

  /// Counts a second and pixel for a core of 1, at the start.
  static Rates shapeOf(const SimulatedSource& source, const physics::PointResponse& response) {
    Rates shape(kPixels, kPixels);
    const auto points = pointsOf(source.diameterMm, 3);
    const double sigmaMm = response.sigmaMm(kDistanceMm), share = 1.0 / static_cast<double>(points.size());
    for (const auto& [x, y] : points)
      for (std::size_t row = 0; row < kPixels; ++row) {
        const double across = withinPixel(placeMm(row) - y, sigmaMm);
        for (std::size_t column = 0; across > 1e-12 && column < kPixels; ++column)
          shape.at(row, column) += share * across * withinPixel(placeMm(column) - x, sigmaMm);
      }
    const auto coarse = pointsOf(source.diameterMm, std::max(10.0, source.diameterMm / 8));
    for (const auto& [x, y] : coarse)
      addTails(response, x, y, 1.0 / static_cast<double>(coarse.size()), shape);
    return shape;
  }

  /// Near the point rays are thinner than pixels.
  static double meanTailDensity(const physics::PointResponse& response, std::size_t tail, double dx,
                                double dy) {
    const int parts = std::hypot(dx, dy) < 40 ? 6 : 1;
    double sum = 0;
    for (int row = 0; row < parts; ++row)
      for (int column = 0; column < parts; ++column)
        sum += response.tailDensity(tail, dx + ((column + 0.5) / parts - 0.5) * kPixelMm,
                                    dy + ((row + 0.5) / parts - 0.5) * kPixelMm, kDistanceMm);
    return sum / (parts * parts);
  }

  static void addTails(const physics::PointResponse& response, double x, double y, double share,
                       Rates& shape) {
    for (std::size_t tail = 0; tail < response.tails.size(); ++tail) {
      const double counts =
          response.tails[tail].fraction / response.coreFraction * kTailScale * share * kPixelMm * kPixelMm;
      for (std::size_t row = 0; row < kPixels; ++row)
        for (std::size_t column = 0; column < kPixels; ++column)
          shape.at(row, column) +=
              counts * meanTailDensity(response, tail, placeMm(column) - x, placeMm(row) - y);
    }
  }

  void addPictures(const SimulatedSource& source, int head, std::vector<Rates> rates, std::uint64_t seed,
                   std::vector<image::Counts>& pictures) const {
    for (std::size_t index = 0; index < windows.size(); ++index) {
      const double core = coreCpsPerMBq.at(static_cast<std::size_t>(head)) *
                          response(windows[index]).coreCpsPerMBq / response(windows.front()).coreCpsPerMBq;
      for (double& rate : rates[index].pixels())
        rate = rate * core * source.activityMBq * source.transmission + backgroundPerPixelSecond;
    }
    double spectrum = 0;
    for (const double rate : rates.front().pixels()) spectrum += rate / kFraction;
    const double live = physics::observedRate(spectrum, deadTimeSeconds) / spectrum;
    const double seconds = source.seconds * physics::meanDecayDuring(nuclide(), source.seconds / 3600);
    for (const Rates& window : rates) {
      RandomStream random(seed, static_cast<std::uint32_t>(pictures.size()) + 1);
      image::Counts counts(kPixels, kPixels);
      for (std::size_t index = 0; index < counts.pixels().size(); ++index)
        counts.pixels()[index] =
            static_cast<std::int32_t>(random.poisson(window.pixels()[index] * live * seconds));
      pictures.push_back(std::move(counts));
    }
  }
};

}  // namespace remnant::testing
