#include "remnant/phantom/patient.h"

#include <algorithm>
#include <cmath>

#include "remnant/base/error.h"
#include "remnant/phantom/site.h"

namespace remnant::phantom {
namespace {

constexpr double kTissueDensityGramsPerMl = 1.05;
constexpr double kLeastMassGrams = 0.001;  // a ball of 1.2 mm across, a point to any camera
constexpr double kSkinMm = 2;              // tissue that stays over a focus

Person samplePerson(const Cohort& cohort, RandomStream& random) {
  const auto& prior = cohort.person;
  Person person;
  person.sex = random.uniform() < prior.femaleShare ? Sex::kFemale : Sex::kMale;
  person.ageYears = prior.ageYears.draw(random);
  person.heightMm = (person.sex == Sex::kFemale ? prior.heightFemaleMm : prior.heightMaleMm).draw(random);
  person.weightKg = prior.bodyMassIndex.draw(random) * person.heightMm * person.heightMm / 1e6;
  person.neckDepthMm = prior.neckDepthMm.draw(random);
  person.neckWidthMm = prior.neckWidthMm.draw(random);
  person.neckExponent = prior.neckExponent.draw(random);
  person.tracheaDiameterMm = prior.tracheaDiameterMm.draw(random);
  person.tracheaFrontMm = prior.tracheaFrontMm.draw(random);
  person.spineDiameterMm = prior.spineDiameterMm.draw(random);
  person.spineGramsPerMl = prior.spineGramsPerMl.draw(random);
  person.spineCentreShare = prior.spineCentreShare.draw(random);
  return person;
}

std::size_t drawCentre(const std::vector<Centre>& centres, RandomStream& random) {
  double total = 0;
  for (const Centre& centre : centres) total += centre.share;
  double left = random.uniform() * total;
  for (std::size_t index = 0; index < centres.size(); ++index) {
    left -= centres[index].share;
    if (left < 0) return index;
  }
  return centres.size() - 1;
}

Span skinOf(const Anatomy& anatomy, const Point& point) {
  const auto skin = skinAt(anatomy.body, point.x, point.z);
  if (!skin) throw ProgramError("a focus of the phantom lies beside the neck");
  return *skin;
}

/// Moves a ball that touches the trachea to its side, at the same depth.
void moveBeside(const Cylinder& trachea, double radiusMm, Point& centre) {
  const double apart = trachea.semiX + radiusMm, deep = centre.y - trachea.y;
  if (std::hypot(centre.x - trachea.x, deep) >= apart) return;
  const double side = centre.x < trachea.x ? -1 : 1;
  centre.x = trachea.x + side * std::sqrt(apart * apart - deep * deep);
}

/// Gives the focus its mass and puts it where its whole tissue lies in the body, outside trachea and spine.
void settle(const Anatomy& anatomy, double massGrams, Focus& focus) {
  focus.massGrams = massGrams;
  focus.shape = ovoid(focus.shape.centre, massGrams / kTissueDensityGramsPerMl, focus.stretch);
  Point& centre = focus.shape.centre;
  const double radius = focus.shape.semiAxes.x;
  centre.y = skinOf(anatomy, centre).front + focus.depthMm;
  keepOutside(anatomy.trachea, radius, centre);
  keepOutside(anatomy.spine, radius, centre);
  // Before the trachea there may be too little room; to its side the skin curves back.
  for (int pass = 0; pass < 20; ++pass) {
    centre.y = std::max(centre.y, skinOf(anatomy, centre).front + radius + kSkinMm);
    moveBeside(anatomy.trachea, radius, centre);
  }
  focus.depthMm = centre.y - skinOf(anatomy, centre).front;
}

Focus sampleFocus(const Cohort& cohort, const Anatomy& anatomy, double fatMm, RandomStream& random) {
  const Site& site = drawThyroidSite(random);
  Focus focus = placeFocus(site, anatomy, cohort.thyroid.placeSpread, fatMm, random);
  focus.share = -std::log1p(-random.uniform());  // exponential; shares of a Dirichlet(1) once they sum to 1
  focus.stretch = cohort.thyroid.stretch.draw(random);
  return focus;
}

/// Uptake sets the mass: tissue takes up so much for each gram.
double massFor(const Cohort& cohort, double uptakePercent, RandomStream& random) {
  const double perGram = cohort.thyroid.uptakePercentPerGram.draw(random);
  const auto& limits = cohort.thyroid.massGrams;
  return std::clamp(uptakePercent / perGram, limits.least, limits.most);
}

/// Some tissue that takes up iodine takes up no technetium.
void coolFoci(const Cohort& cohort, RandomStream& random, Patient& patient) {
  const double coldShare = cohort.thyroid.technetiumColdShare.draw(random);
  double warm = 0;
  for (Focus& focus : patient.foci) {
    if (random.uniform() < coldShare) focus.share = 0;
    warm += focus.share;
  }
  patient.uptakePercent *= warm;
  for (Focus& focus : patient.foci)
    if (warm > 0) focus.share /= warm;
}

void sampleFoci(const Cohort& cohort, RandomStream& random, Patient& patient) {
  const auto& prior = cohort.thyroid;
  if (random.uniform() < prior.noFocusShare) return;
  patient.uptakePercent = prior.uptakePercent.draw(random);
  patient.biologicalHalfLifeHours = prior.biologicalHalfLifeHours.draw(random);
  const double fatMm = prior.fatOverThyroidMeanMm > 0 ? random.gamma(1, prior.fatOverThyroidMeanMm) : 0;
  const auto count = 1 + std::min(random.poisson(prior.fociMean - 1), 6U);
  for (std::uint32_t index = 0; index < count; ++index)
    patient.foci.push_back(sampleFocus(cohort, patient.anatomy, fatMm, random));
  double total = 0;
  for (const Focus& focus : patient.foci) total += focus.share;
  for (Focus& focus : patient.foci) {
    focus.share /= total;
    settle(patient.anatomy, massFor(cohort, patient.uptakePercent * focus.share, random), focus);
  }
  if (cohort.acquisition.nuclide == "Tc-99m") coolFoci(cohort, random, patient);
}

void sampleMetastasis(const Confounder& prior, const Site& site, RandomStream& random, Patient& patient) {
  const bool present = random.uniform() < prior.frequency;
  const double uptakePercent = prior.uptakePercent.draw(random);
  Focus focus = placeFocus(site, patient.anatomy, 1, 0, random);
  focus.stretch = 1.2;
  const double massGrams = random.logNormal(0.3, 0.8);
  if (!present) return;
  settle(patient.anatomy, massGrams, focus);
  patient.metastases.push_back({focus, uptakePercent});
}

void sampleMetastases(const Cohort& cohort, RandomStream& random, Patient& patient) {
  const auto& prior = cohort.confounders;
  const bool central = random.uniform() < prior.neckNodeCentralShare;
  sampleMetastasis(prior.neckNode, central ? kCentralNode : lateralNode(patient.person.neckWidthMm), random,
                   patient);
  sampleMetastasis(prior.retropharyngealNode, kRetropharyngealNode, random, patient);
  sampleMetastasis(prior.mediastinalNode, kMediastinalNode, random, patient);
}

void shrink(double remainder, Focus& focus) {
  focus.massGrams = std::max(kLeastMassGrams, focus.massGrams * remainder);
  focus.shape = ovoid(focus.shape.centre, focus.massGrams / kTissueDensityGramsPerMl, focus.stretch);
}

}  // namespace

void keepOutside(const Cylinder& obstacle, double radiusMm, Point& centre) {
  if (centre.z + radiusMm < obstacle.topMm || centre.z - radiusMm > obstacle.bottomMm) return;
  const double apart = obstacle.semiX + radiusMm;
  const double x = centre.x - obstacle.x, y = centre.y - obstacle.y;
  const double distance = std::hypot(x, y);
  if (distance >= apart) return;
  if (distance < 1e-6) {
    centre.y = obstacle.y - apart;
    return;
  }
  centre.x = obstacle.x + x * apart / distance;
  centre.y = obstacle.y + y * apart / distance;
}

void shrinkTissue(double remainder, Patient& patient) {
  for (Focus& focus : patient.foci) shrink(remainder, focus);
  for (Metastasis& metastasis : patient.metastases) shrink(remainder, metastasis.focus);
}

void shiftLaterally(double lateralMm, Patient& patient) {
  Anatomy& anatomy = patient.anatomy;
  for (auto* solids : {&anatomy.body, &anatomy.inner})
    for (Solid& solid : *solids) shift(lateralMm, solid.shape);
  for (auto* organs : {&anatomy.bloodPool, &anatomy.shoulderTissue, &anatomy.lungs, &anatomy.parotids,
                       &anatomy.submandibulars, &anatomy.colon})
    for (Ellipsoid& organ : *organs) organ.centre.x += lateralMm;
  for (Ellipsoid* organ : {&anatomy.neckTissue, &anatomy.nose, &anatomy.mouth, &anatomy.oesophagus,
                           &anatomy.thymus, &anatomy.stomach, &anatomy.bladder, &anatomy.liver})
    organ->centre.x += lateralMm;
  for (Cylinder& vessel : anatomy.vessels) vessel.x += lateralMm;
  anatomy.trachea.x += lateralMm;
  anatomy.spine.x += lateralMm;
  anatomy.shoulderCentre.x += lateralMm;
  for (Focus& focus : patient.foci) focus.shape.centre.x += lateralMm;
  for (Metastasis& metastasis : patient.metastases) metastasis.focus.shape.centre.x += lateralMm;
}

Patient samplePatient(const Cohort& cohort, RandomStream& random) {
  Patient patient;
  patient.centre = drawCentre(cohort.centres, random);
  patient.person = samplePerson(cohort, random);
  patient.anatomy = anatomyOf(patient.person);
  sampleFoci(cohort, random, patient);
  sampleMetastases(cohort, random, patient);
  return patient;
}

}  // namespace remnant::phantom
