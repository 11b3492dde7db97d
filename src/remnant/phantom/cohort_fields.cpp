#include "remnant/phantom/cohort_fields.h"

namespace remnant::phantom {
namespace {

/// Collects fields under a section's name.
class Section {
 public:
  Section(std::vector<CohortField>& fields, std::string name) : fields_(fields), name_(std::move(name)) {}

  Section& number(const std::string& key, double& value, double least, double most) {
    fields_.push_back({name_ + key, &value, least, most});
    return *this;
  }
  Section& share(const std::string& key, double& value) { return number(key, value, 0, 1); }
  Section& range(const std::string& key, Uniform& range, double least, double most) {
    return number(key + ".least", range.least, least, most).number(key + ".most", range.most, least, most);
  }
  Section& normal(const std::string& key, Normal& normal, double least, double most) {
    return number(key + ".mean", normal.mean, least, most)
        .number(key + ".standardDeviation", normal.standardDeviation, 0, most - least)
        .number(key + ".least", normal.least, least, most)
        .number(key + ".most", normal.most, least, most);
  }
  Section& logNormal(const std::string& key, LogNormal& logNormal, double most) {
    return number(key + ".median", logNormal.median, 1e-6, most)
        .number(key + ".sigmaLog", logNormal.sigmaLog, 0, 4)
        .number(key + ".least", logNormal.least, 0, most)
        .number(key + ".most", logNormal.most, 0, most);
  }
  Section& confounder(const std::string& key, Confounder& confounder) {
    return share(key + ".frequency", confounder.frequency).logNormal(key, confounder.uptakePercent, 20);
  }

