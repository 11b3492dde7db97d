#pragma once

#include <string>
#include <vector>

#include "remnant/phantom/cohort.h"
#include "remnant/phantom/ellipsoid.h"

/// A simulated patient: body, places of the organs, and what the surgeon left of the thyroid.
namespace remnant::phantom {

enum class Sex { kFemale, kMale };

struct Person {
  Sex sex = Sex::kFemale;
  double ageYears = 50;  ///< at the first study
  double heightMm = 1700;
  double weightKg = 70;
  double neckDepthMm = 120;  ///< antero-posterior, at the thyroid bed
  double neckWidthMm = 130;
};

/// The body as a union of ellipsoids and the organs that may show, for a supine patient.
struct Anatomy {
  std::vector<Ellipsoid> body;
  double thyroidBedZMm = 0;
  std::vector<Ellipsoid> bloodPool;  ///< heart and great vessels
  Ellipsoid neckTissue;              ///< soft tissue of the front of the neck
  std::vector<Ellipsoid> shoulderTissue;
  std::vector<Ellipsoid> parotids, submandibulars, colon;
  Ellipsoid nose, mouth, oesophagus, thymus, stomach, bladder, liver;
  Point shoulderCentre;  ///< of the patient's right shoulder, where the reference region lies
};

/// A piece of thyroid tissue in the bed.
struct Focus {
  std::string site;  ///< isthmus, pyramidal lobe, upper pole, lateral lobe, Berry's ligament
  Ellipsoid shape;
  double depthMm = 0;  ///< of its centre below the anterior skin, along y
  double stretch = 1;  ///< cranio-caudal over transverse extent
  double massGrams = 0;
  double share = 1;  ///< of the bed's uptake
};

struct Patient {
  std::size_t centre = 0;  ///< among the cohort's
  Person person;
  Anatomy anatomy;
  std::vector<Focus> foci;   ///< empty where nothing was left
  double uptakePercent = 0;  ///< of the whole bed 24 h after the first dose
  double biologicalHalfLifeHours = 137;
};

/// The body plan, scaled by height (along z) and by the square root of weight over height (across).
Anatomy anatomyOf(const Person& person);

/// A patient as a pure function of the cohort and the random stream.
Patient samplePatient(const Cohort& cohort, RandomStream& random);

/// Tissue after therapies that left `remainder` of it; uptake for each gram stays as it was.
void shrinkTissue(double remainder, Patient& patient);

}  // namespace remnant::phantom
