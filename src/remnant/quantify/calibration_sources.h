#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "remnant/base/time.h"
#include "remnant/physics/camera.h"
#include "remnant/quantify/calibrate.h"
#include "remnant/quantify/resolution.h"

/// What a person writes of a camera and of the sources that were put before it: a TOML file, of which
/// examples/calibration/ has one with comments.
namespace remnant::quantify {

/// What stood before the head.
enum class SourceKind {
  kPoint,       ///< small against the resolution
  kDish,        ///< a round layer of liquid
  kSyringe,     ///< its bore towards the head
  kExtended,    ///< of any shape: all counts of the picture are its
  kLine,        ///< for resolution alone
  kBackground,  ///< the room
};
std::string sourceKindText(SourceKind kind);

/// A reading of the dose calibrator with its time as it was written down.
struct TimedReading {
  double activityMBq = 0;
  double hoursBefore = 0;         ///< before the start of the acquisition, where `time` is not given
  std::optional<CivilTime> time;  ///< on the clock of the objects
};

/// One object and what was in its picture.
struct SourceEntry {
  std::string name;
  std::filesystem::path file;
  long line = 0;                         ///< of the sources file
  std::map<std::string, long> keyLines;  ///< of the keys given: "file", "full"
  SourceKind kind = SourceKind::kPoint;
  std::string nuclide;  ///< empty: as the object says
  /// The head that an object of one detector is of, whatever number the object gives it, or of an object of
  /// several the one that saw the source; nothing: all, by the object's numbers.
  std::optional<int> head;
  std::optional<TimedReading> full, empty;
  SourceGeometry geometry;
  /// Above 0: counts are those of the whole picture (CalibrateConfig).
  double wholePictureRadiusMm = 0;
  std::string background;  ///< name of the entry that holds it; empty: none
  /// Given where both heads see this alike, but for so much: their counts tell the heads' gain.
  std::optional<double> asymmetryRelativeSigma;
  ResolutionConfig profile;
};

/// Two acquisitions of different activity at the same place.
struct DeadTimePair {
  std::string low, high;       ///< names of entries
  std::optional<Known> ratio;  ///< of activities; nothing: by the entries' readings
};

struct CalibrationSources {
  std::filesystem::path file;
  /// With everything but what is measured.
  physics::Calibration calibration;
  std::string collimator;
  CalibrateConfig config;
  double calibratorRelativeSigma = SyringeAssay().commonRelativeSigma;
  double readingRelativeSigma = SyringeAssay().readingRelativeSigma;
  /// That studies use beside those of the acquisitions.
  std::vector<physics::Window> windows;
  std::vector<SourceEntry> entries;
  std::vector<DeadTimePair> deadTimePairs;

  const SourceEntry* entryNamed(const std::string& name) const;
};

/// Files are found beside the sources file. Throws InputError "bad-sources" with file, line, key and what is
/// allowed.
CalibrationSources readCalibrationSources(const std::filesystem::path& path,
                                          const physics::CameraLibrary& library);

}  // namespace remnant::quantify
