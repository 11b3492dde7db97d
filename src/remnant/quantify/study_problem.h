#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "remnant/physics/calibration.h"
#include "remnant/physics/camera.h"
#include "remnant/quantify/calibrated_view.h"
#include "remnant/quantify/estimate.h"
#include "remnant/quantify/neck_optics.h"
#include "remnant/quantify/regions.h"
#include "remnant/scintigraphy/acquired_study.h"

/// From a study as it was read to a problem that estimators can work on.
namespace remnant::quantify {

/// Where the attenuation of the neck comes from.
enum class MediumChoice {
  kBest,     ///< the study's map where it has one, else the ellipse
  kMap,      ///< refused where there is none
  kEllipse,  ///< of the measured diameters, or of the population where there are none
};

struct StudyProblemConfig {
  MediumChoice medium = MediumChoice::kBest;
  /// From the collimator's face to the foremost skin of the neck, where no map tells it: the chest, 15 to
  /// 60 mm before the face, keeps it off a neck that lies some 40 mm behind.
  Known anteriorGapMm{70, 15};
  /// Distance of a face that image positions and a map tell.
  double knownPlaneSigmaMm = 3;
  double mapRelativeSigma = 0.01;
  /// Whether the map tells what the background looks like too (background_shape.h).
  bool backgroundFromMap = true;
  /// Of a scatter window's counts against the photopeak's: drift of the energy scale.
  double scatterWindowSigma = 0.03;
  /// Of the neck's midline, in patient space: where a box of the thyroid bed tells it by its middle, and
  /// where nothing does.
  double bedMidlineSigmaMm = 4;
  Known populationMidlineX{0, 8};
  /// Where nothing was measured: the population's neck.
  NeckMeasurement populationNeck{120, 12, 130, 13};
};

struct StudyProblem {
  PlanarProblem problem;  ///< views: photopeak before scatter windows, anterior before posterior
  std::unique_ptr<NeckOptics> optics;
  std::string nuclide;
  std::vector<std::string> inputs;    ///< calibration, medium, measured or population
  std::vector<std::string> warnings;  ///< what was left out
  bool fromMap = false;
  Known midlineX;  ///< of the neck, for what goes by the distance from it; told where there is no map
  std::optional<double> hoursAfterDose;  ///< start of the views; nothing where a time is not told
  bool wholeBody = false;                ///< views of a sweep, else of one field of view
  /// y of the foremost skin of the neck in the patient space of the objects, by the gap before the anterior
  /// head; nothing where no place is told.
  std::optional<double> foremostSkinY;
};

/// The planar objects (static, whole body; of several static ones the first that holds both views) of the
/// study as calibrated views. Refusals: no-planar-object, single-view, unopposed-views, several-patients,
/// pinhole, saturated-pixels, no-exposure, no-calibration (for the nuclide and the photopeak's window),
/// no-map, those of the dead time and of a neck that none has. Where the dose or a time is not told, the
/// uptake alone is refused later. boxes: one of the thyroid bed in the anterior view tells the neck's
/// midline.
std::variant<StudyProblem, Refusal> problemOf(const scintigraphy::AcquiredStudy& study,
                                              const physics::Calibration& calibration,
                                              const physics::CameraLibrary& cameras,
                                              const std::optional<NeckMeasurement>& neck,
                                              const StudyProblemConfig& config = {},
                                              const std::vector<NamedBox>& boxes = {});

/// Where a pixel of the anterior photopeak view lies in the problem's patient space.
struct PlaneCoordinates {
  double x = 0, z = 0;
};
PlaneCoordinates patientPlaneOf(const CalibratedView& view, double column, double row);
PlaneCoordinates patientPlaneOf(const projection::Picture& picture, const projection::HeadPosition& head,
                                double column, double row);

}  // namespace remnant::quantify
