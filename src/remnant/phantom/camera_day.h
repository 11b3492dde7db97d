#pragma once

#include <array>
#include <vector>

#include "remnant/phantom/acquisition.h"
#include "remnant/phantom/cohort.h"
#include "remnant/phantom/course.h"
#include "remnant/physics/camera.h"
#include "remnant/projection/projector.h"

/// A centre's camera, and what it does differently on the day of a study.
namespace remnant::phantom {

/// The camera as it truly is, the same at all its studies.
struct CentreCamera {
  physics::Camera camera;
  double tailScale = 1;
  double deadTimeSeconds = 1e-6;
  std::vector<projection::WindowModel> windows;  ///< in the order of acquisition.windows
};

/// Throws InputError of the camera library.
CentreCamera centreCameraOf(const Cohort& cohort, const Centre& centre, RandomStream& random);

/// Sensitivity over the field of view: 1 and a few smooth waves.
struct Uniformity {
  struct Wave {
    double across, along;  ///< whole periods over the field of view
    double phase, height;
  };
  std::array<Wave, 4> waves{};

  /// At a place of the field of view, -0.5 to 0.5 along each side.
  double at(double across, double along) const;
  /// The mean over the side along the patient, as a sweep sees it.
  double meanAlong(double across) const;
};

struct CameraDay {
  double sensitivity = 1;                ///< over the library's
  std::array<double, 2> headGain{1, 1};  ///< of the heads; the posterior head is the second
  std::array<Uniformity, 2> uniformity;
  double tableOpticalDepth = 0;
  double ambientCpsPerCm2 = 0;  ///< in the photopeak window
  double lateralShiftMm = 0;    ///< of the patient on the table
  double alongShiftMm = 0;      ///< of the picture from the thyroid bed
  double vertexFromTopMm = 100;
  double anteriorGapMm = 40, posteriorGapMm = 100, lateralGapMm = 30;
  double speedMmPerSecond = 100.0 / 60;
  double staticSeconds = 600;
  double spectSecondsPerView = 30;
  double neckDepthErrorMm = 0, neckWidthErrorMm = 0;  ///< of the caliper
  Point mapShiftMm;                                   ///< of the CT map against the camera
};

CameraDay sampleCameraDay(const Cohort& cohort, const Centre& centre, const StudyPlan& plan,
                          RandomStream& random);

/// The objects of a study in the order of time. The patient lies as on the table.
std::vector<AcquisitionPlan> planAcquisitions(const Cohort& cohort, const CentreCamera& camera,
                                              const CameraDay& day, const Patient& patient);

}  // namespace remnant::phantom
