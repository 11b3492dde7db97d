#include <cmath>
#include <numbers>

#include "remnant/physics/camera.h"
#include "remnant/physics/tail_shape.h"
#include "remnant/validation/point_scene.h"
#include "remnant/validation/validate.h"

namespace remnant::validation {
namespace {

/// Counts a second, MBq and square millimetre, as a logarithm.
chart::CurveSeries profile(const physics::PointResponse& response, const std::string& legend,
                           double degreesFromRay, bool tails) {
  constexpr double kDistanceMm = 100;
  const physics::TailProfile penetrating =
      physics::TailShape(response).profile(kDistanceMm, response.rayAngleDegrees);
  const double sigma = response.sigmaMm(kDistanceMm);
  const double angle = (response.rayAngleDegrees + degreesFromRay) * std::numbers::pi / 180;
  const double perTailFraction = response.coreCpsPerMBq / response.coreFraction * response.tailScale;
  chart::CurveSeries series{.legend = legend, .points = {}};
  for (int millimetres = 0; millimetres <= 200; ++millimetres) {
    const double radius = millimetres;
    double density = response.coreCpsPerMBq * std::exp(-radius * radius / (2 * sigma * sigma)) /
                     (2 * std::numbers::pi * sigma * sigma);
    if (tails)
      density += perTailFraction * penetrating.density(radius * std::cos(angle), radius * std::sin(angle));
    if (density > 1e-6) series.points.push_back({radius, std::log10(density)});
  }
  return series;
}

Figure profileFigure() {
  const auto& iodine = physics::nuclideNamed("I-131");
  auto response = physics::CameraLibrary::standard().response("GE Infinia", "GE HEGP", iodine,
                                                              physics::windowAround(364.49, 20));
  response.tailScale = 1.2;
  chart::CurveChartConfig chart;
  chart.horizontalTitle = "distance from the image of a point 10 cm before the collimator (mm)";
  chart.verticalTitle = "log10 of counts a second, MBq and mm²";
  return makeFigure(
      "physics-response", "Point response, I-131 behind GE HEGP",
      {profile(response, "along a ray of the star", 0, true), profile(response, "between two rays", 30, true),
       profile(response, "core alone", 0, false)},
      chart);
}

struct Seen {
  const char* collimator;
  const char* nuclide;
};

Figure resolutionFigure() {
  std::vector<chart::CurveSeries> series;
  for (const Seen& seen : {Seen{"Siemens LEHR", "Tc-99m"}, {"GE HEGP", "I-131"}}) {
    auto response = technetiumResponse();
    response.keV = physics::nuclideNamed(seen.nuclide).photopeakKeV;
    response.collimator = physics::CameraLibrary::standard().collimator(seen.collimator);
    const std::string name = std::string(seen.collimator) + ", " + seen.nuclide;
    chart::CurveSeries closed{.legend = name + ", sqrt(Ri² + Rc²)", .points = {}};
    for (int millimetres = 0; millimetres <= 300; millimetres += 5) {
      const double distance = millimetres;
      closed.points.push_back(
          {distance, response.collimator.fwhmMm(response.detector, response.keV, distance)});
    }
    chart::CurveSeries projected{.legend = name + ", images of the projector", .points = {}};
    for (double distance : {2., 50., 100., 150., 200., 250., 300.}) {
      const Moments moments(pointInAir(distance, response));
      projected.points.push_back({distance, 2 * std::sqrt(8 * std::log(2.0) * moments.columnVariance)});
      projected.errors.push_back(0);
    }
    series.push_back(closed);
    series.push_back(projected);
  }
  chart::CurveChartConfig chart;
  chart.horizontalTitle = "distance before the collimator's face (mm)";
  chart.verticalTitle = "full width at half maximum (mm)";
  chart.lowest = 0;
  return makeFigure("physics-resolution", "Resolution by distance", series, chart);
}

}  // namespace

std::vector<Figure> responseFigures() {
  return {profileFigure(), resolutionFigure()};
}

}  // namespace remnant::validation
