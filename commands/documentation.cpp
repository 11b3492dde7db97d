#include "commands/documentation.h"

#include <filesystem>
#include <memory>

#include "commands/declarations.h"
#include "remnant/base/atomic_file.h"
#include "remnant/dataset/schema.h"

namespace remnant::commands {
namespace {

struct Options {
  std::string out;
};

ExitStatus run(const Options& options) {
  const auto commands = allCommands();
  const std::filesystem::path pages = std::filesystem::path(options.out) / "commands";
  createFolder(pages);
  for (const Command& command : commands)
    writeWholeFile(pages / markdownFileName(command), markdownPage(command));
  writeWholeFile(pages / "README.md", markdownIndex(commands));
  writeWholeFile(std::filesystem::path(options.out) / "remnant.1", manualPage(commands));
  writeWholeFile(std::filesystem::path(options.out) / "data-dictionary.md",
                 dataset::dataDictionaryMarkdown());
  return ExitStatus::kDone;
}

}  // namespace

Command documentationCommand() {
  auto options = std::make_shared<Options>();
  return Command("documentation", "write the commands' pages, the man page and the data dictionary")
      .description(
          "Writes DIR/commands/*.md and DIR/remnant.1 from the declarations of the commands, and "
          "DIR/data-dictionary.md from the schema of the tables.")
      .argument("DIR", &options->out, "the folder to write into, made where it is missing")
      .example("remnant documentation docs", "brings the repository's pages up to date")
      .runs([options] { return run(*options); });
}

}  // namespace remnant::commands
