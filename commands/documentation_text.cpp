#include <fmt/format.h>

#include <algorithm>

#include "commands/documentation.h"
#include "remnant/base/csv.h"

namespace remnant::commands {
namespace {

constexpr std::string_view kExitStatuses =
    "0 all done; 1 bad input; 2 bad usage; 3 the command worked and found faults; 70 our own fault; "
    "130 interrupted, and resumed by the same command";

std::string wrapped(std::string_view text, std::size_t indent, std::size_t width = 96) {
  std::string lines;
  std::string line(indent, ' ');
  bool fresh = true;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", start), text.size());
    const std::string_view word = text.substr(start, end - start);
    const bool paragraph = end < text.size() && text[end] == '\n';
    if (!fresh && line.size() + 1 + word.size() > width) {
      lines += line + '\n';
      line.assign(indent, ' ');
      fresh = true;
    }
    line += (fresh ? "" : " ") + std::string(word);
    fresh = false;
    if (paragraph) {
      lines += line + '\n';
      line.assign(indent, ' ');
      fresh = true;
    }
    start = end + 1;
  }
  return fresh ? lines : lines + line + '\n';
}

bool takesMany(const Parameter& parameter) {
  return std::holds_alternative<std::vector<std::string>*>(parameter.target);
}

std::string usageWord(const Parameter& parameter) {
  std::string word = parameter.name;
  if (parameter.kind == Parameter::Kind::kOption) word += " " + parameter.valueName;
  if (takesMany(parameter)) word += "...";
  return parameter.required ? word : "[" + word + "]";
}

std::string label(const Parameter& parameter) {
  return parameter.kind == Parameter::Kind::kOption ? parameter.name + " " + parameter.valueName
                                                    : parameter.name;
}

/// The help with its bounds and default behind it.
std::string fullHelp(const Parameter& parameter) {
  std::string text = parameter.help;
  if (parameter.bounds)
    text += fmt::format(" ({:.15g} to {:.15g})", parameter.bounds->least, parameter.bounds->most);
  if (const std::string value = defaultText(parameter); !value.empty())
    text += fmt::format(" [default: {}]", value);
  return text;
}

/// The summary as the sentence a page begins with.
std::string sentence(std::string summary) {
  if (!summary.empty() && summary[0] >= 'a' && summary[0] <= 'z')
    summary[0] = static_cast<char>(summary[0] - 'a' + 'A');
  return summary + ".";
}

/// A cell of a Markdown table, in which a bar would begin the next one.
std::string tableCell(const std::string& text) {
  std::string cell;
  for (const char character : text) cell += character == '|' ? std::string("\\|") : std::string(1, character);
  return cell;
}

std::string usageLine(const Command& command) {
  std::string line = "remnant " + command.name();
  for (const Parameter& parameter : command.parameters()) line += " " + usageWord(parameter);
  return line;
}

bool isArgument(const Parameter& parameter) {
  return parameter.kind == Parameter::Kind::kArgument;
}

std::string parameterHelp(const Command& command, bool arguments) {
  std::string text;
  for (const Parameter& parameter : command.parameters())
    if (isArgument(parameter) == arguments)
      text += fmt::format("  {}\n{}", label(parameter), wrapped(fullHelp(parameter), 6));
  if (!arguments) text += "  --help\n      show this and stop\n";
  return text;
}

std::string troffText(std::string_view text) {
  std::string escaped;
  for (const char character : text)
    escaped += character == '\\'  ? std::string("\\e")
               : character == '-' ? std::string("\\-")
                                  : std::string(1, character);
  if (escaped.starts_with(".") || escaped.starts_with("'")) escaped.insert(0, "\\&");
  return escaped;
}

std::string manualSection(const Command& command) {
  std::string text = fmt::format(".SS {}\n{}\n.PP\n.B {}\n.PP\n{}\n", troffText(command.name()),
                                 troffText(sentence(command.summary())), troffText(usageLine(command)),
                                 troffText(command.descriptionText()));
  for (const Parameter& parameter : command.parameters())
    text += fmt::format(".TP\n.B {}\n{}\n", troffText(label(parameter)), troffText(fullHelp(parameter)));
  for (const Example& example : command.examples())
    text += fmt::format(".PP\n.RS\n.B {}\n.br\n{}\n.RE\n", troffText(example.commandLine),
                        troffText(example.explanation));
  return text;
}

}  // namespace

