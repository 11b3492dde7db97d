#include "remnant/benchmark/report_sections.h"
#include "remnant/benchmark/report_words.h"
#include "remnant/chart/markup.h"

namespace remnant::benchmark {
namespace {

using chart::markup::element;
using chart::markup::escaped;
using chart::markup::textElement;

std::string fact(const std::string& name, const std::string& value) {
  return element("tr", {}, textElement("th", {{"scope", "row"}}, name) + textElement("td", {}, value)) + "\n";
}

std::string seedsText(const std::vector<std::uint64_t>& seeds) {
  std::string text;
  for (const std::uint64_t seed : seeds) text += (text.empty() ? "" : ", ") + std::to_string(seed);
  return text;
}

std::string settingsText(const ContestantRecord& contestant) {
  std::string text;
  for (const auto& [name, value] : contestant.settings)
    text += (text.empty() ? "" : ", ") + name + " " + value;
  return text;
}

std::string protocolText(const Run& run) {
  const ProtocolRecord& protocol = run.protocol;
  return protocol.name + " (" + protocol.kind + "): " + std::to_string(protocol.folds) + " folds, " +
         std::to_string(protocol.repeats) + (protocol.repeats == 1 ? " repeat" : " repeats") +
         ", split by patient" + (protocol.permuteLabels ? ", labels permuted" : "");
}

std::string secondsText(const Run& run, const std::string& contestant) {
  double seconds = 0;
  std::size_t fits = 0;
  for (const CellRow& cell : run.cells)
    if (cell.contestant == contestant) {
      seconds += cell.seconds;
      ++fits;
    }
  return std::to_string(fits) + " fits, " + chart::markup::fixed(seconds, 1) + " s in all";
}

std::string labelMeaning(bool simulated) {
  if (!simulated) return "as the table of labels says: label 1 where the study has it, 0 where not";
  return "label 1: thyroid-bed uptake of at least 0.2 % of the administered activity, as the simulated "
         "cohort says; fainter foci occur among the negatives";
}

std::string datasetFacts(const Run& run) {
  const DatasetRecord& dataset = run.dataset;
  return fact("Dataset",
              dataset.name + ", version " + dataset.version + (dataset.simulated ? " (simulated)" : "")) +
         fact("Content (SHA-256)", dataset.contentHash) + fact("Patients", std::to_string(dataset.patients)) +
         fact("Studies", std::to_string(dataset.studies) + ", of these " + std::to_string(dataset.positives) +
                             " with residual tissue") +
         fact("Residual tissue", labelMeaning(dataset.simulated));
}

std::string environmentFacts(const Run& run) {
  const EnvironmentRecord& environment = run.environment;
  std::string rows = fact("Software", "remnant " + environment.remnant + ", " + environment.compiler +
                                          (environment.libtorch.empty() ? "" : ", " + environment.libtorch));
  return rows + fact("Instruction set", environment.instructionSet) +
         fact("Threads a fit", std::to_string(environment.threadsPerFit));
}

std::string factsTable(const Run& run) {
  const std::string rows = datasetFacts(run) + fact("Protocol", protocolText(run)) +
                           fact("Protocol (SHA-256)", run.protocolHash) +
                           fact("Seeds", seedsText(run.protocol.seeds)) + environmentFacts(run);
  return scrollingTable("What was run on what",
                        element("table", {{"class", "facts"}}, element("tbody", {}, "\n" + rows)));
}

std::string contestantItem(const Run& run, const ContestantRecord& contestant) {
  const std::string settings = settingsText(contestant);
  return element("li", {},
                 textElement("strong", {}, contestantTitle(run, contestant.name)) +
                     escaped(": " + contestant.description + " " + secondsText(run, contestant.name) + ".") +
                     (settings.empty()
                          ? ""
                          : textElement("span", {{"class", "note"}}, " Settings: " + settings + "."))) +
         "\n";
}

std::string list(const std::vector<std::string>& sentences) {
  std::string items;
  for (const std::string& sentence : sentences) items += textElement("li", {}, sentence) + "\n";
  return element("ul", {}, "\n" + items) + "\n";
}

}  // namespace

std::string methodSection(const Run& run) {
  std::string contestants;
  for (const ContestantRecord& contestant : run.contestants) contestants += contestantItem(run, contestant);
  return section("What was run on what", factsTable(run) + textElement("h3", {}, "Contestants") + "\n" +
                                             element("ul", {}, "\n" + contestants) + "\n");
}

std::string limitsSection(const Run& run) {
  std::vector<std::string> limits;
  if (run.dataset.simulated)
    limits.push_back(
        "The cohort is simulated: bodies, uptake and camera are models. A result on simulated images "
        "supports "
        "a claim that a method works in principle, and no more (Jha et al., RELAINCE, J Nucl Med 2022).");
  limits.insert(
      limits.end(),
      {"One dataset and splits within it: no other centre, camera or period was held out. Figures on other "
       "centres are lower as a rule.",
       "The label is uptake of residual tissue as the dataset defines it. Nodal metastases, physiological "
       "uptake and artefacts have no label of their own.",
       "Planar views show depth poorly; SPECT/CT is the reference where there is one.",
       "Intervals cover the chance of which patients were drawn. They cover neither errors of labels nor the "
       "chance of which patients a model was fitted to.",
       "A score ranks studies within one fit. It is no calibrated probability and no dose."});
  return section("What the figures do not say",
                 list(limits) +
                     element("p", {}, textElement("strong", {}, "For research, not for clinical use.")) +
                     "\n");
}

std::string repeatSection(const Run& run) {
  const std::string commands =
      "remnant bench run DATASET --protocol RUN/protocol.toml --out NEW-RUN\n"
      "remnant report NEW-RUN";
  return section(
      "How to repeat it",
      element("pre", {{"tabindex", "0"}}, textElement("code", {}, commands)) + "\n" +
          paragraph("DATASET is the folder of the dataset whose content is named above, RUN the folder of "
                    "this run, which keeps a copy of its protocol, NEW-RUN a folder to make. The settings "
                    "are in run.json of the run folder, the score of every study in "
                    "scores.csv. The same dataset, protocol and software give the same scores on any number "
                    "of cores of one instruction set (" +
                    run.environment.instructionSet + ")."));
}

}  // namespace remnant::benchmark
