#pragma once

#include "remnant/phantom/simulated_archive.h"

namespace remnant::phantom {

struct StudyPlace {
  std::size_t patient = 0;
  std::size_t study = 0;
};

/// The studies that a request asks for, patient by patient, each patient's in the order of time. Throws
/// InputError "no-such-study" where the patients have fewer, and "many-studies" where the Monte Carlo engine
/// is asked for more than one.
std::vector<StudyPlace> chooseStudies(const Simulation& simulation, const ArchiveRequest& request);

}  // namespace remnant::phantom
