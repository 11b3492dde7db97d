#include "remnant/scintigraphy/acquired_frames.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "remnant/scintigraphy/frame_times.h"
#include "remnant/scintigraphy/header.h"

namespace remnant::scintigraphy {
namespace {

/// What a detector's item tells of geometry.
struct DetectorFacts {
  std::string collimatorName, collimatorType;
  std::vector<double> radialPositions;  ///< one, or one an angular view
  std::vector<double> position, orientation;
  double startAngle = std::numeric_limits<double>::quiet_NaN();
  double offsetMm = 0;  ///< of the picture's middle from the axis of rotation
};

DetectorFacts factsOf(const Header& item) {
  return {item.text({0x0018, 0x1180}),
          item.text({0x0018, 0x1181}),
          item.numbers({0x0018, 0x1142}),
          item.numbers({0x0020, 0x0032}),
          item.numbers({0x0020, 0x0037}),
          item.number({0x0054, 0x0200}).value_or(std::numeric_limits<double>::quiet_NaN()),
          item.number({0x0018, 0x1145}).value_or(0)};
}

const DetectorFacts* factsFor(const std::vector<DetectorFacts>& detectors, const FrameMeaning& frame) {
  const int number = frame.detector.value_or(1);
  if (number < 1 || static_cast<std::size_t>(number) > detectors.size()) return nullptr;
  return &detectors[static_cast<std::size_t>(number) - 1];
}

/// From an angle of DICOM (0 at the back, 180 at the front) to one of projection/view.h, in [0, 360).
double turned(double dicomDegrees) {
  return std::fmod(std::fmod(180 - dicomDegrees, 360.0) + 360.0, 360.0);
}

double angleOfView(View view) {
  switch (view) {
    case View::kAnterior:
      return 0;
    case View::kLeftLateral:
      return 90;
    case View::kPosterior:
      return 180;
    case View::kRightLateral:
      return 270;
    default:
      return std::numeric_limits<double>::quiet_NaN();
  }
}

/// The detector's angle is finer than the view; where both are told and differ the view was told by a code,
/// which is trusted more.
double angleOf(const FrameMeaning& frame, bool rotates) {
  const double ofView = angleOfView(frame.view.view);
  if (!frame.angleDegrees) return ofView;
  const double ofDetector = turned(*frame.angleDegrees);
  if (rotates || (frame.view.view == View::kOblique && frame.view.contradiction.empty())) return ofDetector;
  if (std::isnan(ofView)) return ofView;
  const bool agrees = std::cos((ofDetector - ofView) * std::numbers::pi / 180) > 0.98;
  return agrees && frame.view.contradiction.empty() ? ofDetector : ofView;
}

std::optional<double> radialPositionOf(const DetectorFacts& detector, const FrameMeaning& frame) {
  const std::vector<double>& positions = detector.radialPositions;
  const auto view = static_cast<std::size_t>(std::max(frame.angularView.value_or(1), 1)) - 1;
  if (positions.size() > view && positions[view] > 0) return positions[view];
  if (positions.size() == 1 && positions[0] > 0) return positions[0];
  return std::nullopt;
}

/// Unit vectors of a head's picture in the x-y plane: along its columns, and away from the head.
struct Directions {
  double cosine, sine;
  explicit Directions(double angleDegrees)
      : cosine(std::cos(angleDegrees * std::numbers::pi / 180)),
        sine(std::sin(angleDegrees * std::numbers::pi / 180)) {}
  double along(double x, double y) const { return x * cosine + y * sine; }
  double away(double x, double y) const { return -x * sine + y * cosine; }
};

/// Whether position and orientation are told, and for a head upright at that angle. Some cameras give a
/// position with x and y of 0, which is no place of a pixel.
bool tellsPlace(const DetectorFacts& detector, const Directions& directions) {
  if (detector.position.size() != 3 || detector.orientation.size() != 6) return false;
  if (detector.position[0] == 0 && detector.position[1] == 0) return false;
  const double expected[6] = {directions.cosine, directions.sine, 0, 0, 0, -1};
  for (std::size_t i = 0; i < 6; ++i)
    if (!(std::abs(detector.orientation[i] - expected[i]) < 0.02)) return false;
  return true;
}

/// Half of the picture's width, less half a pixel.
double firstPixelToMiddle(const NmObject& meaning) {
  return meaning.pixelSpacingMm->second * (static_cast<double>(meaning.columns) - 1) / 2;
}

/// The place of a head at its start.
FramePlace placeAtStart(const DetectorFacts& detector, const Directions& start, const NmObject& meaning) {
  const double x = detector.position[0], y = detector.position[1];
  return {start.along(x, y) + firstPixelToMiddle(meaning),
          -detector.position[2] - meaning.pixelSpacingMm->first / 2, -start.away(x, y)};
}

/// The place of a rotating head: its axis, found at the start, stays.
FramePlace placeTurned(const FramePlace& atStart, double offsetMm, const Directions& start,
                       double radialAtStart, const Directions& now, double radialNow) {
  const double along = atStart.centreU - offsetMm, away = radialAtStart - atStart.planeMm;
  const double axisX = along * start.cosine - away * start.sine;
  const double axisY = along * start.sine + away * start.cosine;
  return {now.along(axisX, axisY) + offsetMm, atStart.topMm, radialNow - now.away(axisX, axisY)};
}

std::optional<FramePlace> placeOf(const DetectorFacts& detector, const FrameMeaning& frame,
                                  const NmObject& meaning, double angleDegrees, bool rotates) {
  const double startAngle = rotates ? turned(detector.startAngle) : angleDegrees;
  const Directions start(startAngle);
  if (!meaning.pixelSpacingMm || !tellsPlace(detector, start)) return std::nullopt;
  const FramePlace atStart = placeAtStart(detector, start, meaning);
  if (!rotates) return atStart;
  const auto radialNow = radialPositionOf(detector, frame);
  if (!radialNow) return std::nullopt;
  return placeTurned(atStart, detector.offsetMm, start, detector.radialPositions.front(),
                     Directions(angleDegrees), *radialNow);
}

AcquiredFrame describeFrame(const FrameMeaning& frame, const DetectorFacts* detector, const NmObject& meaning,
                            bool rotates) {
  AcquiredFrame acquired;
  acquired.view = frame.view;
  if (!frame.windows.empty()) acquired.window = frame.windows.front();
  acquired.detector = frame.detector.value_or(1);
  acquired.angleDegrees = angleOf(frame, rotates);
  if (!detector) return acquired;
  acquired.collimatorName = detector->collimatorName;
  acquired.radialPositionMm = radialPositionOf(*detector, frame);
  acquired.place = placeOf(*detector, frame, meaning, acquired.angleDegrees, rotates);
  return acquired;
}

double squarePixel(const Header& header, const NmObject& meaning) {
  if (!meaning.pixelSpacingMm) return 0;
  const auto [rows, columns] = *meaning.pixelSpacingMm;
  if (std::abs(rows - columns) > 0.001 * columns)
    header.warn(fmt::format("the pixels are not square: {} x {} mm; the latter is taken", rows, columns));
  return columns;
}

}  // namespace

AcquiredObject describeAcquired(const dicom::Object& source, const NmObject& meaning, Acquisition acquisition,
                                std::vector<std::string>& warnings) {
  const Header header(source.dataset(), warnings);
  std::vector<DetectorFacts> detectors;
  for (const Header& item : header.items({0x0054, 0x0022})) detectors.push_back(factsOf(item));
  AcquiredObject object;
  object.acquisition = acquisition;
  object.start = meaning.start;
  object.frameOfReferenceUid = header.text({0x0020, 0x0052});
  object.pixelMm = squarePixel(header, meaning);
  for (const DetectorFacts& detector : detectors)
    object.pinhole = object.pinhole || detector.collimatorType == "PINH";
  for (const FrameMeaning& frame : meaning.frames)
    object.frames.push_back(
        describeFrame(frame, factsFor(detectors, frame), meaning, acquisition == Acquisition::kTomo));
  setFrameTimes(header, meaning.frames, object);
  return object;
}

}  // namespace remnant::scintigraphy
