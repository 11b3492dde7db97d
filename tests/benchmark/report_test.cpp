#include "remnant/benchmark/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "benchmark/report_fixture.h"
#include "remnant/base/atomic_file.h"
#include "remnant/chart/markup.h"
#include "support/markup_check.h"
#include "support/temporary_folder.h"

namespace remnant::benchmark {
namespace {

using remnant::testing::MarkupCheck;
using remnant::testing::smallPictures;
using remnant::testing::smallRun;
using ::testing::HasSubstr;
using ::testing::Not;

std::string pageOf(const Run& run) {
  return reportHtml(run, [](const std::string&, const std::string&) { return smallPictures(); });
}

TEST(Report, IsWellFormed) {
  EXPECT_EQ(MarkupCheck::faultIn(pageOf(smallRun())), "");
}

TEST(Report, HoldsEveryFigureWithItsInterval) {
  const auto run = smallRun();
  const std::string page = pageOf(run);
  for (const FigureRow& row : run.figures) {
    EXPECT_THAT(page, HasSubstr("<td>" + chart::markup::fixed(*row.value, 3) + "<"));
    EXPECT_THAT(
        page, HasSubstr(chart::markup::fixed(*row.lower, 3) + " to " + chart::markup::fixed(*row.upper, 3)));
  }
}

TEST(Report, SaysWhatWasRunOnWhat) {
  const std::string page = pageOf(smallRun());
  for (const char* fact :
       {"version 1.0.0", "def456", "abc123", "8, of these 4 with residual tissue", "GNU 12.2.0",
        "libtorch 1.13.1", "avx2", "A measured ratio.", "ridge 1", "epochs 2",
        "remnant bench run DATASET --protocol RUN/protocol.toml --out NEW-RUN"})
    EXPECT_THAT(page, HasSubstr(fact));
}

TEST(Report, NeedsNothingFromOutsideAndRunsNothing) {
  const std::string page = pageOf(smallRun());
  for (const char* outside : {"src=\"http", "href=\"http", "url(", "@import", "<link", "<script", "<iframe"})
    EXPECT_THAT(page, Not(HasSubstr(outside)));
}

TEST(Report, KeepsHostileTextInert) {
  const std::string hostile = "\"'><script>alert(1)</script>&\x02<img src=http://x>";
  auto run = smallRun();
  for (std::string* text :
       {&run.dataset.name, &run.dataset.version, &run.dataset.folder, &run.dataset.contentHash,
        &run.protocol.name, &run.protocol.kind, &run.protocolHash, &run.environment.remnant,
        &run.environment.compiler, &run.environment.instructionSet, &run.contestants[1].description})
    *text = hostile;
  run.contestants[1].settings = {{hostile, hostile}};
  for (ScoreRow& row : run.scores) row.study += hostile;
  const std::string page = pageOf(run);
  EXPECT_EQ(MarkupCheck::faultIn(page), "");
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
}

TEST(Report, SaysProminentlyThatPatientsAreSimulated) {
  auto run = smallRun();
  EXPECT_THAT(pageOf(run),
              HasSubstr("Simulated patients, not real ones. For research, not for clinical use."));
  run.dataset.simulated = false;
  EXPECT_THAT(pageOf(run), Not(HasSubstr("imulated")));
  EXPECT_THAT(pageOf(run), HasSubstr("not for clinical use"));
}

TEST(Report, ShowsRightAndWrongCasesOfTheNetwork) {
  std::multiset<std::string> asked;
  const std::string page = reportHtml(smallRun(), [&](const std::string& study, const std::string& imageSet) {
    asked.insert(imageSet + " " + study);
    return smallPictures();
  });
  const std::multiset<std::string> expected{"full-body study-hit",     "full-body study-miss",
                                            "full-body study-alarm",   "full-body study-clear",
                                            "neck-region study-hit",   "neck-region study-miss",
                                            "neck-region study-alarm", "neck-region study-clear"};
  EXPECT_EQ(asked, expected);
  EXPECT_THAT(page, HasSubstr("Known foci: 0.52 %, 21 mm deep"));
  EXPECT_THAT(page, HasSubstr("data:image/png;base64,"));
}

TEST(Report, SaysWhatIsNotDefined) {
  auto run = smallRun();
  for (FigureRow& row : run.figures) row.value = row.lower = row.upper = std::nullopt;
  const std::string page = pageOf(run);
  EXPECT_EQ(MarkupCheck::faultIn(page), "");
  EXPECT_THAT(page, HasSubstr("<td>not defined</td>"));
  EXPECT_THAT(page, HasSubstr("no area under the ROC curve is defined"));
}

TEST(Report, IsNotWrittenOfARunThatIsNotFinished) {
  const remnant::testing::TemporaryFolder folder;
  try {
    readRun(folder.path());
    FAIL() << "an empty folder was taken for a run";
  } catch (const InputError& error) {
    EXPECT_EQ(error.code(), "not-a-run");
  }
  writeWholeFile(folder / "run.json", R"({"format": 1,
    "protocol": {"name": "p", "kind": "kfold", "folds": 2, "repeats": 1, "seeds": [1],
                 "imageSets": ["full-body"], "bootstrapResamples": 10, "permuteLabels": false},
    "protocolHash": "", "contestants": [],
    "dataset": {"folder": "d", "name": "d", "version": "1", "contentHash": "", "simulated": true,
                "studies": 1, "patients": 1, "positives": 0},
    "environment": {"remnant": "", "compiler": "", "libtorch": "", "instructionSet": "",
                    "threadsPerFit": 1}})");
  try {
    readRun(folder.path());
    FAIL() << "a run without scores was taken";
  } catch (const InputError& error) {
    EXPECT_EQ(error.code(), "unfinished-run");
    EXPECT_THAT(error.what(), HasSubstr("not finished"));
    EXPECT_THAT(error.file(), HasSubstr("scores.csv"));
  }
}

TEST(Report, IsTheSameBytesForTheSameRun) {
  EXPECT_EQ(pageOf(smallRun()), pageOf(smallRun()));
}

}  // namespace
}  // namespace remnant::benchmark
