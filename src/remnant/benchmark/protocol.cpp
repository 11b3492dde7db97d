#include "remnant/benchmark/protocol.h"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "remnant/base/atomic_file.h"
#include "remnant/base/sha256.h"
#include "remnant/configuration/toml_fields.h"

namespace remnant::benchmark {
namespace {

using configuration::TomlFields;

namespace fs = std::filesystem;
using nlohmann::json;

constexpr long kLargestSeed = 2147483647;

InputSize readInputSize(TomlFields fields) {
  const InputSize size{.rows = static_cast<std::size_t>(fields.integer("rows", 32, 1024)),
                       .columns = static_cast<std::size_t>(fields.integer("columns", 32, 1024))};
  fields.finish();
  return size;
}

std::map<std::string, InputSize> readInputs(TomlFields fields, const std::vector<std::string>& imageSets) {
  std::map<std::string, InputSize> inputs;
  for (const std::string& imageSet : imageSets) inputs[imageSet] = readInputSize(fields.table(imageSet));
  fields.finish();
  return inputs;
}

NetworkSettings readNetwork(TomlFields& fields, const std::vector<std::string>& imageSets) {
  return {.architecture = "resnet18",
          .epochs = static_cast<int>(fields.integer("epochs", 1, 1000)),
          .batchSize = static_cast<int>(fields.integer("batchSize", 2, 512)),
          .learningRate = fields.number("learningRate", 1e-7, 1),
          .weightDecay = fields.number("weightDecay", 0, 1),
          .maximumShiftPixels = static_cast<int>(fields.integer("maximumShiftPixels", 0, 64)),
          .mirror = fields.boolean("mirror"),
          .inputs = readInputs(fields.table("input"), imageSets)};
}

ContestantEntry readContestant(TomlFields& fields, const std::vector<std::string>& imageSets) {
  ContestantEntry entry{.name = fields.text("name"), .settings = RatioSettings{}};
  if (fields.text("kind", {"neck-shoulder-ratio", "resnet18"}) == "resnet18")
    entry.settings = readNetwork(fields, imageSets);
  else
    entry.settings = RatioSettings{.ridge = fields.number("ridge", 1e-6, 1e6)};
  fields.finish();
  return entry;
}

void readContestants(TomlFields& fields, Protocol& protocol) {
  for (TomlFields& entry : fields.tables("contestant")) {
    protocol.contestants.push_back(readContestant(entry, protocol.imageSets));
    const std::string& name = protocol.contestants.back().name;
    if (std::count_if(protocol.contestants.begin(), protocol.contestants.end(),
                      [&](const ContestantEntry& other) { return other.name == name; }) > 1)
      entry.refuse("name", "another contestant has this name");
  }
}

void readDivision(TomlFields& fields, Protocol& protocol) {
  protocol.kind = fields.text("kind", {"kfold"});
  protocol.folds = static_cast<int>(fields.integer("folds", 2, 50));
  protocol.repeats = static_cast<int>(fields.integer("repeats", 1, 100));
  const bool drawn = fields.text("splits", {"dataset", "seed"}) == "seed";
  protocol.splits = drawn ? SplitSource::kSeed : SplitSource::kDataset;
  if (drawn) protocol.splitSeed = static_cast<std::uint64_t>(fields.integer("splitSeed", 0, kLargestSeed));
}

void readFigures(TomlFields& fields, Protocol& protocol) {
  protocol.bootstrapResamples = static_cast<std::size_t>(fields.integer("bootstrapResamples", 100, 1000000));
  protocol.bootstrapSeed = static_cast<std::uint64_t>(fields.integer("bootstrapSeed", 0, kLargestSeed));
  protocol.permuteLabels = fields.boolean("permuteLabels");
  if (protocol.permuteLabels)
    protocol.permutationSeed = static_cast<std::uint64_t>(fields.integer("permutationSeed", 0, kLargestSeed));
  protocol.threadsPerFit = static_cast<int>(fields.integer("threadsPerFit", 1, 1));
}

json canonical(const RatioSettings& ratio) {
  return {{"ridge", ratio.ridge}};
}

json canonical(const NetworkSettings& network) {
  json inputs;
  for (const auto& [imageSet, size] : network.inputs) inputs[imageSet] = {size.rows, size.columns};
  return {{"architecture", network.architecture},
          {"epochs", network.epochs},
          {"batchSize", network.batchSize},
          {"learningRate", network.learningRate},
          {"weightDecay", network.weightDecay},
          {"maximumShiftPixels", network.maximumShiftPixels},
          {"mirror", network.mirror},
          {"inputs", inputs}};
}

json canonical(const Protocol& protocol) {
  json contestants = json::array();
  for (const ContestantEntry& entry : protocol.contestants)
    contestants.push_back(
        {{"name", entry.name},
         {"kind", contestantKind(entry.settings)},
         {"settings", std::visit([](const auto& settings) { return canonical(settings); }, entry.settings)}});
  return {{"name", protocol.name},
          {"kind", protocol.kind},
          {"folds", protocol.folds},
          {"repeats", protocol.repeats},
          {"splits", protocol.splits == SplitSource::kDataset ? "dataset" : "seed"},
          {"splitSeed", protocol.splitSeed},
          {"seeds", protocol.seeds},
          {"imageSets", protocol.imageSets},
          {"contestants", contestants},
          {"bootstrapResamples", protocol.bootstrapResamples},
          {"bootstrapSeed", protocol.bootstrapSeed},
          {"permuteLabels", protocol.permuteLabels},
          {"permutationSeed", protocol.permutationSeed},
          {"threadsPerFit", protocol.threadsPerFit}};
}

Protocol readFields(const toml::table& table, const std::string& file) {
  TomlFields fields(table, "bad-protocol", file, "");
  Protocol protocol;
  protocol.name = fields.text("name");
  readDivision(fields, protocol);
  for (const long seed : fields.integers("seeds", 0, kLargestSeed))
    protocol.seeds.push_back(static_cast<std::uint64_t>(seed));
  protocol.imageSets = fields.texts("imageSets", {"full-body", "neck-region"});
  readFigures(fields, protocol);
  readContestants(fields, protocol);
  fields.finish();
  return protocol;
}

}  // namespace

std::string contestantKind(const ContestantSettings& settings) {
  if (const auto* network = std::get_if<NetworkSettings>(&settings)) return network->architecture;
  return "neck-shoulder-ratio";
}

Protocol parseProtocol(std::string_view text, const std::string& file) {
  try {
    Protocol protocol = readFields(toml::parse(text), file);
    protocol.source = text;
    return protocol;
  } catch (const toml::parse_error& fault) {
    throw InputError(
        "bad-protocol",
        "line " + std::to_string(fault.source().begin.line) + ": " + std::string(fault.description()), file);
  }
}

fs::path findProtocol(const std::string& nameOrFile) {
  if (fs::is_regular_file(nameOrFile)) return nameOrFile;
  std::vector<fs::path> folders = {REMNANT_PROTOCOLS_SOURCE, REMNANT_PROTOCOLS_INSTALLED};
  if (const char* chosen = std::getenv("REMNANT_PROTOCOLS")) folders.insert(folders.begin(), chosen);
  for (const fs::path& folder : folders) {
    fs::path file = folder / (nameOrFile + ".toml");
    if (fs::is_regular_file(file)) return file;
  }
  throw InputError("unknown-protocol", "this is neither a file nor the name of a protocol", nameOrFile);
}

Protocol readProtocol(const std::string& nameOrFile) {
  const fs::path file = findProtocol(nameOrFile);
  return parseProtocol(readWholeFile(file), file.string());
}

std::string protocolHash(const Protocol& protocol) {
  return toHex(sha256(canonical(protocol).dump()));
}

}  // namespace remnant::benchmark
