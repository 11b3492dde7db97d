#include "remnant/dataset/build.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "dataset/example_catalogue.h"
#include "dataset/refusal.h"
#include "remnant/base/atomic_file.h"
#include "remnant/dataset/build_places.h"
#include "remnant/dataset/checksums.h"
#include "remnant/dataset/dataset.h"
#include "remnant/dataset/schema.h"
#include "remnant/image/png.h"

namespace remnant::dataset {
namespace {

namespace fs = std::filesystem;

constexpr int kPatients = 10;

std::map<std::string, std::string> filesBelow(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (!entry.is_directory()) files[fs::relative(entry.path(), folder)] = readWholeFile(entry.path());
  return files;
}

/// Ten patients of one drawn study each, and three studies more that cannot be in the dataset.
class Build : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    example_ = new ExampleCatalogue;
    for (int patient = 1; patient <= kPatients; ++patient) example_->addBody(patient, 1);
    example_->add(exampleObject(1, 2), {image::Counts(1024, 256, 4), image::Counts(1024, 256, 4)});
    CatalogueObject oneView = exampleObject(2, 2);
    oneView.views = {"anterior", "unknown"};
    example_->add(oneView, {image::Counts(8, 8, 4), image::Counts(8, 8, 4)});
    example_->addBody(3, 2);  // without a label
    writeWholeFile(*example_ / "labels.csv", labels());
    writeWholeFile(*example_ / "regions.csv", regions());
    finished_ = new std::map<std::string, std::string>;
    summary_ = new BuildSummary(build(config("finished")));
    *finished_ = filesBelow(*example_ / "finished");
  }

  static void TearDownTestSuite() {
    delete finished_;
    delete summary_;
    delete example_;
  }

  static std::string labels() {
    std::string text = "patientId,studyInstanceUid,label,tshMilliUnitsPerL\n";
    for (int patient = 1; patient <= kPatients; ++patient)
      text +=
          patientIdOf(patient) + "," + studyUidOf(patient, 1) + "," + std::to_string(patient % 2) + ",30\n";
    for (const int patient : {1, 2}) text += patientIdOf(patient) + "," + studyUidOf(patient, 2) + ",0,\n";
    return text;
  }

  /// A focus in the thyroid bed of the drawn body, and one in its bladder.
  static std::string regions() {
    std::string text =
        "patientId,studyInstanceUid,imageSet,view,region,x,y,width,height,xMm,yMm,depthMm,depthUncertaintyMm,"
        "depthMethod,uptakePercent,uptakeUncertaintyPercent,source\n";
    const std::string study = patientIdOf(1) + "," + studyUidOf(1, 1) + ",full-body,anterior,focus,";
    text += study + "125,170,6,6,307.2,415.2,15,1,geometric,0.4,,me\n";
    return text + study + "120,390,16,16,307.2,955.2,60,,,,,me\n";
  }

  static BuildConfig config(const std::string& out) {
    fs::create_directories(*example_ / "secret");
    writeWholeFile(*example_ / "secret" / "key", std::string(1, 1) + std::string(1, 2) + std::string(1, 3) +
                                                     std::string(deid::Key::kBytes - 3, 0));
    fs::permissions(*example_ / "secret" / "key", fs::perms::owner_read | fs::perms::owner_write);
    return {.catalogueUrl = example_->url(),
            .store = example_->storeFolder(),
            .labels = *example_ / "labels.csv",
            .key = *example_ / "secret" / "key",
            .regions = *example_ / "regions.csv",
            .out = *example_ / out,
            .seed = 5,
            .threads = 2,
            .softwareVersion = "test"};
  }

  static CsvTable table(const std::string& file) {
    const CsvTable table = CsvTable::parse(finished_->at(file), file);
    requireSchema(table, file, file);
    return table;
  }

  static ExampleCatalogue* example_;
  static std::map<std::string, std::string>* finished_;
  static BuildSummary* summary_;
};

