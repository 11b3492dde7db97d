#include "remnant/benchmark/runner.h"

#include <gtest/gtest.h>

#include "benchmark/tiny_dataset.h"
#include "remnant/base/atomic_file.h"
#include "support/temporary_folder.h"

namespace remnant::benchmark {
namespace {

namespace fs = std::filesystem;

Protocol ratioProtocol() {
  Protocol protocol;
  protocol.name = "ratio-only";
  protocol.folds = 2;
  protocol.seeds = {1};
  protocol.imageSets = {"full-body", "neck-region"};
  protocol.contestants = {{"ratio", RatioSettings{}}};
  protocol.bootstrapResamples = 200;
  return protocol;
}

#ifdef REMNANT_NETWORKS
Protocol networkProtocol() {
  Protocol protocol = ratioProtocol();
  protocol.imageSets = {"neck-region"};
  protocol.contestants.push_back({"net", NetworkSettings{.architecture = "resnet18",
                                                         .epochs = 2,
                                                         .batchSize = 8,
                                                         .learningRate = 1e-3,
                                                         .weightDecay = 1e-2,
                                                         .maximumShiftPixels = 1,
                                                         .mirror = true,
                                                         .inputs = {{"neck-region", {32, 32}}}}});
  return protocol;
}
#endif

std::optional<double> aucOf(const Run& run, const std::string& imageSet) {
  for (const FigureRow& row : run.figures)
    if (row.imageSet == imageSet && row.figure == "auc") return row.value;
  return std::nullopt;
}

class Runner : public ::testing::Test {
 protected:
  benchmark::Run runInto(const std::string& name, const Protocol& protocol, unsigned threads = 1) const {
    return runBenchmark(dataset_, protocol, {.folder = folder_ / name, .threads = threads});
  }
  std::string refusalOf(const std::string& name, const Protocol& protocol,
                        const dataset::Dataset& dataset) const {
    try {
      runBenchmark(dataset, protocol, {.folder = folder_ / name, .threads = 1});
    } catch (const InputError& error) {
      return error.code();
    }
    return "none";
  }
  std::string bytesOf(const std::string& run, const std::string& file) const {
    return readWholeFile(folder_.path() / run / file);
  }

