#include "remnant/scintigraphy/study_time.h"

namespace remnant::scintigraphy {
namespace {

using dicom::Tag;

constexpr Tag kSeriesDate{0x0008, 0x0021};
constexpr Tag kSeriesTime{0x0008, 0x0031};
constexpr Tag kAcquisitionDate{0x0008, 0x0022};
constexpr Tag kAcquisitionTime{0x0008, 0x0032};
constexpr Tag kAcquisitionDateTime{0x0008, 0x002a};
constexpr Tag kRadiopharmaceuticalInformation{0x0054, 0x0016};
constexpr Tag kRadiopharmaceuticalStartTime{0x0018, 0x1072};
constexpr Tag kRadiopharmaceuticalStartDateTime{0x0018, 0x1078};
constexpr std::chrono::hours kLongestOverMidnight{12};

std::optional<CivilTime> dateAndTimeAt(const dicom::Dataset& source, Tag dateTag, Tag timeTag) {
  const auto date = parseDate(source.text(dateTag).value_or(""));
  const auto timeOfDay = parseTimeOfDay(source.text(timeTag).value_or(""));
  if (!date || !timeOfDay) return std::nullopt;
  return CivilTime(*date) + *timeOfDay;
}

/// A date alone tells no time.
std::optional<CivilTime> wholeTimeAt(const dicom::Dataset& source, Tag tag) {
  const std::string text = source.text(tag).value_or("");
  return text.size() > 8 ? parseDateTime(text) : std::nullopt;
}

std::optional<CivilTime> lastTimeOfDay(std::chrono::microseconds timeOfDay, CivilTime start) {
  const CivilTime sameDay = CivilTime(std::chrono::floor<std::chrono::days>(start)) + timeOfDay;
  if (sameDay <= start) return sameDay;
  const CivilTime dayBefore = sameDay - std::chrono::days(1);
  if (start - dayBefore <= kLongestOverMidnight) return dayBefore;
  return std::nullopt;
}

}  // namespace

std::optional<CivilTime> acquisitionStart(const dicom::Dataset& source) {
  if (const auto whole = wholeTimeAt(source, kAcquisitionDateTime)) return whole;
  const auto acquisition = dateAndTimeAt(source, kAcquisitionDate, kAcquisitionTime);
  return acquisition ? acquisition : dateAndTimeAt(source, kSeriesDate, kSeriesTime);
}

std::optional<CivilTime> administrationTime(const dicom::Dataset& source, CivilTime start,
                                            const std::string& radionuclide) {
  const auto doses = source.items(kRadiopharmaceuticalInformation);
  if (doses.empty()) return std::nullopt;
  if (const auto given = wholeTimeAt(doses.front(), kRadiopharmaceuticalStartDateTime)) return given;
  const auto timeOfDay = parseTimeOfDay(doses.front().text(kRadiopharmaceuticalStartTime).value_or(""));
  if (!timeOfDay || radionuclide != "Tc-99m") return std::nullopt;
  return lastTimeOfDay(*timeOfDay, start);
}

std::string secondText(CivilTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::string date = dateText(day);
  const std::string clock = timeOfDayText(time - day);
  return date.substr(0, 4) + "-" + date.substr(4, 2) + "-" + date.substr(6, 2) + "T" + clock.substr(0, 2) +
         ":" + clock.substr(2, 2) + ":" + clock.substr(4, 2);
}

}  // namespace remnant::scintigraphy
