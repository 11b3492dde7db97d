#pragma once

#include "remnant/phantom/study_view.h"

/// From what a camera of nominal sensitivity would count each second to what this one is expected to count.
namespace remnant::phantom {

/// All that stands between rates and counts on the day of a study.
struct CountingConditions {
  const CentreCamera& camera;
  const CameraDay& day;
  const physics::Nuclide& nuclide;
  double fullSpectrumFraction = 0.3;
};

/// One head at one moment: expected counts in each window.
/// rates     counts a second and pixel in the plan's windows, at the start of the study
/// head      0-based among the plan's
/// position  where it stands now
/// step      0-based time frame or angular view
/// Applied: sensitivity and gain of the day, table, uniformity, field of view, ambient counts, decay since
/// the start of the study and meanwhile, and dead time: a paralysable counter at the rate of the full
/// spectrum, taken as the photopeak window's over fullSpectrumFraction, along a sweep from place to place.
std::vector<image::Image> expectedCounts(std::vector<image::Image> rates, const AcquisitionPlan& plan,
                                         std::size_t head, const projection::HeadPosition& position,
                                         std::size_t step, const CountingConditions& conditions);

/// Share of the time that the counter is ready while each row of a sweep is seen.
/// rowRates  counts a second of the full spectrum in each row
std::vector<double> liveShareOfRows(const std::vector<double>& rowRates, const SweepPlan& sweep,
                                    double pixelMm, double deadTimeSeconds);

/// Expected counts of every frame of an object, in their order.
std::vector<image::Image> expectedFrames(const StudyView& view, const AcquisitionPlan& plan,
                                         const CountingConditions& conditions);

/// Where a head of the plan stands at a step.
projection::HeadPosition positionAt(const AcquisitionPlan& plan, std::size_t head, std::size_t step);

}  // namespace remnant::phantom
