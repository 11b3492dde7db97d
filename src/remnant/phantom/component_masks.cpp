#include "remnant/phantom/component_masks.h"

#include <algorithm>
#include <map>

namespace remnant::phantom {
namespace {

constexpr float kShareOfGreatest = 0.05F;

/// The sources of each bit.
std::map<int, std::vector<Source>> sourcesOfBits(const StudyScene& scene) {
  std::map<int, std::vector<Source>> bits;
  for (const SceneSource& source : scene.sources) {
    if (source.source.activityMBq <= 0) continue;
    if (source.focus >= 1 && source.focus <= kMaskedFoci) bits[source.focus - 1].push_back(source.source);
    if (source.component == Component::kGland) bits[kGlandBit].push_back(source.source);
    if (source.component == Component::kNode) bits[kNodeBit].push_back(source.source);
    if (source.component == Component::kOther) bits[kOtherBit].push_back(source.source);
  }
  return bits;
}

void mark(const image::Image& component, int bit, image::Counts& mask) {
  const float greatest = *std::max_element(component.pixels().begin(), component.pixels().end());
  if (greatest <= 0) return;
  for (std::size_t pixel = 0; pixel < mask.pixels().size(); ++pixel)
    if (component.pixels()[pixel] > kShareOfGreatest * greatest) mask.pixels()[pixel] |= 1 << bit;
}

}  // namespace

std::vector<image::Counts> componentMasks(const StudyScene& scene, const StudyView& view,
                                          const AcquisitionPlan& plan, const CentreCamera& camera) {
  const auto bits = sourcesOfBits(scene);
  std::vector<image::Counts> masks;
  for (const projection::HeadPosition& head : plan.heads) {
    image::Counts mask(plan.picture.rows, plan.picture.columns);
    for (const auto& [bit, sources] : bits) {
      const auto grid = bit == kOtherBit ? StudyView::Grid::kCoarse : StudyView::Grid::kFine;
      mark(view.ratesOf(sources, grid, head, plan.picture, {camera.windows.front()}).front(), bit, mask);
    }
    masks.push_back(std::move(mask));
  }
  return masks;
}

}  // namespace remnant::phantom
