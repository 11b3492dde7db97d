#include "remnant/scintigraphy/frame_times.h"

#include <fmt/format.h>

#include <algorithm>

namespace remnant::scintigraphy {
namespace {

/// No head sees less or more of the patient at once.
constexpr double kLeastFieldMm = 150;
constexpr double kLargestFieldMm = 800;

bool canBeField(double fieldMm) {
  return fieldMm >= kLeastFieldMm && fieldMm <= kLargestFieldMm;
}

double fieldAlongMm(const Header& header) {
  for (const Header& detector : header.items({0x0054, 0x0022})) {
    const std::vector<double> field = detector.numbers({0x0018, 0x1149});
    if (field.size() == 2) return field[1];
  }
  return 0;
}

/// How long a sweep sees each row; where the field of view is not told, it follows from the time that the
/// sweep takes longer than its length.
double sweepExposure(const Header& header, double durationSeconds) {
  const double speed = header.number({0x0018, 0x1300}).value_or(0);
  if (speed > 0) {
    if (const double field = fieldAlongMm(header); canBeField(field)) return field / speed;
    const double field = durationSeconds * speed - header.number({0x0018, 0x1302}).value_or(0);
    if (canBeField(field)) {
      header.warn(fmt::format(
          "the field of view along the patient is not told; the sweep's time gives {:.0f} mm", field));
      return field / speed;
    }
  }
  header.warn("the speed or the field of view of the sweep is not told: its whole time is taken as exposure");
  return durationSeconds;
}

/// Milliseconds of a phase of a dynamic acquisition.
struct Phase {
  double delay = 0, pause = 0, frame = 0, span = 0;
};

std::vector<Phase> phasesOf(const Header& header) {
  std::vector<Phase> phases;
  for (const Header& item : header.items({0x0054, 0x0032})) {
    Phase phase{item.number({0x0054, 0x0036}).value_or(0), item.number({0x0054, 0x0038}).value_or(0),
                item.number({0x0018, 0x1242}).value_or(0), 0};
    phase.span = phase.delay + item.number({0x0054, 0x0033}).value_or(0) * (phase.frame + phase.pause);
    phases.push_back(phase);
  }
  return phases;
}

/// The time slice counts on from 1 in each phase (PS3.3, section C.8.4.8.1.10).
double sliceStart(const std::vector<Phase>& phases, const FrameMeaning& meaning, double exposureSeconds) {
  const double slice = static_cast<double>(meaning.timeSlice.value_or(1)) - 1;
  const auto number = static_cast<std::size_t>(std::max(meaning.phase.value_or(1), 1));
  if (number > phases.size()) return slice * exposureSeconds;
  double milliseconds = 0;
  for (std::size_t before = 0; before + 1 < number; ++before) milliseconds += phases[before].span;
  const Phase& phase = phases[number - 1];
  return (milliseconds + phase.delay + slice * (phase.frame + phase.pause)) / 1000;
}

void setStarts(const Header& header, const std::vector<FrameMeaning>& meanings, AcquiredObject& object) {
  const std::vector<Phase> phases = phasesOf(header);
  for (std::size_t i = 0; i < meanings.size(); ++i) {
    AcquiredFrame& frame = object.frames[i];
    if (object.acquisition == Acquisition::kDynamic)
      frame.startsAfterSeconds = sliceStart(phases, meanings[i], frame.exposureSeconds);
    if (object.acquisition == Acquisition::kTomo)
      frame.startsAfterSeconds =
          (static_cast<double>(meanings[i].angularView.value_or(1)) - 1) * frame.exposureSeconds;
  }
}

}  // namespace

void setFrameTimes(const Header& header, const std::vector<FrameMeaning>& meanings, AcquiredObject& object) {
  for (std::size_t i = 0; i < meanings.size(); ++i) {
    object.frames[i].exposureSeconds = meanings[i].durationMs.value_or(0) / 1000;
    if (!meanings[i].durationMs) header.warn("the duration of a frame is not told");
  }
  setStarts(header, meanings, object);
  for (const AcquiredFrame& frame : object.frames)
    object.durationSeconds =
        std::max(object.durationSeconds, frame.startsAfterSeconds + frame.exposureSeconds);
  if (object.acquisition != Acquisition::kWholeBody || object.durationSeconds == 0) return;
  const double exposure = sweepExposure(header, object.durationSeconds);
  for (AcquiredFrame& frame : object.frames) frame.exposureSeconds = exposure;
}

}  // namespace remnant::scintigraphy
