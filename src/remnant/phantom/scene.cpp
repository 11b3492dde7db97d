#include "remnant/phantom/scene.h"

#include <algorithm>
#include <cmath>

#include "remnant/base/error.h"

namespace remnant::phantom {
namespace {

class SceneBuilder {
 public:
  SceneBuilder(const Cohort& cohort, const Patient& patient, const StudyPlan& plan, RandomStream& random)
      : cohort_(cohort), patient_(patient), plan_(plan), random_(random) {
    built_.scene.body = patient.anatomy.body;
  }

  void addFoci();
  void addBackground();
  void addConfounders();
  StudyScene finish() && { return std::move(built_); }

 private:
  void add(const Ellipsoid& shape, double activityMBq) {
    built_.scene.sources.push_back({shape, activityMBq});
  }
  void addExcess(const Ellipsoid& shape, double concentrationMBqPerMl) {
    add(shape, concentrationMBqPerMl * shape.volumeMl());
  }
  void addOrgan(const Confounder& confounder, const std::vector<Ellipsoid>& parts);
  void addOrgan(const Confounder& confounder, const Ellipsoid& shape) {
    addOrgan(confounder, std::vector{shape});
  }
  double organActivityMBq(const Confounder& confounder);
  Ellipsoid placeNeckNode();
  Ellipsoid placeContamination();

  const Cohort& cohort_;
  const Patient& patient_;
  const StudyPlan& plan_;
  RandomStream& random_;
  StudyScene built_;
};

void SceneBuilder::addFoci() {
  for (const Focus& focus : patient_.foci) {
    const double uptakePercent = plan_.uptakePercent * focus.share;
    const double activityMBq = plan_.doseMBq * uptakePercent / 100 * decayFactor(plan_.hoursFromDose);
    built_.focusUptakePercent.push_back(uptakePercent);
    built_.focusActivityMBq.push_back(activityMBq);
    add(focus.shape, activityMBq);
  }
}

void SceneBuilder::addBackground() {
  const auto& prior = cohort_.background;
  const Anatomy& anatomy = patient_.anatomy;
  const double retained =
      retentionPercent(cohort_, prior.retention48hPercent.draw(random_), plan_.hoursFromDose);
  // A gram of tissue is taken as a millilitre.
  const double concentration =
      plan_.doseMBq * retained / 100 * prior.tissueFactor.draw(random_) / (patient_.person.weightKg * 1000);
  built_.scene.backgroundMBqPerMl = concentration;
  const double bloodPool = concentration * prior.bloodPoolExcess.draw(random_);
  for (const Ellipsoid& part : anatomy.bloodPool) addExcess(part, bloodPool);
  addExcess(anatomy.neckTissue, concentration * prior.neckExcess.draw(random_));
  const double shoulder = concentration * prior.shoulderExcess.draw(random_);
  for (const Ellipsoid& part : anatomy.shoulderTissue) addExcess(part, shoulder);
}

double SceneBuilder::organActivityMBq(const Confounder& confounder) {
  const double uptakePercent = uptakeAtScan(confounder.uptakePercent.draw(random_), plan_.hoursFromDose,
                                            cohort_.confounders.biologicalHalfLifeHours);
  return plan_.doseMBq * uptakePercent / 100 * decayFactor(plan_.hoursFromDose);
}

/// Each part with its own draw; whether the organ shows at all is drawn once.
void SceneBuilder::addOrgan(const Confounder& confounder, const std::vector<Ellipsoid>& parts) {
  const bool shows = random_.uniform() < confounder.frequency;
  for (const Ellipsoid& part : parts) {
    const double activityMBq = organActivityMBq(confounder);
    if (shows) add(part, activityMBq);
  }
}

/// A lymph node of the lateral neck (levels II to V) beside the thyroid bed, or of the central compartment
/// (level VI), which no box drawn around the bed leaves out.
Ellipsoid SceneBuilder::placeNeckNode() {
  const bool central = random_.uniform() < cohort_.confounders.neckNodeCentralShare;
  const double side = random_.uniform() < 0.5 ? -1 : 1;
  const double furthest = std::max(38.0, patient_.person.neckWidthMm / 2 - 12);
  const double x = side * (central ? random_.uniform(6, 22) : random_.uniform(36, furthest));
  const double bed = patient_.anatomy.thyroidBedZMm;
  const double z = bed + (central ? random_.uniform(5, 45) : random_.uniform(-45, 35));
  const double depthMm = std::clamp(central ? random_.normal(25, 8) : random_.normal(20, 8), 5.0, 45.0);
  const auto skin = skinAt(patient_.anatomy.body, x, z);
  if (!skin) throw ProgramError("a lymph node of the phantom lies beside the neck");
  return ovoid({x, skin->front + depthMm, z}, random_.logNormal(0.3, 0.8), 1.2);
}

/// Saliva or urine on skin or clothes, head to hips.
Ellipsoid SceneBuilder::placeContamination() {
  const double x = random_.uniform(-110, 110);
  const double z = patient_.anatomy.thyroidBedZMm + random_.uniform(-150, 450);
  const auto skin = skinAt(patient_.anatomy.body, x, z);
  const double front = skin ? skin->front : -60;
  return {{x, front - 3, z}, {random_.uniform(4, 14), 2, random_.uniform(4, 14)}};
}

void SceneBuilder::addConfounders() {
  const auto& confounders = cohort_.confounders;
  const Anatomy& anatomy = patient_.anatomy;
  addOrgan(confounders.parotid, anatomy.parotids);
  addOrgan(confounders.submandibular, anatomy.submandibulars);
  addOrgan(confounders.nose, anatomy.nose);
  addOrgan(confounders.mouth, anatomy.mouth);
  addOrgan(confounders.oesophagus, anatomy.oesophagus);
  addOrgan(confounders.neckNode, placeNeckNode());
  addOrgan(confounders.thymus, anatomy.thymus);
  addOrgan(confounders.contamination, placeContamination());
  addOrgan(confounders.stomach, anatomy.stomach);
  addOrgan(confounders.colon, anatomy.colon);
  addOrgan(confounders.bladder, anatomy.bladder);
  addOrgan(confounders.liver, anatomy.liver);
}

}  // namespace

double retentionPercent(const Cohort& cohort, double retention48hPercent, double hoursFromDose) {
  const auto& prior = cohort.background;
  const double past = hoursFromDose - 48;
  const double halfLife = past < 0 ? prior.earlyHalfLifeHours : prior.lateHalfLifeHours;
  return std::min(100 * decayFactor(hoursFromDose), retention48hPercent * std::exp2(-past / halfLife));
}

StudyScene sampleScene(const Cohort& cohort, const Patient& patient, const StudyPlan& plan,
                       RandomStream& random) {
  SceneBuilder builder(cohort, patient, plan, random);
  builder.addFoci();
  builder.addBackground();
  builder.addConfounders();
  return std::move(builder).finish();
}

}  // namespace remnant::phantom
