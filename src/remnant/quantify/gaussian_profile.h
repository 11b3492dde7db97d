#pragma once

#include <optional>
#include <vector>

/// A Gaussian on a level background, fitted to counts in a row of pixels.
namespace remnant::quantify {

/// Lengths in pixels, from the middle of pixel 0.
struct GaussianProfile {
  double counts = 0;  ///< in the Gaussian
  double centre = 0;
  double sigma = 0;
  double background = 0;  ///< counts a pixel
  double sigmaUncertainty = 0;
  double countsUncertainty = 0;
  double centreUncertainty = 0;
};

/// The most likely Gaussian, its integral over each pixel compared with Poisson counts; uncertainties from
/// Fisher's information. Nothing where there is no peak: fewer than 8 pixels or 50 counts, or no width
/// between a tenth of a pixel and half the row.
std::optional<GaussianProfile> fitGaussianProfile(const std::vector<double>& counts);

}  // namespace remnant::quantify