std::string versionText() {
  return "remnant " REMNANT_VERSION;
}

std::string helpText(const Command& command) {
  std::string text = fmt::format("remnant {}: {}\n\nUsage\n{}\n{}", command.name(), command.summary(),
                                 wrapped(usageLine(command), 2), wrapped(command.descriptionText(), 0));
  if (std::any_of(command.parameters().begin(), command.parameters().end(), isArgument))
    text += "\nArguments\n" + parameterHelp(command, true);
  text += "\nOptions\n" + parameterHelp(command, false);
  if (!command.examples().empty()) text += "\nExamples\n";
  for (const Example& example : command.examples())
    text += fmt::format("  {}\n{}", example.commandLine, wrapped(example.explanation, 6));
  if (!command.references().empty()) text += "\nReferences\n";
  for (const std::string& reference : command.references()) text += wrapped(reference, 2);
  return text + "\nExit status\n" + wrapped(kExitStatuses, 2);
}

std::string overviewText(const std::vector<Command>& commands, const std::string& group) {
  std::string text =
      group.empty()
          ? "remnant: scintigraphy of the neck after thyroidectomy, from a hospital's archive to datasets,\n"
            "benchmark and report. For research, not for clinical use.\n\n"
          : fmt::format("remnant {}: a group of commands\n\n", group);
  text += fmt::format("Usage\n  remnant {}COMMAND ...\n\nCommands\n", group.empty() ? "" : group + " ");
  for (const Command& command : commands)
    if (group.empty() || command.name().starts_with(group + " "))
      text += fmt::format("  {:<16}{}\n", command.name(), command.summary());
  return text +
         "\n`remnant COMMAND --help` tells more; `remnant --version` tells the version.\n\nExit status\n" +
         wrapped(kExitStatuses, 2);
}

std::string markdownFileName(const Command& command) {
  std::string name = command.name();
  std::replace(name.begin(), name.end(), ' ', '-');
  return name + ".md";
}

std::string markdownPage(const Command& command) {
  std::string text = fmt::format("# remnant {}\n\n{}\n\n```\n{}\n```\n\n{}\n", command.name(),
                                 sentence(command.summary()), usageLine(command), command.descriptionText());
  if (!command.parameters().empty()) text += "\n| parameter | meaning |\n|---|---|\n";
  for (const Parameter& parameter : command.parameters())
    text += fmt::format("| `{}` | {} |\n", tableCell(label(parameter)), tableCell(fullHelp(parameter)));
  if (!command.examples().empty()) text += "\n## Examples\n";
  for (const Example& example : command.examples())
    text += fmt::format("\n```\n{}\n```\n{}\n", example.commandLine, example.explanation);
  if (!command.references().empty()) text += "\n## References\n\n";
  for (const std::string& reference : command.references()) text += "- " + reference + "\n";
  return text + fmt::format("\n## Exit status\n\n{}.\n", kExitStatuses);
}

std::string markdownIndex(const std::vector<Command>& commands) {
  std::string text =
      "# Commands\n\nMade from the commands' declarations by `remnant documentation`; not edited by hand.\n\n"
      "| command | what it does |\n|---|---|\n";
  for (const Command& command : commands)
    text += fmt::format("| [{}]({}) | {} |\n", command.name(), markdownFileName(command), command.summary());
  return text;
}

std::string manualPage(const std::vector<Command>& commands) {
  std::string text = fmt::format(
      ".TH REMNANT 1 \"\" \"{}\"\n.SH NAME\nremnant \\- scintigraphy of the neck after thyroidectomy\n"
      ".SH SYNOPSIS\n.B remnant\nCOMMAND ...\n.SH DESCRIPTION\n"
      "For research, not for clinical use. Data go to standard output, talk to standard error.\n.SH "
      "COMMANDS\n",
      versionText());
  for (const Command& command : commands) text += manualSection(command);
  return text + fmt::format(".SH EXIT STATUS\n{}.\n", troffText(kExitStatuses));
}

}  // namespace remnant::commands
