#include "remnant/dataset/ingest.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <functional>

#include "dataset/example_source.h"
#include "remnant/base/atomic_file.h"
#include "remnant/base/error.h"
#include "remnant/base/sha256.h"
#include "remnant/dataset/catalogue.h"
#include "remnant/dataset/store.h"
#include "remnant/deid/key.h"
#include "support/refusal_code.h"
#include "support/temporary_folder.h"

namespace remnant::dataset {
namespace {

namespace fs = std::filesystem;
using Quarantined = std::map<std::string, std::size_t>;

class IngestTest : public ::testing::Test {
 protected:
  IngestTest() {
    deid::Key::createFile(folder_ / "a.key");
    fs::create_directories(archive());
  }

  fs::path archive() const { return folder_ / "archive"; }
  IngestConfig configInto(const std::string& name) const {
    IngestConfig config;
    config.archive = archive();
    config.catalogueUrl = (folder_.path() / name / "catalogue.sqlite").string();
    config.store = folder_.path() / name / "store";
    config.keyFile = folder_ / "a.key";
    config.softwareVersion = "remnant 0";
    return config;
  }
  static std::string dumpOf(const IngestConfig& config) {
    return Catalogue::open(config.catalogueUrl).dump();
  }

  /// Every file of the store with its digest, by relative path.
  static std::map<std::string, std::string> filesOf(const IngestConfig& config) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(config.store))
      if (entry.is_regular_file())
        files[entry.path().lexically_relative(config.store).string()] = toHex(sha256OfFile(entry.path()));
    return files;
  }

  /// Ten objects of three patients and one of each kind of file that is set aside.
  void writeMixedArchive() const {
    for (int i = 0; i < 10; ++i) {
      const std::string patient = "PAT" + std::to_string(i % 3), study = "1.2.3." + std::to_string(i % 3 + 1);
      writeSource(archive() / patient / (std::to_string(i) + ".dcm"),
                  {patient, "FICTION^ADA", study, study + ".9." + std::to_string(i), "NM", i + 1});
    }
    writeWholeFile(archive() / "truth.csv", "patient,study\n");
    writeSource(archive() / "ct.dcm", {"PAT0", "FICTION^ADA", "1.2.9", "1.2.9.1", "CT", 1});
    dicom::Object empty = makeSource({"PAT0", "FICTION^ADA", "1.2.8", "1.2.8.1", "NM", 1});
    empty.dataset().remove({0x7fe0, 0x0010});
    empty.write(archive() / "without_pixels.dcm");
  }

  testing::TemporaryFolder folder_;
};

TEST_F(IngestTest, StoresDeidentifiesAndCataloguesEachObject) {
  writeSource(archive() / "one.dcm", {});
  const IngestConfig config = configInto("out");
  const IngestSummary summary = ingest(config);
  EXPECT_EQ(summary.files, 1u);
  EXPECT_EQ(summary.stored, 1u);
  EXPECT_FALSE(summary.foundFaults());

  const deid::Key key = deid::Key::read(config.keyFile);
  const auto objects = Catalogue::open(config.catalogueUrl).objects();
  ASSERT_EQ(objects.size(), 1u);
  const CatalogueObject& object = objects.front();
  EXPECT_EQ(object.patient, key.patientPseudonym("PAT4711"));
  EXPECT_EQ(object.study, key.studyPseudonym("1.2.3.100"));
  EXPECT_EQ(object.sopUid, key.mapUid("1.2.3.100.1.1"));
  EXPECT_EQ(object.sourceSha256, toHex(sha256OfFile(archive() / "one.dcm")));
  EXPECT_EQ(object.acquisition, "static");
  EXPECT_EQ(object.rows, 8);
  EXPECT_EQ(object.columns, 4);
  EXPECT_EQ(object.ageBand, "50-59");
  EXPECT_EQ(object.acquisitionPeriod, 2021);
  EXPECT_EQ(object.centre, key.centrePseudonym("Hospital of Nowhere"));
  EXPECT_EQ(object.hoursFromDose, 49.5);

  const fs::path stored = Store::open(config.store).pathOf(object);
  EXPECT_EQ(toHex(sha256OfFile(stored)), object.storedSha256);
  const auto pixels = dicom::decodePixels(dicom::Object::read(stored));
  EXPECT_EQ(pixels->frames, std::vector{image::Counts(8, 4, 3)});
}

