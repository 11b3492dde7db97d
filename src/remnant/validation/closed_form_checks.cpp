#include <algorithm>
#include <cmath>
#include <numbers>

#include "remnant/physics/camera.h"
#include "remnant/physics/dead_time.h"
#include "remnant/validation/validate.h"

namespace remnant::validation {
namespace {

using physics::Collimator;

constexpr const char* kGroup = "closed forms";

struct PublishedCollimator {
  const char* name;
  double cpsPerMBq;  ///< Tc-99m, the closed form worked out by hand
  double nemaFwhmMm;
};

/// With the shape factor 1, which published widths at 10 cm answer to.
double nemaWidth(Collimator collimator) {
  collimator.shapeFactor = 1;
  return collimator.fwhmMm(physics::Detector{}, 140.51, 100);
}

void addCollimators(std::vector<Check>& checks) {
  const auto& library = physics::CameraLibrary::standard();
  const auto& technetium = physics::nuclideNamed("Tc-99m");
  for (const PublishedCollimator& one : {PublishedCollimator{"Siemens LEHR", 91.1, 0},
                                         {"GE LEHR", 78.5, 7.2},
                                         {"GE MEGP", 79.2, 9.7},
                                         {"GE HEGP", 94.0, 12.1}}) {
    const Collimator& collimator = library.collimator(one.name);
    const std::string name = one.name;
    checks.push_back({kGroup, name + ", Tc-99m, through the holes (cps/MBq)",
                      collimator.geometricSensitivityCpsPerMBq(technetium, physics::Detector{}),
                      one.cpsPerMBq, 0.5, 0, "closed form of Anger 1964"});
    if (one.nemaFwhmMm > 0)
      checks.push_back(relativeCheck(kGroup, name + ", FWHM at 10 cm with k = 1 (mm)", nemaWidth(collimator),
                                     one.nemaFwhmMm, 0.08, "published NEMA widths (TOPAS-SPECT)"));
  }
}

void addDeadTime(std::vector<Check>& checks) {
  constexpr double kTau = 1e-6;
  double most = 0, worst = 0;
  double rising = 1e3;
  while (rising < 2e6) {
    most = std::max(most, physics::observedRate(rising, kTau));
    rising *= 1.001;
  }
  for (double rate : {1e3, 1e5, 5e5, 9e5})
    worst = std::max(worst, std::abs(physics::trueRate(physics::observedRate(rate, kTau), kTau) / rate - 1));
  checks.push_back(relativeCheck(kGroup, "dead time 1 us, greatest observed rate (1/s)", most,
                                 1 / (std::numbers::e * kTau), 1e-6, "1 / (e tau)"));
  checks.push_back({kGroup, "dead time there and back, relative error", worst, 0, 1e-6, 0, "identity"});
}

void addDecay(std::vector<Check>& checks) {
  const auto& technetium = physics::nuclideNamed("Tc-99m");
  constexpr int kSteps = 10000;
  constexpr double kHours = 4;
  double sum = 0;
  for (int step = 0; step < kSteps; ++step)
    sum += physics::decayFactor(technetium, (step + 0.5) * kHours / kSteps) / kSteps;
  checks.push_back(relativeCheck(kGroup, "mean of Tc-99m over 4 h of its start",
                                 physics::meanDecayDuring(technetium, kHours), sum, 1e-7,
                                 "midpoint sum of the exponential"));
}

/// Of a tail between two radii at 10 cm, all azimuths.
double tailWithin(const physics::PointResponse& response, std::size_t tail, double fromMm, double toMm) {
  constexpr int kRadii = 1200, kAngles = 180;
  double sum = 0;
  for (int ring = 0; ring < kRadii; ++ring)
    for (int step = 0; step < kAngles; ++step) {
      const double radius = fromMm + (ring + 0.5) * (toMm - fromMm) / kRadii;
      const double angle = 2 * std::numbers::pi * (step + 0.5) / kAngles;
      sum += radius * response.tailDensity(tail, radius * std::cos(angle), radius * std::sin(angle), 100);
    }
  return sum * (toMm - fromMm) / kRadii * 2 * std::numbers::pi / kAngles;
}

void addTails(std::vector<Check>& checks) {
  const auto& iodine = physics::nuclideNamed("I-131");
  const auto response = physics::CameraLibrary::standard().response("GE Infinia", "GE HEGP", iodine,
                                                                    physics::windowAround(364.49, 20));
  double whole = 1, outside = 0, asymmetry = 0;
  for (std::size_t tail = 0; tail < response.tails.size(); ++tail) {
    const double length = response.tailLengthMm(tail, 100);
    whole += response.tails[tail].fraction * (tailWithin(response, tail, 0, 20 * length) - 1);
    outside += response.tails[tail].fraction * (1 - tailWithin(response, tail, 0, 40));
    const auto at = [&](double degrees) {
      const double angle = degrees * std::numbers::pi / 180;
      return response.tailDensity(tail, 50 * std::cos(angle), 50 * std::sin(angle), 100);
    };
    for (double degrees : {3.0, 17.0, 29.0})
      asymmetry = std::max(asymmetry, std::abs(at(degrees) / at(degrees + 60) - 1));
  }
  checks.push_back({kGroup, "GE HEGP, I-131, integral of the point response", whole, 1, 1e-3, 0, "identity"});
  checks.push_back({kGroup, "... beyond 4 cm, before the scale of tails", outside, 0.20, 0.05, 0,
                    "reference Monte Carlo, 0.15 to 0.25"});
  checks.push_back(
      {kGroup, "... turned by 60 degrees, relative difference", asymmetry, 0, 1e-9, 0, "six-fold symmetry"});
  checks.push_back(relativeCheck(kGroup, "... length of the short tail at 266 mm over 100 mm",
                                 response.tailLengthMm(0, 266) / response.tailLengthMm(0, 100), 2, 1e-9,
                                 "(266 + 66) / (100 + 66)"));
}

}  // namespace

std::vector<Check> closedFormChecks() {
  std::vector<Check> checks;
  addCollimators(checks);
  addDeadTime(checks);
  addDecay(checks);
  addTails(checks);
  return checks;
}

}  // namespace remnant::validation
