#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands/declarations.h"
#include "remnant/benchmark/runner.h"

namespace remnant::commands {
namespace {

struct Options {
  std::string dataset;
  std::string protocol;
  std::string out;
  unsigned threads = 0;
  bool json = false;
};

nlohmann::json jsonOf(const std::optional<double>& value) {
  return value ? nlohmann::json(*value) : nlohmann::json(nullptr);
}

void printJson(const benchmark::Run& run) {
  nlohmann::json figures = nlohmann::json::array();
  for (const benchmark::FigureRow& row : run.figures)
    figures.push_back({{"imageSet", row.imageSet},
                       {"contestant", row.contestant},
                       {"figure", row.figure},
                       {"value", jsonOf(row.value)},
                       {"lower", jsonOf(row.lower)},
                       {"upper", jsonOf(row.upper)}});
  const nlohmann::json facts{{"run", run.folder.string()},
                             {"protocol", run.protocol.name},
                             {"dataset", run.dataset.name},
                             {"fits", run.cells.size()},
                             {"figures", figures}};
  fmt::print("{}\n", facts.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

std::string cellText(const std::optional<double>& value) {
  return value ? fmt::format("{:.3f}", *value) : std::string("-");
}

void printTable(const benchmark::Run& run) {
  fmt::print("{:<12} {:<16} {:<12} {:>7} {:>7} {:>7}\n", "imageSet", "contestant", "figure", "value", "lower",
             "upper");
  for (const benchmark::FigureRow& row : run.figures)
    fmt::print("{:<12} {:<16} {:<12} {:>7} {:>7} {:>7}\n", row.imageSet, row.contestant, row.figure,
               cellText(row.value), cellText(row.lower), cellText(row.upper));
}

ExitStatus run(const Options& options) {
  const auto protocol = benchmark::readProtocol(options.protocol);
  const auto dataset = dataset::Dataset::open(options.dataset);
  const auto finished =
      benchmark::runBenchmark(dataset, protocol, {.folder = options.out, .threads = options.threads});
  options.json ? printJson(finished) : printTable(finished);
  return ExitStatus::kDone;
}

}  // namespace

Command benchRunCommand() {
  auto options = std::make_shared<Options>();
  return Command("bench run", "let contestants learn and be judged on a dataset, by the rules of a protocol")
      .description(
          "Divides the patients of DATASET by the protocol, lets each contestant learn from the training "
          "patients and score the others, and writes scores, figures of merit with 95 % patient-bootstrap "
          "intervals and all that is needed to repeat it into RUN. Each fit is kept as soon as it is done: "
          "interrupted, the same command goes on from there. The scores depend on protocol, dataset and the "
          "processor's instruction set, not on the number of threads.")
      .argument("DATASET", &options->dataset, "a dataset folder made by remnant build")
      .requiredOption("--protocol", "FILE", &options->protocol,
                      "a protocol file, or the name of one that comes with remnant: demo, permuted")
      .requiredOption("--out", "RUN", &options->out,
                      "the folder to write; one that holds another run is refused")
      .option("--threads", "N", &options->threads, "fits side by side; 0: one a core", Bounds{0, 1024})
      .flag("--json", options->json, "print the figures as JSON")
      .example("remnant bench run dataset --protocol demo --out run",
               "five folds, the neck/shoulder ratio against ResNet-18 on both image sets")
      .example("remnant bench run dataset --protocol permuted --out control",
               "the same with permuted labels: the intervals of the AUC must hold 0.5")
      .runs([options] { return run(*options); });
}

}  // namespace remnant::commands
