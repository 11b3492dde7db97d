#pragma once

#include <cstddef>
#include <vector>

/// One quantity, measured several times, where a part of what is uncertain is common to the measurements.
namespace remnant::quantify {

struct Measurement {
  double value = 0;
  double counting = 0;  ///< standard uncertainty of this one alone, from counting
  double own = 0;       ///< ... of this one alone, from anything else
  /// What the value moves by where each thing that is common to all moves by its standard uncertainty, with
  /// its sign; as many as with the others.
  std::vector<double> common;
};

struct WeightedMean {
  double value = 0;
  double statistical = 0;
  double systematic = 0;  ///< where the measurements scatter beyond their uncertainties with that beside it
  double chiSquared = 0;
  int degrees = 0;         ///< of freedom; 0 for one measurement
  double probability = 1;  ///< of a chi squared as large or larger where all is as stated
};

/// Mean by the variances of what is not common to all in the same amount; its uncertainty and chi squared by
/// the whole covariance. Where chi squared over its degrees is above 1, what of the scatter is unexplained is
/// added to the systematic part (as by the Particle Data Group's scale factor). Throws ProgramError where
/// there is none, or one has no uncertainty of its own.
WeightedMean weightedMean(const std::vector<Measurement>& measurements);

/// Probability that chi squared of so many degrees of freedom, 1 or more, is above x >= 0.
double chiSquaredAbove(double x, int degrees);

}  // namespace remnant::quantify
