#include "remnant/phantom/course.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>

namespace remnant::phantom {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

microseconds hours(double value) {
  return std::chrono::seconds(std::llround(value * 3600));
}

std::vector<StudyKind> sampleKinds(const Cohort& cohort, RandomStream& random) {
  const auto& course = cohort.course;
  const double number = random.uniform();
  const std::size_t studies =
      number < course.oneStudyShare ? 1 : (number < course.oneStudyShare + course.twoStudiesShare ? 2 : 3);
  const double start = random.uniform();
  int kind = 1;
  if (start < course.startDiagnosticShare)
    kind = 0;
  else if (start < course.startDiagnosticShare + course.startFollowUpShare)
    kind = 2;
  std::vector<StudyKind> kinds;
  for (; kinds.size() < studies; kind = std::min(kind + 1, 2)) kinds.push_back(static_cast<StudyKind>(kind));
  return kinds;
}

/// The dose of the first study: a working day, in the morning.
CivilTime sampleFirstDose(const Cohort& cohort, RandomStream& random) {
  using namespace std::chrono;
  const auto first = static_cast<int>(cohort.person.firstYear),
             last = static_cast<int>(cohort.person.lastYear);
  const auto span = static_cast<std::uint32_t>(last - first + 1) * 365;
  sys_days day = sys_days(year(first) / 1 / 1) + days(random.below(span));
  const weekday weekDay(day);
  if (weekDay == Saturday || weekDay == Sunday) day += days(2);
  return CivilTime(day) + minutes(8 * 60 + random.below(4 * 60));
}

double sampleRemainder(const Cohort& cohort, RandomStream& random) {
  const auto& course = cohort.course;
  const bool success = random.uniform() < course.successShare;
  return (success ? course.remainderAfterSuccess : course.remainderAfterFailure).draw(random);
}

void sampleDose(const Cohort& cohort, RandomStream& random, StudyPlan& plan) {
  const auto& course = cohort.course;
  // Only I-131 treats; a scan with another nuclide after therapy has its own small dose.
  const bool therapy = plan.kind == StudyKind::kAfterTherapy && cohort.acquisition.nuclide == "I-131";
  plan.doseMBq = std::round((therapy ? course.therapyDoseMBq : course.diagnosticDoseMBq).draw(random));
  plan.hoursFromDose = (therapy ? course.therapyHours : course.diagnosticHours).draw(random);
}

/// From the dose of one study to that of the next.
microseconds sampleInterval(const Cohort& cohort, StudyKind next, RandomStream& random) {
  const auto& course = cohort.course;
  const double days = next == StudyKind::kFollowUp ? course.monthsToFollowUp.draw(random) * 30.4
                                                   : course.daysFromDiagnosticToTherapy.draw(random);
  return hours(std::round(days) * 24 + random.uniform(-1.5, 1.5));
}

}  // namespace

CivilTime StudyPlan::scan() const {
  return administration + hours(hoursFromDose);
}

double uptakeAtScan(double uptakePercent, double hoursFromDose, double statedAtHours,
                    double biologicalHalfLifeHours) {
  return uptakePercent * std::exp2(-std::max(0.0, hoursFromDose - statedAtHours) / biologicalHalfLifeHours);
}

std::vector<StudyPlan> sampleCourse(const Cohort& cohort, const Patient& patient, RandomStream& random) {
  std::vector<StudyPlan> plans;
  double remainder = 1;
  for (const StudyKind kind : sampleKinds(cohort, random)) {
    StudyPlan plan;
    plan.kind = kind;
    plan.administration = plans.empty() ? sampleFirstDose(cohort, random)
                                        : plans.back().administration + sampleInterval(cohort, kind, random);
    sampleDose(cohort, random, plan);
    const bool treatedUnseen = plans.empty() && kind == StudyKind::kFollowUp;
    if (treatedUnseen || (!plans.empty() && plans.back().kind == StudyKind::kAfterTherapy))
      remainder *= sampleRemainder(cohort, random);
    plan.remainder = remainder;
    plan.uptakePercent = uptakeAtScan(patient.uptakePercent * remainder, plan.hoursFromDose,
                                      cohort.course.uptakeStatedAtHours, patient.biologicalHalfLifeHours);
    plans.push_back(plan);
  }
  return plans;
}

bool hasResidualTissue(const Cohort& cohort, const StudyPlan& plan) {
  return plan.uptakePercent >= cohort.labelThresholdPercent;
}

LaboratoryValues sampleLaboratory(const Cohort& cohort, const StudyPlan& plan, RandomStream& random) {
  LaboratoryValues values;
  // Iodine is given under stimulation: thyrotropin above 30 mU/l, by withdrawal or by injection.
  const double tsh = std::round(random.logNormal(80, 0.4) * 10) / 10;
  // Stimulated thyroglobulin rises with the tissue left and with metastases unseen here.
  const double thyroglobulin = std::round(random.logNormal(0.8 + 6 * plan.uptakePercent, 1.0) * 100) / 100;
  if (random.uniform() >= cohort.laboratory.tshMissingShare) values.tshMilliUnitsPerL = tsh;
  if (random.uniform() >= cohort.laboratory.thyroglobulinMissingShare)
    values.thyroglobulinNgPerMl = thyroglobulin;
  return values;
}

}  // namespace remnant::phantom
