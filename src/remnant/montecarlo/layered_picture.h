#pragma once

#include <vector>

#include "remnant/image/grid.h"
#include "remnant/projection/view.h"

namespace remnant::montecarlo {

/// What reaches a head, sorted by the distance of the last site before it, so that each distance is blurred
/// once by its own width: convolution-based forced detection (Liu, King et al. 2008, PMC2930494).
class LayeredPicture {
 public:
  struct Layers {
    double nearestMm = 0;
    double stepMm = 15;
    std::size_t count = 1;
  };
  /// A place in the picture and the part of a deposit that belongs to the farther of two layers.
  struct Place {
    bool inside = false;
    std::size_t pixel = 0;
    std::size_t layer = 0;
    double farther = 0;
  };

  /// `channels` pictures kept beside one another.
  LayeredPicture(const projection::Picture& picture, const Layers& layers, std::size_t channels);

  Place placeOf(const projection::SeenPoint& seen) const;
  void deposit(const Place& place, std::size_t channel, double weight) {
    pixels_[((channel * layers_.count) + place.layer) * size_ + place.pixel] += weight * (1 - place.farther);
    pixels_[((channel * layers_.count) + place.layer + 1) * size_ + place.pixel] += weight * place.farther;
  }
  void add(const LayeredPicture& other);
  /// One channel, each layer blurred by a Gaussian: sigmaMm(distance) in millimetres. What is blurred beyond
  /// the border is lost.
  template <class Sigma>
  image::Image blurred(std::size_t channel, Sigma sigmaMm) const {
    std::vector<double> sum(size_, 0);
    for (std::size_t layer = 0; layer < layers_.count; ++layer)
      addBlurred(sum, channel, layer, sigmaMm(distanceOf(layer)) / picture_.pixelMm);
    return {picture_.rows, picture_.columns, std::vector<float>(sum.begin(), sum.end())};
  }

 private:
  double distanceOf(std::size_t layer) const {
    return layers_.nearestMm + static_cast<double>(layer) * layers_.stepMm;
  }
  void addBlurred(std::vector<double>& sum, std::size_t channel, std::size_t layer, double sigmaPixels) const;

  projection::Picture picture_;
  Layers layers_;
  std::size_t size_;
  std::vector<double> pixels_;
};

}  // namespace remnant::montecarlo
