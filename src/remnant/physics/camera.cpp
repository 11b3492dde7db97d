#include "remnant/physics/camera.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "remnant/base/error.h"
#include "remnant/physics/attenuation.h"
#include "remnant/physics/camera_files.h"

namespace remnant::physics {
namespace {

constexpr double kPhotopeakPercent = 20;
constexpr double kMeasuredEdgeTolerance = 0.1;  // of the window's width
constexpr double kPenetrationAllowed = 0.05;
constexpr double kHighPenetrationAllowed = 0.5;
constexpr double kHighEnergyRatio = 1.5;  // over the imaged line, beyond any tail of its peak

// Pulses of which the crystal lost a part.
constexpr double kLostPerKeV = 3e-4;
constexpr double kMostLostKeV = 60, kLeastLostKeV = 15;
constexpr double kLostSpreadMm = 4;

/// Tails are stated relative to the core, which must therefore never vanish.
constexpr double kLeastCoreFraction = 1e-9;

template <class Named>
const Named& named(const std::vector<Named>& things, const std::string& name, const char* code,
                   const char* kind) {
  const auto found =
      std::find_if(things.begin(), things.end(), [&](const Named& thing) { return thing.name == name; });
  if (found != things.end()) return *found;
  std::string known;
  for (const Named& thing : things) known += (known.empty() ? "" : ", ") + thing.name;
  throw InputError(code, fmt::format("'{}' is not a {} known here ({})", name, kind, known));
}

bool isNear(const Window& left, const Window& right) {
  const double tolerance = kMeasuredEdgeTolerance * right.widthKeV();
  return std::abs(left.lowerKeV - right.lowerKeV) <= tolerance &&
         std::abs(left.upperKeV - right.upperKeV) <= tolerance;
}

/// Transmission of the shortest way from hole to hole through a septum.
double septalPenetration(const Collimator& collimator, double keV) {
  const double pathMm =
      collimator.septumMm * collimator.lengthMm / (2 * collimator.holeMm + collimator.septumMm);
  return std::exp(-attenuationPerMm(Material::kLead, keV) * pathMm);
}

/// The most frequent line well above the imaged one; none has 0 photons.
EmissionLine highEnergyLine(const Nuclide& nuclide) {
  EmissionLine high{nuclide.photopeakKeV, 0};
  for (const EmissionLine& line : nuclide.lines)
    if (line.keV > kHighEnergyRatio * nuclide.photopeakKeV && line.perDecay > high.perDecay) high = line;
  return high;
}

void refusePenetration(const Collimator& collimator, const Nuclide& nuclide) {
  const double imaged = septalPenetration(collimator, nuclide.photopeakKeV);
  const EmissionLine high = highEnergyLine(nuclide);
  const double above = high.perDecay > 0 ? septalPenetration(collimator, high.keV) : 0;
  if (imaged <= kPenetrationAllowed && above <= kHighPenetrationAllowed) return;
  throw InputError(
      "no-response",
      fmt::format("the septa of '{}' let through {:.1f} % of {:.0f} keV and {:.1f} % of the higher "
                  "energies of {}; its counts must be measured",
                  collimator.name, 100 * imaged, nuclide.photopeakKeV, 100 * above, nuclide.name));
}

/// Tails as fractions of all counts, from their counts.
void setCounts(PointResponse& response, double coreCps, const std::vector<MeasuredTail>& tails,
               double scale) {
  double total = coreCps;
  for (const MeasuredTail& tail : tails) total += scale * tail.cpsPerMBq;
  if (!(total > 0))
    throw InputError("no-response",
                     fmt::format("nothing is counted from {} to {} keV behind '{}'", response.window.lowerKeV,
                                 response.window.upperKeV, response.collimator.name));
  coreCps = std::max(coreCps, kLeastCoreFraction * total);
  response.coreCpsPerMBq = coreCps;
  response.coreFraction = coreCps / total;
  for (const MeasuredTail& tail : tails)
    response.tails.push_back({scale * tail.cpsPerMBq / total, tail.lengthMm, tail.modulation});
}

std::vector<MeasuredTail> lostEnergy(const Nuclide& nuclide, const Window& window, double photopeakCps) {
  const double from = std::max(window.lowerKeV, nuclide.photopeakKeV - kMostLostKeV);
  const double to = std::min(window.upperKeV, nuclide.photopeakKeV - kLeastLostKeV);
  if (from >= to) return {};
  return {{photopeakCps * kLostPerKeV * (to - from), kLostSpreadMm, 0}};
}

void setClosedForm(PointResponse& response, const Nuclide& nuclide) {
  refusePenetration(response.collimator, nuclide);
  const double photopeak = response.collimator.geometricSensitivityCpsPerMBq(nuclide, response.detector);
  const double share = response.detector.windowFraction(response.window, nuclide.photopeakKeV) /
                       response.detector.windowFraction(windowAround(nuclide.photopeakKeV, kPhotopeakPercent),
                                                        nuclide.photopeakKeV);
  setCounts(response, photopeak * share, lostEnergy(nuclide, response.window, photopeak), 1);
}

double crystalGain(const Detector& detector, double keV) {
  return detector.photopeakEfficiency(keV) / Detector().photopeakEfficiency(keV);
}

void setMeasured(PointResponse& response, const MeasuredResponse& photopeak, const MeasuredResponse* window) {
  const double gain = crystalGain(response.detector, response.keV);
  if (window && window->coreCpsPerMBq)
    return setCounts(response, gain * *window->coreCpsPerMBq, window->tails, gain);
  const double share = response.detector.windowFraction(response.window, response.keV) /
                       response.detector.windowFraction(photopeak.window, response.keV);
  const MeasuredResponse& tails = window ? *window : photopeak;
  setCounts(response, gain * share * *photopeak.coreCpsPerMBq, tails.tails,
            gain * response.window.widthKeV() / tails.window.widthKeV());
}

}  // namespace

CameraLibrary::CameraLibrary(const std::filesystem::path& folder) {
  CameraFiles files = readCameraFiles(folder);
  cameras_ = std::move(files.cameras);
  collimators_ = std::move(files.collimators);
  pinholes_ = std::move(files.pinholes);
  responses_ = std::move(files.responses);
}

const CameraLibrary& CameraLibrary::standard() {
  static const CameraLibrary library(cameraFolder());
  return library;
}

const Camera& CameraLibrary::camera(const std::string& name) const {
  return named(cameras_, name, "unknown-camera", "camera");
}

const Collimator& CameraLibrary::collimator(const std::string& name) const {
  return named(collimators_, name, "unknown-collimator", "collimator");
}

const MeasuredResponse* CameraLibrary::photopeakOf(const std::string& collimator,
                                                   const std::string& nuclide) const {
  for (const MeasuredResponse& response : responses_)
    if (response.collimator == collimator && response.nuclide == nuclide && response.coreCpsPerMBq)
      return &response;
  return nullptr;
}

const MeasuredResponse* CameraLibrary::measuredIn(const std::string& collimator, const std::string& nuclide,
                                                  const Window& window) const {
  for (const MeasuredResponse& response : responses_)
    if (response.collimator == collimator && response.nuclide == nuclide && isNear(response.window, window))
      return &response;
  return nullptr;
}

PointResponse CameraLibrary::response(const std::string& camera, const std::string& collimator,
                                      const Nuclide& nuclide, const Window& window) const {
  PointResponse response;
  response.window = window;
  response.keV = nuclide.photopeakKeV;
  response.collimator = this->collimator(collimator);
  response.detector = this->camera(camera).detector;
  if (const MeasuredResponse* photopeak = photopeakOf(collimator, nuclide.name))
    setMeasured(response, *photopeak, measuredIn(collimator, nuclide.name, window));
  else
    setClosedForm(response, nuclide);
  return response;
}

}  // namespace remnant::physics
