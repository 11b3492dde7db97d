#pragma once

#include <vector>

#include "remnant/base/csv.h"
#include "remnant/quantify/judgement.h"

/// What was judged as a table, and back.
namespace remnant::quantify {

/// One row an estimate or refusal: studyInstanceUid, focus, medium, method, quantity, truth, estimate,
/// statistical, systematic, lower, upper, bound, anteriorCounts, isolated (1 or 0), refusal; the quantity's
/// unit is in its name. Numbers read back as the same doubles, infinities too.
CsvTable rowsOf(const std::vector<Judged>& judged);

/// Throws InputError "missing-column", and "bad-row" where a row names no quantity or lacks a number.
std::vector<Judged> judgedOf(const CsvTable& rows);

}  // namespace remnant::quantify
