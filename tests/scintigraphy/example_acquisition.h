#pragma once

#include <string>
#include <vector>

#include "remnant/scintigraphy/nm_writer.h"

/// Descriptions of acquisitions for tests to write: I-131, two windows, counts that differ in each frame.
namespace remnant::testing {

inline CivilTime exampleTime(int day, int hour, int minute = 0) {
  return CivilTime(CivilDate(std::chrono::year(2020) / 3 / day)) + std::chrono::hours(hour) +
         std::chrono::minutes(minute);
}

/// A head in the geometry of the Siemens objects, 0 degrees at the patient's back.
inline scintigraphy::NmDetector exampleDetector(double startAngle, const scintigraphy::Code& view) {
  return {"HE", 200, startAngle, 533, 387, view};
}

inline const scintigraphy::Code kAnteriorCode{"R-10206", "SRT", "antero-posterior"};
inline const scintigraphy::Code kPosteriorCode{"R-10214", "SRT", "postero-anterior"};
inline const scintigraphy::Code kLeftLateralCode{"R-10236", "SRT", "left lateral"};

inline scintigraphy::NmDescription exampleDescription(scintigraphy::Acquisition acquisition) {
  scintigraphy::NmDescription description;
  description.sopInstanceUid = "2.25.11";
  description.frameOfReferenceUid = "2.25.12";
  description.acquisition = acquisition;
  description.start = exampleTime(4, 9);
  description.frameDurationMs = 600'000;
  description.pixelSpacingMm = 4.7952;
  description.patient = {"TEST^WRITER", "ID-1", CivilDate(std::chrono::year(1960) / 5 / 6), 'F', 59,
                         1.63,          61};
  description.study = {"2.25.13", "S1", "A1", "Study", "DOCTOR^TEST", exampleTime(4, 8)};
  description.series = {"2.25.14", 2, "Series", "Protocol", "NECK", "OPERATOR^TEST", "READER^TEST"};
  description.equipment = {"Maker", "Model", "Serial", "Station", "Institution", "Address", "1"};
  description.radiopharmaceutical = {"Iodide", {"C-114B1", "SRT", "^131^Iodine"}, 111, exampleTime(3, 8, 30)};
  description.energyWindows = {{"I-131 364 keV", {328, 400}}, {"Lower Scatter", {300, 328}}};
  return description;
}

/// Heads outermost, then windows, then steps.
inline void setFrames(scintigraphy::NmDescription& description, int steps) {
  description.frames.clear();
  for (int head = 1; head <= static_cast<int>(description.detectors.size()); ++head)
    for (int window = 1; window <= static_cast<int>(description.energyWindows.size()); ++window)
      for (int step = 1; step <= steps; ++step) description.frames.push_back({head, window, step});
}

inline scintigraphy::NmDescription exampleStatic() {
  auto description = exampleDescription(scintigraphy::Acquisition::kStatic);
  description.detectors = {exampleDetector(180, kAnteriorCode), exampleDetector(0, kPosteriorCode)};
  setFrames(description, 1);
  return description;
}

inline scintigraphy::NmDescription exampleLateral() {
  auto description = exampleDescription(scintigraphy::Acquisition::kStatic);
  description.detectors = {exampleDetector(90, kLeftLateralCode)};
  setFrames(description, 1);
  return description;
}

inline scintigraphy::NmDescription exampleSweep() {
  auto description = exampleStatic();
  description.acquisition = scintigraphy::Acquisition::kWholeBody;
  description.pixelSpacingMm = 2.3976;
  description.scanVelocityMmPerSecond = 2.5;
  description.scanLengthMm = 1800;
  description.frameDurationMs = (1800 + 387) / 2.5 * 1000;
  description.series.bodyPart = "WHOLEBODY";
  return description;
}

/// 30 frames of 2 s.
inline scintigraphy::NmDescription exampleDynamic() {
  auto description = exampleDescription(scintigraphy::Acquisition::kDynamic);
  description.detectors = {exampleDetector(180, kAnteriorCode), exampleDetector(0, kPosteriorCode)};
  description.frameDurationMs = 2000;
  setFrames(description, 30);
  return description;
}

/// Two heads, clockwise in steps of 6 degrees, from the front and from the back, 30 views of 20 s each.
inline scintigraphy::NmDescription exampleTomo() {
  auto description = exampleDescription(scintigraphy::Acquisition::kTomo);
  description.detectors = {exampleDetector(180, {}), exampleDetector(0, {})};
  for (scintigraphy::NmDetector& detector : description.detectors) {
    detector.centreOfRotationOffsetMm = 3;
    detector.firstPixel = image::Point{-150, detector.startAngleDegrees == 180 ? -190.0 : 210.0, 50};
  }
  description.angularStepDegrees = -6;
  description.frameDurationMs = 20'000;
  setFrames(description, 30);
  return description;
}

/// One picture a frame; every pixel of frame i (from 0) holds i + 1.
inline std::vector<image::Counts> examplePictures(const scintigraphy::NmDescription& description,
                                                  std::size_t rows = 16, std::size_t columns = 8) {
  std::vector<image::Counts> pictures;
  for (std::size_t i = 0; i < description.frames.size(); ++i)
    pictures.emplace_back(rows, columns, static_cast<std::int32_t>(i + 1));
  return pictures;
}

}  // namespace remnant::testing
