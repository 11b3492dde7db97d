#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "remnant/image/resample.h"
#include "remnant/standardise/body_contour.h"
#include "remnant/standardise/silhouette.h"
#include "remnant/standardise/study_images.h"

namespace remnant::standardise {
namespace {

using image::Box;

/// Places boxes around a point of the body, given in millimetres downwards and to the patient's right.
class BoxPlacer {
 public:
  BoxPlacer(const OpposedViews& views, bool headFirst) : views_(views), headFirst_(headFirst) {}

  /// A box of the given size around the centre, moved where needed to stay inside the bounds.
  Box place(double centreRow, double centreColumn, double widthMm, double heightMm, const Box& bounds) const {
    const std::size_t width = pixels(widthMm, views_.columnSpacingMm);
    const std::size_t height = pixels(heightMm, views_.rowSpacingMm);
    if (width > bounds.width || height > bounds.height)
      throw InputError(
          "no-body-outline",
          fmt::format("the frame of {} x {} mm does not hold a neck region of {} x {} mm",
                      static_cast<double>(bounds.height) * views_.rowSpacingMm,
                      static_cast<double>(bounds.width) * views_.columnSpacingMm, heightMm, widthMm));
    return Box{.x = start(centreColumn, width, bounds.x, bounds.width),
               .y = start(centreRow, height, bounds.y, bounds.height),
               .width = width,
               .height = height};
  }

  /// The row so far below (towards the feet) another.
  double below(double row, double millimetres) const {
    return row + (headFirst_ ? 1 : -1) * millimetres / views_.rowSpacingMm;
  }
  /// The patient's right is on the left of an anterior view with the head up, and on the right where the head
  /// is at the bottom, since such an image is turned by half and not mirrored.
  double towardsPatientRight(double column, double millimetres) const {
    return column + (headFirst_ ? -1 : 1) * millimetres / views_.columnSpacingMm;
  }

 private:
  static std::size_t pixels(double millimetres, double spacingMm) {
    return std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(millimetres / spacingMm)));
  }
  static std::size_t start(double centre, std::size_t length, std::size_t from, std::size_t available) {
    const double wanted = std::round(centre - static_cast<double>(length) / 2);
    return static_cast<std::size_t>(
        std::clamp(wanted, static_cast<double>(from), static_cast<double>(from + available - length)));
  }

  const OpposedViews& views_;
  bool headFirst_;
};

NeckGeometry placeBoxes(const OpposedViews& views, const Silhouette& body, const NeckConfig& config) {
  const BoxPlacer placer(views, body.headFirst);
  const double vertexRow = body.vertexMm / views.rowSpacingMm;
  const double midline = body.midlineMm / views.columnSpacingMm;
  const double thyroidRow =
      placer.below(vertexRow, kThyroidDownOverStature * body.shape.statureMm + body.shape.headLoweredMm / 2);
  const Box frame{.x = 0, .y = 0, .width = views.anterior.columns(), .height = views.anterior.rows()};
  NeckGeometry geometry;
  geometry.headFirst = body.headFirst;
  geometry.neck = placer.place(thyroidRow, midline, config.neckWidthMm, config.neckHeightMm, frame);
  geometry.thyroid =
      placer.place(thyroidRow, midline, config.thyroidWidthMm, config.thyroidHeightMm, geometry.neck);
  geometry.shoulder =
      placer.place(placer.below(vertexRow, kShoulderDownOverStature * body.shape.statureMm),
                   placer.towardsPatientRight(
                       midline, kShoulderAsideOverStature * body.shape.breadth * body.shape.statureMm),
                   config.shoulderWidthMm, config.shoulderHeightMm, geometry.neck);
  return geometry;
}

/// Opposed views see one silhouette, so their sum shows it with twice the counts.
image::Counts bothViews(const OpposedViews& views) {
  if (views.posterior.rows() != views.anterior.rows() ||
      views.posterior.columns() != views.anterior.columns())
    throw InputError("bad-views", "the anterior and the posterior view differ in their rows or columns");
  image::Counts sum = image::mirrored(views.posterior);
  std::transform(sum.pixels().begin(), sum.pixels().end(), views.anterior.pixels().begin(),
                 sum.pixels().begin(), [](std::int32_t one, std::int32_t other) {
                   constexpr std::int32_t kMost = 1 << 30;  // of either, so that the sum fits
                   return std::clamp(one, 0, kMost - 1) + std::clamp(other, 0, kMost);
                 });
  return sum;
}

std::string evidenceOf(const OpposedViews& views, const Silhouette& body) {
  return fmt::format(
      "outline: a body {:.0f} mm long with its head at the {} of the image, vertex {:.0f} mm and midline "
      "{:.0f} "
      "mm from its upper left corner, mean contrast across its edges {:.2f}{}",
      body.shape.statureMm, body.headFirst ? "top" : "bottom",
      body.vertexMm + (body.headFirst ? 1 : -1) * body.shape.headLoweredMm, body.midlineMm, body.contrast,
      body.headFirst == views.headFirst ? "" : "; the patient position alone would say the other end");
}

}  // namespace

NeckGeometry findNeck(const OpposedViews& views, const NeckConfig& config) {
  if (!(views.rowSpacingMm > 0) || !(views.columnSpacingMm > 0))
    throw InputError("bad-views", "the pixel spacing is not positive", {}, "(0028,0030)");
  const auto body = findSilhouette(bothViews(views), views.rowSpacingMm, views.columnSpacingMm);
  if (!body)
    throw InputError("no-body-outline",
                     "neither end of the image shows a head, a neck and shoulders in this order");
  NeckGeometry geometry = placeBoxes(views, *body, config);
  geometry.evidence = evidenceOf(views, *body);
  return geometry;
}

Box mirroredBox(const Box& box, std::size_t columns) {
  return Box{.x = columns - box.x - box.width, .y = box.y, .width = box.width, .height = box.height};
}

}  // namespace remnant::standardise
