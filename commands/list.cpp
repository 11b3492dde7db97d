#include "commands/declarations.h"

namespace remnant::commands {

std::vector<Command> allCommands() {
  return {keyNewCommand(),   simulateCommand(), inspectCommand(),      calibrateCommand(),
          quantifyCommand(), ingestCommand(),   buildCommand(),        benchRunCommand(),
          reportCommand(),   validateCommand(), documentationCommand()};
}

}  // namespace remnant::commands
