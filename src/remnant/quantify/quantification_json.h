#pragma once

#include <string>

#include "remnant/quantify/cohort_judgement.h"
#include "remnant/quantify/study_answer.h"

/// What `remnant quantify --json` prints. Quantities that do not exist are null.
///
/// A result is either
///   {value, standardUncertainty, statistical, systematic, interval95: [lower, upper], method, inputs: [...]}
/// with the unit in the name of its key, or {refused: code, reason: sentence}, with upperLimit where the 95 %
/// interval ends of an activity or uptake that is not seen.
namespace remnant::quantify {

/// {studies: [...], changes: [...]}
///
/// A study: studyInstanceUid; refused and reason, where it has no answer; inputs; warnings; search, where the
/// program looked for the foci; neckShoulderRatio, where the table has its boxes; foci.
///   search: areaMm {leastX, mostX, leastZ, mostZ} in patient space; falseFociPerStudy as asked for;
///     threshold of the deviate; found, a number; detectionLimit {depthMm, netCounts, activityMBq,
///     uptakePercent} at one known place in the middle (Currie 1968), or a refusal.
///   neckShoulderRatio: meanRatio, sumRatio: {ratio, standardUncertainty, logarithm,
///     logarithmStandardUncertainty}; backgroundCorrectedMeanRatio {ratio, standardUncertainty}, a refusal,
///     or null without a background box; thyroidCounts; shoulderCounts.
///   A focus: focus, its number; column and row in the anterior view; anteriorCounts as fitted; significance,
///     the deviate of a focus that the program found; methods: by name {depthMm, activityMBq,
///     uptakePercent}, each a result, those quantities left out that the method is not for.
///
/// A change: earlierStudyInstanceUid, laterStudyInstanceUid; foci: [{focusBefore, focusAfter, method,
/// uptakeRatio: a result, after over before}]; onlyBefore, onlyAfter: numbers of foci without a partner.
std::string jsonOf(const Quantification& quantification);

/// {studies, foci: numbers; errors: what they are relative to; strata: [{quantity, method, medium,
/// anteriorCounts: the class; foci, answered; refusals: numbers by code; bias, standardDeviation,
/// limitsOfAgreement, rootMeanSquare, coverage, medianIntervalWidth, rootMeanBound, errorOverBound,
/// errorOverBoundInUnit, widthOverBoundWidth}]}
std::string jsonOf(const CohortJudgement& judgement);

}  // namespace remnant::quantify
