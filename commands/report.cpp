#include "remnant/benchmark/report.h"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands/declarations.h"
#include "remnant/base/atomic_file.h"
#include "remnant/base/csv.h"
#include "remnant/benchmark/study_figure.h"

namespace remnant::commands {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string run;
  std::optional<std::string> dataset;
  std::optional<std::string> out;
  std::optional<std::string> figure;
  bool json = false;
};

dataset::Dataset openDataset(const benchmark::Run& run, const Options& options) {
  const fs::path folder = options.dataset.value_or(run.dataset.folder);
  if (!fs::exists(folder))
    throw InputError("missing-dataset",
                     "the dataset of this run is not here; name where it lies with --dataset",
                     folder.string());
  dataset::Dataset dataset = dataset::Dataset::open(folder);
  if (const std::string hash = dataset.contentHash(); hash != run.dataset.contentHash)
    throw InputError("other-dataset",
                     "this dataset's content is " + hash + ", the run was made on " + run.dataset.contentHash,
                     folder.string());
  return dataset;
}

const dataset::Study& studyNamed(const dataset::Dataset& dataset, const std::string& name) {
  const auto& studies = dataset.studies();
  const auto found = std::find_if(studies.begin(), studies.end(),
                                  [&](const dataset::Study& one) { return one.study == name; });
  if (found == studies.end())
    throw InputError("unknown-study", "the dataset has no study '" + name + "'", dataset.folder().string());
  return *found;
}

std::string roundedText(double value) {
  return numberText(std::round(value));
}

/// "I-131, 3700 MBq, 48 h after its administration": as far as the dataset tells it.
std::string factsOf(const dataset::Study& study) {
  std::vector<std::string> facts;
  if (!study.radionuclide.empty()) facts.push_back(study.radionuclide);
  if (study.doseMBq) facts.push_back(roundedText(*study.doseMBq) + " MBq");
  if (study.hoursFromDose) facts.push_back(roundedText(*study.hoursFromDose) + " h after its administration");
  std::string text;
  for (const std::string& fact : facts) text += (text.empty() ? "" : ", ") + fact;
  return text;
}

std::string figureSvg(const dataset::Dataset& dataset, const std::string& name) {
  const dataset::Study& study = studyNamed(dataset, name);
  const benchmark::PictureSource pictures = benchmark::picturesOf(dataset);
  const std::string title = dataset.simulated() ? "A simulated patient after thyroidectomy"
                                                : "A patient after thyroidectomy, study " + name;
  return benchmark::studyFigure(pictures(name, "full-body"), pictures(name, "neck-region"),
                                {title, factsOf(study)});
}

nlohmann::json numberOrNull(const std::optional<double>& value) {
  return value ? nlohmann::json(*value) : nlohmann::json(nullptr);
}

nlohmann::json figuresJson(const benchmark::Run& run) {
  nlohmann::json figures = nlohmann::json::array();
  for (const benchmark::FigureRow& row : run.figures)
    figures.push_back({{"imageSet", row.imageSet},
                       {"contestant", row.contestant},
                       {"figure", row.figure},
                       {"value", numberOrNull(row.value)},
                       {"lower", numberOrNull(row.lower)},
                       {"upper", numberOrNull(row.upper)}});
  return figures;
}

ExitStatus writeFigure(const benchmark::Run& run, const dataset::Dataset& dataset, const Options& options) {
  const fs::path file =
      options.out ? fs::path(*options.out) : run.folder / ("study-" + *options.figure + ".svg");
  writeWholeFile(file, figureSvg(dataset, *options.figure));
  if (options.json)
    std::cout << nlohmann::json{{"figure", file.string()}}.dump(2, ' ', false,
                                                                nlohmann::json::error_handler_t::replace)
              << '\n';
  else
    std::cout << file.string() << '\n';
  return ExitStatus::kDone;
}

ExitStatus writeReport(const benchmark::Run& run, const dataset::Dataset& dataset, const Options& options) {
  const fs::path file = options.out ? fs::path(*options.out) : run.folder / "report.html";
  writeWholeFile(file, benchmark::reportHtml(run, benchmark::picturesOf(dataset)));
  if (options.json)
    std::cout << nlohmann::json{{"report", file.string()}, {"figures", figuresJson(run)}}.dump(
                     2, ' ', false, nlohmann::json::error_handler_t::replace)
              << '\n';
  else
    std::cout << file.string() << '\n';
  return ExitStatus::kDone;
}

ExitStatus run(const Options& options) {
  const benchmark::Run finished = benchmark::readRun(options.run);
  const dataset::Dataset dataset = openDataset(finished, options);
  return options.figure ? writeFigure(finished, dataset, options) : writeReport(finished, dataset, options);
}

}  // namespace

Command reportCommand() {
  auto options = std::make_shared<Options>();
  return Command("report", "write a finished benchmark run as one HTML file")
      .description(
          "Writes RUN/report.html: what was run on what, the figures with their intervals, ROC curves, "
          "confusion matrices, right and wrong cases with their pictures, and what the figures do not say. "
          "The file stands alone: it opens offline in any browser, without script, and prints.\n\n"
          "The pictures come from the dataset that the run names, whose content must still be that of the "
          "run. Prints the path of the file.")
      .argument("RUN", &options->run, "the folder that bench run wrote, finished")
      .option("--dataset", "DIR", &options->dataset, "where the dataset lies, if not where the run found it")
      .option("--out", "FILE", &options->out, "the file to write instead of RUN/report.html")
      .option("--figure", "STUDY", &options->figure,
              "write one study's views as SVG instead (RUN/study-STUDY.svg, or --out): whole body and neck "
              "region, with the automatic boxes and the true foci")
      .flag("--json", options->json, "print the path and the figures as JSON")
      .example("remnant report work/demo/benchmark", "writes work/demo/benchmark/report.html")
      .example("remnant report work/demo/benchmark --figure STUDY --out study.svg",
               "draws one study for a slide or a page")
      .reference("Tejani et al., CLAIM 2024, Radiology: Artificial Intelligence 2024;6:e240300")
      .runs([options] { return run(*options); });
}

}  // namespace remnant::commands
