#pragma once

#include <string>
#include <vector>

#include "remnant/physics/nuclide.h"
#include "remnant/quantify/estimate.h"
#include "remnant/quantify/weighted_mean.h"

/// What a calibration comes to, value by value, and how several measurements of one thing become one.
namespace remnant::quantify {

enum class CalibrationQuantity { kDeadTime, kHeadGain, kSensitivity, kResolutionAcross, kResolutionAlong };
std::string calibrationQuantityText(CalibrationQuantity quantity);  ///< "head gain", "resolution across"
std::string calibrationUnitText(CalibrationQuantity quantity);      ///< "s", "", "/s/MBq", "mm"

/// A value with where it is from.
struct CalibrationResult {
  CalibrationQuantity quantity = CalibrationQuantity::kSensitivity;
  int head = 0;  ///< 0: of all
  std::string nuclide;
  physics::Window window;
  std::vector<std::string> acquisitions;  ///< names of entries of the sources file
  Result result;
  int degrees = 0;  ///< of freedom of the chi squared where measurements were joined; 0 elsewhere
  double chiSquared = 0;
  double probability = 1;
  bool used = false;  ///< for the calibration
};

/// A result with what a mean with others needs: for sensitivities and gains in their logarithms.
struct MeasuredResult {
  CalibrationResult shown;
  Measurement measurement;  ///< where it is not refused
};

/// Edges within half a keV.
bool sameWindow(const physics::Window& left, const physics::Window& right);
bool holdsPhotopeak(const physics::Window& window, const physics::Nuclide& nuclide);

/// With the 95 % interval of a Gaussian.
Estimate estimated(double value, double statistical, double systematic, std::string method,
                   std::vector<std::string> inputs);

/// The mean of measurements of one thing, none refused; the one itself where it is alone.
CalibrationResult joined(const std::vector<MeasuredResult>& alike);

/// "sensitivity of head 1, 328-401 keV: dish and point disagree ..." where the probability is below a
/// hundredth; else empty.
std::string disagreementOf(const CalibrationResult& result);

}  // namespace remnant::quantify
