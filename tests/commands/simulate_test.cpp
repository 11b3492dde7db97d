#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/parse.h"
#include "remnant/base/atomic_file.h"
#include "remnant/base/csv.h"
#include "remnant/base/error.h"
#include "support/temporary_folder.h"

namespace remnant::commands {
namespace {

using ::testing::HasSubstr;

/// One window and 128 pixels a side: what is quick.
constexpr const char* kCohort = R"(
name = "quick"
[course]
uptakeStatedAtHours = 0.33
diagnosticHours = { least = 0.33, most = 0.5 }
[acquisition]
kind = "static"
nuclide = "Tc-99m"
matrix = 128
EXTRA
[[centre]]
name = "A"
address = "B"
serial = "C"
camera = "GE Infinia"
collimator = "GE LEHR"
)";

class Simulate : public ::testing::Test {
 protected:
  std::string cohort(const std::string& extra = "") {
    std::string text = kCohort;
    text.replace(text.find("EXTRA"), 5, extra);
    writeWholeFile(folder_ / "quick.toml", text);
    return (folder_ / "quick.toml").string();
  }
  std::filesystem::path out(const std::string& name) const { return folder_ / name; }

  /// What goes to stdout. The seed's one patient has two studies or three.
  std::string simulate(const std::string& name, const std::vector<std::string>& more,
                       const std::string& extra = "") {
    std::vector<std::string> words = {"remnant", "simulate", "--cohort", cohort(extra), "--patients",
                                      "1",       "--seed",   "2",        "--out",       out(name)};
    words.insert(words.end(), more.begin(), more.end());
    std::vector<const char*> line;
    for (const std::string& word : words) line.push_back(word.c_str());
    ::testing::internal::CaptureStdout();
    try {
      EXPECT_EQ(parseAndRun(allCommands(), static_cast<int>(line.size()), line.data()), ExitStatus::kDone);
    } catch (...) {
      ::testing::internal::GetCapturedStdout();
      throw;
    }
    return ::testing::internal::GetCapturedStdout();
  }
  std::string monteCarlo(const std::string& name, std::vector<std::string> more,
                         const std::string& extra = "") {
    for (const char* word : {"--engine", "monte-carlo", "--histories", "1000"}) more.emplace_back(word);
    return simulate(name, more, extra);
  }
  /// "code tag" of the refusal, which leaves nothing behind.
  std::string refusal(const std::vector<std::string>& more, const std::string& extra = "") {
    try {
      monteCarlo("refused", more, extra);
    } catch (const InputError& error) {
      EXPECT_FALSE(std::filesystem::exists(out("refused")));
      return error.code() + " " + error.tag();
    }
    return "no error";
  }
  std::map<std::string, std::string> contents(const std::string& name) const {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(out(name)))
      if (entry.is_regular_file())
        files[std::filesystem::relative(entry.path(), out(name))] = readWholeFile(entry.path());
    return files;
  }

  testing::TemporaryFolder folder_;
};

TEST_F(Simulate, TheMonteCarloWritesAWholeArchiveWithTheFastEnginesTruth) {
  const auto told = nlohmann::json::parse(monteCarlo("reference", {"--study", "1", "--json"}));
  EXPECT_EQ(told["studies"], 1);
  EXPECT_EQ(told["madeNow"], 1);
  EXPECT_GT(told["noiseOfCounts"], 0);
  simulate("fast", {"--study", "1"});
  const auto reference = contents("reference"), fast = contents("fast");
  ASSERT_EQ(reference.size(), fast.size());
  std::size_t different = 0;
  for (const auto& [path, bytes] : fast) {
    ASSERT_TRUE(reference.contains(path)) << path;
    if (reference.at(path) == bytes) continue;
    ++different;
    EXPECT_TRUE(path.ends_with(".dcm") || path == "simulation.json") << path;
  }
  EXPECT_EQ(different, 2U);
  EXPECT_EQ(CsvTable::read(out("reference") / "labels.csv").rowCount(), 1U);
  for (const char* path : {"truth.csv", "measurements.csv", "calibration/C.json"})
    EXPECT_TRUE(reference.contains(path)) << path;
}

