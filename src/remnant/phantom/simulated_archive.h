#pragma once

#include <filesystem>

#include "remnant/phantom/simulation.h"

/// A simulated hospital's archive in a folder:
///   dicom/<patient id>/<date and accession number>/00001.dcm ...  NM objects, then the CT series
///   labels.csv        what the hospital knows: the label and laboratory values
///   measurements.csv  what the hospital measures of the neck, with the error in it
///   calibration/<serial number>.json  what each centre knows of its camera (physics/calibration.h)
///   truth.csv         what only the simulator knows: regions, depths, uptakes
///   truth/<patient id>/<study>-<object>-<frame>.png  masks of components, if asked (Simulation::masks);
///                     study, object and frame count from 1
///   simulation.json   what the folder was made from
namespace remnant::phantom {

struct ArchiveRequest {
  std::size_t patients = 0;
  std::uint64_t seed = 0;
  std::filesystem::path folder;
  bool planted = false;  ///< identities in many more places
  bool masks = false;    ///< write the components' masks
  unsigned threads = 0;  ///< 0: one a core
  /// This study alone, counted from 1 in the order of labels.csv without it.
  std::optional<std::size_t> study;
  /// Scatter by the Monte Carlo engine, for one study; its threads are those above.
  std::optional<MonteCarloConfig> monteCarlo;
  std::string cohortSha256;  ///< of the cohort's file
};

struct ArchiveSummary {
  std::size_t patients = 0;
  std::size_t studies = 0;
  std::size_t residualTissue = 0;        ///< studies labelled so
  std::size_t madeNow = 0;               ///< objects written by this call; the others were there
  std::optional<MonteCarloNoise> noise;  ///< of the Monte Carlo engine, where objects were made now
};

/// Writes the archive, the same bytes for any number of threads. Called again after an interruption it makes
/// only what is missing. Throws InputError "other-simulation" where the folder holds one made from another
/// cohort, seed or number of patients; "unwritable-folder"; those of chooseStudies and, for the Monte Carlo
/// engine, requireMonteCarloCan, before anything is written; Interrupted.
ArchiveSummary writeArchive(const Cohort& cohort, const ArchiveRequest& request);

}  // namespace remnant::phantom
