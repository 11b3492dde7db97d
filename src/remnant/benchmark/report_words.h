#pragma once

#include <string>
#include <vector>

#include "remnant/benchmark/run_folder.h"

/// The report in words: names for readers, figures as text, and the result in plain sentences. Nothing here
/// is escaped for HTML.
namespace remnant::benchmark {

std::string imageSetTitle(const std::string& imageSet);  ///< "Full Body"; unknown ones as they are
std::string figureTitle(const std::string& figure);      ///< "AUC", "Sensitivity", "F1"

/// "Neck/shoulder ratio" by the kind of the contestant, with its name behind where the run has several of the
/// kind; its name where the kind has no title here.
std::string contestantTitle(const Run& run, const std::string& contestant);
/// The same within a sentence: "the neck/shoulder ratio".
std::string contestantWords(const Run& run, const std::string& contestant);

/// Does it learn from images, rather than from a measured ratio?
bool isNetwork(const Run& run, const std::string& contestant);

/// Image sets and contestants that have figures, in the order of the run.
std::vector<std::string> imageSetsOf(const Run& run);
std::vector<std::string> contestantsOf(const Run& run, const std::string& imageSet);

/// The row of figures.csv; one without value where there is none.
FigureRow figureOf(const Run& run, const std::string& imageSet, const std::string& contestant,
                   const std::string& figure);

/// "0.83 (0.75 to 0.90)", or "not defined".
std::string intervalText(const FigureRow& figure);
/// Both have intervals and these share a value.
bool overlap(const FigureRow& first, const FigureRow& second);

/// The contestant of the greatest area under the curve; empty where none is defined.
std::string bestContestant(const Run& run, const std::string& imageSet);

/// What came out, a paragraph an image set, the neck first, and one about what the crop brings.
std::vector<std::string> resultParagraphs(const Run& run);
/// What that means for readers who do not read ROC curves, and what it does not mean.
std::vector<std::string> meaningSentences(const Run& run);

}  // namespace remnant::benchmark
