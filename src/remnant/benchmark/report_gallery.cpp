#include "remnant/benchmark/report_cases.h"
#include "remnant/benchmark/report_sections.h"
#include "remnant/benchmark/report_views.h"
#include "remnant/benchmark/report_words.h"
#include "remnant/chart/markup.h"

namespace remnant::benchmark {
namespace {

using chart::markup::element;
using chart::markup::emptyElement;
using chart::markup::escaped;
using chart::markup::fixed;
using chart::markup::textElement;

std::string truthText(const ScoredCase& one) {
  return one.label == 1 ? "label: residual tissue" : "label: none";
}

std::string readingText(const ScoredCase& one) {
  return one.readAsPositive() ? "read as residual tissue" : "read as none";
}

std::string thresholdText(const ScoredCase& one) {
  return "threshold " + fixed(one.threshold, 2) +
         (one.fits > 1 ? " (means of " + std::to_string(one.fits) + " fits)" : "");
}

std::string fociText(const std::vector<std::string>& foci) {
  std::string text = "Known foci: ";
  for (std::size_t index = 0; index < foci.size(); ++index) text += (index == 0 ? "" : "; ") + foci[index];
  return text;
}

std::string caption(const ScoredCase& one, const std::vector<std::string>& foci) {
  std::string lines = textElement("strong", {}, "Score " + fixed(one.score, 2)) +
                      escaped(", " + thresholdText(one)) + emptyElement("br", {});
  if (!foci.empty()) lines += escaped(fociText(foci)) + emptyElement("br", {});
  return lines + "Study " + textElement("code", {}, one.study);
}

std::string caseFigure(const ScoredCase& one, const StudyPictures& pictures,
                       const image::DisplayConfig& display) {
  const std::vector<std::string> foci = focusTexts(pictures);
  const std::string description = "Anterior and posterior view in inverse grey; " + truthText(one) + ", " +
                                  readingText(one) + ", " + "score " + fixed(one.score, 2) + ", " +
                                  thresholdText(one) +
                                  (foci.empty() ? "" : "; foci known: " + std::to_string(foci.size())) + ".";
  return element("figure", {},
                 viewPair(pictures, description, display) + element("figcaption", {}, caption(one, foci))) +
         "\n";
}

struct Gallery {
  const std::string& imageSet;
  const PictureSource& pictures;
  const image::DisplayConfig& display;

  std::string group(const std::string& heading, const std::vector<ScoredCase>& cases) const {
    std::string figures;
    for (const ScoredCase& one : cases) figures += caseFigure(one, pictures(one.study, imageSet), display);
    const std::string content = cases.empty()
                                    ? paragraph("None.")
                                    : element("div", {{"class", "cases " + imageSet}}, "\n" + figures) + "\n";
    return textElement("h4", {}, heading) + "\n" + content;
  }
};

std::string imageSetGallery(const Run& run, const std::string& imageSet, const PictureSource& pictures,
                            const ReportConfig& config) {
  const std::string contestant = shownContestant(run, imageSet);
  if (contestant.empty()) return {};
  const CaseGroups groups = chooseCases(scoredCases(run, imageSet, contestant), config.casesPerGroup);
  const Gallery gallery{imageSet, pictures, displayOf(config, imageSet)};
  return textElement("h3", {}, imageSetTitle(imageSet) + ", " + contestantTitle(run, contestant)) + "\n" +
         gallery.group("Right: read as residual tissue, label residual tissue (true positives)",
                       groups.truePositives) +
         gallery.group("Right: read as none, label none (true negatives)", groups.trueNegatives) +
         gallery.group("Wrong: read as residual tissue, label none (false positives)",
                       groups.falsePositives) +
         gallery.group("Wrong: read as none, label residual tissue (false negatives)", groups.falseNegatives);
}

std::string keyEntry(const std::string& shape, const std::string& text) {
  return element("li", {},
                 element("svg", {{"viewBox", "0 0 24 16"}, {"aria-hidden", "true"}}, shape) + escaped(text));
}

std::string keyBox(const std::string& colour, const std::string& dash) {
  return emptyElement("rect", {{"x", "2"},
                               {"y", "2"},
                               {"width", "20"},
                               {"height", "12"},
                               {"fill", "none"},
                               {"stroke", colour},
                               {"stroke-width", "1.6"},
                               {"stroke-dasharray", dash}});
}

std::string key() {
  const std::string ring = emptyElement("circle", {{"cx", "12"},
                                                   {"cy", "8"},
                                                   {"r", "6"},
                                                   {"fill", "none"},
                                                   {"stroke", regionColour("focus")},
                                                   {"stroke-width", "1.6"}});
  return element("ul", {{"class", "key"}},
                 keyEntry(keyBox(regionColour("thyroid"), "none"), "thyroid bed, found automatically") +
                     keyEntry(keyBox(regionColour("shoulder"), "5 3"),
                              "shoulder (reference), found automatically") +
                     keyEntry(keyBox(regionColour("neck"), "none"), "neck region, cut out automatically") +
                     keyEntry(ring, "focus, where the truth is known")) +
         "\n";
}

}  // namespace

std::string gallerySection(const Run& run, const PictureSource& pictures, const ReportConfig& config) {
  std::string galleries;
  for (const std::string& imageSet : imageSetsOf(run))
    galleries += imageSetGallery(run, imageSet, pictures, config);
  return section(
      "Cases",
      paragraph("The most confident readings on each image set, of the best network where one ran, at most " +
                std::to_string(config.casesPerGroup) +
                " of a kind and one a patient. Inverse grey: dark is many counts, one scale for "
                "both views of a study; the posterior view is as seen from behind. The grey is "
                "for looking, not for measuring. Where the truth is known, foci are given with their "
                "uptake, in percent of the administered activity, and their depth from the front." +
                (run.protocol.permuteLabels ? " Right and wrong are told by the permuted labels of this run."
                                            : "")) +
          key() + galleries);
}

}  // namespace remnant::benchmark
