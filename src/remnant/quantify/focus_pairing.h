#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "remnant/quantify/study_problem.h"

/// Which found focus is which true one.
namespace remnant::quantify {

/// For each true focus the index of the answer that stands for it: all are given, each once. They stand in
/// the order of their marks, but for true foci less than `sameSpotMm` apart, which marks cannot tell apart:
/// no two of those could change places without a greater sum of squared distances. found: where; an answer
/// that found nothing has no place and takes what the others leave. Throws ProgramError where the numbers
/// differ.
std::vector<std::size_t> pairedByPlace(const std::vector<PlaneCoordinates>& truth,
                                       const std::vector<std::optional<PlaneCoordinates>>& found,
                                       double sameSpotMm);

}  // namespace remnant::quantify
