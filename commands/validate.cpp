#include "remnant/validation/validate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "commands/declarations.h"

namespace remnant::commands {
namespace {

struct Options {
  std::string out;
  std::uint64_t histories = validation::ValidationConfig{}.histories;
  std::uint64_t seed = 1;
  bool json = false;
};

void printTable(const std::vector<validation::Check>& checks) {
  std::string group;
  for (const validation::Check& check : checks) {
    if (check.group != group) fmt::print("{}\n", group = check.group);
    const std::string statistics =
        check.standardError > 0 ? fmt::format(" (statistics {:.2g})", check.standardError) : "";
    fmt::print("  {}  {}\n        {:.6g} where {:.6g} +- {:.2g} is expected{}; {}\n",
               check.passed() ? "pass" : "FAIL", check.quantity, check.value, check.expected, check.tolerance,
               statistics, check.source);
  }
}

ExitStatus run(const Options& options) {
  validation::ValidationConfig config;
  config.histories = options.histories;
  config.seed = options.seed;
  const std::vector<validation::Check> checks = validation::validate(config);
  if (options.json)
    fmt::print("{}\n", validation::jsonOf(checks));
  else
    printTable(checks);
  if (!options.out.empty()) validation::writeFigures(validation::figures(config), options.out);
  const auto failed = std::count_if(checks.begin(), checks.end(),
                                    [](const validation::Check& check) { return !check.passed(); });
  fmt::print(stderr, "{} checks, {} failed\n", checks.size(), failed);
  return failed > 0 ? ExitStatus::kFaultsFound : ExitStatus::kDone;
}

}  // namespace

Command validateCommand() {
  auto options = std::make_shared<Options>();
  return Command("validate", "hold the physics against closed forms, published figures and its Monte Carlo")
      .description(
          "Runs a fixed list of checks in the order of docs/physics.md: closed forms, the projector, "
          "scatter, "
          "the "
          "Monte Carlo against published results, depth and its bounds. Each tells its value, what is "
          "expected "
          "with "
          "its tolerance, and who says so. Exit status 3 says that one failed. With --out the figures of "
          "that "
          "document are drawn into DIR as SVG files.")
      .option("--out", "DIR", &options->out, "draw the figures into this folder")
      .option("--histories", "N", &options->histories, "photons followed for each point and collimator line",
              Bounds{1000, 1e9})
      .option("--seed", "S", &options->seed, "the seed of the Monte Carlo and of simulated counts")
      .flag("--json", options->json, "print JSON instead of a table")
      .example("remnant validate --out figures", "all checks, and the figures")
      .runs([options] { return run(*options); });
}

}  // namespace remnant::commands
