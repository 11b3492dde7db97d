#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "remnant/base/error.h"

/// A command is declared once; its parsing, help, man page and docs/commands/*.md all come from the
/// declaration.
namespace remnant::commands {

/// Where a parsed value goes. A value left out keeps what the target holds: that is the default, shown in the
/// help.
using Target = std::variant<std::string*, std::optional<std::string>*, std::vector<std::string>*, long*,
                            unsigned*, std::uint64_t*, double*, std::optional<double>*, bool*>;

struct Bounds {
  double least;
  double most;
};

/// An argument (by place), an option with a value, or a flag.
struct Parameter {
  enum class Kind { kArgument, kOption, kFlag };
  Kind kind;
  std::string name;       ///< "ARCHIVE" or "--seed"
  std::string valueName;  ///< of an option: "S"
  Target target;
  std::string help;
  bool required = false;
  std::optional<Bounds> bounds;
};

struct Example {
  std::string commandLine;
  std::string explanation;
};

class Command {
 public:
  /// name     as typed after "remnant": "ingest", "key new"
  /// summary  one line without a full stop
  Command(std::string name, std::string summary);

  Command& description(std::string paragraphs);
  Command& argument(const std::string& name, Target target, const std::string& help);
  Command& optionalArgument(const std::string& name, Target target, const std::string& help);
  Command& option(const std::string& name, const std::string& valueName, Target target,
                  const std::string& help, std::optional<Bounds> bounds = std::nullopt);
  Command& requiredOption(const std::string& name, const std::string& valueName, Target target,
                          const std::string& help, std::optional<Bounds> bounds = std::nullopt);
  Command& flag(const std::string& name, bool& target, const std::string& help);
  Command& example(std::string commandLine, std::string explanation);
  Command& reference(std::string source);
  Command& runs(std::function<ExitStatus()> run);

  const std::string& name() const { return name_; }
  const std::string& summary() const { return summary_; }
  const std::string& descriptionText() const { return description_; }
  const std::vector<Parameter>& parameters() const { return parameters_; }
  const std::vector<Example>& examples() const { return examples_; }
  const std::vector<std::string>& references() const { return references_; }
  ExitStatus run() const { return run_(); }

 private:
  Command& add(Parameter parameter);

  std::string name_;
  std::string summary_;
  std::string description_;
  std::vector<Parameter> parameters_;
  std::vector<Example> examples_;
  std::vector<std::string> references_;
  std::function<ExitStatus()> run_;
};

/// The default a parameter has before parsing, as text; empty where it has none.
std::string defaultText(const Parameter& parameter);

/// All commands, in the order of the help. Each is declared in the file of its name.
std::vector<Command> allCommands();

}  // namespace remnant::commands
