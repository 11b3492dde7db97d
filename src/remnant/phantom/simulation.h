#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "remnant/image/grid.h"
#include "remnant/image/volume.h"
#include "remnant/phantom/camera_day.h"
#include "remnant/phantom/cohort.h"
#include "remnant/phantom/course.h"
#include "remnant/phantom/identity.h"
#include "remnant/phantom/monte_carlo_engine.h"
#include "remnant/phantom/study_description.h"
#include "remnant/phantom/truth.h"
#include "remnant/physics/calibration.h"

/// Simulated patients and their scans. Everything is a pure function of the cohort, the seed, the patient's
/// number and the study's, so that any study can be made by itself, in any order, on any number of threads.
namespace remnant::phantom {

/// What a hospital measures of the neck with a caliper, and how well.
struct NeckMeasurement {
  double depthMm = 0, depthSigmaMm = 0;
  double widthMm = 0, widthSigmaMm = 0;
};

/// Everything about a study but its pixels.
struct StudyRecord {
  StudyFacts facts;  ///< identity, dose, camera
  std::string studyInstanceUid;
  std::string accessionNumber;
  std::vector<AcquisitionPlan> acquisitions;  ///< an NM object each, in the order of time
  std::size_t mapSlices = 0;                  ///< CT images after them
  std::vector<TruthRegion> truth;
  bool residualTissue = false;  ///< the label
  LaboratoryValues laboratory;
  NeckMeasurement neck;
};

struct SimulatedStudy {
  StudyRecord record;
  std::vector<AcquiredCounts> objects;  ///< one an acquisition
  /// At the nuclide's imaged line, narrow beam, noise and a small shift in it; where the cohort has maps.
  std::optional<projection::Medium> map;

  /// Frames of the first object with both views, as the camera sees them: the posterior one mirrored.
  const image::Counts& anterior() const;
  const image::Counts& posterior() const;
};

/// A study whose expected counts are the Monte Carlo's.
struct MonteCarloStudy {
  SimulatedStudy study;
  MonteCarloNoise noise;  ///< the expectations', before counts were drawn
};

struct Setting;

class Simulation {
 public:
  /// Throws InputError of the camera library.
  Simulation(Cohort cohort, std::uint64_t seed);

  const Cohort& cohort() const { return cohort_; }
  std::size_t studyCount(std::size_t patient) const;
  /// study < studyCount(patient); patient < 2^28.
  SimulatedStudy simulate(std::size_t patient, std::size_t study) const;
  /// The same study, its scatter followed photon by photon: patient, scene, camera and nuisances are the same
  /// draws. Each view of each object takes config.historiesOfView() photons. Throws InputError as
  /// requireMonteCarloCan.
  MonteCarloStudy simulateByMonteCarlo(std::size_t patient, std::size_t study,
                                       const MonteCarloConfig& config) const;
  /// The same study's record, without the work for its pixels.
  StudyRecord record(std::size_t patient, std::size_t study) const;
  /// Expected counts of each frame of each object, without the noise of counting.
  std::vector<std::vector<image::Image>> expected(std::size_t patient, std::size_t study) const;
  /// Bit masks of the components, for each head of the first object with both views (anterior, posterior),
  /// photopeak: bit k - 1 for focus k up to 12, bit 12 for glands, 13 for nodes, 14 for other organs; set
  /// where the component's own noise-free image exceeds 5 % of its greatest value.
  std::vector<image::Counts> masks(std::size_t patient, std::size_t study) const;

  /// What the centre knows of its camera.
  physics::Calibration calibrationOf(std::size_t centre) const;

 private:
  using Expectations = std::vector<std::vector<image::Image>>;  ///< frames of each object
  SimulatedStudy drawn(const Setting& setting, std::size_t patient, std::size_t study,
                       const Expectations& expectations) const;

  Cohort cohort_;
  std::uint64_t seed_;
  std::vector<CentreCamera> cameras_;
};

/// The objects of a study as the scanner sends them: NM first, then the CT series. `planted`: with the
/// identity in many more places.
std::vector<dicom::Object> dicomObjectsOf(const SimulatedStudy& study, bool planted);

}  // namespace remnant::phantom
