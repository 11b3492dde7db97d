#include "remnant/quantify/joint_sight.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace remnant::quantify {
namespace {

using Eigen::Index;

Index at(std::size_t index) {
  return static_cast<Index>(index);
}

/// nullptr where nothing is stated of this head or window.
const Known* statedFor(const std::vector<Known>& all, int number) {
  const auto index = static_cast<std::size_t>(number);
  return number >= 0 && index < all.size() ? &all[index] : nullptr;
}

/// Fills one sight, quantity by quantity.
class SightMaker {
 public:
  SightMaker(const SightContext& context, std::size_t k)
      : context_(context),
        layout_(context.layout),
        k_(k),
        angle_(context.view.head.angleDegrees * std::numbers::pi / 180) {
    sight_.jacobian = Eigen::MatrixXd::Zero(kFocusColumns, at(layout_.size()));
  }

  void amplitude(double activityMBq) {
    const CalibratedView& view = context_.view;
    sight_.seen.amplitude = activityMBq * view.exposureSeconds;
    by(kLogAmplitude, layout_.focus(k_, kLogActivity)) = 1;
    if (const Known* gain = statedFor(context_.nuisances.headGain, view.headNumber))
      multiply(*gain, layout_.headGain(static_cast<std::size_t>(view.headNumber)));
    if (const Known* gain = statedFor(context_.nuisances.windowGain, view.windowNumber))
      multiply(*gain, layout_.windowGain(static_cast<std::size_t>(view.windowNumber)));
    if (!isPosterior()) return;
    const Known& table = context_.nuisances.tableOpticalDepth;
    sight_.seen.amplitude *= std::exp(-table.value - table.sigma * parameter(layout_.table()));
    by(kLogAmplitude, layout_.table()) = -table.sigma;
  }

  void position(const Focus& focus, const Sampled& skin) {
    const auto seen =
        projection::seenFrom(context_.view.head, {focus.x, skin.value + focus.depthMm, focus.z});
    const double sine = std::sin(angle_), cosine = std::cos(angle_);
    const std::size_t x = layout_.focus(k_, kX), z = layout_.focus(k_, kZ), depth = layout_.focus(k_, kDepth);
    sight_.seen.u = seen.u;
    by(kAcross, x) = cosine + sine * skin.byX;
    by(kAcross, z) = sine * skin.byZ;
    by(kAcross, depth) = sine;
    sight_.seen.z = focus.z;
    by(kAlong, z) = 1;
    sight_.seen.distanceMm = seen.distanceMm;
    by(kDistance, x) = -sine + cosine * skin.byX;
    by(kDistance, z) = cosine * skin.byZ;
    by(kDistance, depth) = cosine;
    const Known* plane = statedFor(context_.nuisances.planeMm, context_.view.headNumber);
    if (!plane) return;
    const std::size_t index = layout_.plane(static_cast<std::size_t>(context_.view.headNumber));
    sight_.seen.distanceMm += plane->value - context_.view.head.planeMm + plane->sigma * parameter(index);
    by(kDistance, index) = plane->sigma;
  }

  void attenuation(const SampledRay& ray) {
    Sampled optical = ray.opticalDepth;
    for (std::size_t cause = 0; cause < layout_.causes; ++cause) {
      const Sampled& error = ray.errors[cause];
      const double deviate = parameter(layout_.cause(cause));
      optical.value += deviate * error.value;
      optical.byX += deviate * error.byX;
      optical.byZ += deviate * error.byZ;
      optical.byDepth += deviate * error.byDepth;
      by(kOpticalDepth, layout_.cause(cause)) = error.value;
    }
    sight_.seen.opticalDepth = std::max(0.0, optical.value);
    by(kOpticalDepth, layout_.focus(k_, kX)) = optical.byX;
    by(kOpticalDepth, layout_.focus(k_, kZ)) = optical.byZ;
    by(kOpticalDepth, layout_.focus(k_, kDepth)) = optical.byDepth;
    // Causes in an unlucky sum must not amplify.
    if (optical.value < 0) sight_.jacobian.row(kOpticalDepth).setZero();
  }

  /// The volume stays as the source is stretched along z.
  void shape(const Focus& focus) {
    const double across = std::sqrt(5.0) * focus.widthMm * std::pow(focus.stretch, -1.0 / 3);
    const double along = std::sqrt(5.0) * focus.widthMm * std::pow(focus.stretch, 2.0 / 3);
    sight_.seen.semiAcrossMm = across;
    sight_.seen.semiAlongMm = along;
    by(kSemiAcross, layout_.focus(k_, kLogWidth)) = across;
    by(kSemiAlong, layout_.focus(k_, kLogWidth)) = along;
    by(kSemiAcross, layout_.focus(k_, kLogStretch)) = -across / 3;
    by(kSemiAlong, layout_.focus(k_, kLogStretch)) = 2 * along / 3;
    const Known& tail = context_.nuisances.tailScale;
    const double relative = tail.value > 0 ? tail.sigma / tail.value : 0;
    sight_.seen.tailScale = tail.value * std::exp(relative * parameter(layout_.tailScale()));
    by(kLogTailScale, layout_.tailScale()) = relative;
  }

  Sight take() { return std::move(sight_); }

 private:
  double& by(FocusColumn column, std::size_t parameter) {
    return sight_.jacobian(static_cast<Index>(column), at(parameter));
  }
  double parameter(std::size_t index) const { return context_.parameters(at(index)); }
  bool isPosterior() const { return std::cos(angle_) < -0.5; }
  void multiply(const Known& gain, std::size_t index) {
    sight_.seen.amplitude *= gain.value * std::exp(gain.sigma * parameter(index));
    by(kLogAmplitude, index) = gain.sigma;
  }

  const SightContext& context_;
  const JointLayout& layout_;
  std::size_t k_;
  double angle_;
  Sight sight_;
};

}  // namespace

Sight sightOf(const SightContext& context, std::size_t k, const Focus& focus, const SampledRay& ray,
              const Sampled& skin) {
  SightMaker maker(context, k);
  maker.amplitude(focus.activityMBq);
  maker.position(focus, skin);
  maker.attenuation(ray);
  maker.shape(focus);
  return maker.take();
}

}  // namespace remnant::quantify
