#include "remnant/standardise/silhouette.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "remnant/standardise/smoothed_counts.h"

namespace remnant::standardise {
namespace {

using image::Box;
using image::Counts;

/// The smallest box that holds all that was counted. Beyond it the camera did not look: the empty margins of
/// a stored picture are neither body nor room.
Box scannedBox(const Counts& counts) {
  std::size_t top = counts.rows(), bottom = 0, left = counts.columns(), right = 0;
  for (std::size_t row = 0; row < counts.rows(); ++row)
    for (std::size_t column = 0; column < counts.columns(); ++column)
      if (counts.at(row, column) > 0) {
        top = std::min(top, row), bottom = row + 1;
        left = std::min(left, column), right = std::max(right, column + 1);
      }
  if (bottom == 0) return {};
  return {.x = left, .y = top, .width = right - left, .height = bottom - top};
}

/// A distance in whole pixels.
struct Offset {
  int row;
  int column;
};

/// Where to look for one point of the drawing.
struct Probe {
  Offset inside, further, outside;
  float weight;
  BodyPart part;
};

struct Contrasts {
  double all = 0, head = 0, shoulders = 0;
};

/// The picture, and how well a drawing lies on it.
class Sight {
 public:
  Sight(const Counts& counts, double rowSpacingMm, double columnSpacingMm, const SilhouetteConfig& config)
      : level_(
            smoothedCounts(counts, config.smoothingMm / rowSpacingMm, config.smoothingMm / columnSpacingMm)),
        scanned_(scannedBox(counts)),
        rowMm_(rowSpacingMm),
        columnMm_(columnSpacingMm),
        config_(config) {
    const double areaMm2 = 4 * std::numbers::pi * config.smoothingMm * config.smoothingMm;
    cutBright();
    added_ = static_cast<float>(2 * config.countsAdded * rowMm_ * columnMm_ / areaMm2);
  }

  bool empty() const { return scanned_.height == 0; }
  double topMm() const { return static_cast<double>(scanned_.y) * rowMm_; }
  double bottomMm() const { return static_cast<double>(scanned_.y + scanned_.height) * rowMm_; }
  double middleMm() const {
    return (static_cast<double>(scanned_.x) + static_cast<double>(scanned_.width) / 2) * columnMm_;
  }

  std::vector<Probe> probesOf(const BodyShape& shape, bool headFirst) const {
    std::vector<Probe> probes;
    for (const ContourPoint& point : bodyContour(shape, config_.spacingMm))
      probes.push_back({.inside = outwardFrom(point, -config_.acrossMm, headFirst),
                        .further = outwardFrom(point, -config_.persistsMm, headFirst),
                        .outside = outwardFrom(point, config_.acrossMm, headFirst),
                        .weight = static_cast<float>(point.weight),
                        .part = point.part});
    return probes;
  }

  double contrast(const std::vector<Probe>& probes, double vertexMm, double midlineMm) const {
    const Offset place = placeOf(vertexMm, midlineMm);
    float sum = 0;
    for (const Probe& probe : probes) sum += probe.weight * contrastAt(probe, place);
    return static_cast<double>(sum);
  }

  /// Of the whole and of two parts, each relative to its own say.
  Contrasts contrasts(const std::vector<Probe>& probes, double vertexMm, double midlineMm) const {
    Contrasts result{.all = contrast(probes, vertexMm, midlineMm)};
    const auto partOnly = [&](BodyPart part) {
      double sum = 0, say = 0;
      for (const Probe& probe : probes)
        if (probe.part == part) {
          sum += static_cast<double>(probe.weight * contrastAt(probe, placeOf(vertexMm, midlineMm)));
          say += static_cast<double>(probe.weight);
        }
      return sum / say;
    };
    result.head = partOnly(BodyPart::kHead);
    result.shoulders = partOnly(BodyPart::kShoulders);
    return result;
  }

