#include <memory>

#include "commands/declarations.h"
#include "remnant/deid/key.h"

namespace remnant::commands {
namespace {

struct Options {
  std::string file;
};

ExitStatus run(const Options& options) {
  deid::Key::createFile(options.file);
  return ExitStatus::kDone;
}

}  // namespace

Command keyNewCommand() {
  auto options = std::make_shared<Options>();
  return Command("key new", "make the secret key that pseudonyms and date shifts come from")
      .description(
          "Writes 32 random bytes from the operating system to FILE, readable by its owner alone. Whoever "
          "has the key "
          "can link pseudonyms to patients again: keep it outside catalogues and datasets, and back it up, "
          "because "
          "the same archive gives the same pseudonyms only with the same key.")
      .argument("FILE", &options->file, "the key file to make; an existing file is never overwritten")
      .example("remnant key new ~/remnant.key", "makes a key for one hospital")
      .runs([options] { return run(*options); });
}

}  // namespace remnant::commands
