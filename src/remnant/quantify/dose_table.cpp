#include "remnant/quantify/dose_table.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

namespace remnant::quantify {
namespace {

constexpr double kMostMBq = 1e5;
constexpr double kMostHours = 24 * 60;
constexpr double kSameShare = 1e-3;
constexpr double kSameHours = 1.0 / 60;

std::optional<double> cell(const CsvTable& table, std::size_t row, const std::string& column, double least,
                           double most) {
  const std::optional<double> value = table.number(row, column);
  if (!value || (*value >= least && *value <= most)) return value;
  throw InputError("bad-dose",
                   fmt::format("line {}: {} is {}, allowed are {} to {}", table.line(row), column,
                               numberText(*value), numberText(least), numberText(most)),
                   table.name(), column);
}

CivilTime hoursEarlier(CivilTime time, double hours) {
  return time - std::chrono::duration_cast<std::chrono::microseconds>(
                    std::chrono::duration<double, std::ratio<3600>>(hours));
}

void setDose(double doseMBq, scintigraphy::AcquiredStudy& study) {
  if (study.doseMBq && std::abs(*study.doseMBq / doseMBq - 1) > kSameShare)
    study.warnings.push_back(fmt::format(
        "the objects say that {:.4g} MBq were given, the table of doses {:.4g}", *study.doseMBq, doseMBq));
  study.doseMBq = doseMBq;
}

void setHours(double hours, scintigraphy::AcquiredStudy& study) {
  const auto& start = study.objects.front().start;
  if (!start) return;
  if (study.administration) {
    const double said = hoursBetween(*study.administration, *start);
    if (std::abs(said - hours) > kSameHours)
      study.warnings.push_back(
          fmt::format("the objects say that the dose was given {:.4g} h before, the table of doses {:.4g} h",
                      said, hours));
  }
  study.administration = hoursEarlier(*start, hours);
}

}  // namespace

std::map<std::string, ToldDose> readDoses(const CsvTable& table) {
  std::map<std::string, ToldDose> doses;
  for (std::size_t row = 0; row < table.rowCount(); ++row)
    doses[table.text(row, "studyInstanceUid")] = {cell(table, row, "doseMBq", 1e-6, kMostMBq),
                                                  cell(table, row, "hoursFromDose", 0, kMostHours)};
  return doses;
}

void setDoses(const std::map<std::string, ToldDose>& doses,
              std::vector<scintigraphy::AcquiredStudy>& studies) {
  for (scintigraphy::AcquiredStudy& study : studies) {
    const auto told = doses.find(study.studyInstanceUid);
    if (told == doses.end()) continue;
    if (told->second.doseMBq) setDose(*told->second.doseMBq, study);
    if (told->second.hoursFromDose) setHours(*told->second.hoursFromDose, study);
  }
}

}  // namespace remnant::quantify
