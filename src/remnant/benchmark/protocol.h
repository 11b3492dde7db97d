#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// A benchmark's rules, read from a TOML file: how studies are divided, which contestants run on which
/// images, and how the figures are made. protocols/demo.toml shows every key.
namespace remnant::benchmark {

/// The neck/shoulder ratio of counts, its logarithm into logistic regression. No network.
struct RatioSettings {
  double ridge = 1;  ///< penalty of the logistic regression, > 0
  bool operator==(const RatioSettings&) const = default;
};

struct InputSize {
  std::size_t rows = 0;
  std::size_t columns = 0;
  bool operator==(const InputSize&) const = default;
};

/// ResNet-18 from random weights; anterior and posterior as channels.
struct NetworkSettings {
  std::string architecture = "resnet18";
  int epochs = 0;
  int batchSize = 0;
  double learningRate = 0;
  double weightDecay = 0;
  int maximumShiftPixels = 0;               ///< augmentation
  bool mirror = false;                      ///< augmentation
  std::map<std::string, InputSize> inputs;  ///< by image set
  bool operator==(const NetworkSettings&) const = default;
};

using ContestantSettings = std::variant<RatioSettings, NetworkSettings>;

struct ContestantEntry {
  std::string name;  ///< letters, digits and hyphens; names files and rows
  ContestantSettings settings;
};

/// "neck-shoulder-ratio", "resnet18".
std::string contestantKind(const ContestantSettings& settings);

enum class SplitSource {
  kDataset,  ///< the dataset's own splits.csv, so that everybody divides alike
  kSeed,     ///< drawn anew from splitSeed, for more repeats or other folds than the dataset has
};

struct Protocol {
  std::string name;
  std::string kind = "kfold";
  int folds = 5;
  int repeats = 1;
  SplitSource splits = SplitSource::kDataset;
  std::uint64_t splitSeed = 1;         ///< only where splits are drawn
  std::vector<std::uint64_t> seeds;    ///< a fit each
  std::vector<std::string> imageSets;  ///< "full-body", "neck-region"
  std::vector<ContestantEntry> contestants;
  std::size_t bootstrapResamples = 2000;
  std::uint64_t bootstrapSeed = 1;
  bool permuteLabels =
      false;  ///< the control: labels change hands between patients, and nothing can be learnt
  std::uint64_t permutationSeed = 1;
  std::string source;     ///< the file's text, which a run keeps a copy of; no part of the rules
  int threadsPerFit = 1;  ///< always 1: sums over several threads differ in their last bits
};

/// Throws InputError "bad-protocol" naming file, line, key and what is allowed; a key that means nothing is
/// refused too.
Protocol parseProtocol(std::string_view text, const std::string& file);

/// A path to a file, or the name of one of the protocols that come with the program ("demo"), looked up in
/// the folder REMNANT_PROTOCOLS of the environment and then in that of the installation. Throws InputError
/// "unknown-protocol".
std::filesystem::path findProtocol(const std::string& nameOrFile);
Protocol readProtocol(const std::string& nameOrFile);

/// sha256 of the rules in a fixed form: comments and layout of the file do not count.
std::string protocolHash(const Protocol& protocol);

}  // namespace remnant::benchmark
