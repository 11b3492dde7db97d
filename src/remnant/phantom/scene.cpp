#include "remnant/phantom/scene.h"

#include <algorithm>
#include <cmath>

#include "remnant/base/error.h"

namespace remnant::phantom {
namespace {

class SceneBuilder {
 public:
  SceneBuilder(const Cohort& cohort, const Patient& patient, const StudyPlan& plan, RandomStream& random)
      : cohort_(cohort), patient_(patient), plan_(plan), random_(random) {}

  void addFoci();
  void addMatter();
  void addConfounders();
  StudyScene finish() && { return std::move(built_); }

 private:
  void addFocus(const Focus& focus, bool inBed, double uptakePercent);
  double activityMBq(double uptakePercent) const {
    return plan_.doseMBq * uptakePercent / 100 * physics::decayFactor(nuclide_, plan_.hoursFromDose);
  }
  double uptakeNow(double uptakePercent, double halfLifeHours) const {
    return uptakeAtScan(uptakePercent, plan_.hoursFromDose, cohort_.course.uptakeStatedAtHours,
                        halfLifeHours);
  }
  void addTissue(const Shape& shape, double excess) {
    built_.solids.push_back({shape, physics::Material::kSoftTissue, 1, 1 + excess});
  }
  void addOrgan(const Confounder& confounder, const std::vector<Ellipsoid>& parts,
                Component component = Component::kOther);
  void addOrgan(const Confounder& confounder, const Ellipsoid& shape) {
    addOrgan(confounder, std::vector{shape});
  }
  double organActivityMBq(const Confounder& confounder);
  Ellipsoid placeContamination();

  const Cohort& cohort_;
  const Patient& patient_;
  const StudyPlan& plan_;
  const physics::Nuclide& nuclide_ = physics::nuclideNamed(cohort_.acquisition.nuclide);
  RandomStream& random_;
  StudyScene built_;
};

void SceneBuilder::addFocus(const Focus& focus, bool inBed, double uptakePercent) {
  if (uptakePercent <= 0) return;
  const Point& centre = focus.shape.centre;
  const auto skin = skinAt(built_.solids, centre.x, centre.z);
  if (!skin) throw ProgramError("a focus of the phantom lies beside the body");
  SceneFocus made;
  made.number = static_cast<int>(built_.foci.size()) + 1;
  made.site = focus.site;
  made.inBed = inBed;
  made.shape = focus.shape;
  made.depthMm = centre.y - skin->front;
  made.thicknessMm = skin->length();
  made.uptakePercent = uptakePercent;
  made.activityMBq = activityMBq(uptakePercent);
  made.massGrams = focus.massGrams;
  built_.foci.push_back(made);
  built_.sources.push_back(
      {{made.shape, made.activityMBq}, inBed ? Component::kFocus : Component::kNode, made.number});
}

/// Their tissue replaces what air or bone lies in its place.
void SceneBuilder::addFoci() {
  for (const Focus& focus : patient_.foci) addFocus(focus, true, plan_.uptakePercent * focus.share);
  for (const Metastasis& metastasis : patient_.metastases)
    addFocus(metastasis.focus, false,
             uptakeNow(metastasis.uptakePercent * plan_.remainder, patient_.biologicalHalfLifeHours));
  for (const SceneFocus& focus : built_.foci) built_.solids.push_back({focus.shape});
  for (SceneFocus& focus : built_.foci)
    focus.waterDepthMm = waterEquivalentDepthMm(built_.solids, focus.shape.centre, nuclide_.photopeakKeV);
}

/// Tissue of more perfusion than the rest is painted between the body and the bones.
void SceneBuilder::addMatter() {
  const auto& prior = cohort_.background;
  const Anatomy& anatomy = patient_.anatomy;
  const double retained =
      retentionPercent(cohort_, prior.retention48hPercent.draw(random_), plan_.hoursFromDose);
  // A gram of tissue is taken as a millilitre.
  built_.backgroundMBqPerMl =
      plan_.doseMBq * retained / 100 * prior.tissueFactor.draw(random_) / (patient_.person.weightKg * 1000);
  const double bloodPool = prior.bloodPoolExcess.draw(random_);
  const double neck = prior.neckExcess.draw(random_);
  const double vessels = prior.vesselExcess.draw(random_);
  const double shoulder = prior.shoulderExcess.draw(random_);
  built_.solids = anatomy.body;
  addTissue(anatomy.neckTissue, neck);
  for (const Ellipsoid& part : anatomy.shoulderTissue) addTissue(part, shoulder);
  for (const Cylinder& vessel : anatomy.vessels) addTissue(vessel, vessels);
  for (const Ellipsoid& lung : anatomy.lungs) built_.solids.push_back(anatomy.lungSolid(lung));
  for (const Ellipsoid& part : anatomy.bloodPool) addTissue(part, bloodPool);
  built_.solids.insert(built_.solids.end(), anatomy.inner.begin(), anatomy.inner.end());
}

double SceneBuilder::organActivityMBq(const Confounder& confounder) {
  return activityMBq(
      uptakeNow(confounder.uptakePercent.draw(random_), cohort_.confounders.biologicalHalfLifeHours));
}

/// Each part with its own draw; whether the organ shows at all is drawn once.
void SceneBuilder::addOrgan(const Confounder& confounder, const std::vector<Ellipsoid>& parts,
                            Component component) {
  const bool shows = random_.uniform() < confounder.frequency;
  for (const Ellipsoid& part : parts) {
    const double activity = organActivityMBq(confounder);
    if (shows) built_.sources.push_back({{part, activity}, component, 0});
  }
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
  addOrgan(confounders.parotid, anatomy.parotids, Component::kGland);
  addOrgan(confounders.submandibular, anatomy.submandibulars, Component::kGland);
  addOrgan(confounders.nose, anatomy.nose);
  addOrgan(confounders.mouth, anatomy.mouth);
  addOrgan(confounders.oesophagus, anatomy.oesophagus);
  addOrgan(confounders.lung, anatomy.lungs);
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
  const auto& nuclide = physics::nuclideNamed(cohort.acquisition.nuclide);
  const double decay = physics::decayFactor(nuclide, hoursFromDose);
  const double pace = decay / physics::decayFactor(physics::nuclideNamed("I-131"), hoursFromDose);
  return std::min(100 * decay, pace * retention48hPercent * std::exp2(-past / halfLife));
}

StudyScene sampleScene(const Cohort& cohort, const Patient& patient, const StudyPlan& plan,
                       RandomStream& random) {
  SceneBuilder builder(cohort, patient, plan, random);
  builder.addMatter();
  builder.addFoci();
  builder.addConfounders();
  return std::move(builder).finish();
}

}  // namespace remnant::phantom
