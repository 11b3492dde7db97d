#include "commands/declarations.h"

namespace remnant::commands {

std::vector<Command> allCommands() {
  return {keyNewCommand(), simulateCommand(), inspectCommand(),  calibrateCommand(), quantifyCommand(),
          ingestCommand(), buildCommand(),    benchRunCommand(), reportCommand(),    documentationCommand()};
}

}  // namespace remnant::commands
