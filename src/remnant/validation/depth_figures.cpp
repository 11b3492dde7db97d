#include <algorithm>
#include <cmath>

#include "remnant/quantify/conjugate_view.h"
#include "remnant/validation/depth_model.h"
#include "remnant/validation/validate.h"

namespace remnant::validation {
namespace {

constexpr double kCounts = 1e4;
constexpr int kTrials = 400;

Figure biasFigure() {
  const auto beam = physics::BroadBeam::of(physics::nuclideNamed("Tc-99m"));
  chart::CurveSeries right{.legend = "mu = 0.1124 per cm", .points = {}},
      habit{.legend = "mu = 0.12 per cm", .points = {}};
  for (int millimetres = 2; millimetres <= 100; millimetres += 2) {
    const double depth = millimetres;
    const quantify::OpposedCounts counts{beam.transmission(depth), beam.transmission(kThicknessMm - depth)};
    const auto bias = [&](double mu) {
      return quantify::depthByEffectiveAttenuation(counts, mu, kThicknessMm) - depth;
    };
    right.points.push_back({depth, bias(0.01124)});
    habit.points.push_back({depth, bias(0.012)});
  }
  chart::CurveChartConfig chart;
  chart.horizontalTitle = "depth of a point in a neck of water, 12 cm thick (mm)";
  chart.verticalTitle = "bias of depth (mm)";
  return makeFigure("physics-depth-bias", "Depth by two views and one attenuation, Tc-99m, no noise",
                    {right, habit}, chart);
}

chart::CurveSeries realised(const DepthModel& model, bool second, const std::string& legend,
                            std::uint64_t seed) {
  chart::CurveSeries series{.legend = legend, .points = {}};
  for (double depth : {10., 20., 40., 60.}) {
    const double deviation = realisedDepth(model, second, depth, kCounts, kTrials, seed).deviationMm;
    series.points.push_back({depth, deviation});
    series.errors.push_back(deviation / std::sqrt(2.0 * kTrials));
  }
  return series;
}

Figure boundFigure(const ValidationConfig& config) {
  const DepthModel narrow({114, 126}), wide({92, 125});
  chart::CurveSeries opposed{.legend = "bound, two views", .points = {}},
      anterior{.legend = "bound, anterior view, 114-126 keV beside the photopeak", .points = {}},
      all{.legend = "bound, two views, 114-126 keV beside the photopeak", .points = {}},
      broad{.legend = "bound, two views, 92-125 keV beside the photopeak", .points = {}};
  for (int millimetres = 6; millimetres <= 64; millimetres += 2) {
    const double depth = millimetres;
    const auto add = [&](chart::CurveSeries& series, const auto& seen) {
      series.points.push_back({depth, quantify::cramerRaoBound(seen).depthSigmaMm});
    };
    add(opposed, narrow.opposed(depth, kCounts));
    add(anterior, narrow.anterior(depth, kCounts));
    add(all, narrow.all(depth, kCounts));
    add(broad, wide.all(depth, kCounts));
  }
  chart::CurveChartConfig chart;
  chart.horizontalTitle = "depth of a point in a neck of water, 12 cm thick (mm)";
  chart.verticalTitle = "standard deviation of depth (mm)";
  chart.lowest = 0;
  chart.highest = 2;
  anterior.points.erase(std::find_if(anterior.points.begin(), anterior.points.end(),
                                     [](const chart::ChartPoint& point) { return point.y > 2; }),
                        anterior.points.end());
  return makeFigure(
      "physics-depth-bound", "Uncertainty of depth from 10 000 anterior counts, Tc-99m, no background",
      {opposed, all, broad, anterior, realised(narrow, false, "realised, two views", config.seed),
       realised(narrow, true, "realised, two views, 114-126 keV", config.seed)},
      chart);
}

}  // namespace

std::vector<Figure> depthFigures(const ValidationConfig& config) {
  return {biasFigure(), boundFigure(config)};
}

}  // namespace remnant::validation
