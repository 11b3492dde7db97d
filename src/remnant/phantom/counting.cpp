#include "remnant/phantom/counting.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace remnant::phantom {
namespace {

using image::Image;

/// The table lies behind the patient: it dims heads that look at the back, more the more obliquely, and none
/// that looks from the side or the front.
double tableTransmission(double opticalDepth, double angleDegrees) {
  const double behind = -std::cos(angleDegrees * std::numbers::pi / 180);
  constexpr double kEdgeOn = 0.25;
  return behind < kEdgeOn ? 1 : std::exp(-opticalDepth / behind);
}

/// Photons pass a head's field of view with a factor that is smooth over it; outside they are not seen.
class FieldOfView {
 public:
  FieldOfView(const AcquisitionPlan& plan, const CentreCamera& camera, const Uniformity& uniformity)
      : plan_(plan), camera_(camera), uniformity_(uniformity) {}

  double at(std::size_t row, std::size_t column) const {
    const auto& picture = plan_.picture;
    const double across = (static_cast<double>(column) + 0.5 - static_cast<double>(picture.columns) / 2) *
                          picture.pixelMm / camera_.camera.fieldOfViewAcrossMm;
    if (std::abs(across) > 0.5) return 0;
    if (plan_.sweep) {
      const bool seen = (static_cast<double>(row) + 1) * picture.pixelMm <= plan_.sweep->lengthMm;
      return seen ? uniformity_.meanAlong(across) : 0;
    }
    const double along = (static_cast<double>(row) + 0.5 - static_cast<double>(picture.rows) / 2) *
                         picture.pixelMm / camera_.camera.fieldOfViewAlongMm;
    return std::abs(along) > 0.5 ? 0 : uniformity_.at(across, along);
  }

 private:
  const AcquisitionPlan& plan_;
  const CentreCamera& camera_;
  const Uniformity& uniformity_;
};

std::vector<double> rowSums(const Image& image) {
  std::vector<double> sums(image.rows());
  for (std::size_t row = 0; row < image.rows(); ++row) {
    const float* begin = &image.at(row, 0);
    sums[row] = std::accumulate(begin, begin + image.columns(), 0.0);
  }
  return sums;
}

/// The rates that reach the counter: gains, field of view and ambient counts in them.
void applyHead(std::vector<Image>& rates, const AcquisitionPlan& plan, std::size_t head,
               const projection::HeadPosition& position, double decay, const CountingConditions& conditions) {
  const CameraDay& day = conditions.day;
  const FieldOfView field(plan, conditions.camera, day.uniformity[head % 2]);
  const double gain = day.sensitivity * day.headGain[head % 2] *
                      tableTransmission(day.tableOpticalDepth, position.angleDegrees) * decay;
  const double pixelCm2 = plan.picture.pixelMm * plan.picture.pixelMm / 100;
  for (std::size_t row = 0; row < plan.picture.rows; ++row)
    for (std::size_t column = 0; column < plan.picture.columns; ++column) {
      const double seen = field.at(row, column);
      for (std::size_t window = 0; window < rates.size(); ++window) {
        const double width = plan.windows[window].widthKeV() / plan.windows.front().widthKeV();
        float& pixel = rates[window].at(row, column);
        pixel = static_cast<float>(seen * (pixel * gain + day.ambientCpsPerCm2 * width * pixelCm2));
      }
    }
}

double secondsSeen(const AcquisitionPlan& plan) {
  return plan.sweep ? plan.sweep->exposureSeconds() : plan.secondsPerFrame;
}

}  // namespace

std::vector<double> liveShareOfRows(const std::vector<double>& rowRates, const SweepPlan& sweep,
                                    double pixelMm, double deadTimeSeconds) {
  // The field of view moves a row at a time; `rows` of them are in it at once.
  const auto rows = static_cast<std::size_t>(std::max(1.0, std::round(sweep.fieldOfViewMm / pixelMm)));
  const std::size_t positions = rowRates.size() + rows - 1;
  std::vector<double> live(positions), cumulative(positions + 1, 0.0);
  double inView = 0;
  for (std::size_t position = 0; position < positions; ++position) {
    if (position < rowRates.size()) inView += rowRates[position];
    if (position >= rows) inView -= rowRates[position - rows];
    live[position] = std::exp(-std::max(0.0, inView) * deadTimeSeconds);
    cumulative[position + 1] = cumulative[position] + live[position];
  }
  std::vector<double> share(rowRates.size());
  for (std::size_t row = 0; row < share.size(); ++row)
    share[row] = (cumulative[row + rows] - cumulative[row]) / static_cast<double>(rows);
  return share;
}

projection::HeadPosition positionAt(const AcquisitionPlan& plan, std::size_t head, std::size_t step) {
  projection::HeadPosition position = plan.heads[head];
  position.angleDegrees += plan.angleStepDegrees * static_cast<double>(step);
  if (position.angleDegrees >= 360) position.angleDegrees -= 360;
  return position;
}

std::vector<Image> expectedCounts(std::vector<Image> rates, const AcquisitionPlan& plan, std::size_t head,
                                  const projection::HeadPosition& position, std::size_t step,
                                  const CountingConditions& conditions) {
  constexpr double kSecondsAnHour = 3600;
  const double before = plan.startsAfterSeconds + static_cast<double>(step) * plan.secondsPerFrame;
  const double decay = physics::decayFactor(conditions.nuclide, before / kSecondsAnHour) *
                       physics::meanDecayDuring(conditions.nuclide, plan.secondsPerFrame / kSecondsAnHour);
  applyHead(rates, plan, head, position, decay, conditions);
  std::vector<double> fullSpectrum = rowSums(rates.front());
  for (double& row : fullSpectrum) row /= conditions.fullSpectrumFraction;
  const double deadTime = conditions.camera.deadTimeSeconds;
  const double total = std::accumulate(fullSpectrum.begin(), fullSpectrum.end(), 0.0);
  const std::vector<double> live =
      plan.sweep ? liveShareOfRows(fullSpectrum, *plan.sweep, plan.picture.pixelMm, deadTime)
                 : std::vector<double>(plan.picture.rows, std::exp(-total * deadTime));
  const double seconds = secondsSeen(plan);
  for (Image& image : rates)
    for (std::size_t row = 0; row < image.rows(); ++row)
      for (std::size_t column = 0; column < image.columns(); ++column)
        image.at(row, column) *= static_cast<float>(live[row] * seconds);
  return rates;
}

std::vector<Image> expectedFrames(const StudyView& view, const AcquisitionPlan& plan,
                                  const CountingConditions& conditions) {
  const std::vector<projection::WindowModel> windows(
      conditions.camera.windows.begin(),
      conditions.camera.windows.begin() + static_cast<std::ptrdiff_t>(plan.windows.size()));
  std::vector<Image> frames(plan.frameCount());
  const bool turns = plan.angleStepDegrees != 0;
  for (std::size_t head = 0; head < plan.heads.size(); ++head) {
    std::vector<Image> rates;
    for (std::size_t step = 0; step < plan.framesPerHead; ++step) {
      const auto position = positionAt(plan, head, step);
      if (step == 0 || turns) rates = view.rates(position, plan.picture, windows);
      auto counts = expectedCounts(rates, plan, head, position, step, conditions);
      for (std::size_t window = 0; window < windows.size(); ++window)
        frames[(head * windows.size() + window) * plan.framesPerHead + step] = std::move(counts[window]);
    }
  }
  return frames;
}

}  // namespace remnant::phantom
