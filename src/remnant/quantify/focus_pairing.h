#pragma once

#include <cstddef>
#include <vector>

#include "remnant/quantify/study_problem.h"

/// Which found focus is which true one.
namespace remnant::quantify {

/// For each true focus the index of the found one that stands for it: all are given, each once, and no two
/// could change places without a greater sum of squared distances. found: as many as true; at the same index
/// where nothing is nearer. Throws ProgramError where the numbers differ.
std::vector<std::size_t> pairedByPlace(const std::vector<PlaneCoordinates>& truth,
                                       const std::vector<PlaneCoordinates>& found);

}  // namespace remnant::quantify
