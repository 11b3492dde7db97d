#include "remnant/phantom/cohort.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <toml++/toml.h>
#include <algorithm>
#include <cmath>
#include <fstream>

#include "remnant/base/error.h"
#include "support/temporary_folder.h"

namespace remnant::phantom {
namespace {

const std::string kCentre = R"([[centre]]
name = "A"
address = "B"
camera = "Siemens Symbia Intevo"
collimator = "Siemens HE"
model = "D"
serial = "E"
)";

InputError refusalOf(const std::string& text) {
  try {
    parseCohort(text, "cohort.toml");
  } catch (const InputError& error) {
    return error;
  }
  ADD_FAILURE() << "accepted: " << text;
  return InputError("none", "none");
}

TEST(ParseCohort, KeepsDefaultsForWhatIsLeftOut) {
  const Cohort cohort = parseCohort("[course]\nsuccessShare = 0.5\n" + kCentre, "cohort.toml");
  EXPECT_EQ(cohort.course.successShare, 0.5);
  EXPECT_EQ(cohort.thyroid.uptakePercent.median, Cohort().thyroid.uptakePercent.median);
  ASSERT_EQ(cohort.centres.size(), 1U);
  EXPECT_EQ(cohort.centres[0].model, "D");
}

TEST(ParseCohort, ReadsRangesInOneLine) {
  const Cohort cohort =
      parseCohort("[course]\ntherapyHours = { least = 50, most = 60 }\n" + kCentre, "cohort.toml");
  EXPECT_EQ(cohort.course.therapyHours.least, 50);
  EXPECT_EQ(cohort.course.therapyHours.most, 60);
}

TEST(ParseCohort, RefusesAValueOutOfRangeWithFileLineKeyAndRange) {
  const InputError error = refusalOf("\n[course]\n\nsuccessShare = 1.5\n" + kCentre);
  EXPECT_EQ(error.code(), "bad-cohort");
  EXPECT_EQ(error.file(), "cohort.toml");
  EXPECT_EQ(error.tag(), "course.successShare");
  EXPECT_THAT(error.what(), ::testing::AllOf(::testing::HasSubstr("line 4"), ::testing::HasSubstr("1.5"),
                                             ::testing::HasSubstr("0 to 1")));
}

TEST(ParseCohort, RefusesUnknownKeysWrongTypesAndSwappedEnds) {
  EXPECT_EQ(refusalOf("[course]\nsucessShare = 0.5\n" + kCentre).tag(), "course.sucessShare");
  EXPECT_EQ(refusalOf("[curse]\nsuccessShare = 0.5\n" + kCentre).tag(), "curse");
  EXPECT_EQ(refusalOf("[course]\nsuccessShare = \"half\"\n" + kCentre).tag(), "course.successShare");
  EXPECT_EQ(refusalOf("[course]\nsuccessShare = nan\n" + kCentre).tag(), "course.successShare");
  EXPECT_EQ(refusalOf("[course]\ntherapyHours = { least = 60, most = 50 }\n" + kCentre).tag(),
            "course.therapyHours.least");
  EXPECT_EQ(refusalOf("[course]\noneStudyShare = 0.7\ntwoStudiesShare = 0.6\n" + kCentre).tag(),
            "course.oneStudyShare");
}

TEST(ParseCohort, RefusesAFileThatIsNoTomlAndOneWithoutCentres) {
  EXPECT_THAT(refusalOf("[course\n").what(), ::testing::HasSubstr("line 1"));
  EXPECT_EQ(refusalOf("name = \"x\"\n").tag(), "centre");
  EXPECT_EQ(refusalOf("[[centre]]\nname = \"x\"\n").tag(), "centre.address");
}

TEST(FindCohort, DemoIsFoundAndHoldsEveryKey) {
  const auto path = findCohort("demo");
  EXPECT_EQ(readCohort(path).name, "demo");
  const toml::table table = toml::parse_file(path.string());
  for (const std::string& key : cohortKeys()) EXPECT_TRUE(table.at_path(key)) << key;
}

TEST(FindCohort, EveryCohortOfTheProgramCanBeRead) {
  for (const char* name : {"demo", "tc99m-static", "i131-static", "i131-wholebody", "hard", "normal-only"})
    EXPECT_EQ(readCohort(findCohort(name)).name, name);
}

TEST(FindCohort, AcceptsAPathAndRefusesAnUnknownName) {
  const testing::TemporaryFolder folder;
  std::ofstream(folder / "mine.toml") << kCentre;
  EXPECT_EQ(findCohort((folder / "mine.toml").string()), folder / "mine.toml");
  try {
    findCohort("no such cohort");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.code(), "no-such-cohort");
    EXPECT_THAT(error.what(), ::testing::HasSubstr("demo"));
  }
}

TEST(LogNormal, HasItsMedianAndStaysInItsLimits) {
  const LogNormal prior{0.28, 1.87, 0.005, 20};
  RandomStream random(7, 0);
  std::vector<double> draws;
  for (int index = 0; index < 20001; ++index) draws.push_back(prior.draw(random));
  std::sort(draws.begin(), draws.end());
  // The median of n draws has a standard error of 1.2533 sigma / sqrt(n) in the logarithm.
  EXPECT_NEAR(std::log(draws[10000] / 0.28), 0, 5 * 1.2533 * 1.87 / std::sqrt(20001));
  EXPECT_GE(draws.front(), 0.005);
  EXPECT_LE(draws.back(), 20);
}

}  // namespace
}  // namespace remnant::phantom
