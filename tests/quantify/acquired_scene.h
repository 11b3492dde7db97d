#pragma once

#include <cmath>
#include <vector>

#include "remnant/physics/calibration.h"
#include "remnant/scintigraphy/acquired_study.h"

/// Studies of I-131 as they are read, made without the simulator.
namespace remnant::quantify {

constexpr double kPixelMm = 4.8;
constexpr std::size_t kSide = 64;
constexpr double kPhotopeakCps = 27;  ///< a second and MBq

inline scintigraphy::AcquiredFrame acquiredFrame(scintigraphy::View view, int detector,
                                                 scintigraphy::EnergyWindow window, int counts) {
  using scintigraphy::View;
  scintigraphy::AcquiredFrame made;
  made.view.view = view;
  made.detector = detector;
  made.collimatorName = "Siemens HE";
  made.window = window;
  made.angleDegrees = view == View::kAnterior      ? 0
                      : view == View::kLeftLateral ? 90
                      : view == View::kPosterior   ? 180
                                                   : 270;
  made.exposureSeconds = 600;
  made.counts = image::Counts(kSide, kSide, counts);
  return made;
}

/// Anterior and posterior, flat; 24 h after 100 MBq.
inline scintigraphy::AcquiredStudy acquiredStudy(int counts = 1) {
  using scintigraphy::View;
  scintigraphy::AcquiredObject object;
  object.pixelMm = kPixelMm;
  object.durationSeconds = 600;
  object.start = *parseDateTime("20230602100000");
  object.frames = {acquiredFrame(View::kAnterior, 1, {328, 401}, counts),
                   acquiredFrame(View::kPosterior, 2, {328, 401}, counts)};
  scintigraphy::AcquiredStudy made;
  made.studyInstanceUid = "1.2.3";
  made.patientId = "P";
  made.serialNumber = "S";
  made.radionuclide = "I-131";
  made.doseMBq = 100;
  made.administration = *parseDateTime("20230601100000");
  made.objects = {object};
  return made;
}

inline physics::Calibration acquiredCalibration() {
  physics::Calibration made;
  made.camera = "Siemens Symbia Intevo";
  made.serialNumber = "S";
  made.deadTimeSeconds = 0;
  for (const int head : {1, 2})
    made.sensitivities.push_back({head, "I-131", "Siemens HE", {328, 401}, kPhotopeakCps, 0.02});
  return made;
}

/// A Gaussian image of so many counts, centred at a column and row of the frame.
inline void addSpot(image::Counts& counts, double total, double column, double row, double sigmaMm) {
  const auto share = [&](std::size_t pixel, double centre) {
    const double reach = sigmaMm / kPixelMm * std::sqrt(2.0),
                 from = static_cast<double>(pixel) - 0.5 - centre;
    return 0.5 * (std::erf((from + 1) / reach) - std::erf(from / reach));
  };
  for (std::size_t r = 0; r < counts.rows(); ++r)
    for (std::size_t c = 0; c < counts.columns(); ++c)
      counts.at(r, c) += static_cast<std::int32_t>(std::lround(total * share(c, column) * share(r, row)));
}

}  // namespace remnant::quantify