ExampleCatalogue* Build::example_ = nullptr;
std::map<std::string, std::string>* Build::finished_ = nullptr;
BuildSummary* Build::summary_ = nullptr;

TEST_F(Build, CountsWhatIsInAndWhatIsLeftOut) {
  EXPECT_EQ(summary_->studies, 10u);
  EXPECT_EQ(summary_->patients, 10u);
  EXPECT_EQ(summary_->positives, 5u);
  EXPECT_EQ(summary_->leftOut, (std::map<std::string, std::size_t>{
                                   {"no-body-outline", 1}, {"no-label", 1}, {"no-opposed-views", 1}}));
  const CsvTable leftOut = table("left-out.csv");
  std::map<std::string, std::string> reasons;
  for (std::size_t row = 0; row < leftOut.rowCount(); ++row)
    reasons[leftOut.text(row, "study")] = leftOut.text(row, "reason");
  EXPECT_EQ(reasons.at(exampleObject(1, 2).study), "no-body-outline");
  EXPECT_EQ(reasons.at(exampleObject(2, 2).study), "no-opposed-views");
  EXPECT_EQ(reasons.at(exampleObject(3, 2).study), "no-label");
}

TEST_F(Build, WritesTablesOfTheSchema) {
  EXPECT_EQ(table("studies.csv").rowCount(), 10u);
  EXPECT_EQ(table("views.csv").rowCount(), 40u);
  EXPECT_EQ(table("splits.csv").rowCount(), 5u * 10 + 10);
  const CsvTable studies = table("studies.csv");
  const std::string first = exampleObject(1, 1).study;
  for (std::size_t row = 0; row < studies.rowCount(); ++row) {
    if (studies.text(row, "study") != first) continue;
    EXPECT_EQ(studies.text(row, "label"), "1");
    EXPECT_EQ(studies.text(row, "scanner"), "MAKER MODEL, \"1\"");
    EXPECT_EQ(studies.text(row, "acquisitionPeriod"), "2021");
    EXPECT_EQ(studies.text(row, "tshMilliUnitsPerL"), "30");
    EXPECT_EQ(studies.text(row, "thyroglobulinNgPerMl"), "");
  }
}

TEST_F(Build, KeepsRawCountsAndTheLineageOfTheCrop) {
  const auto expected = testing::syntheticStudy({.seed = 101});
  const CsvTable views = table("views.csv");
  std::size_t seen = 0;
  for (std::size_t row = 0; row < views.rowCount(); ++row) {
    if (views.text(row, "study") != exampleObject(1, 1).study) continue;
    ++seen;
    const image::Counts& whole =
        views.text(row, "view") == "anterior" ? expected.anterior : expected.posterior;
    const auto number = [&](const char* column) {
      return static_cast<std::size_t>(views.integer(row, column).value());
    };
    const image::Box crop{.x = number("cropX"),
                          .y = number("cropY"),
                          .width = number("cropWidth"),
                          .height = number("cropHeight")};
    const image::Counts image = image::readPng(*example_ / "finished" / views.text(row, "file"));
    EXPECT_EQ(image, cropped(whole, crop)) << views.text(row, "file");
    EXPECT_EQ(views.integer(row, "counts"), image::sumOf(image));
    EXPECT_EQ(number("rows"), image.rows());
    EXPECT_EQ(number("columns"), image.columns());
    EXPECT_EQ(views.text(row, "headEnd"), "top");
    EXPECT_TRUE(finished_->contains(views.text(row, "sourceFile")));
  }
  EXPECT_EQ(seen, 4u);
}