TEST_F(Simulate, TooFewPhotonsAreToldWithHowManyWouldDo) {
  ::testing::internal::CaptureStderr();
  const auto told = nlohmann::json::parse(monteCarlo("few", {"--study", "1", "--json"}));
  const std::string few = ::testing::internal::GetCapturedStderr();
  const double noise = told["noiseOfCountingVariance"];
  ASSERT_GT(noise, 1);
  EXPECT_THAT(few, HasSubstr("warning: "));
  const std::size_t number = few.rfind("--histories ");
  ASSERT_NE(number, std::string::npos) << few;
  // The noise falls in proportion to the photons; the number is rounded up to two digits.
  const double enough = std::stod(few.substr(number + 12)), exact = 1000 * noise / 0.1;
  EXPECT_GE(enough, exact);
  EXPECT_LE(enough, 1.1 * exact);
}

TEST_F(Simulate, EnoughPhotonsAreNotWarnedOf) {
  ::testing::internal::CaptureStderr();
  const auto told = nlohmann::json::parse(
      simulate("enough", {"--study", "1", "--engine", "monte-carlo", "--histories", "200000", "--json"},
               "minutes = { least = 0.1, most = 0.1 }"));
  const std::string enough = ::testing::internal::GetCapturedStderr();
  ASSERT_LT(told["noiseOfCountingVariance"], 1);
  EXPECT_THAT(enough, HasSubstr("the Monte Carlo's own noise"));
  EXPECT_THAT(enough, ::testing::Not(HasSubstr("warning")));
}

TEST_F(Simulate, TheMonteCarloGivesTheSameBytesOnOneAndTwoThreads) {
  monteCarlo("one", {"--study", "1", "--threads", "1"});
  monteCarlo("two", {"--study", "1", "--threads", "2"});
  EXPECT_EQ(contents("one"), contents("two"));
}

TEST_F(Simulate, TheMonteCarloGoesOnWhereObjectsAreMissingAndNowhereElse) {
  const std::vector<std::string> asked = {"--study", "1", "--json"};
  monteCarlo("archive", asked);
  const auto before = contents("archive");
  const auto again = nlohmann::json::parse(monteCarlo("archive", asked));
  EXPECT_EQ(again["madeNow"], 0);
  EXPECT_FALSE(again.contains("noiseOfCounts"));
  for (const auto& [path, bytes] : before)
    if (path.ends_with(".dcm")) std::filesystem::remove(out("archive") / path);
  monteCarlo("archive", asked);
  EXPECT_EQ(contents("archive"), before);
}

TEST_F(Simulate, AStudyChosenIsTheSameAsAmongAll) {
  simulate("all", {});
  const auto all = contents("all");
  const std::size_t studies = CsvTable::read(out("all") / "labels.csv").rowCount();
  ASSERT_GT(studies, 1U);
  simulate("last", {"--study", std::to_string(studies)});
  std::size_t objects = 0;
  for (const auto& [path, bytes] : contents("last")) {
    if (!path.ends_with(".dcm")) continue;
    ++objects;
    EXPECT_EQ(bytes, all.at(path)) << path;
  }
  EXPECT_EQ(objects, 1U);
}

TEST_F(Simulate, TheMonteCarloRefusesWhatItCannotDo) {
  EXPECT_EQ(refusal({}), "many-studies --study");
  EXPECT_EQ(refusal({"--study", "4"}), "no-such-study --study");
  EXPECT_EQ(refusal({"--study", "1"}, "spect = true"), "engine-cannot acquisition.spect");
  EXPECT_EQ(refusal({"--study", "1"}, "dynamicFrames = 2"), "engine-cannot acquisition.dynamicFrames");
}

TEST_F(Simulate, ARefusedCohortIsNamedByItsFile) {
  try {
    monteCarlo("refused", {"--study", "1"}, "spect = true");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(describe(error), HasSubstr("quick.toml: acquisition.spect: "));
  }
}

TEST_F(Simulate, AnUnknownEngineAndPhotonsOfTheFastOneAreBadUsage) {
  EXPECT_THROW(simulate("refused", {"--engine", "slow"}), UsageError);
  EXPECT_THROW(simulate("refused", {"--histories", "2000"}), UsageError);
  EXPECT_THROW(simulate("refused", {"--engine", "monte-carlo", "--study", "1", "--histories", "10"}),
               UsageError);
  EXPECT_FALSE(std::filesystem::exists(out("refused")));
}

TEST_F(Simulate, AFolderOfTheOtherEngineIsRefused) {
  simulate("archive", {"--study", "1"});
  EXPECT_THROW(monteCarlo("archive", {"--study", "1"}), InputError);
}

}  // namespace
}  // namespace remnant::commands
