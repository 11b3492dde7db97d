#include "remnant/dataset/source_facts.h"

#include <algorithm>

#include "remnant/base/time.h"
#include "remnant/scintigraphy/study_time.h"

namespace remnant::dataset {
namespace {

using dicom::Tag;

constexpr double kLongestHoursFromDose = 60 * 24;
constexpr int kOldestAge = 129;

constexpr Tag kStudyDate{0x0008, 0x0020};
constexpr Tag kSeriesDate{0x0008, 0x0021};
constexpr Tag kAcquisitionDate{0x0008, 0x0022};
constexpr Tag kAcquisitionDateTime{0x0008, 0x002a};

std::optional<CivilDate> dateAt(const dicom::Dataset& source, Tag tag) {
  return parseDate(source.text(tag).value_or(""));
}

/// PatientAge: three digits and one of D, W, M, Y.
std::optional<int> yearsOfAgeText(const std::string& text) {
  if (text.size() != 4 || text.find_first_not_of("0123456789") != 3) return std::nullopt;
  const int number = std::stoi(text.substr(0, 3));
  switch (text[3]) {
    case 'Y':
      return number;
    case 'M':
      return number / 12;
    case 'W':
      return number / 52;
    case 'D':
      return number / 365;
    default:
      return std::nullopt;
  }
}

int wholeYears(CivilDate birth, CivilDate day) {
  const std::chrono::year_month_day born(birth), now(day);
  const bool hadBirthday = std::pair(now.month(), now.day()) >= std::pair(born.month(), born.day());
  return static_cast<int>(now.year()) - static_cast<int>(born.year()) - (hadBirthday ? 0 : 1);
}

std::optional<int> plausible(std::optional<int> years) {
  return years && *years >= 0 && *years <= kOldestAge ? years : std::nullopt;
}

std::string scannerOf(const dicom::Dataset& source) {
  const std::string manufacturer = source.text({0x0008, 0x0070}).value_or("");
  const std::string model = source.text({0x0008, 0x1090}).value_or("");
  return manufacturer + (manufacturer.empty() || model.empty() ? "" : " ") + model;
}

std::string sexOf(const dicom::Dataset& source) {
  const std::string sex = source.text({0x0010, 0x0040}).value_or("");
  return sex == "F" || sex == "M" || sex == "O" ? sex : "";
}

/// The day of the acquisition; the study's own date is that of its first step, or of a later registration.
std::optional<CivilDate> dayOfAcquisition(const dicom::Dataset& source) {
  if (const auto start = parseDateTime(source.text(kAcquisitionDateTime).value_or("")))
    return std::chrono::floor<std::chrono::days>(*start);
  for (const Tag tag : {kAcquisitionDate, kSeriesDate, kStudyDate})
    if (const auto date = dateAt(source, tag)) return date;
  return std::nullopt;
}

}  // namespace

std::string ageBandOf(int years) {
  if (years >= 90) return "90+";
  const int decade = years / 10 * 10;
  return std::to_string(decade) + "-" + std::to_string(decade + 9);
}

std::optional<int> ageInYears(const dicom::Dataset& source) {
  const auto birth = dateAt(source, {0x0010, 0x0030});
  const auto day = dayOfAcquisition(source);
  if (birth && day)
    if (const auto years = plausible(wholeYears(*birth, *day))) return years;
  return plausible(yearsOfAgeText(source.text({0x0010, 0x1010}).value_or("")));
}

std::optional<double> hoursFromDose(const dicom::Dataset& source, const std::string& radionuclide) {
  const auto acquired = scintigraphy::acquisitionStart(source);
  if (!acquired) return std::nullopt;
  const auto given = scintigraphy::administrationTime(source, *acquired, radionuclide);
  if (!given) return std::nullopt;
  const double hours = hoursBetween(*given, *acquired);
  if (hours < 0 || hours > kLongestHoursFromDose) return std::nullopt;
  return hours;
}

SourceFacts readSourceFacts(const dicom::Dataset& source, const std::string& radionuclide) {
  SourceFacts facts;
  facts.patientId = source.text({0x0010, 0x0020}).value_or("");
  facts.studyUid = source.text({0x0020, 0x000d}).value_or("");
  facts.institution = source.text({0x0008, 0x0080}).value_or("");
  facts.sex = sexOf(source);
  if (const auto years = ageInYears(source)) facts.ageBand = ageBandOf(*years);
  facts.scanner = scannerOf(source);
  if (const auto day = dayOfAcquisition(source)) facts.acquisitionPeriod = yearOf(*day);
  facts.hoursFromDose = hoursFromDose(source, radionuclide);
  return facts;
}

}  // namespace remnant::dataset