TEST_F(Build, ShowsOnePieceOfThePatientOnBothNeckViews) {
  const Dataset dataset = Dataset::open(*example_ / "finished");
  const auto neck = dataset.views(exampleObject(4, 1).study, ImageSet::kNeckRegion);
  // The drawn body is symmetric up to noise, so the middle of counts lies in the same place after mirroring.
  const auto middle = [](const image::Counts& counts) {
    double moment = 0;
    for (std::size_t i = 0; i < counts.pixels().size(); ++i)
      moment += static_cast<double>(i % counts.columns()) * counts.pixels()[i];
    return moment / static_cast<double>(image::sumOf(counts));
  };
  EXPECT_NEAR(middle(neck.anterior), middle(image::mirrored(neck.posterior)), 1);
}

TEST_F(Build, BringsGivenRegionsIntoTheCropWhereTheyLieInIt) {
  const CsvTable regions = table("regions.csv");
  std::multiset<std::string> places;
  for (std::size_t row = 0; row < regions.rowCount(); ++row)
    if (regions.text(row, "region") == "focus")
      places.insert(regions.text(row, "imageSet") + " " + regions.text(row, "depthMm"));
  EXPECT_EQ(places, (std::multiset<std::string>{"full-body 15", "full-body 60", "neck-region 15"}));
  const Dataset dataset = Dataset::open(*example_ / "finished");
  std::size_t automatic = 0;
  for (const Region& region : dataset.regions()) automatic += region.source == "automatic";
  EXPECT_EQ(automatic, 10u * 2 * 2 * 2) << "two boxes on two views of two image sets";
}

TEST_F(Build, LeavesNoOriginalIdentifierBehind) {
  for (const auto& [file, bytes] : *finished_) {
    if (file.starts_with("dicom/")) continue;
    EXPECT_EQ(bytes.find("HOSPITAL"), std::string::npos) << file;
    EXPECT_EQ(bytes.find("1.2.3."), std::string::npos) << file;
  }
  EXPECT_EQ(finished_->at("dataset.json").find(exampleKey().keyId()), std::string::npos);
}

TEST_F(Build, NamesEveryFileInTheChecksums) {
  const Checksums checksums = readChecksumsFile(*example_ / "finished" / "checksums.sha256");
  std::set<std::string> named, there;
  for (const auto& [file, digest] : checksums) named.insert(file);
  for (const auto& [file, bytes] : *finished_) there.insert(file);
  there.erase("checksums.sha256");
  EXPECT_EQ(named, there);
  EXPECT_TRUE(matchesChecksums(*example_ / "finished", checksums, 2));
}

TEST_F(Build, GivesTheSameBytesOnOneThreadAndWhereDicomCannotBeLinked) {
  BuildConfig other = config("other");
  other.threads = 1;
  EXPECT_EQ(build(other).contentHash, summary_->contentHash);
  EXPECT_EQ(filesBelow(other.out), *finished_);
}

TEST_F(Build, GoesOnAfterBeingKilledAndMendsWhatWasChanged) {
  const BuildConfig same = config("killed");
  build(same);
  // What a kill leaves: no checksums yet, files missing, a temporary one half written.
  fs::remove(same.out / "checksums.sha256");
  fs::remove(same.out / "dataset.json");
  fs::remove(same.out / "studies.csv");
  fs::remove_all(same.out / "neck-region");
  writeWholeFile(same.out / "full-body" / "x.png.1-1.remnant-part", "half");
  writeWholeFile(same.out / "unfinished.json", "{}");
  testing::expectRefusal([&] { build(same); }, "other-dataset", "another");
  fs::remove_all(same.out);
  build(same);
  fs::remove(same.out / "checksums.sha256");
  fs::remove_all(same.out / "neck-region");
  writeWholeFile(same.out / "full-body" / "x.png.1-1.remnant-part", "half");
  writeWholeFile(same.out / "studies.csv", "changed");
  EXPECT_FALSE(build(same).alreadyBuilt);
  EXPECT_EQ(filesBelow(same.out), *finished_);
  const BuildSummary again = build(same);
  EXPECT_TRUE(again.alreadyBuilt);
  EXPECT_EQ(again.contentHash, summary_->contentHash);
  EXPECT_EQ(again.leftOut, summary_->leftOut);
}

