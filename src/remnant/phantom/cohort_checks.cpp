#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "remnant/base/csv.h"
#include "remnant/base/error.h"
#include "remnant/phantom/cohort_file.h"
#include "remnant/physics/camera.h"

namespace remnant::phantom {
namespace {

/// Tissue that a thyroid bed can hold, g; a normal gland weighs 15 to 25.
constexpr double kMostBedGrams = 40;
constexpr double kNarrowestTracheaMm = 8;

void checkShares(const CohortFile& file, const Cohort& cohort) {
  if (cohort.course.oneStudyShare + cohort.course.twoStudiesShare > 1)
    file.refuse("course.oneStudyShare", "and twoStudiesShare exceed 1 together");
  if (cohort.course.startDiagnosticShare + cohort.course.startFollowUpShare > 1)
    file.refuse("course.startDiagnosticShare", "and startFollowUpShare exceed 1 together");
}

/// The value of a key that is there.
double valueOf(const std::vector<CohortField>& fields, const std::string& key) {
  return *std::find_if(fields.begin(), fields.end(), [&](const CohortField& field) {
            return field.key == key;
          })->value;
}

void checkEnds(const CohortFile& file, const std::vector<CohortField>& fields) {
  for (const CohortField& field : fields) {
    if (!field.key.ends_with(".least")) continue;
    const std::string mostKey = field.key.substr(0, field.key.rfind('.')) + ".most";
    const double most = valueOf(fields, mostKey);
    if (*field.value > most)
      file.refuse(field.key, fmt::format("is {}, above {}, which is {}", numberText(*field.value), mostKey,
                                         numberText(most)));
  }
}

/// Medians and means that lie outside their own limits can never be met.
void checkMiddles(const CohortFile& file, const std::vector<CohortField>& fields) {
  for (const CohortField& field : fields) {
    if (!field.key.ends_with(".mean") && !field.key.ends_with(".median")) continue;
    const std::string stem = field.key.substr(0, field.key.rfind('.'));
    const double least = valueOf(fields, stem + ".least"), most = valueOf(fields, stem + ".most");
    if (*field.value > most || *field.value < least)
      file.refuse(field.key, fmt::format("is {}, allowed are {} to {} by its own limits",
                                         numberText(*field.value), numberText(least), numberText(most)));
  }
}

void checkLimits(const CohortFile& file, Cohort& cohort) {
  const std::vector<CohortField> fields = cohortFields(cohort);
  checkEnds(file, fields);
  checkMiddles(file, fields);
}

/// A focus's mass is its uptake over that of a gram, kept within the limits: some of them must be met
/// without.
void checkMasses(const CohortFile& file, const Cohort& cohort) {
  const auto& [least, most] = cohort.thyroid.massGrams;
  const auto &uptake = cohort.thyroid.uptakePercent, &perGram = cohort.thyroid.uptakePercentPerGram;
  const double heaviest = uptake.most / perGram.least;
  if (least > heaviest)
    file.refuse("thyroid.massGrams.least",
                fmt::format("is {}: {} % in tissue of {} % a gram and more is less, allowed are 0.001 to {}",
                            numberText(least), numberText(uptake.most), numberText(perGram.least),
                            numberText(heaviest)));
  const double lightest = uptake.least / perGram.most / cohort.thyroid.fociMean;
  if (most < lightest)
    file.refuse("thyroid.massGrams.most",
                fmt::format("is {}: {} % in {} foci of at most {} % a gram is more, allowed are {} to 20",
                            numberText(most), numberText(uptake.least), numberText(cohort.thyroid.fociMean),
                            numberText(perGram.most), numberText(lightest)));
}

void checkBody(const CohortFile& file, const Cohort& cohort) {
  const auto& person = cohort.person;
  if (person.firstYear > person.lastYear) file.refuse("person.firstYear", "is after person.lastYear");
  const double foci = cohort.thyroid.fociMean, least = cohort.thyroid.massGrams.least;
  if (foci * least > kMostBedGrams)
    file.refuse(
        "thyroid.massGrams.least",
        fmt::format("is {}: {} foci of at least that do not fit into the bed, allowed are 0.001 to {}",
                    numberText(least), numberText(foci), numberText(kMostBedGrams / foci)));
  const double spineFront =
      person.spineCentreShare.least * person.neckDepthMm.least - person.spineDiameterMm.most / 2;
  const double tracheaBack = person.tracheaFrontMm.most + person.tracheaDiameterMm.most;
  if (tracheaBack <= spineFront) return;
  const double widest = spineFront - person.tracheaFrontMm.most;
  const std::string what = fmt::format("is {}: the trachea would run into the spine of the thinnest neck",
                                       numberText(person.tracheaDiameterMm.most));
  file.refuse(
      "person.tracheaDiameterMm.most",
      widest >= kNarrowestTracheaMm
          ? fmt::format("{}, allowed are {} to {}", what, numberText(kNarrowestTracheaMm), numberText(widest))
          : fmt::format("{}; so does any, with neckDepthMm.least {}, tracheaFrontMm.most {} and "
                        "spineDiameterMm.most {}",
                        what, numberText(person.neckDepthMm.least), numberText(person.tracheaFrontMm.most),
                        numberText(person.spineDiameterMm.most)));
}

void checkAcquisition(const CohortFile& file, const Cohort& cohort) {
  const auto& acquisition = cohort.acquisition;
  const auto& nuclide = physics::nuclideNamed(acquisition.nuclide);
  for (const std::string& window : acquisition.windows)
    if (!windowNamed(window, nuclide))
      file.refuse("acquisition.windows",
                  fmt::format("names '{}', which {} does not have", window, nuclide.name));
  const bool more = acquisition.leftLateral || acquisition.rightLateral || acquisition.dynamicFrames > 0;
  if (acquisition.kind == "whole-body" && more)
    file.refuse("acquisition.kind", "must be static where there are lateral views or a dynamic series");
}

/// Of DICOM's LO (PS3.5 6.2).
constexpr std::size_t kLongestSerial = 64;

/// Fit for a file's name, which the calibration gets from it, and for Device Serial Number (0018,1000).
bool isPlainName(const std::string& text) {
  const auto isPlain = [](char character) {
    const bool letter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    return letter || (character >= '0' && character <= '9') || character == '-' || character == '_' ||
           character == '.';
  };
  return !text.empty() && text.size() <= kLongestSerial && text.front() != '.' &&
         std::all_of(text.begin(), text.end(), isPlain);
}

const toml::source_region& placeIn(const toml::table& table, const char* key) {
  const toml::node* node = table.get(key);
  return node ? node->source() : table.source();
}

/// Those that the camera takes and that can be simulated: no pinholes.
std::vector<std::string> collimatorsOf(const physics::CameraLibrary& library, const std::string& camera) {
  const std::vector<std::string>& taken = library.camera(camera).collimators;
  std::vector<std::string> names;
  for (const physics::Collimator& collimator : library.collimators())
    if (std::find(taken.begin(), taken.end(), collimator.name) != taken.end())
      names.push_back(collimator.name);
  return names;
}

}  // namespace

void checkTogether(const CohortFile& file, Cohort& cohort) {
  checkLimits(file, cohort);
  checkShares(file, cohort);
  checkMasses(file, cohort);
  checkBody(file, cohort);
  checkAcquisition(file, cohort);
}

void checkCentre(const CohortFile& file, const toml::table& table, const Cohort& cohort,
                 const Centre& centre) {
  const auto refuse = [&](const char* key, const InputError& error) {
    file.refuse(placeIn(table, key), std::string("centre.") + key, error.what());
  };
  if (!isPlainName(centre.serial))
    file.refuse(placeIn(table, "serial"), "centre.serial",
                fmt::format("must be 1 to {} letters, digits, '-', '_', '.', the first of them no '.'",
                            kLongestSerial));
  const auto& library = physics::CameraLibrary::standard();
  try {
    library.camera(centre.camera);
  } catch (const InputError& error) {
    refuse("camera", error);
  }
  const std::vector<std::string> fitting = collimatorsOf(library, centre.camera);
  if (std::find(fitting.begin(), fitting.end(), centre.collimator) == fitting.end())
    file.refuse(placeIn(table, "collimator"), "centre.collimator",
                fmt::format("is '{}', allowed on '{}' are {}", centre.collimator, centre.camera,
                            fmt::join(fitting, ", ")));
  try {
    const auto& nuclide = physics::nuclideNamed(cohort.acquisition.nuclide);
    for (const std::string& window : cohort.acquisition.windows)
      library.response(centre.camera, centre.collimator, nuclide, *windowNamed(window, nuclide));
  } catch (const InputError& error) {
    refuse("collimator", error);
  }
}

void checkSerials(const CohortFile& file, const toml::array& tables, const std::vector<Centre>& centres) {
  std::map<std::string, std::size_t> firstOf;
  for (std::size_t index = 0; index < centres.size(); ++index) {
    const auto placeOf = [&](std::size_t centre) { return placeIn(*tables[centre].as_table(), "serial"); };
    const std::string& serial = centres[index].serial;
    const auto [first, isNew] = firstOf.emplace(serial, index);
    if (!isNew)
      file.refuse(placeOf(index), "centre.serial",
                  fmt::format("is '{}', as in line {}; each centre needs a serial of its own", serial,
                              placeOf(first->second).begin.line));
  }
}

}  // namespace remnant::phantom
