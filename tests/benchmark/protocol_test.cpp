#include "remnant/benchmark/protocol.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "remnant/base/atomic_file.h"
#include "remnant/base/error.h"
#include "support/temporary_folder.h"

namespace remnant::benchmark {
namespace {

const std::string kProtocol = R"(name = "small"
kind = "kfold"
folds = 3
repeats = 2
splits = "seed"
splitSeed = 9
seeds = [4, 5]
imageSets = ["neck-region"]
bootstrapResamples = 500
bootstrapSeed = 2
permuteLabels = false
threadsPerFit = 1
[[contestant]]
name = "ratio"
kind = "neck-shoulder-ratio"
ridge = 0.5
[[contestant]]
name = "net"
kind = "resnet18"
epochs = 2
batchSize = 8
learningRate = 0.01
weightDecay = 0.1
maximumShiftPixels = 1
mirror = false
[contestant.input]
neck-region = { rows = 64, columns = 32 }
)";

std::string with(const std::string& line, const std::string& replacement) {
  std::string text = kProtocol;
  const std::size_t place = text.find(line);
  if (place == std::string::npos) throw ProgramError("the test's protocol has no line " + line);
  return text.replace(place, line.size(), replacement);
}

TEST(Protocol, ReadsEveryKey) {
  const Protocol protocol = parseProtocol(kProtocol, "small.toml");
  EXPECT_EQ(protocol.name, "small");
  EXPECT_EQ(protocol.folds, 3);
  EXPECT_EQ(protocol.repeats, 2);
  EXPECT_EQ(protocol.splits, SplitSource::kSeed);
  EXPECT_EQ(protocol.splitSeed, 9U);
  EXPECT_EQ(protocol.seeds, (std::vector<std::uint64_t>{4, 5}));
  EXPECT_EQ(protocol.bootstrapResamples, 500U);
  ASSERT_EQ(protocol.contestants.size(), 2U);
  EXPECT_EQ(protocol.contestants[0].settings, ContestantSettings(RatioSettings{.ridge = 0.5}));
  EXPECT_EQ(protocol.contestants[1].settings,
            ContestantSettings(NetworkSettings{.architecture = "resnet18",
                                               .epochs = 2,
                                               .batchSize = 8,
                                               .learningRate = 0.01,
                                               .weightDecay = 0.1,
                                               .maximumShiftPixels = 1,
                                               .mirror = false,
                                               .inputs = {{"neck-region", {64, 32}}}}));
}

struct Refusal {
  std::string line;
  std::string replacement;
  std::string key;
  std::string reason;
};

TEST(Protocol, RefusesWhatCannotBeNamingLineKeyAndWhatIsAllowed) {
  const std::vector<Refusal> refusals{
      {"folds = 3", "folds = 1", "folds", "line 3: must be a whole number from 2 to 50"},
      {"folds = 3", "folds = 3.5", "folds", "line 3: must be a whole number from 2 to 50"},
      {"repeats = 2", "repeats = \"2\"", "repeats", "line 4: must be a whole number from 1 to 100"},
      {"kind = \"kfold\"", "kind = \"loo\"", "kind", "line 2: must be one of \"kfold\""},
      {"seeds = [4, 5]", "seeds = []", "seeds", "line 7: must be a list that is not empty"},
      {"seeds = [4, 5]", "seeds = [4, 4]", "seeds", "line 7: stands here twice"},
      {"seeds = [4, 5]", "seeds = [-1]", "seeds", "line 7: must be a whole number from 0 to 2147483647"},
      {"[\"neck-region\"]", "[\"arm\"]", "imageSets", "line 8: must be one of \"full-body\" \"neck-region\""},
      {"permuteLabels = false", "permuteLabels = 0", "permuteLabels", "line 11: must be true or false"},
      {"threadsPerFit = 1", "threadsPerFit = 2", "threadsPerFit",
       "line 12: must be a whole number from 1 to 1"},
      {"name = \"net\"", "name = \"../net\"", "contestant.name",
       "line 18: must be a name of letters, digits and hyphens"},
      {"name = \"net\"", "name = \"ratio\"", "contestant.name", "line 18: another contestant has this name"},
      {"learningRate = 0.01", "learningRate = nan", "contestant.learningRate",
       "line 22: must be a number from 1e-07 to 1"},
      {"epochs = 2", "epoch = 2", "contestant.epochs", "line 17: this key is missing"},
      {"mirror = false", "mirror = false\nflip = true", "contestant.flip",
       "line 26: this key means nothing here"},
      {"rows = 64", "rows = 16", "contestant.input.neck-region.rows",
       "line 27: must be a whole number from 32 to 1024"},
  };
  for (const Refusal& refusal : refusals) {
    SCOPED_TRACE(refusal.replacement);
    try {
      parseProtocol(with(refusal.line, refusal.replacement), "small.toml");
      ADD_FAILURE() << "was accepted";
    } catch (const InputError& error) {
      EXPECT_EQ(error.code(), "bad-protocol");
      EXPECT_EQ(error.file(), "small.toml");
      EXPECT_EQ(error.tag(), refusal.key);
      EXPECT_EQ(std::string(error.what()), refusal.reason);
    }
  }
}

TEST(Protocol, RefusesTextThatIsNotToml) {
  try {
    parseProtocol("name = \"x\"\nfolds = = 3\n", "broken.toml");
    FAIL() << "was accepted";
  } catch (const InputError& error) {
    EXPECT_EQ(std::string(error.what()).substr(0, 7), "line 2:");
  }
}

TEST(Protocol, HashesRulesAndNotTheirLayout) {
  const std::string hash = protocolHash(parseProtocol(kProtocol, "a"));
  EXPECT_EQ(hash, protocolHash(parseProtocol("# a comment\n\n" + kProtocol, "b")));
  EXPECT_NE(hash, protocolHash(parseProtocol(with("ridge = 0.5", "ridge = 0.6"), "a")));
  EXPECT_NE(hash, protocolHash(parseProtocol(with("columns = 32", "columns = 64"), "a")));
  EXPECT_NE(hash, protocolHash(parseProtocol(with("seeds = [4, 5]", "seeds = [4]"), "a")));
}

TEST(Protocol, IsFoundByNameAndByFile) {
  const remnant::testing::TemporaryFolder folder;
  writeWholeFile(folder / "mine.toml", kProtocol);
  EXPECT_EQ(findProtocol((folder / "mine.toml").string()), folder / "mine.toml");
  ::setenv("REMNANT_PROTOCOLS", folder.path().c_str(), 1);
  EXPECT_EQ(findProtocol("mine"), folder / "mine.toml");
  ::unsetenv("REMNANT_PROTOCOLS");
  try {
    findProtocol("mine");
    FAIL() << "was found";
  } catch (const InputError& error) {
    EXPECT_EQ(error.code(), "unknown-protocol");
  }
}

TEST(Protocol, ComesWithADemoAndItsControlThatDifferInTheLabelsAlone) {
  const Protocol demo = readProtocol("demo");
  Protocol permuted = readProtocol("permuted");
  EXPECT_FALSE(demo.permuteLabels);
  EXPECT_TRUE(permuted.permuteLabels);
  permuted.name = demo.name;
  permuted.permuteLabels = false;
  permuted.permutationSeed = demo.permutationSeed;
  EXPECT_EQ(protocolHash(permuted), protocolHash(demo));
}

}  // namespace
}  // namespace remnant::benchmark
