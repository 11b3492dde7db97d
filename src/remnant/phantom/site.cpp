#include "remnant/phantom/site.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "remnant/base/error.h"

namespace remnant::phantom {
namespace {

/// Frequencies: SPECT/CT after ablation, any focus (Laryngoscope 2015, PMID 25891354); depths below the skin
/// from ultrasound of the normal gland (Kurita 1990).
constexpr std::array<Site, 5> kThyroidSites{{
    {"isthmus", 0.54, 0, 5, 6, 4, 8, 3, 28, 26},
    {"pyramidal lobe", 0.46, 0, 5, -18, 6, 9, 4, 28, 14},
    {"upper pole", 0.79, 19, 4, -16, 5, 17, 5, 28, 16},
    {"lateral lobe", 0.67, 19, 4, 2, 7, 17, 5, 28, 30},
    {"Berry's ligament", 0.87, 12, 3, -4, 6, 22, 6, 28, 28},
}};

constexpr double kLeastDepthMm = 4;
constexpr double kMostDepthMm = 60;
constexpr double kMostDeepNodeDepthMm = 95;

}  // namespace

const Site kCentralNode{"central node", 1, 14, 4, 25, 12, 25, 8, 24, 20};
const Site kRetropharyngealNode{"retropharyngeal node", 1, 12, 4, -75, 8, 60, 8, 22, 20};
const Site kMediastinalNode{"mediastinal node", 1, 10, 6, 110, 15, 60, 15, 30, 35};

Site lateralNode(double neckWidthMm) {
  const double furthest = std::max(38.0, neckWidthMm / 2 - 12);
  return {"lateral node", 1, (36 + furthest) / 2, (furthest - 36) / 3, -5, 22, 20, 8, furthest, 40};
}

const Site& drawThyroidSite(RandomStream& random) {
  double total = 0;
  for (const Site& site : kThyroidSites) total += site.weight;
  double left = random.uniform() * total;
  for (const Site& site : kThyroidSites) {
    left -= site.weight;
    if (left < 0) return site;
  }
  return kThyroidSites.back();
}

Focus placeFocus(const Site& site, const Anatomy& anatomy, double spread, double fatMm,
                 RandomStream& random) {
  const double side = random.uniform() < 0.5 ? -1 : 1;
  Focus focus;
  focus.site = site.name;
  const double mostDepth = site.depthMm < kMostDepthMm ? kMostDepthMm : kMostDeepNodeDepthMm;
  focus.depthMm =
      std::clamp(random.normal(site.depthMm, site.depthSpreadMm) + fatMm, kLeastDepthMm, mostDepth);
  const double x = std::clamp(side * spread * random.normal(site.lateralMm, site.lateralSpreadMm),
                              -site.furthestMm, site.furthestMm);
  const double along =
      std::clamp(random.normal(0, site.alongSpreadMm), -site.furthestAlongMm, site.furthestAlongMm);
  const double z = anatomy.thyroidBedZMm + spread * (site.alongMm + along);
  const auto skin = skinAt(anatomy.body, x, z);
  if (!skin) throw ProgramError("a focus of the phantom lies beside the neck");
  focus.shape.centre = {x, skin->front + focus.depthMm, z};
  return focus;
}

}  // namespace remnant::phantom
