#pragma once

#include <string>
#include <vector>

#include "remnant/phantom/cohort.h"
#include "remnant/phantom/solid.h"

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
  double neckExponent = 2;  ///< of its superellipse
  double tracheaDiameterMm = 18;
  double tracheaFrontMm = 13.5;  ///< behind the skin of the bed
  double spineDiameterMm = 28;
  double spineGramsPerMl = 1.4;
  double spineCentreShare = 0.65;  ///< of the neck's depth, from the anterior skin
};

/// The body as solids and the organs that may show, for a supine patient. The neck is a cylinder around the
/// bed; its anterior skin there lies at y = -neckDepthMm / 2.
struct Anatomy {
  std::vector<Solid> body;   ///< soft tissue: its outline is the skin
  std::vector<Solid> inner;  ///< bone, brain, trachea, painted after all soft tissue and lungs
  double thyroidBedZMm = 0;
  Cylinder trachea, spine;
  std::vector<Ellipsoid> bloodPool;  ///< heart and great vessels
  std::vector<Cylinder> vessels;     ///< of the neck
  Ellipsoid neckTissue;              ///< soft tissue of the front of the neck
  std::vector<Ellipsoid> shoulderTissue, lungs;
  std::vector<Ellipsoid> parotids, submandibulars, colon;
  Ellipsoid nose, mouth, oesophagus, thymus, stomach, bladder, liver;
  Point shoulderCentre;  ///< of the patient's right shoulder, where the reference region lies

  /// A lung as matter.
  static Solid lungSolid(const Ellipsoid& lung);
};

/// A piece of tissue that takes up iodine.
struct Focus {
  std::string site;  ///< isthmus, upper pole, ..., lateral node, ...
  Ellipsoid shape;
  double depthMm = 0;  ///< of its centre below the anterior skin, along y
  double stretch = 1;  ///< cranio-caudal over transverse extent
  double massGrams = 0;
  double share = 1;  ///< of the bed's uptake; 0 where the nuclide is not taken up
};

/// A lymph node with tumour.
struct Metastasis {
  Focus focus;
  double uptakePercent = 0;  ///< when uptake is stated
};

struct Patient {
  std::size_t centre = 0;  ///< among the cohort's
  Person person;
  Anatomy anatomy;
  std::vector<Focus> foci;   ///< empty where nothing was left
  double uptakePercent = 0;  ///< of the whole bed when uptake is stated after the first dose
  double biologicalHalfLifeHours = 137;
  std::vector<Metastasis> metastases;
};

/// The body plan, scaled by height (along z) and by the square root of weight over height (across).
Anatomy anatomyOf(const Person& person);

/// A patient as a pure function of the cohort and the random stream.
Patient samplePatient(const Cohort& cohort, RandomStream& random);

/// Moves a ball out of a cylinder along z, straight away from its axis; a ball on the axis goes to the front.
/// Where the ball lies outside it stays.
void keepOutside(const Cylinder& obstacle, double radiusMm, Point& centre);

/// Tissue after therapies that left `remainder` of it; uptake for each gram stays as it was.
void shrinkTissue(double remainder, Patient& patient);

/// The whole patient moved to the side: pictures and maps lie as on the table.
void shiftLaterally(double lateralMm, Patient& patient);

}  // namespace remnant::phantom