 private:
  std::vector<CohortField>& fields_;
  std::string name_;
};

void addPerson(std::vector<CohortField>& fields, Cohort& cohort) {
  auto& person = cohort.person;
  Section(fields, "person.")
      .number("firstYear", person.firstYear, 1990, 2100)
      .number("lastYear", person.lastYear, 1990, 2100)
      .share("femaleShare", person.femaleShare)
      .normal("ageYears", person.ageYears, 18, 99)
      .normal("heightFemaleMm", person.heightFemaleMm, 1400, 2000)
      .normal("heightMaleMm", person.heightMaleMm, 1400, 2000)
      .normal("bodyMassIndex", person.bodyMassIndex, 15, 45)
      .normal("neckDepthMm", person.neckDepthMm, 90, 180)
      .normal("neckWidthMm", person.neckWidthMm, 90, 190);
}

void addCourse(std::vector<CohortField>& fields, Cohort& cohort) {
  auto& course = cohort.course;
  Section(fields, "course.")
      .share("oneStudyShare", course.oneStudyShare)
      .share("twoStudiesShare", course.twoStudiesShare)
      .share("startDiagnosticShare", course.startDiagnosticShare)
      .share("startFollowUpShare", course.startFollowUpShare)
      .range("diagnosticDoseMBq", course.diagnosticDoseMBq, 10, 500)
      .range("diagnosticHours", course.diagnosticHours, 6, 120)
      .range("therapyDoseMBq", course.therapyDoseMBq, 500, 12000)
      .range("therapyHours", course.therapyHours, 24, 240)
      .range("daysFromDiagnosticToTherapy", course.daysFromDiagnosticToTherapy, 1, 90)
      .range("monthsToFollowUp", course.monthsToFollowUp, 3, 36)
      .share("successShare", course.successShare)
      .logNormal("remainderAfterSuccess", course.remainderAfterSuccess, 2)
      .logNormal("remainderAfterFailure", course.remainderAfterFailure, 2);
}

void addThyroid(std::vector<CohortField>& fields, Cohort& cohort) {
  auto& thyroid = cohort.thyroid;
  Section(fields, "thyroid.")
      .share("noFocusShare", thyroid.noFocusShare)
      .logNormal("uptakePercent", thyroid.uptakePercent, 60)
      .normal("biologicalHalfLifeHours", thyroid.biologicalHalfLifeHours, 10, 2000)
      .number("fociMean", thyroid.fociMean, 1, 6)
      .logNormal("uptakePercentPerGram", thyroid.uptakePercentPerGram, 200)
      .range("massGrams", thyroid.massGrams, 0.001, 20)
      .range("stretch", thyroid.stretch, 0.5, 4)
      .number("fatOverThyroidMeanMm", thyroid.fatOverThyroidMeanMm, 0, 30);
}

void addBackground(std::vector<CohortField>& fields, Cohort& cohort) {
  auto& background = cohort.background;
  Section(fields, "background.")
      .logNormal("retention48hPercent", background.retention48hPercent, 100)
      .number("earlyHalfLifeHours", background.earlyHalfLifeHours, 5, 192)
      .number("lateHalfLifeHours", background.lateHalfLifeHours, 5, 192)
      .range("tissueFactor", background.tissueFactor, 0, 5)
      .logNormal("bloodPoolExcess", background.bloodPoolExcess, 20)
      .logNormal("neckExcess", background.neckExcess, 20)
      .logNormal("shoulderExcess", background.shoulderExcess, 20);
}

void addConfounders(std::vector<CohortField>& fields, Cohort& cohort) {
  auto& confounders = cohort.confounders;
  Section(fields, "confounders.")
      .confounder("parotid", confounders.parotid)
      .confounder("submandibular", confounders.submandibular)
      .confounder("nose", confounders.nose)
      .confounder("mouth", confounders.mouth)
      .confounder("oesophagus", confounders.oesophagus)
      .confounder("neckNode", confounders.neckNode)
      .share("neckNodeCentralShare", confounders.neckNodeCentralShare)
      .confounder("thymus", confounders.thymus)
      .confounder("contamination", confounders.contamination)
      .confounder("stomach", confounders.stomach)
      .confounder("colon", confounders.colon)
      .confounder("bladder", confounders.bladder)
      .confounder("liver", confounders.liver)
      .number("biologicalHalfLifeHours", confounders.biologicalHalfLifeHours, 5, 2000);
}

void addCamera(std::vector<CohortField>& fields, Cohort& cohort) {
  auto& camera = cohort.camera;
  Section(fields, "camera.")
      .number("attenuationPerMm", camera.attenuationPerMm, 0, 0.02)
      .range("tableAttenuation", camera.tableAttenuation, 0, 0.5)
      .number("headGainSigma", camera.headGainSigma, 0, 0.3)
      .range("anteriorGapMm", camera.anteriorGapMm, 5, 300)
      .range("posteriorGapMm", camera.posteriorGapMm, 5, 300)
      .range("diagnosticSpeedCmPerMinute", camera.diagnosticSpeedCmPerMinute, 2, 60)
      .range("therapySpeedCmPerMinute", camera.therapySpeedCmPerMinute, 2, 60)
      .range("ambientCpsPerCm2", camera.ambientCpsPerCm2, 0, 1)
      .range("vertexFromTopMm", camera.vertexFromTopMm, 20, 300)
      .normal("lateralShiftMm", camera.lateralShiftMm, -40, 40);
}

}  // namespace

std::vector<CohortField> cohortFields(Cohort& cohort) {
  std::vector<CohortField> fields;
  Section(fields, "").number("labelThresholdPercent", cohort.labelThresholdPercent, 0.001, 20);
  addPerson(fields, cohort);
  addCourse(fields, cohort);
  addThyroid(fields, cohort);
  addBackground(fields, cohort);
  addConfounders(fields, cohort);
  addCamera(fields, cohort);
  Section(fields, "laboratory.")
      .share("tshMissingShare", cohort.laboratory.tshMissingShare)
      .share("thyroglobulinMissingShare", cohort.laboratory.thyroglobulinMissingShare);
  return fields;
}

std::vector<CohortField> centreFields(Centre& centre) {
  std::vector<CohortField> fields;
  Section(fields, "")
      .number("share", centre.share, 0, 1000)
      .number("holeMm", centre.collimator.holeMm, 0.5, 10)
      .number("lengthMm", centre.collimator.lengthMm, 15, 120)
      .number("shapeFactor", centre.collimator.shapeFactor, 0.8, 1.1)
      .number("crystalGapMm", centre.collimator.crystalGapMm, 0, 30)
      .number("intrinsicFwhmMm", centre.collimator.intrinsicFwhmMm, 1, 10)
      .number("sensitivityCpsPerMBq", centre.collimator.sensitivityCpsPerMBq, 1, 500)
      .number("pixelMm", centre.pixelMm, 2.3, 3.0)
      .number("fieldOfViewMm", centre.fieldOfViewMm, 100, 600)
      .number("posteriorGain", centre.posteriorGain, 0.5, 2);
  return fields;
}

std::vector<CentreText> centreTexts(Centre& centre) {
  return {{"name", &centre.name},   {"address", &centre.address}, {"manufacturer", &centre.manufacturer},
          {"model", &centre.model}, {"serial", &centre.serial},   {"collimatorName", &centre.collimatorName}};
}

}  // namespace remnant::phantom
