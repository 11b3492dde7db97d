#include "commands/parse.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <limits>
#include <map>
#include <sstream>

#include "commands/documentation.h"

namespace remnant::commands {
namespace {

class Formatter : public CLI::Formatter {
 public:
  explicit Formatter(const std::vector<Command>& commands) : commands_(commands) {}

  std::string make_help(const CLI::App* app, std::string, CLI::AppFormatMode) const override {
    const std::string path = pathOf(app);
    for (const Command& command : commands_)
      if (command.name() == path) return helpText(command);
    return overviewText(commands_, path);
  }

  /// "bench run" for the subcommand run of the subcommand bench; "" for the program itself.
  static std::string pathOf(const CLI::App* app) {
    if (!app->get_parent()) return {};
    const std::string parent = pathOf(app->get_parent());
    return parent.empty() ? app->get_name() : parent + " " + app->get_name();
  }

 private:
  const std::vector<Command>& commands_;
};

CLI::App& subcommandOf(CLI::App& parent, const std::string& name, const std::string& summary) {
  const auto existing = parent.get_subcommands([&](CLI::App* app) { return app->get_name() == name; });
  return existing.empty() ? *parent.add_subcommand(name, summary) : *existing.front();
}

CLI::App& appFor(CLI::App& program, const Command& command) {
  std::istringstream words(command.name());
  CLI::App* app = &program;
  for (std::string word; words >> word;) app = &subcommandOf(*app, word, command.summary());
  return *app;
}

/// Whole numbers are decimal and fit their type; CLI11 by itself would read 010 as eight, wrap a negative
/// number round and stop silently at the largest. Rewrites the text without leading zeros.
template <class Number>
CLI::Validator wholeNumber() {
  return CLI::Validator(
      [](std::string& text) -> std::string {
        Number value{};
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (end != text.data() + text.size() || fault != std::errc())
          return fmt::format("'{}' is no whole number from {} to {}", text,
                             std::numeric_limits<Number>::min(), std::numeric_limits<Number>::max());
        text = std::to_string(value);
        return {};
      },
      "");
}

CLI::Validator within(const Bounds& bounds) {
  return CLI::Validator(
      [bounds](const std::string& text) -> std::string {
        double value = 0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
        const bool number = end == text.data() + text.size() && fault == std::errc();
        if (number && value >= bounds.least && value <= bounds.most) return {};
        return fmt::format("'{}' is no number from {:.15g} to {:.15g}", text, bounds.least, bounds.most);
      },
      "");
}

void checkWholeNumber(CLI::Option& option, const Target& target) {
  if (std::holds_alternative<unsigned*>(target)) option.transform(wholeNumber<unsigned>());
  if (std::holds_alternative<std::uint64_t*>(target)) option.transform(wholeNumber<std::uint64_t>());
  if (std::holds_alternative<long*>(target)) option.transform(wholeNumber<long>());
}

void attach(CLI::App& app, const Parameter& parameter) {
  if (parameter.kind == Parameter::Kind::kFlag) {
    app.add_flag(parameter.name, *std::get<bool*>(parameter.target), parameter.help);
    return;
  }
  CLI::Option* option =
      std::visit([&](auto* target) { return app.add_option(parameter.name, *target, parameter.help); },
                 parameter.target);
  option->required(parameter.required);
  if (parameter.bounds) option->check(within(*parameter.bounds));
  checkWholeNumber(*option, parameter.target);
}

/// A group such as "bench" is no command by itself: a bare call of it is a usage error.
void requireSubcommandInGroups(CLI::App& app) {
  const auto subcommands = app.get_subcommands([](CLI::App*) { return true; });
  if (!subcommands.empty()) app.require_subcommand(1);
  for (CLI::App* subcommand : subcommands) requireSubcommandInGroups(*subcommand);
}

const Command* chosenCommand(const std::map<const CLI::App*, const Command*>& commandOf) {
  for (const auto& [app, command] : commandOf)
    if (app->parsed()) return command;
  return nullptr;
}

}  // namespace

ExitStatus parseAndRun(const std::vector<Command>& commands, int argumentCount,
                       const char* const* arguments) {
  CLI::App program("", "remnant");
  program.formatter(std::make_shared<Formatter>(commands));
  program.set_version_flag("--version", versionText());
  std::map<const CLI::App*, const Command*> commandOf;
  for (const Command& command : commands) {
    CLI::App& app = appFor(program, command);
    for (const Parameter& parameter : command.parameters()) attach(app, parameter);
    commandOf.emplace(&app, &command);
  }
  requireSubcommandInGroups(program);
  try {
    program.parse(argumentCount, arguments);
  } catch (const CLI::Success& help) {
    program.exit(help);
    return ExitStatus::kDone;
  } catch (const CLI::ParseError& error) {
    throw UsageError(error.what());
  }
  const Command* command = chosenCommand(commandOf);
  if (!command) throw ProgramError("a command line was accepted that names no command");
  return command->run();
}

}  // namespace remnant::commands