TEST_F(IngestTest, LeavesNoIdentityInStoreOrCatalogue) {
  writeMixedArchive();
  const IngestConfig config = configInto("out");
  ingest(config);
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "out")) {
    if (!entry.is_regular_file()) continue;
    const std::string bytes = readWholeFile(entry.path());
    for (const char* identity : {"FICTION", "PAT0", "PAT1", "Nowhere", "19700615", "1.2.3.1"})
      EXPECT_THAT(bytes, ::testing::Not(::testing::HasSubstr(identity))) << entry.path();
  }
}

TEST_F(IngestTest, SetsAsideWhatIsNoImageOfCountsAndCallsItNoFault) {
  writeMixedArchive();
  const IngestSummary summary = ingest(configInto("out"));
  EXPECT_EQ(summary.files, 13u);
  EXPECT_EQ(summary.stored, 10u);
  EXPECT_EQ(summary.quarantined, (Quarantined{{"no-pixels", 1}, {"not-dicom", 1}, {"not-nm", 1}}));
  EXPECT_FALSE(summary.foundFaults());
}

TEST_F(IngestTest, ChangesNothingWhenRunAgain) {
  writeMixedArchive();
  const IngestConfig config = configInto("out");
  const IngestSummary first = ingest(config);
  const std::string before = dumpOf(config);
  const auto files = filesOf(config);
  const IngestSummary again = ingest(config);
  EXPECT_EQ(again.stored, 0u);
  EXPECT_EQ(again.alreadyKnown, 10u);
  EXPECT_EQ(again.quarantined, first.quarantined);
  EXPECT_EQ(dumpOf(config), before);
  EXPECT_EQ(filesOf(config), files);
}

TEST_F(IngestTest, DoesNotDependOnThreadsOrTheSizeOfTransactions) {
  writeMixedArchive();
  IngestConfig one = configInto("one"), three = configInto("three");
  one.threads = 1;
  three.threads = 3;
  three.filesPerTransaction = 4;
  ingest(one);
  ingest(three);
  EXPECT_EQ(dumpOf(one), dumpOf(three));
  EXPECT_EQ(filesOf(one), filesOf(three));
}

TEST_F(IngestTest, TakesTheSameBytesOnceAndOtherBytesOfTheSameUidNever) {
  writeSource(archive() / "a.dcm", {});
  fs::copy_file(archive() / "a.dcm", archive() / "b_copy.dcm");
  ExampleSource forged;
  forged.count = 9;
  writeSource(archive() / "c_forged.dcm", forged);
  const IngestConfig config = configInto("out");
  const IngestSummary summary = ingest(config);
  EXPECT_EQ(summary.stored, 1u);
  EXPECT_EQ(summary.alreadyKnown, 1u);
  EXPECT_EQ(summary.quarantined, (Quarantined{{"duplicate-uid", 1}}));
  EXPECT_TRUE(summary.foundFaults());
  EXPECT_EQ(filesOf(config).size(), 3u);  // the marker, one object, one reason
}

TEST_F(IngestTest, SetsAsideAStudyOfTwoPatients) {
  writeSource(archive() / "a.dcm", {});
  ExampleSource other;
  other.patientId = "PAT0815";
  other.sopUid = "1.2.3.100.1.2";
  writeSource(archive() / "b.dcm", other);
  EXPECT_EQ(ingest(configInto("out")).quarantined, (Quarantined{{"study-of-two-patients", 1}}));
}

TEST_F(IngestTest, SetsAsideDamagedObjectsAsFaultsWithoutTheirIdentity) {
  writeSource(archive() / "a.dcm", {});
  const std::string whole = readWholeFile(archive() / "a.dcm");
  writeWholeFile(archive() / "a.dcm", whole.substr(0, whole.size() - 20));
  const IngestConfig config = configInto("out");
  const IngestSummary summary = ingest(config);
  EXPECT_EQ(summary.stored, 0u);
  EXPECT_EQ(summary.quarantinedFiles(), 1u);
  EXPECT_TRUE(summary.foundFaults());
  const std::string source = toHex(sha256OfFile(archive() / "a.dcm"));
  const std::string reason = readWholeFile(config.store / "quarantine" / (source + ".json"));
  EXPECT_THAT(reason, ::testing::HasSubstr(summary.quarantined.begin()->first));
  EXPECT_THAT(reason, ::testing::Not(::testing::HasSubstr("FICTION")));
}

