#pragma once

#include "commands/command.h"

/// One function a command, each in the file of its name.
namespace remnant::commands {

Command keyNewCommand();
Command simulateCommand();
Command inspectCommand();
Command calibrateCommand();
Command quantifyCommand();
Command ingestCommand();
Command buildCommand();
Command benchRunCommand();
Command reportCommand();
Command validateCommand();
Command documentationCommand();

}  // namespace remnant::commands
