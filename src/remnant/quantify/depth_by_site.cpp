#include "remnant/quantify/depth_by_site.h"

#include <array>
#include <cmath>

namespace remnant::quantify {
namespace {

/// Fat over the thyroid adds to the depths of thin necks, of exponential distribution.
constexpr double kFatMm = 5;

struct DepthSite {
  double frequency;
  double besideMm, besideSigmaMm;  ///< of the midline, on either side
  double depthMm, depthSigmaMm;    ///< in a thin neck
};

/// Isthmus, pyramidal lobe, upper pole, lateral lobe, Berry's ligament; central and lateral nodes; deep ones.
constexpr std::array<DepthSite, 8> kSites{{{0.54, 0, 5, 8, 3},
                                           {0.46, 0, 5, 9, 4},
                                           {0.79, 19, 4, 17, 5},
                                           {0.67, 19, 4, 17, 5},
                                           {0.87, 12, 3, 22, 6},
                                           {0.15, 14, 4, 25, 8},
                                           {0.30, 45, 8, 20, 8},
                                           {0.05, 12, 6, 60, 15}}};

double density(double value, double mean, double sigma) {
  const double deviate = (value - mean) / sigma;
  return std::exp(-0.5 * deviate * deviate) / sigma;
}

}  // namespace

std::vector<DepthComponent> depthPriorAt(double besideMidlineMm, double midlineSigmaMm) {
  std::vector<DepthComponent> prior;
  for (const DepthSite& site : kSites) {
    const double sigma = std::hypot(site.besideSigmaMm, midlineSigmaMm);
    const double share =
        density(besideMidlineMm, site.besideMm, sigma) + density(besideMidlineMm, -site.besideMm, sigma);
    prior.push_back({site.frequency * share, site.depthMm + kFatMm, std::hypot(site.depthSigmaMm, kFatMm)});
  }
  return prior;
}

}  // namespace remnant::quantify
