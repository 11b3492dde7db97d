#include "remnant/base/time.h"

#include <algorithm>
#include <cstdio>

namespace remnant {
namespace {

std::optional<int> digits(std::string_view text) {
  if (text.empty() || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  int value = 0;
  for (const char character : text) value = 10 * value + (character - '0');
  return value;
}

std::optional<int> pairAt(std::string_view text, std::size_t position, int limit) {
  if (text.size() <= position) return 0;
  if (text.size() < position + 2) return std::nullopt;
  const auto value = digits(text.substr(position, 2));
  return value && *value < limit ? value : std::nullopt;
}

std::optional<int> fractionMicroseconds(std::string_view text) {
  if (text.empty()) return 0;
  if (text.front() != '.' || text.size() < 2 || text.size() > 7) return std::nullopt;
  std::string padded(text.substr(1));
  padded.resize(6, '0');
  return digits(padded);
}

}  // namespace

std::optional<CivilDate> parseDate(std::string_view text) {
  std::string compact(text);
  if (text.size() == 10 && text[4] == '.' && text[7] == '.') std::erase(compact, '.');
  const auto number = compact.size() == 8 ? digits(compact) : std::nullopt;
  if (!number) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*number / 10000),
                                         std::chrono::month(static_cast<unsigned>(*number / 100 % 100)),
                                         std::chrono::day(static_cast<unsigned>(*number % 100))};
  if (!date.ok() || *number / 10000 == 0) return std::nullopt;
  return CivilDate(date);
}

std::optional<std::chrono::microseconds> parseTimeOfDay(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const std::string_view whole = text.substr(0, text.find('.'));
  const std::string_view fraction = text.substr(whole.size());
  if (whole.size() > 6 || (!fraction.empty() && whole.size() != 6)) return std::nullopt;
  const auto hours = pairAt(whole, 0, 24);
  const auto minutes = pairAt(whole, 2, 60);
  const auto seconds = pairAt(whole, 4, 61);
  const auto micros = fractionMicroseconds(fraction);
  if (!hours || !minutes || !seconds || !micros) return std::nullopt;
  return std::chrono::hours(*hours) + std::chrono::minutes(*minutes) + std::chrono::seconds(*seconds) +
         std::chrono::microseconds(*micros);
}

std::optional<CivilTime> parseDateTime(std::string_view text) {
  text = text.substr(0, text.find_first_of("+-"));
  const auto date = parseDate(text.substr(0, 8));
  if (!date) return std::nullopt;
  if (text.size() <= 8) return CivilTime(*date);
  const auto timeOfDay = parseTimeOfDay(text.substr(8));
  if (!timeOfDay) return std::nullopt;
  return CivilTime(*date) + *timeOfDay;
}

std::string dateText(CivilDate date) {
  const std::chrono::year_month_day civil(date);
  char text[32];
  std::snprintf(text, sizeof text, "%04d%02u%02u", static_cast<int>(civil.year()),
                static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
  return text;
}

std::string timeOfDayText(std::chrono::microseconds timeOfDay) {
  const auto micros = timeOfDay.count() % 1000000;
  const auto seconds = timeOfDay.count() / 1000000;
  char text[64];
  std::snprintf(text, sizeof text, "%02ld%02ld%02ld", static_cast<long>(seconds / 3600),
                static_cast<long>(seconds / 60 % 60), static_cast<long>(seconds % 60));
  if (micros == 0) return text;
  char fraction[32];
  std::snprintf(fraction, sizeof fraction, ".%06ld", static_cast<long>(micros));
  return std::string(text) + fraction;
}

int yearOf(CivilDate date) {
  return static_cast<int>(std::chrono::year_month_day(date).year());
}

double hoursBetween(CivilTime from, CivilTime to) {
  return std::chrono::duration<double, std::ratio<3600>>(to - from).count();
}

}  // namespace remnant