  remnant::testing::TemporaryFolder folder_;
  remnant::testing::TinyDataset tiny_{folder_ / "dataset", 24};
  dataset::Dataset dataset_ = tiny_.open();
};

TEST_F(Runner, ScoresEveryStudyAndTellsPlainCasesApart) {
  const benchmark::Run run = runInto("run", ratioProtocol());
  EXPECT_EQ(run.cells.size(), 4U);
  EXPECT_EQ(run.scores.size(), 2 * dataset_.studies().size());
  EXPECT_EQ(aucOf(run, "full-body"), 1.0);
  EXPECT_EQ(aucOf(run, "neck-region"), 1.0);
  EXPECT_EQ(run.dataset.patients, 24U);
  EXPECT_EQ(run.dataset.positives, 12U);
  EXPECT_EQ(run.dataset.contentHash, dataset_.contentHash());
  EXPECT_EQ(run.protocolHash, protocolHash(ratioProtocol()));
  EXPECT_EQ(run.environment.libtorch, "");
}

TEST_F(Runner, KeepsTheDatasetsLabelsAndPatients) {
  std::map<std::string, dataset::Study> studies;
  for (const auto& study : dataset_.studies()) studies[study.study] = study;
  const benchmark::Run run = runInto("run", ratioProtocol());
  for (const ScoreRow& row : run.scores) {
    EXPECT_EQ(row.patient, studies.at(row.study).patient);
    EXPECT_EQ(row.label, studies.at(row.study).label);
  }
}

TEST_F(Runner, GivesTheSameBytesForAnyNumberOfThreads) {
  runInto("one", ratioProtocol(), 1);
  runInto("three", ratioProtocol(), 3);
  EXPECT_EQ(bytesOf("one", "scores.csv"), bytesOf("three", "scores.csv"));
  EXPECT_EQ(bytesOf("one", "figures.csv"), bytesOf("three", "figures.csv"));
}

TEST_F(Runner, GoesOnFromWhatIsDone) {
  runInto("run", ratioProtocol());
  const std::string scores = bytesOf("run", "scores.csv");
  const fs::path kept = folder_.path() / "run/cells/full-body_ratio_repeat0_fold0_seed1.csv";
  const fs::path lost = folder_.path() / "run/cells/neck-region_ratio_repeat0_fold1_seed1.csv";
  const auto written = fs::last_write_time(kept);
  ASSERT_TRUE(fs::remove(lost));
  fs::remove(folder_.path() / "run/scores.csv");
  runInto("run", ratioProtocol());
  EXPECT_TRUE(fs::exists(lost));
  EXPECT_EQ(fs::last_write_time(kept), written);
  EXPECT_EQ(bytesOf("run", "scores.csv"), scores);
}

TEST_F(Runner, RefusesAFolderOfAnotherProtocolOrDataset) {
  runInto("run", ratioProtocol());
  Protocol other = ratioProtocol();
  other.bootstrapSeed = 2;
  EXPECT_EQ(refusalOf("run", other, dataset_), "other-run");
  const remnant::testing::TinyDataset larger(folder_ / "larger", 26);
  EXPECT_EQ(refusalOf("run", ratioProtocol(), larger.open()), "other-run");
}

TEST_F(Runner, RefusesACellThatIsNotAboutItsStudies) {
  runInto("run", ratioProtocol());
  const fs::path cells = folder_.path() / "run/cells";
  fs::copy_file(cells / "full-body_ratio_repeat0_fold0_seed1.csv",
                cells / "full-body_ratio_repeat0_fold1_seed1.csv", fs::copy_options::overwrite_existing);
  EXPECT_EQ(refusalOf("run", ratioProtocol(), dataset_), "foreign-cell");
}

TEST_F(Runner, RefusesAStudyWithoutItsBoxes) {
  const remnant::testing::TinyDataset unmeasured(folder_ / "unmeasured", 4, 3, 2, "reader");
  EXPECT_EQ(refusalOf("run", ratioProtocol(), unmeasured.open()), "missing-region");
}

TEST_F(Runner, RefusesToMixEnvironments) {
  runInto("run", ratioProtocol());
  const fs::path record = folder_.path() / "run/run.json";
  std::string text = readWholeFile(record);
  const std::string key = "\"instructionSet\": \"";
  text.insert(text.find(key) + key.size(), "ancient-");
  writeWholeFile(record, text);
  EXPECT_EQ(refusalOf("run", ratioProtocol(), dataset_), "none") << "nothing is left to run";
  fs::remove(folder_.path() / "run/cells/full-body_ratio_repeat0_fold0_seed1.csv");
  EXPECT_EQ(refusalOf("run", ratioProtocol(), dataset_), "other-environment");
}

TEST_F(Runner, RefusesAFolderOfOtherFiles) {
  EXPECT_EQ(refusalOf("dataset", ratioProtocol(), dataset_), "foreign-folder");
  writeWholeFile(folder_ / "thesis.txt", "words");
  EXPECT_EQ(refusalOf("", ratioProtocol(), dataset_), "foreign-folder");
}

TEST_F(Runner, KeepsItsProtocolAndHoldsNoAbsolutePath) {
  Protocol protocol = ratioProtocol();
  protocol.source = "# a protocol";
  EXPECT_EQ(fs::path(runInto("run", protocol).dataset.folder), fs::weakly_canonical(folder_ / "dataset"));
  EXPECT_EQ(bytesOf("run", "protocol.toml"), protocol.source);
  EXPECT_NE(bytesOf("run", "run.json").find("\"../dataset\""), std::string::npos);
}

TEST_F(Runner, WritesIntoAFolderWhoseNameIsNotUtf8) {
  const fs::path odd = folder_.path() / "\xff" / "dataset";
  fs::create_directories(odd.parent_path());
  fs::copy(folder_ / "dataset", odd, fs::copy_options::recursive);
  EXPECT_EQ(refusalOf("run", ratioProtocol(), dataset::Dataset::open(odd)), "none");
}

TEST(PermutedRun, HasAnIntervalThatHoldsOneHalfAboutAsOftenAsItSays) {
  const remnant::testing::TemporaryFolder folder;
  const remnant::testing::TinyDataset tiny(folder / "dataset", 60);
  const auto dataset = tiny.open();
  Protocol protocol = ratioProtocol();
  protocol.imageSets = {"neck-region"};
  protocol.permuteLabels = true;
  int held = 0;
  for (protocol.permutationSeed = 1; protocol.permutationSeed <= 40; ++protocol.permutationSeed) {
    const std::string name = "run" + std::to_string(protocol.permutationSeed);
    const benchmark::Run run = runBenchmark(dataset, protocol, {.folder = folder / name, .threads = 1});
    held += *run.figures[0].lower <= 0.5 && 0.5 <= *run.figures[0].upper ? 1 : 0;
  }
  // Nominally 38 of 40, with a binomial standard deviation of 1.4.
  EXPECT_GE(held, 34);
}

TEST_F(Runner, FitsNetworksToTheSameBitsOnAnyNumberOfThreads) {
#ifdef REMNANT_NETWORKS
  const benchmark::Run run = runInto("one", networkProtocol(), 1);
  runInto("two", networkProtocol(), 2);
  EXPECT_EQ(bytesOf("one", "scores.csv"), bytesOf("two", "scores.csv"));
  EXPECT_EQ(run.environment.libtorch.substr(0, 9), "libtorch ");
#else
  GTEST_SKIP() << "built without the networks";
#endif
}

TEST(ReadRun, RefusesWhatIsNoFinishedRun) {
  const remnant::testing::TemporaryFolder folder;
  const fs::path run = folder / "run";
  fs::create_directories(run);
  const auto codeOf = [&] {
    try {
      readRun(run);
    } catch (const InputError& error) {
      return error.code();
    }
    return std::string("none");
  };
  EXPECT_EQ(codeOf(), "not-a-run");
  writeWholeFile(run / "run.json", "{\"format\": 2}");
  EXPECT_EQ(codeOf(), "not-a-run");
  const remnant::testing::TinyDataset tiny(folder / "dataset", 8);
  fs::remove(run / "run.json");
  const auto dataset = tiny.open();
  runBenchmark(dataset, ratioProtocol(), {.folder = run, .threads = 1});
  EXPECT_EQ(codeOf(), "none");
  fs::remove(run / "figures.csv");
  EXPECT_EQ(codeOf(), "unfinished-run");
}

}  // namespace
}  // namespace remnant::benchmark