 private:
  void cutBright() {
    if (empty()) return;
    std::vector<float> levels = cropped(level_, scanned_).pixels();
    const auto body = levels.begin() + static_cast<std::ptrdiff_t>(config_.bodyQuantile *
                                                                   static_cast<double>(levels.size() - 1));
    std::nth_element(levels.begin(), body, levels.end());
    const float brightest = static_cast<float>(config_.brightest) * *body;
    for (float& level : level_.pixels()) level = std::min(level, brightest);
  }
  Offset outwardFrom(const ContourPoint& point, double outMm, bool headFirst) const {
    const double down = (point.downMm + outMm * point.outwardDown) * (headFirst ? 1 : -1);
    return {static_cast<int>(std::lround(down / rowMm_)),
            static_cast<int>(std::lround((point.asideMm + outMm * point.outwardAside) / columnMm_))};
  }
  Offset placeOf(double vertexMm, double midlineMm) const {
    return {static_cast<int>(std::floor(vertexMm / rowMm_)),
            static_cast<int>(std::floor(midlineMm / columnMm_))};
  }
  /// Negative outside the scanned field.
  float levelAt(const Offset& offset, const Offset& place) const {
    const auto row = static_cast<std::size_t>(place.row + offset.row);  // huge where negative
    const auto column = static_cast<std::size_t>(place.column + offset.column);
    const bool seen = row - scanned_.y < scanned_.height && column - scanned_.x < scanned_.width;
    return seen ? level_.at(row, column) : -1;
  }
  /// 0 where the camera did not look at both sides.
  float contrastAt(const Probe& probe, const Offset& place) const {
    const float outside = levelAt(probe.outside, place);
    const float near = levelAt(probe.inside, place);
    if (outside < 0 || near < 0) return 0;
    const float far = levelAt(probe.further, place);
    const float inside = far < 0 ? near : std::min(near, far);
    const auto most = static_cast<float>(config_.mostContrast);
    return std::clamp((inside - outside) / (inside + outside + added_), -most, most);
  }

  image::Image level_;
  Box scanned_;
  double rowMm_, columnMm_;
  float added_ = 0;
  SilhouetteConfig config_;
};

/// The search for the best place of the drawing with the head at one end.
class Search {
 public:
  Search(const Sight& sight, bool headFirst, const SilhouetteConfig& config)
      : sight_(sight), config_(config), best_{.shape = {}, .headFirst = headFirst} {}

  /// Every place on a coarse grid, then from the best of them uphill. nullopt where no drawing fits in.
  std::optional<Silhouette> best() {
    constexpr double kStatureStepMm = 100, kBreadthStep = 0.1;
    for (double statureMm = config_.leastStatureMm + kStatureStepMm / 2; statureMm <= config_.mostStatureMm;
         statureMm += kStatureStepMm)
      for (double breadth = config_.leastBreadth + kBreadthStep; breadth < config_.mostBreadth - 0.001;
           breadth += kBreadthStep)
        tryEverywhere({.statureMm = statureMm, .breadth = breadth});
    if (!found_) return std::nullopt;
    moveHead();
    for (double share = 1; share > 0.2; share /= 2) climb(share);
    return described();
  }

  double score() const { return score_; }

 private:
  double penalty(const BodyShape& shape) const {
    return config_.contrastOfSpread *
           (std::pow((shape.statureMm - config_.statureMm) / config_.statureSpreadMm, 2) +
            std::pow((shape.breadth - config_.breadth) / config_.breadthSpread, 2) +
            std::pow(shape.headLoweredMm / config_.headSpreadMm, 2));
  }

  /// At least the upper half of the body lies in the scanned field.
  void tryEverywhere(const BodyShape& shape) {
    const auto probes = sight_.probesOf(shape, best_.headFirst);
    const double lengthMm = sight_.bottomMm() - sight_.topMm(), step = config_.firstStepMm;
    for (double fromEndMm = 1; fromEndMm + shape.statureMm / 2 < lengthMm; fromEndMm += step) {
      const double vertexMm = best_.headFirst ? sight_.topMm() + fromEndMm : sight_.bottomMm() - fromEndMm;
      for (double asideMm = -config_.midlineReachMm; asideMm <= config_.midlineReachMm; asideMm += step)
        consider(probes, {.vertexMm = vertexMm,
                          .midlineMm = sight_.middleMm() + asideMm,
                          .shape = shape,
                          .headFirst = best_.headFirst});
    }
  }

