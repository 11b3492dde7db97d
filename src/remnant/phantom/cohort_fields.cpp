#include "remnant/phantom/cohort_fields.h"

#include <algorithm>
#include <cmath>

#include "remnant/base/csv.h"

namespace remnant::phantom {
namespace {

/// Collects fields under a section's name.
class Section {
 public:
  Section(std::vector<CohortField>& fields, std::string name) : fields_(fields), name_(std::move(name)) {}

  Section& number(const std::string& key, double& value, double least, double most) {
    fields_.push_back({name_ + key, &value, least, most, {}, NumberKind::kAny});
    return *this;
  }
  Section& whole(const std::string& key, double& value, double least, double most) {
    fields_.push_back({name_ + key, &value, least, most, {}, NumberKind::kWhole});
    return *this;
  }
  Section& even(const std::string& key, double& value, double least, double most) {
    fields_.push_back({name_ + key, &value, least, most, {}, NumberKind::kEven});
    return *this;
  }
  Section& choice(const std::string& key, double& value, std::vector<double> choices) {
    const auto [least, most] = std::minmax_element(choices.begin(), choices.end());
    fields_.push_back({name_ + key, &value, *least, *most, choices, NumberKind::kAny});
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
      .normal("neckWidthMm", person.neckWidthMm, 90, 190)
      .range("neckExponent", person.neckExponent, 2, 4)
      .normal("tracheaDiameterMm", person.tracheaDiameterMm, 8, 26)
      .range("tracheaFrontMm", person.tracheaFrontMm, 6, 30)
      .normal("spineDiameterMm", person.spineDiameterMm, 15, 40)
      .range("spineGramsPerMl", person.spineGramsPerMl, 1.0, 1.9)
      .range("spineCentreShare", person.spineCentreShare, 0.5, 0.8);
}

void addCourse(std::vector<CohortField>& fields, Cohort& cohort) {
  auto& course = cohort.course;
  Section(fields, "course.")
      .share("oneStudyShare", course.oneStudyShare)
      .share("twoStudiesShare", course.twoStudiesShare)
      .share("startDiagnosticShare", course.startDiagnosticShare)
      .share("startFollowUpShare", course.startFollowUpShare)
      .number("uptakeStatedAtHours", course.uptakeStatedAtHours, 0.1, 72)
      .range("diagnosticDoseMBq", course.diagnosticDoseMBq, 10, 500)
      .range("diagnosticHours", course.diagnosticHours, 0.1, 120)
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
      .number("fatOverThyroidMeanMm", thyroid.fatOverThyroidMeanMm, 0, 30)
      .number("placeSpread", thyroid.placeSpread, 0.2, 1.5)
      .range("technetiumColdShare", thyroid.technetiumColdShare, 0, 1);
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
      .logNormal("vesselExcess", background.vesselExcess, 20)
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
      .confounder("retropharyngealNode", confounders.retropharyngealNode)
      .confounder("mediastinalNode", confounders.mediastinalNode)
      .confounder("lung", confounders.lung)
      .confounder("thymus", confounders.thymus)
      .confounder("contamination", confounders.contamination)
      .confounder("stomach", confounders.stomach)
      .confounder("colon", confounders.colon)
      .confounder("bladder", confounders.bladder)
      .confounder("liver", confounders.liver)
      .number("biologicalHalfLifeHours", confounders.biologicalHalfLifeHours, 5, 2000);
}

void addAcquisition(std::vector<CohortField>& fields, Cohort& cohort) {
  auto& acquisition = cohort.acquisition;
  Section(fields, "acquisition.")
      .range("minutes", acquisition.minutes, 0.1, 60)
      .choice("matrix", acquisition.matrix, {128, 256})
      .whole("dynamicFrames", acquisition.dynamicFrames, 0, 120)
      .number("dynamicSeconds", acquisition.dynamicSeconds, 1, 600)
      .even("spectViews", acquisition.spectViews, 32, 128)  // half of them by each head
      .range("spectSecondsPerView", acquisition.spectSecondsPerView, 1, 120);
}

void addCamera(std::vector<CohortField>& fields, Cohort& cohort) {
  auto& camera = cohort.camera;
  Section(fields, "camera.")
      .range("tableOpticalDepth", camera.tableOpticalDepth, 0, 0.5)
      .number("sensitivitySigma", camera.sensitivitySigma, 0, 0.3)
      .number("headGainSigma", camera.headGainSigma, 0, 0.3)
      .range("uniformityRms", camera.uniformityRms, 0, 0.1)
      .normal("tailScale", camera.tailScale, 0, 2)
      .number("deadTimeSigma", camera.deadTimeSigma, 0, 1)
      .number("fullSpectrumFraction", camera.fullSpectrumFraction, 0.05, 1)
      .range("anteriorGapMm", camera.anteriorGapMm, 5, 300)
      .range("posteriorGapMm", camera.posteriorGapMm, 5, 300)
      .range("lateralGapMm", camera.lateralGapMm, 5, 300)
      .range("diagnosticSpeedCmPerMinute", camera.diagnosticSpeedCmPerMinute, 2, 60)
      .range("therapySpeedCmPerMinute", camera.therapySpeedCmPerMinute, 2, 60)
      .range("ambientCpsPerCm2", camera.ambientCpsPerCm2, 0, 1)
      .range("vertexFromTopMm", camera.vertexFromTopMm, 20, 300)
      .normal("alongShiftMm", camera.alongShiftMm, -60, 60)
      .normal("lateralShiftMm", camera.lateralShiftMm, -40, 40)
      .number("neckDepthErrorMm", camera.neckDepthErrorMm, 0, 30)
      .number("neckWidthErrorMm", camera.neckWidthErrorMm, 0, 30)
      .number("mapNoise", camera.mapNoise, 0, 0.5)
      .number("mapRegistrationMm", camera.mapRegistrationMm, 0, 20);
}

}  // namespace

bool CohortField::allows(double number) const {
  if (kind == NumberKind::kWhole && std::fmod(number, 1) != 0) return false;
  if (kind == NumberKind::kEven && std::fmod(number, 2) != 0) return false;
  if (choices.empty()) return number >= least && number <= most;
  return std::find(choices.begin(), choices.end(), number) != choices.end();
}

std::string CohortField::allowedText() const {
  std::string range = numberText(least) + " to " + numberText(most);
  if (kind == NumberKind::kWhole) return "whole numbers from " + range;
  if (kind == NumberKind::kEven) return "even numbers from " + range;
  if (choices.empty()) return range;
  std::string text;
  for (const double choice : choices) text += (text.empty() ? "" : " and ") + numberText(choice);
  return text;
}

std::vector<CohortField> cohortFields(Cohort& cohort) {
  std::vector<CohortField> fields;
  Section(fields, "").number("labelThresholdPercent", cohort.labelThresholdPercent, 0.001, 20);
  addPerson(fields, cohort);
  addCourse(fields, cohort);
  addThyroid(fields, cohort);
  addBackground(fields, cohort);
  addConfounders(fields, cohort);
  addAcquisition(fields, cohort);
  addCamera(fields, cohort);
  Section(fields, "laboratory.")
      .share("tshMissingShare", cohort.laboratory.tshMissingShare)
      .share("thyroglobulinMissingShare", cohort.laboratory.thyroglobulinMissingShare);
  return fields;
}

std::vector<CohortText> cohortTexts(Cohort& cohort) {
  return {{"name", &cohort.name, {}},
          {"description", &cohort.description, {}},
          {"acquisition.kind", &cohort.acquisition.kind, {"whole-body", "static"}},
          {"acquisition.nuclide", &cohort.acquisition.nuclide, physics::nuclideNames()},
          {"acquisition.scatter", &cohort.acquisition.scatter, {"analytic", "esse"}}};
}

std::vector<CohortFlag> cohortFlags(Cohort& cohort) {
  auto& acquisition = cohort.acquisition;
  return {{"acquisition.leftLateral", &acquisition.leftLateral},
          {"acquisition.rightLateral", &acquisition.rightLateral},
          {"acquisition.spect", &acquisition.spect},
          {"acquisition.ctMap", &acquisition.ctMap}};
}

std::vector<CohortField> centreFields(Centre& centre) {
  std::vector<CohortField> fields;
  Section(fields, "")
      .number("share", centre.share, 0, 1000)
      .number("posteriorGain", centre.posteriorGain, 0.5, 2)
      .number("rayAngleDegrees", centre.rayAngleDegrees, 0, 60);
  return fields;
}

std::vector<CohortText> centreTexts(Centre& centre) {
  return {{"name", &centre.name, {}, true},
          {"address", &centre.address, {}, true},
          {"serial", &centre.serial, {}, true},
          {"camera", &centre.camera, {}, true},
          {"collimator", &centre.collimator, {}, true},
          {"manufacturer", &centre.manufacturer, {}},
          {"model", &centre.model, {}}};
}

}  // namespace remnant::phantom
