#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "remnant/image/grid.h"
#include "remnant/phantom/cohort.h"
#include "remnant/phantom/course.h"
#include "remnant/phantom/identity.h"
#include "remnant/scintigraphy/nm_writer.h"

/// Simulated patients and their scans. Everything is a pure function of the cohort, the seed, the patient's
/// number and the study's, so that any study can be made by itself, in any order, on any number of threads.
namespace remnant::phantom {

/// What is known of a region of one view because it was put there.
struct TruthRegion {
  scintigraphy::View view = scintigraphy::View::kAnterior;
  std::string region;             ///< thyroid, shoulder, focus
  image::Box box;                 ///< pixels of that view's frame as stored
  double xMm = 0;                 ///< centre, from the left edge of the frame as stored
  double yMm = 0;                 ///< ... from its upper edge
  std::optional<double> depthMm;  ///< of a focus: from the anterior skin to its centre, along the view's axis
  std::optional<double> uptakePercent;  ///< of the dose, corrected for physical decay; of the bed or a focus
  std::optional<double> activityMBq;    ///< at the start of the scan
  std::optional<double> massGrams;
};

/// Everything about a study but its pixels.
struct StudyRecord {
  Identity identity;
  std::string studyInstanceUid;
  scintigraphy::NmDescription description;
  std::vector<TruthRegion> truth;
  bool residualTissue = false;  ///< the label
  LaboratoryValues laboratory;
};

struct SimulatedStudy {
  StudyRecord record;
  image::Counts anterior;
  image::Counts posterior;  ///< as the camera sees it: mirrored against the anterior view
};

class Simulation {
 public:
  Simulation(Cohort cohort, std::uint64_t seed);

  const Cohort& cohort() const { return cohort_; }
  std::size_t studyCount(std::size_t patient) const;
  /// study < studyCount(patient); patient < 2^28.
  SimulatedStudy simulate(std::size_t patient, std::size_t study) const;
  /// The same study's record, without the work for its pixels.
  StudyRecord record(std::size_t patient, std::size_t study) const;

 private:
  Cohort cohort_;
  std::uint64_t seed_;
};

/// Draws each pixel's counts from its expectation. The stream of a pixel depends on (seed, place, pixel)
/// alone. Counts beyond 65535 stay there, as in a camera that stores 16 bits.
image::Counts drawCounts(const image::Image& expected, std::uint64_t seed, std::uint32_t place0,
                         std::uint32_t place1);

/// The object of a study as the scanner sends it; `planted`: with the identity in many more places.
dicom::Object dicomObjectOf(const SimulatedStudy& study, bool planted);

}  // namespace remnant::phantom
