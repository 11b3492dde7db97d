#pragma once

#include "remnant/phantom/camera.h"
#include "remnant/phantom/cohort.h"
#include "remnant/phantom/course.h"
#include "remnant/phantom/identity.h"
#include "remnant/phantom/patient.h"
#include "remnant/scintigraphy/nm_writer.h"

namespace remnant::phantom {

/// All that the header of a simulated study is made of.
struct StudyFacts {
  const Cohort& cohort;
  std::uint64_t seed;
  std::size_t patientIndex;
  std::size_t studyIndex;
  const Patient& patient;
  const StudyPlan& plan;
  const Centre& centre;
  const ImageGeometry& geometry;
  const Sweep& sweep;
  const Identity& identity;
};

/// The header of the study's one object: a whole-body sweep, frame 1 anterior, frame 2 posterior. Times and
/// UIDs come from the facts alone, no clock is asked.
scintigraphy::NmDescription describeStudy(const StudyFacts& facts);

}  // namespace remnant::phantom
