#include "commands/documentation.h"

#include <gtest/gtest.h>

#include "commands/parse.h"

namespace remnant::commands {
namespace {

struct Values {
  std::string file;
  std::vector<std::string> more;
  std::uint64_t seed = 7;
  double share = 0.5;
  bool json = false;
};

Command sampleCommand(Values& values) {
  return Command("sample run", "do a sample thing")
      .description("Does it.")
      .argument("FILE", &values.file, "what to read")
      .optionalArgument("MORE", &values.more, "what else to read")
      .option("--seed", "S", &values.seed, "where randomness starts")
      .option("--share", "X", &values.share, "how much", Bounds{0, 1})
      .flag("--json", values.json, "print JSON")
      .example("remnant sample run a", "reads a")
      .runs([] { return ExitStatus::kFaultsFound; });
}

ExitStatus parsed(Values& values, std::vector<const char*> words) {
  words.insert(words.begin(), "remnant");
  return parseAndRun({sampleCommand(values)}, static_cast<int>(words.size()), words.data());
}

TEST(ParseAndRun, FillsTheTargetsAndReturnsTheStatus) {
  Values values;
  EXPECT_EQ(parsed(values, {"sample", "run", "a", "b", "c", "--seed", "12", "--json"}),
            ExitStatus::kFaultsFound);
  EXPECT_EQ(values.file, "a");
  EXPECT_EQ(values.more, (std::vector<std::string>{"b", "c"}));
  EXPECT_EQ(values.seed, 12u);
  EXPECT_EQ(values.share, 0.5);
  EXPECT_TRUE(values.json);
}

TEST(ParseAndRun, RefusesWhatTheDeclarationDoesNotAllow) {
  Values values;
  EXPECT_THROW(parsed(values, {"sample", "run"}), UsageError);
  EXPECT_THROW(parsed(values, {"sample", "run", "a", "--share", "1.5"}), UsageError);
  EXPECT_THROW(parsed(values, {"sample", "run", "a", "--seed", "-1"}), UsageError);
  EXPECT_THROW(parsed(values, {"sample", "run", "a", "--unknown"}), UsageError);
  EXPECT_THROW(parsed(values, {"sample"}), UsageError);
  EXPECT_THROW(parsed(values, {}), UsageError);
}

TEST(Documentation, ShowsEveryParameterWithItsBoundsAndDefault) {
  Values values;
  const Command command = sampleCommand(values);
  for (const std::string& text : {helpText(command), markdownPage(command)}) {
    EXPECT_NE(text.find("remnant sample run FILE [MORE...] [--seed S] [--share X] [--json]"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("where randomness starts [default: 7]"), std::string::npos) << text;
    EXPECT_NE(text.find("how much (0 to 1) [default: 0.5]"), std::string::npos) << text;
    EXPECT_NE(text.find("130 interrupted"), std::string::npos) << text;
  }
  EXPECT_EQ(markdownFileName(command), "sample-run.md");
  EXPECT_NE(manualPage({command}).find(".B \\-\\-seed S"), std::string::npos);
}

}  // namespace
}  // namespace remnant::commands
