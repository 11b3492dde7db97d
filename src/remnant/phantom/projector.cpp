#include "remnant/phantom/projector.h"

#include <algorithm>
#include <cmath>

#include "remnant/phantom/blur.h"

namespace remnant::phantom {
namespace {

/// Integral of exp(-mu t) over t from 0 to depth; in front of the skin (depth < 0) nothing attenuates.
double attenuatedLength(double depthMm, double attenuationPerMm) {
  if (depthMm <= 0 || attenuationPerMm == 0) return depthMm;
  return -std::expm1(-attenuationPerMm * depthMm) / attenuationPerMm;
}

/// Rows and columns of the anterior view, half open.
struct Window {
  std::size_t top, bottom, left, right;
  bool empty() const { return top >= bottom || left >= right; }
};

Window windowAround(const Ellipsoid& solid, const ImageGeometry& geometry) {
  const auto limit = [](double value, std::size_t most) {
    return static_cast<std::size_t>(std::clamp(value, 0.0, static_cast<double>(most)));
  };
  return {limit(std::floor(geometry.rowOf(solid.centre.z - solid.semiAxes.z)), geometry.rows),
          limit(std::ceil(geometry.rowOf(solid.centre.z + solid.semiAxes.z)) + 1, geometry.rows),
          limit(std::floor(geometry.columnOf(solid.centre.x - solid.semiAxes.x)), geometry.columns),
          limit(std::ceil(geometry.columnOf(solid.centre.x + solid.semiAxes.x)) + 1, geometry.columns)};
}

void requireInside(const Ellipsoid& solid, const ImageGeometry& geometry) {
  const double halfWidthMm = static_cast<double>(geometry.columns) * geometry.pixelMm / 2;
  const double lengthMm = static_cast<double>(geometry.rows) * geometry.pixelMm;
  if (std::abs(solid.centre.x) + solid.semiAxes.x > halfWidthMm ||
      solid.centre.z - solid.semiAxes.z < geometry.topMm ||
      solid.centre.z + solid.semiAxes.z > geometry.topMm + lengthMm)
    throw ProgramError("a source of the phantom leaves the picture");
}

class ViewProjector {
 public:
  ViewProjector(const Surface& surface, const Collimator& collimator, Head head, double planeMm,
                const ImageGeometry& geometry, const ProjectorConfig& config)
      : surface_(surface),
        collimator_(collimator),
        head_(head),
        planeMm_(planeMm),
        geometry_(geometry),
        config_(config),
        rate_(geometry.rows, geometry.columns) {}

  void addBackground(const std::vector<Ellipsoid>& body, double concentrationMBqPerMl);
  void addSource(const Source& source);
  image::Image finish() &&;

 private:
  double attenuatedSpan(const Span& span, double frontMm, double backMm) const;
  void addLayer(const image::Image& layer, const Window& window, std::size_t fineness, double middleMm);
  image::Image sourceLayer(const Source& source, const Window& window, std::size_t fineness,
                           const Span& bounds) const;
  Window bodyWindow() const;

