#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "remnant/base/random.h"
#include "remnant/physics/nuclide.h"

/// Who is simulated, with what spread of anatomy, uptake, camera and nuisance. A cohort is a TOML file; every
/// number of it has its default here, taken from the literature where a source is named.
namespace remnant::phantom {

/// Draws outside [least, most] are set to the nearer end.
struct Normal {
  double mean, standardDeviation, least, most;
  double draw(RandomStream& random) const;
};
struct LogNormal {
  double median, sigmaLog, least, most;
  double draw(RandomStream& random) const;
};
struct Uniform {
  double least, most;
  double draw(RandomStream& random) const { return random.uniform(least, most); }
};

/// Uptake outside the thyroid bed, in percent of the administered activity when uptake is stated
/// (course.uptakeStatedAtHours), decay-corrected.
struct Confounder {
  double frequency;  ///< share of the studies that show it, 0..1
  LogNormal uptakePercent;
};

/// One hospital with one camera.
struct Centre {
  std::string name;
  std::string address;
  std::string serial;  ///< its own; 1 to 64 letters, digits, '-', '_', '.', the first of them no '.'
  std::string camera = "Siemens Symbia Intevo";  ///< name in the camera library
  std::string collimator = "Siemens HE";         ///< likewise
  std::string manufacturer;                      ///< as the objects say it; empty: the library's
  std::string model;                             ///< likewise
  double share = 1;                              ///< weight among the centres
  double posteriorGain = 1;                      ///< of the posterior head, the anterior head being 1
  double rayAngleDegrees = 0;                    ///< of the collimator's star
};

struct Cohort {
  std::string name;
  std::string description;

  /// Residual tissue: uptake of the thyroid bed at the scan, in percent of the administered activity and
  /// decay-corrected, of at least this.
  double labelThresholdPercent = 0.2;

  struct {
    double firstYear = 2017, lastYear = 2023;  ///< of the first study of a patient
    double femaleShare = 0.77;  ///< differentiated thyroid cancer is three times as common in women
    Normal ageYears{49, 15, 18, 89};
    Normal heightFemaleMm{1620, 65, 1450, 1800};
    Normal heightMaleMm{1750, 70, 1550, 1960};
    Normal bodyMassIndex{26, 4.5, 17, 42};
    Normal neckDepthMm{120, 12, 100, 160};  ///< antero-posterior, at the thyroid bed
    Normal neckWidthMm{130, 13, 105, 165};
    Uniform neckExponent{2.0, 2.4};  ///< of the superellipse around the neck; 2 is an ellipse
    Normal tracheaDiameterMm{18, 2, 13, 23};
    Uniform tracheaFrontMm{12, 15};  ///< behind the anterior skin
    Normal spineDiameterMm{28, 1.5, 24, 32};
    Uniform spineGramsPerMl{1.3, 1.5};
    Uniform spineCentreShare{0.60, 0.70};  ///< of the neck's depth, from the anterior skin
  } person;

  struct {
    double oneStudyShare = 0.30, twoStudiesShare = 0.40;  ///< the rest have three
    double startDiagnosticShare = 0.35;                   ///< the course begins with the scan before ablation
    double startFollowUpShare = 0.05;  ///< ... long after it; the rest begin with the scan after therapy
    /// When the uptakes of thyroid and confounders are stated; 24 for iodine, 0.33 for Tc-99m.
    double uptakeStatedAtHours = 24;
    Uniform diagnosticDoseMBq{74, 185};
    Uniform diagnosticHours{24, 72};
    Uniform therapyDoseMBq{1100, 3700};  ///< of I-131; other nuclides never treat
    Uniform therapyHours{44, 168};
    Uniform daysFromDiagnosticToTherapy{3, 21};
    Uniform monthsToFollowUp{6, 14};
    double successShare = 0.75;                          ///< of the ablations
    LogNormal remainderAfterSuccess{0.03, 1.0, 0, 0.3};  ///< uptake after over uptake before
    LogNormal remainderAfterFailure{0.45, 0.4, 0.1, 1.2};
  } course;

