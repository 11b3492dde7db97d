#include "remnant/phantom/study_choice.h"

#include <fmt/format.h>

#include "remnant/base/error.h"

namespace remnant::phantom {
namespace {

std::vector<StudyPlace> allStudies(const Simulation& simulation, std::size_t patients) {
  std::vector<StudyPlace> places;
  for (std::size_t patient = 0; patient < patients; ++patient)
    for (std::size_t study = 0; study < simulation.studyCount(patient); ++study)
      places.push_back({patient, study});
  return places;
}

}  // namespace

std::vector<StudyPlace> chooseStudies(const Simulation& simulation, const ArchiveRequest& request) {
  std::vector<StudyPlace> places = allStudies(simulation, request.patients);
  const std::size_t count = places.size();
  if (request.study) {
    const std::size_t number = *request.study;
    if (number < 1 || number > count)
      throw InputError(
          "no-such-study",
          fmt::format("study {} was asked for, and the patients of this seed have {}", number, count), {},
          "--study");
    places = {places[number - 1]};
  }
  if (request.monteCarlo && places.size() > 1)
    throw InputError(
        "many-studies",
        fmt::format("the Monte Carlo engine makes one study, and the patients of this seed have {}: "
                    "choose one, 1 to {}",
                    count, count),
        {}, "--study");
  return places;
}

}  // namespace remnant::phantom
