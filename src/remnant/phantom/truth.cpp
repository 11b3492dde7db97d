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
  RegionMaker(scintigraphy::View view, const projection::HeadPosition& head,
              const projection::Picture& picture)
      : view_(view), head_(head), picture_(picture) {}

  /// A region around a point of the patient; half sizes in millimetres.
  TruthRegion make(const std::string& region, const Point& centre, double halfWidthMm,
                   double halfHeightMm) const {
    const auto seen = projection::seenFrom(head_, centre);
    const double column = picture_.columnOf(seen.u);
    const double row = picture_.rowOf(seen.z);
    TruthRegion made;
    made.view = view_;
    made.region = region;
    std::tie(made.box.x, made.box.width) =
        pixelsAround(column, halfWidthMm / picture_.pixelMm, picture_.columns);
    std::tie(made.box.y, made.box.height) = pixelsAround(row, halfHeightMm / picture_.pixelMm, picture_.rows);
    made.xMm = (column + 0.5) * picture_.pixelMm;
    made.yMm = (row + 0.5) * picture_.pixelMm;
    return made;
  }

  TruthRegion make(const SceneFocus& focus, const CentreCamera& camera) const {
    const auto seen = projection::seenFrom(head_, focus.shape.centre);
    const double blurMm = 2 * camera.windows.front().response.sigmaMm(seen.distanceMm);
    TruthRegion region =
        make("focus", focus.shape.centre, focus.shape.semiAxes.x + blurMm, focus.shape.semiAxes.z + blurMm);
    region.depthMm = focus.depthMm;
    region.uptakePercent = focus.uptakePercent;
    region.activityMBq = focus.activityMBq;
    region.massGrams = focus.massGrams;
    region.focus = focus;
    return region;
  }

 private:
  scintigraphy::View view_;
  const projection::HeadPosition& head_;
  const projection::Picture& picture_;
};

}  // namespace

const AcquisitionPlan* opposedViewsOf(const std::vector<AcquisitionPlan>& acquisitions) {
  using scintigraphy::Acquisition;
  for (const AcquisitionPlan& plan : acquisitions) {
    const bool planar = plan.kind == Acquisition::kStatic || plan.kind == Acquisition::kWholeBody;
    if (planar && plan.heads.size() == 2 && plan.heads[0].angleDegrees == 0 &&
        plan.heads[1].angleDegrees == 180)
      return &plan;
  }
  return nullptr;
}

std::vector<TruthRegion> truthOf(const Patient& patient, const StudyPlan& plan, const StudyScene& scene,
                                 const CentreCamera& camera, const std::vector<AcquisitionPlan>& acquisitions,
                                 double midlineMm) {
  std::vector<TruthRegion> regions;
  const AcquisitionPlan* object = opposedViewsOf(acquisitions);
  if (!object) return regions;
  for (const auto view : {scintigraphy::View::kAnterior, scintigraphy::View::kPosterior}) {
    const auto& head = object->heads[view == scintigraphy::View::kAnterior ? 0 : 1];
    const RegionMaker maker(view, head, object->picture);
    TruthRegion bed = maker.make("thyroid", {midlineMm, 0, patient.anatomy.thyroidBedZMm}, kBedWidthMm / 2,
                                 kBedHeightMm / 2);
    bed.uptakePercent = plan.uptakePercent;
    regions.push_back(bed);
    regions.push_back(
        maker.make("shoulder", patient.anatomy.shoulderCentre, kShoulderWidthMm / 2, kShoulderHeightMm / 2));
    for (const SceneFocus& focus : scene.foci) regions.push_back(maker.make(focus, camera));
  }
  return regions;
}

}  // namespace remnant::phantom
