#include "remnant/benchmark/report_words.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "remnant/chart/markup.h"

namespace remnant::benchmark {
namespace {

using chart::markup::fixed;

constexpr const char* kRatioKind = "neck-shoulder-ratio";

std::string kindOf(const Run& run, const std::string& contestant) {
  for (const ContestantRecord& record : run.contestants)
    if (record.name == contestant) return record.kind;
  return {};
}

std::string kindTitle(const std::string& kind) {
  if (kind == kRatioKind) return "Neck/shoulder ratio";
  if (kind == "resnet18") return "ResNet-18";
  return {};
}

bool isAloneOfItsKind(const Run& run, const std::string& contestant) {
  const std::string kind = kindOf(run, contestant);
  return std::count_if(run.contestants.begin(), run.contestants.end(),
                       [&](const ContestantRecord& record) { return record.kind == kind; }) == 1;
}

void addOnce(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

FigureRow areaOf(const Run& run, const std::string& imageSet, const std::string& contestant) {
  return figureOf(run, imageSet, contestant, "auc");
}

bool hasInterval(const FigureRow& figure) {
  return figure.lower && figure.upper;
}

std::string againstOther(const Run& run, const FigureRow& best, const FigureRow& other) {
  std::string name = contestantWords(run, other.contestant);
  if (!other.value) return " No area is defined for " + name + ".";
  name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
  const std::string reached = " " + name + " reached " + intervalText(other);
  if (!hasInterval(best) || !hasInterval(other)) return reached + ".";
  return reached + (overlap(best, other) ? "; the intervals overlap, so this run does not rank the two."
                                         : "; the intervals do not overlap.");
}

std::string resultOn(const Run& run, const std::string& imageSet) {
  const std::string best = bestContestant(run, imageSet);
  if (best.empty()) return "On " + imageSetTitle(imageSet) + " no area under the ROC curve is defined.";
  const FigureRow figure = areaOf(run, imageSet, best);
  const std::vector<std::string> contestants = contestantsOf(run, imageSet);
  std::string text = "On " + imageSetTitle(imageSet) + ", " + contestantWords(run, best) +
                     (contestants.size() > 1 ? " has the largest area under the ROC curve (AUC), "
                                             : " has an area under the ROC curve (AUC) of ") +
                     fixed(*figure.value, 2);
  if (hasInterval(figure))
    text += " (95 % interval " + fixed(*figure.lower, 2) + " to " + fixed(*figure.upper, 2) + ")";
  text += ".";
  for (const std::string& contestant : contestants)
    if (contestant != best) text += againstOther(run, figure, areaOf(run, imageSet, contestant));
  return text;
}

/// What the crop to the neck brings a network, which sees the whole image; the ratio looks at the neck
/// anyway.
std::string acrossImageSets(const Run& run, const std::string& contestant) {
  const FigureRow body = areaOf(run, "full-body", contestant);
  const FigureRow neck = areaOf(run, "neck-region", contestant);
  if (!body.value || !neck.value || !isNetwork(run, contestant)) return {};
  const std::string text = "For " + contestantWords(run, contestant) + ", the crop to the neck gives " +
                           (*neck.value > *body.value ? "a larger" : "no larger") +
                           " area than the whole body (" + fixed(*neck.value, 2) + " against " +
                           fixed(*body.value, 2) + ")";
  if (!hasInterval(body) || !hasInterval(neck)) return text + ".";
  return text + (overlap(body, neck) ? "; the intervals overlap." : "; the intervals do not overlap.");
}

/// The scores of one contestant on one image set, in the order of the table.
std::vector<double> scoresOn(const Run& run, const std::string& imageSet, const std::string& contestant) {
  std::vector<double> scores;
  for (const ScoreRow& row : run.scores)
    if (row.imageSet == imageSet && row.contestant == contestant) scores.push_back(row.score);
  return scores;
}

std::string sameMeasurementSentence(const Run& run, const std::string& contestant) {
  const std::vector<double> body = scoresOn(run, "full-body", contestant);
  if (isNetwork(run, contestant) || body.empty() || body != scoresOn(run, "neck-region", contestant))
    return {};
  std::string words = contestantWords(run, contestant);
  words[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(words[0])));
  return words + " is the same measurement on both image sets, of the same pixels; its rows are equal.";
}

std::string permutedSentence() {
  return "This run is a check: the labels were permuted among patients, so nothing can be learned. Areas "
         "near "
         "0.5, with intervals that hold 0.5, are what an honest protocol gives.";
}

/// The largest area of all image sets.
FigureRow largestArea(const Run& run) {
  FigureRow largest;
  for (const FigureRow& row : run.figures)
    if (row.figure == "auc" && row.value && (!largest.value || *row.value > *largest.value)) largest = row;
  return largest;
}

std::string chanceSentence(const Run& run) {
  std::vector<std::string> names;
  for (const FigureRow& row : run.figures)
    if (row.figure == "auc" && hasInterval(row) && *row.lower <= 0.5 && *row.upper >= 0.5)
      names.push_back(contestantWords(run, row.contestant) + " on " + imageSetTitle(row.imageSet));
  if (names.empty()) return {};
  std::string list = names.front();
  for (std::size_t index = 1; index < names.size(); ++index)
    list += (index + 1 == names.size() ? " and " : ", ") + names[index];
  return "The interval holds 0.5, which is chance, for " + list + ".";
}

}  // namespace

std::string imageSetTitle(const std::string& imageSet) {
  if (imageSet == "full-body") return "Full Body";
  if (imageSet == "neck-region") return "Neck Region";
  return imageSet;
}

std::string contestantTitle(const Run& run, const std::string& contestant) {
  const std::string title = kindTitle(kindOf(run, contestant));
  if (title.empty()) return contestant;
  return isAloneOfItsKind(run, contestant) ? title : title + " (" + contestant + ")";
}

std::string contestantWords(const Run& run, const std::string& contestant) {
  const std::string title = contestantTitle(run, contestant);
  return kindOf(run, contestant) == kRatioKind ? "the n" + title.substr(1) : title;
}

bool isNetwork(const Run& run, const std::string& contestant) {
  const std::string kind = kindOf(run, contestant);
  return !kind.empty() && kind != kRatioKind;
}

std::string figureTitle(const std::string& figure) {
  if (figure == "auc") return "AUC";
  if (figure.empty()) return figure;
  return static_cast<char>(std::toupper(static_cast<unsigned char>(figure[0]))) + figure.substr(1);
}

std::vector<std::string> imageSetsOf(const Run& run) {
  std::vector<std::string> names;
  for (const std::string& imageSet : run.protocol.imageSets)
    for (const FigureRow& row : run.figures)
      if (row.imageSet == imageSet) addOnce(names, imageSet);
  for (const FigureRow& row : run.figures) addOnce(names, row.imageSet);
  return names;
}

std::vector<std::string> contestantsOf(const Run& run, const std::string& imageSet) {
  std::vector<std::string> names;
  for (const ContestantRecord& contestant : run.contestants)
    for (const FigureRow& row : run.figures)
      if (row.imageSet == imageSet && row.contestant == contestant.name) addOnce(names, row.contestant);
  for (const FigureRow& row : run.figures)
    if (row.imageSet == imageSet) addOnce(names, row.contestant);
  return names;
}

FigureRow figureOf(const Run& run, const std::string& imageSet, const std::string& contestant,
                   const std::string& figure) {
  for (const FigureRow& row : run.figures)
    if (row.imageSet == imageSet && row.contestant == contestant && row.figure == figure) return row;
  return {.imageSet = imageSet,
          .contestant = contestant,
          .figure = figure,
          .value = {},
          .lower = {},
          .upper = {}};
}

std::string intervalText(const FigureRow& figure) {
  if (!figure.value) return "not defined";
  if (!figure.lower || !figure.upper) return fixed(*figure.value, 2) + " (no interval)";
  return fixed(*figure.value, 2) + " (" + fixed(*figure.lower, 2) + " to " + fixed(*figure.upper, 2) + ")";
}

bool overlap(const FigureRow& first, const FigureRow& second) {
  return first.lower && first.upper && second.lower && second.upper && *first.lower <= *second.upper &&
         *second.lower <= *first.upper;
}

std::string bestContestant(const Run& run, const std::string& imageSet) {
  FigureRow best;
  for (const std::string& contestant : contestantsOf(run, imageSet)) {
    const FigureRow row = areaOf(run, imageSet, contestant);
    if (row.value && (!best.value || *row.value > *best.value)) best = row;
  }
  return best.contestant;
}

std::vector<std::string> resultParagraphs(const Run& run) {
  std::vector<std::string> paragraphs;
  if (run.protocol.permuteLabels) paragraphs.push_back(permutedSentence());
  std::vector<std::string> imageSets = imageSetsOf(run);
  std::stable_partition(imageSets.begin(), imageSets.end(),
                        [](const std::string& imageSet) { return imageSet == "neck-region"; });
  for (const std::string& imageSet : imageSets) paragraphs.push_back(resultOn(run, imageSet));
  for (const ContestantRecord& contestant : run.contestants)
    if (const std::string text = acrossImageSets(run, contestant.name); !text.empty())
      paragraphs.push_back(text);
  return paragraphs;
}

std::vector<std::string> meaningSentences(const Run& run) {
  std::vector<std::string> sentences;
  if (const FigureRow largest = largestArea(run); largest.value)
    sentences.push_back(
        "An area of " + fixed(*largest.value, 2) +
        " means: of a study with residual thyroid tissue and one without, drawn at random from studies that "
        "the model was not fitted to, the one with tissue gets the higher score in about " +
        fixed(std::round(*largest.value * 100), 0) + " of 100 draws; 50 would be chance.");
  if (const std::string chance = chanceSentence(run); !chance.empty()) sentences.push_back(chance);
  for (const ContestantRecord& contestant : run.contestants)
    if (const std::string same = sameMeasurementSentence(run, contestant.name); !same.empty())
      sentences.push_back(same);
  sentences.push_back(
      "Overlap of intervals is a cautious reading and no test of a difference: the contestants were judged "
      "on "
      "the same patients.");
  sentences.push_back(
      run.dataset.simulated
          ? "The patients are simulated: the figures show that the software and its protocol "
            "work, a proof of concept, and say nothing about how well any of this reads scans "
            "of real patients."
          : "The figures hold for this archive and its labels; scans of other centres, "
            "cameras and protocols are read less well as a rule.");
  return sentences;
}

}  // namespace remnant::benchmark
