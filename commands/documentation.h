#pragma once

#include <string>
#include <vector>

#include "commands/command.h"

/// Texts made from the declarations of the commands.
namespace remnant::commands {

/// "remnant 0.1.0".
std::string versionText();

/// `remnant COMMAND --help`.
std::string helpText(const Command& command);
/// `remnant --help`, or the help of a group such as "bench".
std::string overviewText(const std::vector<Command>& commands, const std::string& group);

/// docs/commands/NAME.md, and the index of all of them.
std::string markdownPage(const Command& command);
std::string markdownIndex(const std::vector<Command>& commands);
/// File name of a command's page: "bench-run.md".
std::string markdownFileName(const Command& command);

/// remnant.1, in troff's man macros.
std::string manualPage(const std::vector<Command>& commands);

}  // namespace remnant::commands
