#include "remnant/benchmark/report_sections.h"

#include <array>

#include "remnant/benchmark/report_roc.h"
#include "remnant/benchmark/report_words.h"
#include "remnant/chart/chart.h"
#include "remnant/chart/markup.h"

namespace remnant::benchmark {
namespace {

using chart::markup::element;
using chart::markup::fixed;
using chart::markup::textElement;

constexpr std::array<const char*, 5> kFigures{"auc", "sensitivity", "specificity", "f1", "accuracy"};

std::string headerCell(const std::string& text, const std::string& scope) {
  return textElement("th", {{"scope", scope}}, text);
}

std::string figureCell(const FigureRow& figure) {
  if (!figure.value) return textElement("td", {}, "not defined");
  std::string content = fixed(*figure.value, 3);
  if (figure.lower && figure.upper)
    content += textElement("span", {{"class", "interval"}},
                           " " + fixed(*figure.lower, 3) + " to " + fixed(*figure.upper, 3));
  return element("td", {}, content);
}

std::string figuresRow(const Run& run, const std::string& imageSet, const std::string& contestant) {
  std::string cells =
      headerCell(imageSetTitle(imageSet), "row") + headerCell(contestantTitle(run, contestant), "row");
  for (const char* figure : kFigures) cells += figureCell(figureOf(run, imageSet, contestant, figure));
  return element("tr", {}, cells) + "\n";
}

std::string figuresTable(const Run& run) {
  std::string headings = headerCell("Image set", "col") + headerCell("Contestant", "col");
  for (const char* figure : kFigures) headings += headerCell(figureTitle(figure), "col");
  std::string rows;
  for (const std::string& imageSet : imageSetsOf(run))
    for (const std::string& contestant : contestantsOf(run, imageSet))
      rows += figuresRow(run, imageSet, contestant);
  return scrollingTable("Figures of merit", element("table", {{"class", "figures"}},
                                                    element("thead", {}, element("tr", {}, headings)) + "\n" +
                                                        element("tbody", {}, "\n" + rows)));
}

std::string rocFigure(const Run& run, const std::string& imageSet) {
  std::vector<chart::RocSeries> series;
  std::string inWords = "ROC curves on " + imageSetTitle(imageSet) + ".";
  for (const std::string& contestant : contestantsOf(run, imageSet)) {
    series.push_back(rocSeries(run, imageSet, contestant));
    inWords += " " + series.back().legend + ".";
  }
  return element("figure", {},
                 textElement("h3", {}, imageSetTitle(imageSet)) + chart::rocChart(inWords, series)) +
         "\n";
}

std::string areasFigure(const Run& run) {
  std::vector<chart::IntervalRow> rows;
  std::string inWords = "Areas under the ROC curve with 95 % intervals.";
  for (const std::string& imageSet : imageSetsOf(run)) {
    std::size_t series = 0;
    for (const std::string& contestant : contestantsOf(run, imageSet)) {
      const FigureRow area = figureOf(run, imageSet, contestant, "auc");
      rows.push_back({.group = imageSetTitle(imageSet),
                      .label = contestantTitle(run, contestant),
                      .series = series++,
                      .value = area.value,
                      .lower = area.lower,
                      .upper = area.upper});
      inWords += " " + rows.back().group + ", " + rows.back().label + ": " + intervalText(area) + ".";
    }
  }
  return element("figure", {}, chart::intervalChart(inWords, rows)) + "\n";
}

std::string countCell(std::size_t count, bool right) {
  chart::markup::Attributes attributes;
  if (right) attributes.emplace_back("class", "right");
  return textElement("td", attributes, std::to_string(count));
}

std::string confusionTable(const Run& run, const std::string& imageSet, const std::string& contestant) {
  const measure::Confusion sum = summedConfusion(fitsOf(run, imageSet, contestant));
  const std::string caption = imageSetTitle(imageSet) + ", " + contestantTitle(run, contestant);
  const std::string headings =
      headerCell("Truth", "col") + headerCell("read as residual", "col") + headerCell("read as none", "col");
  const std::string positive = headerCell("residual tissue", "row") + countCell(sum.truePositives, true) +
                               countCell(sum.falseNegatives, false);
  const std::string negative =
      headerCell("none", "row") + countCell(sum.falsePositives, false) + countCell(sum.trueNegatives, true);
  return scrollingTable(
             "Confusion matrix: " + caption,
             element("table", {{"class", "counts"}},
                     textElement("caption", {}, caption) + element("thead", {}, element("tr", {}, headings)) +
                         element("tbody", {}, element("tr", {}, positive) + element("tr", {}, negative)))) +
         "\n";
}

}  // namespace

std::string section(const std::string& heading, const std::string& content) {
  return element("section", {}, "\n" + textElement("h2", {}, heading) + "\n" + content) + "\n";
}

std::string paragraph(const std::string& text) {
  return textElement("p", {}, text) + "\n";
}

std::string scrollingTable(const std::string& label, const std::string& rows) {
  return element("div", {{"class", "scroll"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", label}},
                 rows) +
         "\n";
}

std::string resultSection(const Run& run) {
  std::string text, meaning;
  for (const std::string& result : resultParagraphs(run))
    text += textElement("p", {{"class", "lead"}}, result) + "\n";
  for (const std::string& sentence : meaningSentences(run))
    meaning += (meaning.empty() ? "" : " ") + sentence;
  return section("The result", element("div", {{"class", "result"}},
                                       "\n" + element("div", {}, "\n" + text + paragraph(meaning)) + "\n" +
                                           areasFigure(run)) +
                                   "\n");
}

std::string figuresSection(const Run& run) {
  const std::string resamples = std::to_string(run.protocol.bootstrapResamples);
  return section(
      "Figures with 95 % intervals",
      figuresTable(run) +
          textElement(
              "p", {{"class", "note"}},
              "Each figure is the mean over the fits, each judged on patients that it did not see. "
              "Intervals are the 2.5th and 97.5th percentiles of " +
                  resamples +
                  " bootstrap resamples of the test patients: whole patients are drawn, each with all "
                  "its studies; the fits are not repeated. The threshold that makes a score a reading "
                  "was chosen on the training patients of each fit (largest sensitivity + specificity − 1), "
                  "never on "
                  "those it is judged by; AUC (the area under the ROC curve) needs none. AUC: 0.5 is "
                  "chance, 1 is perfect. F1 and accuracy depend on how common residual tissue is in "
                  "the dataset.") +
          "\n");
}

std::string curvesSection(const Run& run) {
  std::string charts;
  for (const std::string& imageSet : imageSetsOf(run)) charts += rocFigure(run, imageSet);
  return section("ROC curves", element("div", {{"class", "charts"}}, "\n" + charts) + "\n" +
                                   textElement("p", {{"class", "note"}},
                                               "Thick: mean over the fits at equal specificity; thin: each "
                                               "fit. A marker on a square shows the mean sensitivity and "
                                               "specificity at the thresholds chosen on training patients; "
                                               "dotted diagonal: chance.") +
                                   "\n");
}

std::string confusionSection(const Run& run) {
  std::string tables;
  for (const std::string& imageSet : imageSetsOf(run))
    for (const std::string& contestant : contestantsOf(run, imageSet))
      tables += confusionTable(run, imageSet, contestant);
  const std::size_t times = static_cast<std::size_t>(run.protocol.repeats) * run.protocol.seeds.size();
  return section("Right and wrong readings",
                 paragraph("Studies of all test folds, each read at the threshold of its own fit. " +
                           (times == 1 ? std::string("Each study counts once.")
                                       : "Each study counts once for every repeat and seed of a contestant "
                                         "(up to " +
                                             std::to_string(times) + " times).")) +
                     element("div", {{"class", "matrices"}}, "\n" + tables) + "\n");
}

}  // namespace remnant::benchmark
