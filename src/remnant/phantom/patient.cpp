#include "remnant/phantom/patient.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "remnant/base/error.h"
#include "remnant/phantom/projector.h"

namespace remnant::phantom {
namespace {

/// Where foci lie. Frequencies: SPECT/CT after ablation, any focus (Laryngoscope 2015, PMID 25891354); depths
/// below the skin from ultrasound of the normal gland (Kurita 1990).
struct Site {
  const char* name;
  double weight;
  double lateralMm, lateralSpreadMm;  ///< from the midline, either side
  double alongMm, alongSpreadMm;      ///< from the middle of the bed towards the feet
  double depthMm, depthSpreadMm;
};

constexpr std::array<Site, 5> kSites{{
    {"isthmus", 0.54, 0, 5, 6, 4, 8, 3},
    {"pyramidal lobe", 0.46, 0, 5, -18, 6, 9, 4},
    {"upper pole", 0.79, 19, 4, -16, 5, 17, 5},
    {"lateral lobe", 0.67, 19, 4, 2, 7, 17, 5},
    {"Berry's ligament", 0.87, 12, 3, -4, 6, 22, 6},
}};

constexpr double kTissueDensityGramsPerMl = 1.05;
constexpr double kLeastMassGrams = 0.001;  // a ball of 1.2 mm across, a point to any camera
constexpr double kLeastDepthMm = 4;
constexpr double kMostDepthMm = 60;

const Site& drawSite(RandomStream& random) {
  double total = 0;
  for (const Site& site : kSites) total += site.weight;
  double left = random.uniform() * total;
  for (const Site& site : kSites)
    if ((left -= site.weight) < 0) return site;
  return kSites.back();
}

Person samplePerson(const Cohort& cohort, RandomStream& random) {
  const auto& prior = cohort.person;
  Person person;
  person.sex = random.uniform() < prior.femaleShare ? Sex::kFemale : Sex::kMale;
  person.ageYears = prior.ageYears.draw(random);
  person.heightMm = (person.sex == Sex::kFemale ? prior.heightFemaleMm : prior.heightMaleMm).draw(random);
  person.weightKg = prior.bodyMassIndex.draw(random) * person.heightMm * person.heightMm / 1e6;
  person.neckDepthMm = prior.neckDepthMm.draw(random);
  person.neckWidthMm = prior.neckWidthMm.draw(random);
  return person;
}

std::size_t drawCentre(const std::vector<Centre>& centres, RandomStream& random) {
  double total = 0;
  for (const Centre& centre : centres) total += centre.share;
  double left = random.uniform() * total;
  for (std::size_t index = 0; index < centres.size(); ++index)
    if ((left -= centres[index].share) < 0) return index;
  return centres.size() - 1;
}

Focus sampleFocus(const Cohort& cohort, const Anatomy& anatomy, double fatMm, RandomStream& random) {
  const Site& site = drawSite(random);
  const double side = random.uniform() < 0.5 ? -1 : 1;
  Focus focus;
  focus.site = site.name;
  focus.depthMm =
      std::clamp(random.normal(site.depthMm, site.depthSpreadMm) + fatMm, kLeastDepthMm, kMostDepthMm);
  const double x = std::clamp(side * random.normal(site.lateralMm, site.lateralSpreadMm), -28.0, 28.0);
  const double along = std::clamp(random.normal(site.alongMm, site.alongSpreadMm), -32.0, 32.0);
  const double z = anatomy.thyroidBedZMm + along;
  const auto skin = skinAt(anatomy.body, x, z);
  if (!skin) throw ProgramError("a focus of the phantom lies beside the neck");
  focus.shape.centre = {x, skin->front + focus.depthMm, z};
  focus.share = -std::log1p(-random.uniform());  // exponential; shares of a Dirichlet(1) once they sum to 1
  focus.stretch = cohort.thyroid.stretch.draw(random);
  return focus;
}

/// Uptake sets the mass: tissue takes up so much for each gram.
void setMass(const Cohort& cohort, double uptakePercent, RandomStream& random, Focus& focus) {
  const double perGram = cohort.thyroid.uptakePercentPerGram.draw(random);
  const auto& limits = cohort.thyroid.massGrams;
  focus.massGrams = std::clamp(uptakePercent * focus.share / perGram, limits.least, limits.most);
  focus.shape = ovoid(focus.shape.centre, focus.massGrams / kTissueDensityGramsPerMl, focus.stretch);
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
    setMass(cohort, patient.uptakePercent, random, focus);
  }
}

}  // namespace

void shrinkTissue(double remainder, Patient& patient) {
  for (Focus& focus : patient.foci) {
    focus.massGrams = std::max(kLeastMassGrams, focus.massGrams * remainder);
    focus.shape = ovoid(focus.shape.centre, focus.massGrams / kTissueDensityGramsPerMl, focus.stretch);
  }
}

Patient samplePatient(const Cohort& cohort, RandomStream& random) {
  Patient patient;
  patient.centre = drawCentre(cohort.centres, random);
  patient.person = samplePerson(cohort, random);
  patient.anatomy = anatomyOf(patient.person);
  sampleFoci(cohort, random, patient);
  return patient;
}

}  // namespace remnant::phantom
