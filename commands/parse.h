#pragma once

#include <vector>

#include "commands/command.h"

namespace remnant::commands {

/// Parses a command line, fills the targets of the command it names and runs it. Help and version go to
/// stdout, a wrong command line to stderr with exit status 2. The door to CLI11.
ExitStatus parseAndRun(const std::vector<Command>& commands, int argumentCount, const char* const* arguments);

}  // namespace remnant::commands