  bool consider(const std::vector<Probe>& probes, const Silhouette& candidate) {
    const double score =
        sight_.contrast(probes, candidate.vertexMm, candidate.midlineMm) - penalty(candidate.shape);
    if (found_ && score <= score_) return false;
    found_ = true, score_ = score, best_ = candidate;
    return true;
  }

  bool considerMoved(const Silhouette& moved) {
    const BodyShape& shape = moved.shape;
    if (shape.statureMm < config_.leastStatureMm || shape.statureMm > config_.mostStatureMm ||
        shape.breadth < config_.leastBreadth || shape.breadth > config_.mostBreadth ||
        std::abs(shape.headLoweredMm) > config_.mostHeadMoveMm)
      return false;
    return consider(sight_.probesOf(shape, moved.headFirst), moved);
  }

  /// A crown far from the head has no slope to climb along.
  void moveHead() {
    constexpr double kStepMm = 10;
    const Silhouette start = best_;
    for (double mm = -config_.mostHeadMoveMm; mm <= config_.mostHeadMoveMm; mm += kStepMm) {
      Silhouette moved = start;
      moved.shape.headLoweredMm = mm;
      considerMoved(moved);
    }
  }

  /// One parameter after the other up and down, and vertex and stature together so that the shoulders stay.
  void climb(double share) {
    constexpr double kPlaceMm = 12, kStatureMm = 60, kBreadth = 0.08;
    const double shoulders = kShoulderDownOverStature * (best_.headFirst ? 1 : -1);
    for (bool moved = true; moved;) {
      moved = false;
      for (const double sign : {-share, share}) {
        const auto changed = [&](double vertexMm, double midlineMm, const BodyShape& shape) {
          Silhouette next = best_;
          next.vertexMm += sign * vertexMm, next.midlineMm += sign * midlineMm;
          next.shape.statureMm += sign * shape.statureMm, next.shape.breadth += sign * shape.breadth;
          next.shape.headLoweredMm += sign * shape.headLoweredMm;
          moved |= considerMoved(next);
        };
        changed(kPlaceMm, 0, {0, 0, 0});
        changed(0, kPlaceMm, {0, 0, 0});
        changed(0, 0, {kStatureMm, 0, 0});
        changed(0, 0, {0, kBreadth, 0});
        changed(0, 0, {0, 0, kPlaceMm});
        changed(-shoulders * kStatureMm, 0, {kStatureMm, 0, 0});
      }
    }
  }

  Silhouette described() const {
    Silhouette result = best_;
    const auto seen =
        sight_.contrasts(sight_.probesOf(best_.shape, best_.headFirst), best_.vertexMm, best_.midlineMm);
    result.contrast = seen.all, result.headContrast = seen.head, result.shoulderContrast = seen.shoulders;
    return result;
  }

  const Sight& sight_;
  const SilhouetteConfig& config_;
  Silhouette best_;
  double score_ = 0;
  bool found_ = false;
};

bool showsABody(const Silhouette& silhouette, const SilhouetteConfig& config) {
  return silhouette.contrast >= config.leastContrast && silhouette.headContrast >= config.leastHeadContrast &&
         silhouette.shoulderContrast >= config.leastShoulderContrast;
}

}  // namespace

std::optional<Silhouette> findSilhouette(const Counts& counts, double rowSpacingMm, double columnSpacingMm,
                                         const SilhouetteConfig& config) {
  if (counts.empty()) return std::nullopt;
  const Sight sight(counts, rowSpacingMm, columnSpacingMm, config);
  if (sight.empty()) return std::nullopt;
  Search upright(sight, true, config), turned(sight, false, config);
  const auto headUp = upright.best(), headDown = turned.best();
  const auto better = headUp && (!headDown || upright.score() >= turned.score()) ? headUp : headDown;
  if (!better || !showsABody(*better, config)) return std::nullopt;
  return better;
}

}  // namespace remnant::standardise
