#pragma once

#include <filesystem>
#include <string>

#include "remnant/benchmark/protocol.h"
#include "remnant/benchmark/run_folder.h"
#include "remnant/dataset/dataset.h"

/// run.json: what was run on what, written before the first fit and checked by every later start on the same
/// folder.
namespace remnant::benchmark {

/// What this program is and runs on; `libtorch` is the fitter's version or empty.
EnvironmentRecord environmentRecord(const std::string& libtorch);

/// "avx512", "avx2" or "baseline": on machines of one of these, equal runs give equal scores to the bit.
std::string instructionSet();

/// A run of the protocol on the dataset, without tables.
Run describeRun(const Protocol& protocol, const dataset::Dataset& dataset,
                const EnvironmentRecord& environment);

void writeRunRecord(const Run& run, const std::filesystem::path& folder);

/// Throws InputError "other-run" where the folder holds a run of another protocol or dataset.
void checkSameRun(const Run& existing, const Run& wanted);

/// Throws InputError "other-environment" where going on would mix scores of two programs or instruction sets.
void checkSameEnvironment(const Run& existing, const EnvironmentRecord& environment);

}  // namespace remnant::benchmark