  struct {
    double noFocusShare = 0.06;  ///< of the patients, no tissue at all
    /// At 24 h, the whole thyroid bed. From "below 0.2 % in 43 % of 245 patients" and "at most 2 % in 85.4 %
    /// of 430 patients" a lognormal follows.
    LogNormal uptakePercent{0.28, 1.87, 0.005, 20};
    Normal biologicalHalfLifeHours{137, 35, 60, 400};  ///< effective half-lives of 60 to 100 h
    double fociMean = 2.2;                             ///< one and a Poisson number of further ones
    LogNormal uptakePercentPerGram{1.0, 1.3, 0.02, 60};
    Uniform massGrams{0.01, 5};
    Uniform stretch{1.0, 1.8};        ///< cranio-caudal over transverse extent
    double fatOverThyroidMeanMm = 5;  ///< exponential; added to the depth of each focus of a patient
    double placeSpread = 1;  ///< distances of foci from the middle of the bed over those of the normal gland
    /// Share of a patient's foci that take up no technetium though they take up iodine; Tc-99m only.
    Uniform technetiumColdShare{0.12, 0.35};
  } thyroid;

  struct {
    /// Activity in the whole body 48 h after administration, percent of that administered, not
    /// decay-corrected.
    LogNormal retention48hPercent{9, 0.55, 2, 40};
    double earlyHalfLifeHours = 20;  ///< effective, before 48 h
    /// Effective, after 48 h: from medians of about 9 % then to 4 % a day later, withdrawal and injected
    /// thyrotropin together (means and spreads of PMC5020787 taken as lognormal).
    double lateHalfLifeHours = 22;
    Uniform tissueFactor{0.7, 1.2};  ///< concentration over that of an even spread in the body's weight
    LogNormal bloodPoolExcess{0.6, 0.5, 0.1, 2.5};  ///< heart and great vessels, added, over the tissue's
    LogNormal neckExcess{0.5, 0.7, 0.02, 4};        ///< soft tissue of the front of the neck, added, likewise
    LogNormal vesselExcess{0.6, 0.5, 0.1, 2.5};     ///< carotid arteries and jugular veins, added, likewise
    LogNormal shoulderExcess{0.15, 0.8, 0.01, 2};   ///< joints and muscle of the shoulders, added, likewise
  } background;

  struct {
    Confounder parotid{0.90, {0.045, 0.7, 0.002, 1}};         ///< each
    Confounder submandibular{0.90, {0.07, 0.7, 0.002, 1.5}};  ///< each
    Confounder nose{0.95, {0.05, 0.6, 0.02, 0.2}};
    Confounder mouth{0.20, {0.03, 0.7, 0.01, 0.1}};
    Confounder oesophagus{0.04, {0.03, 0.7, 0.01, 0.1}};
    /// Metastases belong to the patient, not to a study, and shrink with the bed's tissue.
    Confounder neckNode{0.20, {0.08, 1.3, 0.005, 3}};
    double neckNodeCentralShare = 0.4;  ///< of the nodes: beside the trachea, inside the region of the bed
    Confounder retropharyngealNode{0.01, {0.08, 1.0, 0.005, 3}};
    Confounder mediastinalNode{0.03, {0.1, 1.2, 0.005, 3}};
    Confounder lung{0.03, {1, 0.8, 0.2, 5}};  ///< diffuse metastases, both lungs
    Confounder thymus{0.013, {0.05, 0.5, 0.02, 0.1}};
    Confounder contamination{0.02, {0.01, 1.2, 0.001, 0.05}};
    Confounder stomach{0.98, {0.6, 0.7, 0.05, 5}};
    Confounder colon{0.90, {0.8, 0.8, 0.05, 6}};
    Confounder bladder{0.98, {0.5, 0.9, 0.02, 6}};
    Confounder liver{0.95, {0.25, 0.6, 0.02, 2}};
    double biologicalHalfLifeHours = 40;  ///< of all of them, after 24 h
  } confounders;

