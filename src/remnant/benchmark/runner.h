#pragma once

#include <filesystem>

#include "remnant/benchmark/protocol.h"
#include "remnant/benchmark/run_folder.h"
#include "remnant/dataset/dataset.h"

namespace remnant::benchmark {

struct RunnerConfig {
  std::filesystem::path folder;  ///< of the run
  unsigned threads = 0;          ///< fits side by side; 0: one a core
};

/// Runs what the folder does not hold yet, each fit kept as soon as it is done, then writes the tables and
/// returns the finished run. The scores depend on protocol, dataset and instruction set, not on threads or
/// interruptions. Throws InputError "other-run", "foreign-folder" (it holds other files), "one-class-only",
/// "other-environment", those of divide() and of the contestants; Interrupted.
Run runBenchmark(const dataset::Dataset& dataset, const Protocol& protocol, const RunnerConfig& config);

}  // namespace remnant::benchmark