  const Surface& surface_;
  const Collimator& collimator_;
  Head head_;
  double planeMm_;
  const ImageGeometry& geometry_;
  const ProjectorConfig& config_;
  image::Image rate_;
};

/// The length of the span as the head sees it through the tissue before it.
double ViewProjector::attenuatedSpan(const Span& span, double frontMm, double backMm) const {
  if (frontMm > backMm) return span.length();
  const double mu = config_.attenuationPerMm;
  if (head_ == Head::kAnterior)
    return attenuatedLength(span.back - frontMm, mu) - attenuatedLength(span.front - frontMm, mu);
  return attenuatedLength(backMm - span.front, mu) - attenuatedLength(backMm - span.back, mu);
}

/// Blurs a layer of cells, `fineness` to a pixel's side, and adds it up into pixels.
void ViewProjector::addLayer(const image::Image& layer, const Window& window, std::size_t fineness,
                             double middleMm) {
  const double sigmaMm = collimator_.sigmaMm(std::abs(middleMm - planeMm_));
  const double cellMm = geometry_.pixelMm / static_cast<double>(fineness);
  const std::vector<float> kernel = gaussianKernel(sigmaMm / cellMm, config_.kernelSigmas);
  if (fineness == 1) return addBlurred(layer, kernel, window.top, window.left, rate_);
  const std::size_t margin = kernel.size() / 2 / fineness + 1;  // in pixels
  image::Image cells(layer.rows() + 2 * margin * fineness, layer.columns() + 2 * margin * fineness);
  addBlurred(layer, kernel, margin * fineness, margin * fineness, cells);
  for (std::size_t row = 0; row < cells.rows(); ++row)
    for (std::size_t column = 0; column < cells.columns(); ++column) {
      // Beyond the upper or left edge the sum wraps round to a number that no picture has rows for.
      const std::size_t pixelRow = window.top + row / fineness - margin;
      const std::size_t pixelColumn = window.left + column / fineness - margin;
      if (pixelRow < rate_.rows() && pixelColumn < rate_.columns())
        rate_.at(pixelRow, pixelColumn) += cells.at(row, column);
    }
}

Window ViewProjector::bodyWindow() const {
  Window window{geometry_.rows, 0, geometry_.columns, 0};
  for (std::size_t row = 0; row < geometry_.rows; ++row)
    for (std::size_t column = 0; column < geometry_.columns; ++column)
      if (surface_.frontMm.at(row, column) < surface_.backMm.at(row, column))
        window = {std::min(window.top, row), row + 1, std::min(window.left, column),
                  std::max(window.right, column + 1)};
  return window;
}

void ViewProjector::addBackground(const std::vector<Ellipsoid>& body, double concentrationMBqPerMl) {
  const Window window = bodyWindow();
  if (window.empty() || concentrationMBqPerMl <= 0) return;
  double front = body.front().centre.y, back = front;
  for (const Ellipsoid& solid : body) {
    front = std::min(front, solid.centre.y - solid.semiAxes.y);
    back = std::max(back, solid.centre.y + solid.semiAxes.y);
  }
  const double pixelMl = geometry_.pixelMm * geometry_.pixelMm / 1000;
  const int layers = static_cast<int>(std::ceil((back - front) / config_.layerMm));
  for (int index = 0; index < layers; ++index) {
    const Span slab{front + (back - front) * index / layers, front + (back - front) * (index + 1) / layers};
    image::Image layer(window.bottom - window.top, window.right - window.left);
    for (std::size_t row = 0; row < layer.rows(); ++row)
      for (std::size_t column = 0; column < layer.columns(); ++column) {
        const double skinFront = surface_.frontMm.at(window.top + row, window.left + column);
        const double skinBack = surface_.backMm.at(window.top + row, window.left + column);
        const Span inside{std::max(slab.front, skinFront), std::min(slab.back, skinBack)};
        if (inside.front >= inside.back) continue;
        layer.at(row, column) =
            static_cast<float>(attenuatedSpan(inside, skinFront, skinBack) * pixelMl * concentrationMBqPerMl);
      }
    addLayer(layer, window, 1, (slab.front + slab.back) / 2);
  }
}

/// Small sources are laid out in cells finer than a pixel, so that their place is kept.
std::size_t finenessFor(const Ellipsoid& solid, double pixelMm) {
  const double smallest = std::min(solid.semiAxes.x, solid.semiAxes.z);
  return smallest < 3 * pixelMm ? 4 : 1;
}

/// How many samples along a cell's side show the solid's edge well.
int samplesFor(const Ellipsoid& solid, double cellMm) {
  const double smallest = std::min(solid.semiAxes.x, solid.semiAxes.z);
  return std::clamp(static_cast<int>(std::ceil(8 * cellMm / smallest)), 1, 32);
}

/// One layer of a source in MBq a cell, attenuated. The sum over all samples of the whole solid is scaled to
/// the stated activity, so that none is lost to the sampling.
image::Image ViewProjector::sourceLayer(const Source& source, const Window& window, std::size_t fineness,
                                        const Span& bounds) const {
  image::Image layer((window.bottom - window.top) * fineness, (window.right - window.left) * fineness);
  const double perPixel = static_cast<double>(fineness);
  const int samples = samplesFor(source.shape, geometry_.pixelMm / perPixel);
  // From cell and sample to the place in pixels, 0 being the centre of the window's first pixel.
  const auto place = [&](std::size_t cell, int sample) {
    return (static_cast<double>(cell) + (sample + 0.5) / samples) / perPixel - 0.5;
  };
  double wholeLength = 0;
  for (std::size_t row = 0; row < layer.rows(); ++row)
    for (std::size_t column = 0; column < layer.columns(); ++column) {
      const std::size_t pixelRow = window.top + row / fineness, pixelColumn = window.left + column / fineness;
      const double skinFront = surface_.frontMm.at(pixelRow, pixelColumn);
      const double skinBack = surface_.backMm.at(pixelRow, pixelColumn);
      double seen = 0;
      for (int sample = 0; sample < samples * samples; ++sample) {
        const auto span = source.shape.spanAt(
            geometry_.columnCentreMm(static_cast<double>(window.left) + place(column, sample % samples)),
            geometry_.rowCentreMm(static_cast<double>(window.top) + place(row, sample / samples)));
        if (!span) continue;
        wholeLength += span->length();
        const Span inside{std::max(span->front, bounds.front), std::min(span->back, bounds.back)};
        if (inside.front < inside.back) seen += attenuatedSpan(inside, skinFront, skinBack);
      }
      layer.at(row, column) = static_cast<float>(seen);
    }
  if (wholeLength > 0)
    for (float& cell : layer.pixels()) cell *= static_cast<float>(source.activityMBq / wholeLength);
  return layer;
}

void ViewProjector::addSource(const Source& source) {
  if (source.activityMBq <= 0) return;
  requireInside(source.shape, geometry_);
  const Window window = windowAround(source.shape, geometry_);
  const std::size_t fineness = finenessFor(source.shape, geometry_.pixelMm);
  const double front = source.shape.centre.y - source.shape.semiAxes.y;
  const double thickness = 2 * source.shape.semiAxes.y;
  const int layers = static_cast<int>(std::ceil(thickness / config_.layerMm));
  for (int index = 0; index < layers; ++index) {
    const Span bounds{front + thickness * index / layers, front + thickness * (index + 1) / layers};
    addLayer(sourceLayer(source, window, fineness, bounds), window, fineness,
             (bounds.front + bounds.back) / 2);
  }
}

image::Image ViewProjector::finish() && {
  for (float& pixel : rate_.pixels()) pixel *= static_cast<float>(collimator_.sensitivityCpsPerMBq);
  if (head_ == Head::kPosterior)
    for (std::size_t row = 0; row < rate_.rows(); ++row) {
      const auto begin = rate_.pixels().begin() + static_cast<std::ptrdiff_t>(row * rate_.columns());
      std::reverse(begin, begin + static_cast<std::ptrdiff_t>(rate_.columns()));
    }
  return std::move(rate_);
}

}  // namespace

std::optional<Span> skinAt(const std::vector<Ellipsoid>& body, double x, double z) {
  std::optional<Span> skin;
  for (const Ellipsoid& solid : body) {
    const auto span = solid.spanAt(x, z);
    if (!span) continue;
    skin = skin ? Span{std::min(skin->front, span->front), std::max(skin->back, span->back)} : *span;
  }
  return skin;
}

Surface surfaceOf(const std::vector<Ellipsoid>& body, const ImageGeometry& geometry) {
  Surface surface{image::Image(geometry.rows, geometry.columns, 1.0F),
                  image::Image(geometry.rows, geometry.columns, 0.0F)};
  for (std::size_t row = 0; row < geometry.rows; ++row)
    for (std::size_t column = 0; column < geometry.columns; ++column) {
      const auto skin = skinAt(body, geometry.columnCentreMm(static_cast<double>(column)),
                               geometry.rowCentreMm(static_cast<double>(row)));
      if (!skin) continue;
      surface.frontMm.at(row, column) = static_cast<float>(skin->front);
      surface.backMm.at(row, column) = static_cast<float>(skin->back);
    }
  return surface;
}

image::Image project(const Scene& scene, const Surface& surface, const Collimator& collimator, Head head,
                     double planeMm, const ImageGeometry& geometry, const ProjectorConfig& config) {
  ViewProjector projector(surface, collimator, head, planeMm, geometry, config);
  if (!scene.body.empty()) projector.addBackground(scene.body, scene.backgroundMBqPerMl);
  for (const Source& source : scene.sources) projector.addSource(source);
  return std::move(projector).finish();
}

}  // namespace remnant::phantom
