#include <cmath>

#include "remnant/montecarlo/object_transport.h"
#include "remnant/physics/attenuation.h"
#include "remnant/physics/scatter.h"
#include "remnant/validation/validate.h"

namespace remnant::validation {
namespace {

/// By depth in mm.
struct Curves {
  chart::CurveSeries fast, counted;
};

struct NuclideCurves {
  Curves transmission, scatterToPrimary;
};

NuclideCurves curvesOf(const char* name, const ValidationConfig& config) {
  const physics::Nuclide& nuclide = physics::nuclideNamed(name);
  const physics::ScatterKernel kernel(nuclide, physics::windowAround(nuclide.photopeakKeV, 20), {});
  const double waterPerMm = physics::attenuationPerMm(physics::Material::kWater, nuclide.photopeakKeV);
  NuclideCurves curves;
  for (Curves* one : {&curves.transmission, &curves.scatterToPrimary}) {
    one->fast.legend = std::string(name) + ", fast model";
    one->counted.legend = std::string(name) + ", Monte Carlo";
  }
  for (int millimetres = 0; millimetres <= 112; millimetres += 2) {
    const double depth = millimetres;
    const double unscattered = std::exp(-waterPerMm * depth);
    const double ratio = kernel.totalAt(depth) / (kernel.primaryFraction() * unscattered);
    curves.transmission.fast.points.push_back({depth, unscattered * (1 + ratio)});
    curves.scatterToPrimary.fast.points.push_back({depth, ratio});
  }
  montecarlo::ObjectConfig object;
  object.histories = config.histories;
  object.seed = config.seed;
  object.windows = {kernel.window()};
  object.heads = {projection::HeadPosition{}};
  for (double depth : {5., 10., 20., 30., 40., 60., 80., 100., 110.}) {
    const auto tally =
        transportInObject(image::Point{0, depth - 60, 0}, montecarlo::EllipticCylinder(65, 60, 100),
                          nuclide.photopeakKeV, object)
            .tallies[0][0];
    const double unscattered = std::exp(-waterPerMm * depth), ratio = tally.scatterToPrimary.value;
    const double error = tally.scatterToPrimary.standardError;
    curves.transmission.counted.points.push_back({depth, unscattered * (1 + ratio)});
    curves.transmission.counted.errors.push_back(unscattered * error);
    curves.scatterToPrimary.counted.points.push_back({depth, ratio});
    curves.scatterToPrimary.counted.errors.push_back(error);
  }
  return curves;
}

}  // namespace

std::vector<Figure> scatterFigures(const ValidationConfig& config) {
  std::vector<chart::CurveSeries> transmission, ratio;
  for (const char* name : {"Tc-99m", "I-131"}) {
    const NuclideCurves curves = curvesOf(name, config);
    transmission.push_back(curves.transmission.fast);
    transmission.push_back(curves.transmission.counted);
    ratio.push_back(curves.scatterToPrimary.fast);
    ratio.push_back(curves.scatterToPrimary.counted);
  }
  chart::CurveChartConfig chart;
  chart.horizontalTitle = "depth of a point in a neck of water, 13 x 12 cm (mm)";
  chart.verticalTitle = "counts over those in air";
  chart.lowest = 0;
  chart::CurveChartConfig second = chart;
  second.verticalTitle = "scattered over unscattered";
  return {makeFigure("physics-transmission", "Broad-beam transmission, photopeak windows of 20 %",
                     transmission, chart),
          makeFigure("physics-scatter-to-primary", "Scatter to primary, photopeak windows of 20 %", ratio,
                     second)};
}

}  // namespace remnant::validation
