#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "remnant/image/resample.h"
#include "remnant/standardise/outline.h"
#include "remnant/standardise/study_images.h"

namespace remnant::standardise {
namespace {

using image::Box;

/// From the vertex to where an ellipsoid 230 mm long is half as wide as at its widest.
constexpr double kVertexAboveHalfWidthMm = 15;

/// The widths of the body row by row, counted from one end of the image.
struct Profile {
  std::vector<double> widthMm;  ///< 0 where the row holds no body
  std::vector<double> centre;   ///< column; of no meaning where the width is 0
  double rowSpacingMm = 1;
  bool fromTop = true;

  std::size_t size() const { return widthMm.size(); }
  std::size_t rowsIn(double millimetres) const {
    return static_cast<std::size_t>(std::lround(millimetres / rowSpacingMm));
  }
};

/// Where the parts of the body lie, in rows from the profile's end.
struct Landmarks {
  std::size_t top = 0;
  std::size_t neck = 0;
  std::size_t shoulder = 0;
  double headWidthMm = 0;
  double neckWidthMm = 0;
  double trunkAreaMm2 = 0;            ///< of the body within the trunk's reach
  double midline = 0;                 ///< column
  std::array<double, 3> thyroidMm{};  ///< from the top: the bed as top, neck and shoulders tell it
};

double medianOf(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// The median over about 15 mm of rows: a single noisy row moves nothing.
std::vector<double> medianFiltered(const std::vector<double>& values, std::size_t reach) {
  std::vector<double> filtered;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t begin = i > reach ? i - reach : 0;
    const std::size_t end = std::min(values.size(), i + reach + 1);
    filtered.push_back(medianOf({values.begin() + static_cast<std::ptrdiff_t>(begin),
                                 values.begin() + static_cast<std::ptrdiff_t>(end)}));
  }
  return filtered;
}

Profile profileOf(const Outline& outline, const OpposedViews& views, bool fromTop) {
  Profile profile{.widthMm = {}, .centre = {}, .rowSpacingMm = views.rowSpacingMm, .fromTop = fromTop};
  for (const auto& extent : outline.rows) {
    profile.widthMm.push_back(extent ? extent->width() * views.columnSpacingMm : 0);
    profile.centre.push_back(extent ? extent->centre() : 0);
  }
  profile.widthMm = medianFiltered(profile.widthMm, profile.rowsIn(7));
  if (!fromTop) {
    std::reverse(profile.widthMm.begin(), profile.widthMm.end());
    std::reverse(profile.centre.begin(), profile.centre.end());
  }
  return profile;
}

std::optional<std::size_t> firstRowOfWidth(const Profile& profile, std::size_t from, double widthMm) {
  for (std::size_t row = from; row < profile.size(); ++row)
    if (profile.widthMm[row] >= widthMm) return row;
  return std::nullopt;
}

/// The row that lies deepest below the widest row before it: narrower than the head, even where a noisy crown
/// of the head is narrower still.
std::size_t deepestRow(const Profile& profile, std::size_t top, std::size_t from, std::size_t to) {
  double widest = 0, deepest = -std::numeric_limits<double>::infinity();
  std::size_t place = from;
  for (std::size_t row = top; row < to; ++row) {
    widest = std::max(widest, profile.widthMm[row]);
    if (row < from || widest - profile.widthMm[row] <= deepest) continue;
    deepest = widest - profile.widthMm[row];
    place = row;
  }
  return place;
}

/// The middle of the neck's narrowest place, which is often a stretch of equal widths; rows that low counts
/// left without an outline belong to it.
std::size_t neckRow(const Profile& profile, std::size_t top, std::size_t from, std::size_t to) {
  const std::size_t narrowest = deepestRow(profile, top, from, to);
  const double most = 1.03 * profile.widthMm[narrowest];
  std::size_t first = narrowest, last = narrowest;
  while (first > from && profile.widthMm[first - 1] <= most) --first;
  while (last + 1 < to && profile.widthMm[last + 1] <= most) ++last;
  return (first + last) / 2;
}

double midlineAround(const Profile& profile, std::size_t top, std::size_t neck, std::size_t shoulder) {
  std::vector<double> centres;
  const std::size_t reach = profile.rowsIn(40);
  for (std::size_t row = std::max(top, neck > reach ? neck - reach : 0); row <= shoulder; ++row)
    if (profile.widthMm[row] > 0) centres.push_back(profile.centre[row]);
  return medianOf(std::move(centres));
}

double widestIn(const Profile& profile, std::size_t from, std::size_t to) {
  return *std::max_element(profile.widthMm.begin() + static_cast<std::ptrdiff_t>(from),
                           profile.widthMm.begin() + static_cast<std::ptrdiff_t>(to));
}

std::array<double, 3> thyroidEstimates(const Landmarks& found, const Profile& profile,
                                       const NeckConfig& config) {
  const auto fromTopMm = [&](std::size_t row) {
    return (static_cast<double>(row) - static_cast<double>(found.top)) * profile.rowSpacingMm;
  };
  return {config.topToThyroidMm, fromTopMm(found.neck) + config.narrowestToThyroidMm,
          fromTopMm(found.shoulder) - config.thyroidToShouldersMm};
}

bool landmarksAgree(const std::array<double, 3>& thyroidMm, const NeckConfig& config) {
  const auto [least, most] = std::minmax_element(thyroidMm.begin(), thyroidMm.end());
  return *most - *least <= config.mostLandmarkSpreadMm;
}

bool looksLikeABody(const Landmarks& found, const Profile& profile, double shoulderWidthMm,
                    const NeckConfig& config) {
  return found.headWidthMm >= config.smallestHeadWidthMm && found.headWidthMm <= config.largestHeadWidthMm &&
         found.neckWidthMm >= config.smallestNeckWidthMm && found.neckWidthMm < found.headWidthMm &&
         shoulderWidthMm >= config.leastShoulderToNeckRatio * found.neckWidthMm &&
         found.shoulder - found.top <= profile.rowsIn(config.mostHeadLengthMm);
}

/// The vertex, from where the head is half as wide as at its widest: a noisy first row does not move it.
std::size_t vertexRow(const Profile& profile, const Landmarks& found) {
  const auto half = firstRowOfWidth(profile, found.top, found.headWidthMm / 2);
  const std::size_t above = profile.rowsIn(kVertexAboveHalfWidthMm);
  return half && *half > above ? *half - above : 0;
}

/// Head, neck and shoulders as they follow one another from this end; nullopt where they do not.
std::optional<Landmarks> landmarksFrom(const Profile& profile, const NeckConfig& config) {
  const auto top = firstRowOfWidth(profile, 0, config.smallestHeadWidthMm / 2);
  if (!top) return std::nullopt;
  const std::size_t trunkEnd = std::min(profile.size(), *top + profile.rowsIn(config.trunkReachMm));
  const double shoulderWidthMm = config.shoulderShareOfTrunkWidth * widestIn(profile, *top, trunkEnd);
  const auto shoulder = firstRowOfWidth(profile, *top, shoulderWidthMm);
  const std::size_t searchFrom = *top + profile.rowsIn(config.leastTopToNeckMm);
  if (!shoulder || *shoulder < *top + profile.rowsIn(config.leastHeadLengthMm) || *shoulder <= searchFrom)
    return std::nullopt;
  Landmarks found{.top = *top, .neck = neckRow(profile, *top, searchFrom, *shoulder), .shoulder = *shoulder};
  found.headWidthMm = widestIn(profile, *top, found.neck + 1);
  found.neckWidthMm = profile.widthMm[found.neck];
  if (!looksLikeABody(found, profile, shoulderWidthMm, config)) return std::nullopt;
  found.top = vertexRow(profile, found);
  found.thyroidMm = thyroidEstimates(found, profile, config);
  if (!landmarksAgree(found.thyroidMm, config)) return std::nullopt;
  for (std::size_t row = *top; row < trunkEnd; ++row)
    found.trunkAreaMm2 += profile.widthMm[row] * profile.rowSpacingMm;
  found.midline = midlineAround(profile, *top, found.neck, *shoulder);
  return found;
}

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

NeckGeometry placeBoxes(const OpposedViews& views, const Landmarks& found, bool headFirst,
                        const NeckConfig& config) {
  const BoxPlacer placer(views, headFirst);
  const auto frameRow = [&](std::size_t row) {
    return static_cast<double>(headFirst ? row : views.anterior.rows() - 1 - row) + 0.5;
  };
  const double thyroidRow =
      placer.below(frameRow(found.top), medianOf({found.thyroidMm.begin(), found.thyroidMm.end()}));
  const Box frame{.x = 0, .y = 0, .width = views.anterior.columns(), .height = views.anterior.rows()};
  NeckGeometry geometry;
  geometry.headFirst = headFirst;
  geometry.neck = placer.place(thyroidRow, found.midline, config.neckWidthMm, config.neckHeightMm, frame);
  geometry.thyroid =
      placer.place(thyroidRow, found.midline, config.thyroidWidthMm, config.thyroidHeightMm, geometry.neck);
  geometry.shoulder = placer.place(placer.below(frameRow(found.shoulder), config.shoulderBelowMm),
                                   placer.towardsPatientRight(found.midline, config.shoulderAsideMm),
                                   config.shoulderWidthMm, config.shoulderHeightMm, geometry.neck);
  return geometry;
}

/// Opposed views see one outline, so their sum shows it with twice the counts.
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

std::string evidenceOf(const OpposedViews& views, const Landmarks& found, bool headFirst) {
  return fmt::format(
      "outline: head {:.0f} mm wide at the {} of the image, narrowest {:.0f} mm wide {:.0f} mm from its top, "
      "shoulders {:.0f} mm from its top{}",
      found.headWidthMm, headFirst ? "top" : "bottom", found.neckWidthMm,
      static_cast<double>(found.neck - found.top) * views.rowSpacingMm,
      static_cast<double>(found.shoulder - found.top) * views.rowSpacingMm,
      headFirst == views.headFirst ? "" : "; the patient position alone would say the other end");
}

}  // namespace

NeckGeometry findNeck(const OpposedViews& views, const NeckConfig& config) {
  if (!(views.rowSpacingMm > 0) || !(views.columnSpacingMm > 0))
    throw InputError("bad-views", "the pixel spacing is not positive", {}, "(0028,0030)");
  const auto outline = findOutline(bothViews(views), views.rowSpacingMm, views.columnSpacingMm);
  if (!outline) throw InputError("no-body-outline", "no body stands out of the background");
  const auto fromTop = landmarksFrom(profileOf(*outline, views, true), config);
  const auto fromBottom = landmarksFrom(profileOf(*outline, views, false), config);
  if (!fromTop && !fromBottom)
    throw InputError("no-body-outline",
                     "neither end of the image shows a head, a neck and shoulders in this order");
  // Feet can look like a head on a neck; the trunk beside them is what they lack.
  const bool headFirst = fromTop && (!fromBottom || fromTop->trunkAreaMm2 >= fromBottom->trunkAreaMm2);
  const Landmarks& found = headFirst ? *fromTop : *fromBottom;
  NeckGeometry geometry = placeBoxes(views, found, headFirst, config);
  geometry.evidence = evidenceOf(views, found, headFirst);
  return geometry;
}

Box mirroredBox(const Box& box, std::size_t columns) {
  return Box{.x = columns - box.x - box.width, .y = box.y, .width = box.width, .height = box.height};
}

}  // namespace remnant::standardise