  struct {
    std::string kind = "whole-body";                 ///< or "static"
    std::string nuclide = "I-131";                   ///< as physics/nuclide.h names it
    std::vector<std::string> windows{"photopeak"};   ///< then any of "lower", "upper", "wide"
    Uniform minutes{5, 10};                          ///< of a static picture
    double matrix = 256;                             ///< pixels a side of a static picture: 128 or 256
    bool leftLateral = false, rightLateral = false;  ///< static pictures beside anterior and posterior
    double dynamicFrames = 0;                        ///< of a dynamic series before all else
    double dynamicSeconds = 30;                      ///< of each
    bool spect = false;                              ///< 128 x 128, both heads half a circle
    double spectViews = 60;                          ///< of both heads together: 60 or 64
    Uniform spectSecondsPerView{20, 40};
    bool ctMap = false;  ///< an attenuation map as a CT series
    /// How scatter in the patient is simulated: "analytic" by local depth, or "esse", the effective source,
    /// which sees air and bone and takes longer.
    std::string scatter = "analytic";
  } acquisition;

  /// The camera and what is not known of it on the day of a study.
  struct {
    Uniform tableOpticalDepth{0.03, 0.06};  ///< of the table, on heads below it
    double sensitivitySigma = 0.02;         ///< relative, of a study: the calibration and its drift
    double headGainSigma = 0.03;            ///< relative, each head and study
    Uniform uniformityRms{0.01, 0.03};      ///< relative, smooth, each head
    Normal tailScale{1.2, 0.2, 0.8, 1.6};   ///< septal penetration over the library's, one a centre
    double deadTimeSigma = 0.1;             ///< relative, one a centre, about the library's
    double fullSpectrumFraction = 0.3;      ///< counts in the photopeak window over those of the spectrum
    Uniform anteriorGapMm{20, 60};          ///< collimator to the foremost skin
    Uniform posteriorGapMm{70, 120};        ///< collimator to the hindmost skin, the table between
    Uniform lateralGapMm{20, 50};           ///< collimator to the shoulder
    Uniform diagnosticSpeedCmPerMinute{6, 10};
    Uniform therapySpeedCmPerMinute{10, 20};
    /// Counts in the window without a patient, each head. 0.0095 was seen by a camera in 300 s over 0.2 m2.
    Uniform ambientCpsPerCm2{0.003, 0.0095};
    Uniform vertexFromTopMm{60, 260};     ///< where the patient lies in the picture of a sweep
    Normal alongShiftMm{0, 10, -30, 30};  ///< of the thyroid bed from the middle of a static picture
    Normal lateralShiftMm{0, 8, -25, 25};
    double neckDepthErrorMm = 4;  ///< standard, of the caliper
    double neckWidthErrorMm = 5;
    double mapNoise = 0.02;          ///< standard deviation of the CT map, relative to water
    double mapRegistrationMm = 1.5;  ///< standard, along each axis
  } camera;

  struct {
    double tshMissingShare = 0.15;
    double thyroglobulinMissingShare = 0.20;
  } laboratory;

  std::vector<Centre> centres;
};

/// Reads a cohort file. Throws InputError "bad-cohort" naming file, line, key and what is allowed, for a
/// value out of range, an unknown key, a wrong type or a file that is no TOML; "unreadable-file".
Cohort readCohort(const std::filesystem::path& path);
Cohort parseCohort(std::string_view toml, const std::string& fileName);

/// Finds NAME or FILE: a path that exists, else NAME.toml in $REMNANT_COHORTS, in the installed data folder
/// or in the source tree. Throws InputError "no-such-cohort" listing the names there are.
std::filesystem::path findCohort(const std::string& nameOrFile);

/// Every key that a cohort file may have, for documentation and for checking that a file is complete; those
/// of the centres are apart.
std::vector<std::string> cohortKeys();

/// The energies of a cohort's window by its name: "photopeak", "lower", "upper" and "wide" scatter windows.
/// nullopt where the nuclide has no such window.
std::optional<physics::Window> windowNamed(const std::string& name, const physics::Nuclide& nuclide);

}  // namespace remnant::phantom