TEST_F(IngestTest, TriesAgainWithAnotherVersionWhatWasSetAside) {
  writeSource(archive() / "a.dcm", {});
  IngestConfig config = configInto("out");
  const std::string source = toHex(sha256OfFile(archive() / "a.dcm"));
  const deid::Key key = deid::Key::read(config.keyFile);
  const SetAside before{source, "malformed", "could not be read then", "", "remnant -1"};
  Catalogue::openForWriting(config.catalogueUrl, key.keyId(), "remnant -1").add(before);
  Store::create(config.store).putReason(before);
  EXPECT_EQ(ingest(config).stored, 1u);
  EXPECT_TRUE(Catalogue::open(config.catalogueUrl).setAside().empty());
  EXPECT_TRUE(fs::is_empty(config.store / "quarantine"));
}

TEST_F(IngestTest, MakesAnObjectAnewThatWentMissingFromTheStore) {
  writeMixedArchive();
  const IngestConfig config = configInto("out");
  ingest(config);
  const std::string before = dumpOf(config);
  const auto files = filesOf(config);
  fs::remove(Store::open(config.store).pathOf(Catalogue::open(config.catalogueUrl).objects().front()));
  EXPECT_EQ(ingest(config).stored, 1u);
  EXPECT_EQ(filesOf(config), files);
  EXPECT_EQ(dumpOf(config), before);
}

TEST_F(IngestTest, MakesAnObjectAnewThatWasDamagedInTheStore) {
  writeMixedArchive();
  const IngestConfig config = configInto("out");
  ingest(config);
  const std::string before = dumpOf(config);
  const auto files = filesOf(config);
  const auto objects = Catalogue::open(config.catalogueUrl).objects();
  const fs::path shortened = Store::open(config.store).pathOf(objects[0]);
  const fs::path altered = Store::open(config.store).pathOf(objects[1]);
  std::string bytes = readWholeFile(altered);
  bytes.back() ^= 1;
  writeWholeFile(altered, bytes);
  writeWholeFile(shortened, readWholeFile(shortened).substr(0, 200));
  const IngestSummary again = ingest(config);
  EXPECT_EQ(again.stored, 2u);
  EXPECT_EQ(again.alreadyKnown, 8u);
  EXPECT_EQ(filesOf(config), files);
  EXPECT_EQ(dumpOf(config), before);
}

TEST_F(IngestTest, KeepsNoNameThatStandsInTheFieldOfACode) {
  dicom::Object object = makeSource({});
  object.dataset().setText({0x0018, 0x5100}, "DOE^JANE");
  object.write(archive() / "a.dcm");
  const IngestConfig config = configInto("out");
  EXPECT_EQ(ingest(config).stored, 1u);
  EXPECT_THAT(dumpOf(config), ::testing::Not(::testing::HasSubstr("DOE")));
}

TEST_F(IngestTest, SetsAsideWhatItDeidentifiedItself) {
  writeSource(archive() / "a.dcm", {});
  const IngestConfig config = configInto("out");
  ingest(config);
  IngestConfig again = configInto("again");
  again.archive = config.store / "objects";
  const IngestSummary summary = ingest(again);
  EXPECT_EQ(summary.stored, 0u);
  EXPECT_EQ(summary.quarantined, (Quarantined{{"already-de-identified", 1}}));
  EXPECT_TRUE(summary.foundFaults());
}

TEST_F(IngestTest, TellsAnUnreadableFileByItsPlaceNotByItsPath) {
  IngestConfig config = configInto("out");
  config.archive = "/proc/self/mem";  // a regular file whose first byte nobody can read
  if (!fs::is_regular_file(config.archive)) GTEST_SKIP() << "needs /proc/self/mem";
  ::testing::internal::CaptureStderr();
  const IngestSummary summary = ingest(config);
  const std::string told = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(summary.quarantined, (Quarantined{{"unreadable-file", 1}}));
  EXPECT_THAT(told, ::testing::HasSubstr("file 1 of the archive (in path order) cannot be read"));
  EXPECT_THAT(told, ::testing::Not(::testing::HasSubstr("/proc/self/mem")));
}

