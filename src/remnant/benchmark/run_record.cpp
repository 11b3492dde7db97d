#include "remnant/benchmark/run_record.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "remnant/base/atomic_file.h"
#include "remnant/base/csv.h"
#include "remnant/benchmark/contestant.h"

namespace remnant::benchmark {
namespace {

using nlohmann::json;

using SettingTexts = std::map<std::string, std::string>;

SettingTexts settingTexts(const RatioSettings& settings) {
  return {{"ridge", numberText(settings.ridge)}};
}

SettingTexts settingTexts(const NetworkSettings& settings) {
  SettingTexts texts{{"epochs", std::to_string(settings.epochs)},
                     {"batchSize", std::to_string(settings.batchSize)},
                     {"learningRate", numberText(settings.learningRate)},
                     {"weightDecay", numberText(settings.weightDecay)},
                     {"maximumShiftPixels", std::to_string(settings.maximumShiftPixels)},
                     {"mirror", settings.mirror ? "true" : "false"}};
  for (const auto& [imageSet, size] : settings.inputs)
    texts["input " + imageSet] = std::to_string(size.rows) + " x " + std::to_string(size.columns);
  return texts;
}

ContestantRecord contestantRecord(const ContestantEntry& entry) {
  return {
      .name = entry.name,
      .kind = contestantKind(entry.settings),
      .description = contestantDescription(entry.settings),
      .settings = std::visit([](const auto& settings) { return settingTexts(settings); }, entry.settings)};
}

ProtocolRecord protocolRecord(const Protocol& protocol) {
  return {.name = protocol.name,
          .kind = protocol.kind,
          .folds = protocol.folds,
          .repeats = protocol.repeats,
          .seeds = protocol.seeds,
          .imageSets = protocol.imageSets,
          .bootstrapResamples = protocol.bootstrapResamples,
          .bootstrapSeed = protocol.bootstrapSeed,
          .permuteLabels = protocol.permuteLabels};
}

DatasetRecord datasetRecord(const dataset::Dataset& dataset) {
  std::set<std::string> patients;
  std::size_t positives = 0;
  for (const dataset::Study& study : dataset.studies()) {
    patients.insert(study.patient);
    if (study.label == 1) ++positives;
  }
  return {.folder = std::filesystem::weakly_canonical(dataset.folder()).string(),
          .name = dataset.name(),
          .version = dataset.version(),
          .contentHash = dataset.contentHash(),
          .simulated = dataset.simulated(),
          .studies = dataset.studies().size(),
          .patients = patients.size(),
          .positives = positives};
}

json toJson(const ProtocolRecord& protocol) {
  return {{"name", protocol.name},
          {"kind", protocol.kind},
          {"folds", protocol.folds},
          {"repeats", protocol.repeats},
          {"seeds", protocol.seeds},
          {"imageSets", protocol.imageSets},
          {"bootstrapResamples", protocol.bootstrapResamples},
          {"bootstrapSeed", protocol.bootstrapSeed},
          {"permuteLabels", protocol.permuteLabels}};
}

json toJson(const DatasetRecord& dataset) {
  return {{"folder", dataset.folder},       {"name", dataset.name},
          {"version", dataset.version},     {"contentHash", dataset.contentHash},
          {"simulated", dataset.simulated}, {"studies", dataset.studies},
          {"patients", dataset.patients},   {"positives", dataset.positives}};
}

json toJson(const EnvironmentRecord& environment) {
  return {{"remnant", environment.remnant},
          {"compiler", environment.compiler},
          {"libtorch", environment.libtorch},
          {"instructionSet", environment.instructionSet},
          {"threadsPerFit", environment.threadsPerFit}};
}

json toJson(const std::vector<ContestantRecord>& contestants) {
  json list = json::array();
  for (const ContestantRecord& contestant : contestants)
    list.push_back({{"name", contestant.name},
                    {"kind", contestant.kind},
                    {"description", contestant.description},
                    {"settings", contestant.settings}});
  return list;
}

/// The fields of the environment that decide the bits of a score.
std::string bitsOf(const EnvironmentRecord& environment) {
  return environment.remnant + ", " + environment.compiler + ", " + environment.libtorch + ", " +
         environment.instructionSet;
}

}  // namespace

std::string instructionSet() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")) return "avx512";
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "avx2";
#endif
  return "baseline";
}

EnvironmentRecord environmentRecord(const std::string& libtorch) {
  return {.remnant = REMNANT_VERSION,
          .compiler = REMNANT_COMPILER,
          .libtorch = libtorch,
          .instructionSet = instructionSet(),
          .threadsPerFit = 1};
}

Run describeRun(const Protocol& protocol, const dataset::Dataset& dataset,
                const EnvironmentRecord& environment) {
  Run run;
  run.protocol = protocolRecord(protocol);
  run.protocolHash = protocolHash(protocol);
  run.dataset = datasetRecord(dataset);
  run.environment = environment;
  for (const ContestantEntry& entry : protocol.contestants)
    run.contestants.push_back(contestantRecord(entry));
  return run;
}

void writeRunRecord(const Run& run, const std::filesystem::path& folder) {
  DatasetRecord dataset = run.dataset;
  dataset.folder = std::filesystem::path(dataset.folder)
                       .lexically_relative(std::filesystem::weakly_canonical(folder))
                       .string();
  const json record{{"format", 1},
                    {"protocol", toJson(run.protocol)},
                    {"protocolHash", run.protocolHash},
                    {"dataset", toJson(dataset)},
                    {"environment", toJson(run.environment)},
                    {"contestants", toJson(run.contestants)}};
  writeWholeFile(folder / "run.json", record.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
}

void checkSameRun(const Run& existing, const Run& wanted) {
  const std::string file = (existing.folder / "run.json").string();
  if (existing.protocolHash != wanted.protocolHash)
    throw InputError("other-run", "this folder holds a run of another protocol; choose another --out", file,
                     "protocolHash");
  if (existing.dataset.contentHash != wanted.dataset.contentHash)
    throw InputError("other-run", "this folder holds a run on another dataset; choose another --out", file,
                     "dataset.contentHash");
}

void checkSameEnvironment(const Run& existing, const EnvironmentRecord& environment) {
  if (bitsOf(existing.environment) == bitsOf(environment)) return;
  throw InputError("other-environment",
                   "this run was begun with " + bitsOf(existing.environment) + " and cannot go on with " +
                       bitsOf(environment) + "; choose another --out",
                   (existing.folder / "run.json").string(), "environment");
}

}  // namespace remnant::benchmark
