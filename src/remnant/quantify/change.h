#pragma once

#include "remnant/quantify/estimate.h"

/// How a quantity of a patient changed between two studies. What both have in common (the calibration of one
/// camera, one map) cancels and is told as the part of the systematic uncertainty that is common. Intervals
/// need not be symmetric: they are made of those of the two estimates by the method of variance estimates
/// recovery. Source: Zou and Donner 2008, Stat. Med. 27:1693.
namespace remnant::quantify {

/// after / before, of activities or uptakes. commonRelative: standard uncertainty, relative, that both share;
/// no more than the smaller of their systematic ones is taken. Throws ProgramError unless both values are
/// above 0 and commonRelative is not negative.
Estimate ratioOf(const Estimate& after, const Estimate& before, double commonRelative = 0);

/// after - before, of depths. common: standard uncertainty that both share, in their unit.
Estimate differenceOf(const Estimate& after, const Estimate& before, double common = 0);

}  // namespace remnant::quantify