TEST_F(IngestTest, ClearsAwayWhatAKilledWriterLeft) {
  writeSource(archive() / "a.dcm", {});
  const IngestConfig config = configInto("out");
  ingest(config);
  const auto files = filesOf(config);
  const std::string stored = Catalogue::open(config.catalogueUrl).objects().front().storedFile;
  const AtomicFile naming(config.store / stored);
  writeWholeFile(naming.temporaryPath(), "half");
  ingest(config);
  EXPECT_EQ(filesOf(config), files);
}

TEST_F(IngestTest, DoesNotFollowLinksOutOfTheArchive) {
  writeSource(folder_ / "elsewhere/a.dcm", {});
  fs::create_symlink(folder_ / "elsewhere/a.dcm", archive() / "link.dcm");
  fs::create_directory_symlink(folder_ / "elsewhere", archive() / "folder");
  writeSource(archive() / "b.dcm", {});
  EXPECT_EQ(ingest(configInto("out")).files, 1u);
}

TEST_F(IngestTest, RefusesAKeyThatWouldTravelWithTheData) {
  IngestConfig config = configInto("out");
  fs::create_directories(config.store);
  for (const fs::path& place : {folder_ / "out/a.key", config.store / "a.key"}) {
    fs::copy_file(folder_ / "a.key", place);
    config.keyFile = place;
    EXPECT_EQ(testing::refusalCodeOf([&] { ingest(config); }), "key-in-dataset") << place;
  }
}

TEST_F(IngestTest, RefusesAnArchiveWithoutFilesAndMakesNothing) {
  EXPECT_EQ(testing::refusalCodeOf([&] { ingest(configInto("out")); }), "empty-archive");
  EXPECT_FALSE(fs::exists(folder_ / "out"));
}

TEST_F(IngestTest, RefusesAKeyOrACatalogueInsideTheArchive) {
  writeSource(archive() / "a.dcm", {});
  IngestConfig config = configInto("out");
  config.keyFile = archive() / "below/a.key";
  fs::create_directory(archive() / "below");
  fs::copy_file(folder_ / "a.key", config.keyFile);
  EXPECT_EQ(testing::refusalCodeOf([&] { ingest(config); }), "key-in-archive");
  config = configInto("out");
  config.catalogueUrl = "sqlite:" + (archive() / "new/catalogue.sqlite").string();
  EXPECT_EQ(testing::refusalCodeOf([&] { ingest(config); }), "catalogue-in-archive");
}

TEST_F(IngestTest, RefusesPlacesThatCannotWork) {
  writeSource(archive() / "a.dcm", {});
  IngestConfig config = configInto("out");
  config.archive = folder_ / "nowhere";
  EXPECT_EQ(testing::refusalCodeOf([&] { ingest(config); }), "no-archive");
  config = configInto("out");
  config.store = archive() / "store";
  EXPECT_EQ(testing::refusalCodeOf([&] { ingest(config); }), "store-in-archive");
  config = configInto("out");
  config.catalogueUrl = "postgresql://host/db";
  EXPECT_EQ(testing::refusalCodeOf([&] { ingest(config); }), "unsupported-catalogue");
  config = configInto("out");
  writeWholeFile(folder_ / "file", "");
  config.store = folder_ / "file/store";
  EXPECT_EQ(testing::refusalCodeOf([&] { ingest(config); }), "unwritable-folder");
}

TEST_F(IngestTest, RefusesAStoreThatAnotherIngestIsAtWorkOn) {
  writeSource(archive() / "a.dcm", {});
  const IngestConfig config = configInto("out");
  ingest(config);
  const int marker = ::open((config.store / deid::kStoreMarker).c_str(), O_RDONLY | O_CLOEXEC);
  ASSERT_EQ(::flock(marker, LOCK_EX), 0);
  EXPECT_EQ(testing::refusalCodeOf([&] { ingest(config); }), "store-busy");
  ::close(marker);
  EXPECT_EQ(testing::refusalCodeOf([&] { ingest(config); }), "no error");
}

TEST_F(IngestTest, RefusesACatalogueOfAnotherKey) {
  writeSource(archive() / "a.dcm", {});
  IngestConfig config = configInto("out");
  ingest(config);
  deid::Key::createFile(folder_ / "b.key");
  config.keyFile = folder_ / "b.key";
  EXPECT_EQ(testing::refusalCodeOf([&] { ingest(config); }), "other-key");
}

}  // namespace
}  // namespace remnant::dataset
