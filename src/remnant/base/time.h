#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// Civil dates and times without time zones, as DICOM writes them (PS3.5, section 6.2: DA, TM, DT).
namespace remnant {

/// Microseconds since 1970-01-01 00:00:00 of an unnamed local clock; only differences carry meaning.
using CivilTime = std::chrono::sys_time<std::chrono::microseconds>;
using CivilDate = std::chrono::sys_days;

/// "YYYYMMDD" (and the old "YYYY.MM.DD"); nullopt for anything else, including dates that do not exist.
std::optional<CivilDate> parseDate(std::string_view text);
/// "HH[MM[SS[.FFFFFF]]]"; nullopt for anything else.
std::optional<std::chrono::microseconds> parseTimeOfDay(std::string_view text);
/// "YYYYMMDD[HHMMSS[.F...]]" with an optional "+ZZZZ" offset, which is ignored; nullopt for anything else.
std::optional<CivilTime> parseDateTime(std::string_view text);

/// "YYYYMMDD".
std::string dateText(CivilDate date);
/// "HHMMSS", or "HHMMSS.FFFFFF" where there is a fraction of a second.
std::string timeOfDayText(std::chrono::microseconds timeOfDay);

int yearOf(CivilDate date);
double hoursBetween(CivilTime from, CivilTime to);

}  // namespace remnant
