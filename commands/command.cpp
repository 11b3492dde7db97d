#include "commands/command.h"

#include <utility>

#include "remnant/base/csv.h"

namespace remnant::commands {
namespace {

struct DefaultText {
  std::string operator()(const std::string* value) const { return *value; }
  std::string operator()(const std::optional<std::string>* value) const { return value->value_or(""); }
  std::string operator()(const std::vector<std::string>*) const { return {}; }
  std::string operator()(const long* value) const { return std::to_string(*value); }
  std::string operator()(const unsigned* value) const { return std::to_string(*value); }
  std::string operator()(const std::uint64_t* value) const { return std::to_string(*value); }
  std::string operator()(const double* value) const { return numberText(*value); }
  std::string operator()(const std::optional<double>* value) const { return numberText(*value); }
  std::string operator()(const bool*) const { return {}; }
};

}  // namespace

Command::Command(std::string name, std::string summary)
    : name_(std::move(name)), summary_(std::move(summary)) {}

Command& Command::add(Parameter parameter) {
  parameters_.push_back(std::move(parameter));
  return *this;
}

Command& Command::description(std::string paragraphs) {
  description_ = std::move(paragraphs);
  return *this;
}

Command& Command::argument(const std::string& name, Target target, const std::string& help) {
  return add({Parameter::Kind::kArgument, name, {}, target, help, true, std::nullopt});
}

Command& Command::optionalArgument(const std::string& name, Target target, const std::string& help) {
  return add({Parameter::Kind::kArgument, name, {}, target, help, false, std::nullopt});
}

Command& Command::option(const std::string& name, const std::string& valueName, Target target,
                         const std::string& help, std::optional<Bounds> bounds) {
  return add({Parameter::Kind::kOption, name, valueName, target, help, false, bounds});
}

Command& Command::requiredOption(const std::string& name, const std::string& valueName, Target target,
                                 const std::string& help, std::optional<Bounds> bounds) {
  return add({Parameter::Kind::kOption, name, valueName, target, help, true, bounds});
}

Command& Command::flag(const std::string& name, bool& target, const std::string& help) {
  return add({Parameter::Kind::kFlag, name, {}, &target, help, false, std::nullopt});
}

Command& Command::example(std::string commandLine, std::string explanation) {
  examples_.push_back({std::move(commandLine), std::move(explanation)});
  return *this;
}

Command& Command::reference(std::string source) {
  references_.push_back(std::move(source));
  return *this;
}

Command& Command::runs(std::function<ExitStatus()> run) {
  run_ = std::move(run);
  return *this;
}

std::string defaultText(const Parameter& parameter) {
  return parameter.required ? std::string() : std::visit(DefaultText{}, parameter.target);
}

}  // namespace remnant::commands