TEST_F(Build, RefusesAFolderOfSomethingElse) {
  BuildConfig other = config("finished");
  other.seed = 6;
  testing::expectRefusal([&] { build(other); }, "other-dataset", "another");
  other = config("finished");
  other.regions.reset();
  testing::expectRefusal([&] { build(other); }, "other-dataset", "another");
  writeWholeFile(*example_ / "changed.csv", labels().replace(labels().find(",1,30"), 5, ",0,30"));
  other = config("finished");
  other.labels = *example_ / "changed.csv";
  testing::expectRefusal([&] { build(other); }, "other-dataset", "another");
  fs::create_directories(*example_ / "mine");
  writeWholeFile(*example_ / "mine" / "thesis.txt", "words");
  testing::expectRefusal([&] { build(config("mine")); }, "folder-in-use", "other files");
  EXPECT_EQ(filesBelow(*example_ / "finished"), *finished_);
}

TEST_F(Build, RefusesARegionOutsideItsImage) {
  const std::string text = regions();
  std::string outside = text;
  outside.replace(outside.find("125,170,6,6"), 11, "253,170,6,6");
  writeWholeFile(*example_ / "outside.csv", outside);
  BuildConfig other = config("outside");
  other.regions = *example_ / "outside.csv";
  testing::expectRefusal([&] { build(other); }, "bad-value", "line 2");
}

TEST_F(Build, RefusesAStoreThatIsNotTheIngestedOne) {
  BuildConfig other = config("changed-store");
  fs::copy(other.store, *example_ / "store2", fs::copy_options::recursive);
  other.store = *example_ / "store2";
  const fs::path object = other.store / Store::objectFile(exampleObject(5, 1).object);
  std::string bytes = readWholeFile(object);
  bytes.back() = static_cast<char>(bytes.back() + 1);
  writeWholeFile(object, bytes);
  testing::expectRefusal([&] { build(other); }, "changed-object", "ingest");
  fs::remove(object);
  testing::expectRefusal([&] { build(other); }, "missing-object", "store");
}

TEST_F(Build, WithoutAFitStudyRefusesAndLeavesTheFolderFree) {
  writeWholeFile(*example_ / "one.csv",
                 "patientId,studyInstanceUid,label\n" + patientIdOf(1) + "," + studyUidOf(1, 2) + ",1\n");
  BuildConfig other = config("none");
  other.labels = *example_ / "one.csv";
  testing::expectRefusal([&] { build(other); }, "no-studies", "no-body-outline 1, no-label 12");
  EXPECT_TRUE(fs::is_empty(other.out));
  EXPECT_EQ(build(config("none")).contentHash, summary_->contentHash);
}

TEST_F(Build, RefusesAKeyInsideItsDataAndADatasetInsideTheStore) {
  const auto keyAt = [&](const fs::path& place) {
    BuildConfig other = config("places");
    fs::create_directories(place.parent_path());
    fs::copy_file(*other.key, place);
    other.key = place;
    testing::expectRefusal([&] { build(other); }, "key-in-dataset", "must not lie");
    fs::remove(place);
  };
  keyAt(*example_ / "places" / "key");
  keyAt(example_->storeFolder() / "key");
  BuildConfig other = config("inside");
  other.out = example_->storeFolder() / "dataset";
  testing::expectRefusal([&] { build(other); }, "dataset-in-store", "store");
}

TEST_F(Build, RefusesAFolderThatAnotherBuildIsAtWorkIn) {
  const BuildConfig same = config("busy");
  fs::create_directories(same.out);
  {
    const FolderLock held(same.out);
    testing::expectRefusal([&] { build(same); }, "busy-folder", "another build");
  }
  EXPECT_EQ(build(same).contentHash, summary_->contentHash);
}

}  // namespace
}  // namespace remnant::dataset
