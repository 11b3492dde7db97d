#pragma once

#include "remnant/phantom/camera_day.h"
#include "remnant/phantom/scene.h"

namespace remnant::phantom {

/// What a random stream is for; streams of different purpose are independent.
enum class Purpose : std::uint32_t {
  kPatient = 16,
  kCourse,
  kIdentity,
  kScene,
  kCamera,
  kLaboratory,
  kCentre,
  kMap,
  kMonteCarlo,
  kNoise = 1024  ///< and above: a frame each
};

/// A stream of one study, or of the patient where study is kWholePatient.
constexpr std::size_t kWholePatient = 7;
std::uint32_t placeOf(std::size_t patient, std::size_t study);
RandomStream streamOf(std::uint64_t seed, std::size_t patient, std::size_t study, Purpose purpose);
/// ... of one centre.
RandomStream streamOfCentre(std::uint64_t seed, std::size_t centre);

/// A patient with its course, made anew wherever it is needed.
struct Case {
  Patient patient;
  std::vector<StudyPlan> course;
};
Case caseOf(const Cohort& cohort, std::uint64_t seed, std::size_t patient);

/// A study before any photon is counted.
struct Setting {
  Patient patient;  ///< as it lies on the table, tissue shrunk by earlier therapies
  CivilTime firstStudy;
  StudyPlan plan;
  CameraDay day;
  StudyScene scene;
  std::vector<AcquisitionPlan> acquisitions;
};

/// cameras  one a centre
Setting settingOf(const Cohort& cohort, const std::vector<CentreCamera>& cameras, std::uint64_t seed,
                  std::size_t patient, std::size_t study);

}  // namespace remnant::phantom
