#include "remnant/phantom/truth.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace remnant::phantom {
namespace {

// The bed: from the upper poles to the suprasternal notch, between the carotid arteries.
constexpr double kBedWidthMm = 64;
constexpr double kBedHeightMm = 72;
constexpr double kShoulderWidthMm = 60;
constexpr double kShoulderHeightMm = 48;

/// First and number of the pixels whose centres lie within `half` of `centre`, inside [0, count).
std::pair<std::size_t, std::size_t> pixelsAround(double centre, double half, std::size_t count) {
  const double last = static_cast<double>(count) - 1;
  const double from = std::clamp(std::ceil(centre - half), 0.0, last);
  const double to = std::clamp(std::floor(centre + half), from, last);
  return {static_cast<std::size_t>(from), static_cast<std::size_t>(to - from) + 1};
}

class RegionMaker {
 public:
  RegionMaker(scintigraphy::View view, const ImageGeometry& geometry) : view_(view), geometry_(geometry) {}

  /// A region around (x, z) of the patient; half sizes in millimetres.
  TruthRegion make(const std::string& region, double x, double z, double halfWidthMm,
                   double halfHeightMm) const {
    const double column = columnOf(x);
    const double row = geometry_.rowOf(z);
    TruthRegion made;
    made.view = view_;
    made.region = region;
    std::tie(made.box.x, made.box.width) =
        pixelsAround(column, halfWidthMm / geometry_.pixelMm, geometry_.columns);
    std::tie(made.box.y, made.box.height) =
        pixelsAround(row, halfHeightMm / geometry_.pixelMm, geometry_.rows);
    made.xMm = (column + 0.5) * geometry_.pixelMm;
    made.yMm = (row + 0.5) * geometry_.pixelMm;
    return made;
  }

 private:
  double columnOf(double x) const {
    const double column = geometry_.columnOf(x);
    return view_ == scintigraphy::View::kPosterior ? static_cast<double>(geometry_.columns) - 1 - column
                                                   : column;
  }

  scintigraphy::View view_;
  const ImageGeometry& geometry_;
};

}  // namespace

std::vector<TruthRegion> truthOf(const Patient& patient, const StudyPlan& plan, const StudyScene& scene,
                                 const Collimator& collimator, const ImageGeometry& geometry,
                                 const Sweep& sweep, double midlineMm) {
  std::vector<TruthRegion> regions;
  for (const auto view : {scintigraphy::View::kAnterior, scintigraphy::View::kPosterior}) {
    const RegionMaker maker(view, geometry);
    TruthRegion bed =
        maker.make("thyroid", midlineMm, patient.anatomy.thyroidBedZMm, kBedWidthMm / 2, kBedHeightMm / 2);
    bed.uptakePercent = plan.uptakePercent;
    regions.push_back(bed);
    const Point& shoulder = patient.anatomy.shoulderCentre;
    regions.push_back(
        maker.make("shoulder", shoulder.x, shoulder.z, kShoulderWidthMm / 2, kShoulderHeightMm / 2));
    const double planeMm =
        view == scintigraphy::View::kAnterior ? sweep.anteriorPlaneMm : sweep.posteriorPlaneMm;
    for (std::size_t index = 0; index < patient.foci.size(); ++index) {
      const Focus& focus = patient.foci[index];
      const Point& centre = focus.shape.centre;
      const double blurMm = 2 * collimator.sigmaMm(std::abs(centre.y - planeMm));
      TruthRegion region = maker.make("focus", centre.x, centre.z, focus.shape.semiAxes.x + blurMm,
                                      focus.shape.semiAxes.z + blurMm);
      region.depthMm = focus.depthMm;
      region.uptakePercent = scene.focusUptakePercent[index];
      region.activityMBq = scene.focusActivityMBq[index];
      region.massGrams = focus.massGrams;
      regions.push_back(region);
    }
  }
  return regions;
}

}  // namespace remnant::phantom
