#include "remnant/dataset/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <future>

#include "remnant/base/atomic_file.h"
#include "remnant/base/error.h"
#include "remnant/deid/key.h"
#include "support/refusal_code.h"
#include "support/temporary_folder.h"

namespace remnant::dataset {
namespace {

CatalogueObject objectNumber(int number, const std::string& study) {
  const std::string digits = std::to_string(number);
  CatalogueObject object;
  object.object = "object" + digits;
  object.sourceSha256 = "source" + digits;
  object.patient = "P1";
  object.study = study;
  object.studyUid = "2.25.1";
  object.seriesUid = "2.25.2";
  object.sopUid = "2.25.3" + digits;
  object.acquisition = "whole-body";
  object.views = {"anterior", "posterior"};
  object.energyWindows = {"327.6-400.4", ""};
  object.rows = 1024;
  object.columns = 256;
  object.rowSpacingMm = 2.4;
  object.columnSpacingMm = 2.4;
  object.storedFile = "objects/ob/object" + digits + ".dcm";
  return object;
}

class CatalogueTest : public ::testing::Test {
 protected:
  Catalogue openForWriting(const std::string& keyId = "key1") const {
    return Catalogue::openForWriting(file(), keyId, "remnant 0");
  }
  std::string file() const { return (folder_ / "catalogue.sqlite").string(); }
  testing::TemporaryFolder folder_;
};

TEST_F(CatalogueTest, GivesBackWhatItTook) {
  CatalogueObject object = objectNumber(1, "S1");
  object.doseMBq = 3700.25;
  object.acquisitionPeriod = 2021;
  openForWriting().add(object);
  const Catalogue catalogue = Catalogue::open("sqlite:" + file());
  EXPECT_EQ(catalogue.objects(), std::vector{object});
  EXPECT_EQ(catalogue.objectsOfStudy("S1"), std::vector{object});
  EXPECT_TRUE(catalogue.objectsOfStudy("S2").empty());
  EXPECT_EQ(catalogue.objectOfSource("source1"), object);
  EXPECT_EQ(catalogue.objectOfSopUid("2.25.31"), object);
  EXPECT_EQ(catalogue.objectOfSource("source2"), std::nullopt);
  EXPECT_EQ(catalogue.patientOfStudy("S1"), "P1");
  EXPECT_EQ(catalogue.patientOfStudy("S2"), std::nullopt);
}

TEST_F(CatalogueTest, IsMadeOnceByWritersThatOpenItAtTheSameTime) {
  for (int round = 0; round < 20; ++round) {
    const testing::TemporaryFolder folder;
    const auto open = [&] { Catalogue::openForWriting((folder / "c").string(), "key1", "remnant 0"); };
    std::vector<std::future<void>> writers;
    for (int i = 0; i < 4; ++i) writers.push_back(std::async(std::launch::async, open));
    for (auto& writer : writers) EXPECT_NO_THROW(writer.get());
  }
}

TEST_F(CatalogueTest, SumsUpAStudyWhateverTheOrderOfArrival) {
  CatalogueObject early = objectNumber(1, "S1"), late = objectNumber(2, "S1");
  early.hoursFromDose = 48;
  late.hoursFromDose = 50;
  late.sex = "F";
  for (const auto& order : {std::pair{early, late}, std::pair{late, early}}) {
    const testing::TemporaryFolder folder;
    Catalogue catalogue = Catalogue::openForWriting((folder / "c").string(), "key1", "remnant 0");
    catalogue.add(order.first);
    catalogue.add(order.second);
    const auto studies = catalogue.studies();
    ASSERT_EQ(studies.size(), 1u);
    EXPECT_EQ(studies[0].study, "S1");
    EXPECT_EQ(studies[0].patient, "P1");
    EXPECT_EQ(studies[0].hoursFromDose, 48);
    EXPECT_EQ(studies[0].sex, "F");
    EXPECT_EQ(studies[0].ageBand, "");
    EXPECT_EQ(studies[0].doseMBq, std::nullopt);
    EXPECT_EQ(studies[0].objects, 2);
  }
}

TEST_F(CatalogueTest, ForgetsAnUncommittedTransaction) {
  Catalogue catalogue = openForWriting();
  const std::string empty = catalogue.dump();
  {
    const Catalogue::Transaction transaction(catalogue);
    catalogue.add(objectNumber(1, "S1"));
    EXPECT_NE(catalogue.dump(), empty);
  }
  EXPECT_EQ(catalogue.dump(), empty);
  Catalogue::Transaction transaction(catalogue);
  catalogue.add(objectNumber(1, "S1"));
  transaction.commit();
  EXPECT_EQ(catalogue.objects().size(), 1u);
}

TEST_F(CatalogueTest, DumpDependsOnTheContentAlone) {
  Catalogue catalogue = openForWriting();
  catalogue.add(objectNumber(1, "S1"));
  catalogue.add(objectNumber(2, "S1"));
  const testing::TemporaryFolder folder;
  Catalogue other = Catalogue::openForWriting((folder / "c").string(), "key1", "remnant 0");
  other.add(objectNumber(2, "S1"));
  EXPECT_NE(catalogue.dump(), other.dump());
  other.add(objectNumber(1, "S1"));
  EXPECT_EQ(catalogue.dump(), other.dump());
}

TEST_F(CatalogueTest, TakesASourceOutOfQuarantineThatCouldBeReadAfterAll) {
  Catalogue catalogue = openForWriting();
  const SetAside reason{"source1", "malformed", "breaks the DICOM encoding", "(0008,0060)", "remnant 0"};
  catalogue.add(reason);
  EXPECT_EQ(catalogue.setAsideOfSource("source1"), reason);
  EXPECT_EQ(catalogue.setAside(), std::vector{reason});
  catalogue.add(objectNumber(1, "S1"));
  EXPECT_TRUE(catalogue.setAside().empty());
}

TEST_F(CatalogueTest, ReplacesTheFactsOfAnObject) {
  Catalogue catalogue = openForWriting();
  CatalogueObject object = objectNumber(1, "S1");
  catalogue.add(object);
  object.storedSha256 = "new";
  catalogue.replace(object);
  EXPECT_EQ(catalogue.objects(), std::vector{object});
}

TEST_F(CatalogueTest, RefusesTheSameObjectTwice) {
  Catalogue catalogue = openForWriting();
  catalogue.add(objectNumber(1, "S1"));
  EXPECT_THROW(catalogue.add(objectNumber(1, "S1")), ProgramError);
}

TEST_F(CatalogueTest, RefusesAnotherKey) {
  openForWriting("key1");
  EXPECT_EQ(testing::refusalCodeOf([&] { openForWriting("key2"); }), "other-key");
  EXPECT_EQ(Catalogue::open(file()).keyId(), "key1");
}

TEST_F(CatalogueTest, RefusesWhatIsNoCatalogue) {
  EXPECT_EQ(testing::refusalCodeOf([&] { Catalogue::open(file()); }), "no-catalogue");
  writeWholeFile(folder_ / "text", std::string(4096, 'x'));
  EXPECT_EQ(testing::refusalCodeOf([&] { Catalogue::open((folder_ / "text").string()); }), "bad-catalogue");
  EXPECT_EQ(testing::refusalCodeOf([&] { Catalogue::openForWriting((folder_ / "text").string(), "k", "v"); }),
            "bad-catalogue");
  writeWholeFile(folder_ / "empty", "");
  EXPECT_EQ(testing::refusalCodeOf([&] { Catalogue::open((folder_ / "empty").string()); }), "bad-catalogue");
  EXPECT_EQ(testing::refusalCodeOf([&] { catalogueFile("postgresql://host/db"); }), "unsupported-catalogue");
}

TEST_F(CatalogueTest, MakesItselfInAFileThatAKilledRunLeftEmpty) {
  writeWholeFile(folder_ / "catalogue.sqlite", "");
  EXPECT_TRUE(openForWriting().objects().empty());
}

TEST_F(CatalogueTest, IsRecognisedByTheKeyThatMustNotLieBesideIt) {
  openForWriting();
  EXPECT_EQ(testing::refusalCodeOf([&] { deid::Key::createFile(folder_ / "a.key"); }), "key-in-dataset");
}

TEST_F(CatalogueTest, ListsItsObjectsByColumnName) {
  Catalogue catalogue = openForWriting();
  catalogue.add(objectNumber(1, "S1"));
  const CsvTable table = catalogue.objectTable();
  ASSERT_EQ(table.rowCount(), 1u);
  EXPECT_EQ(table.text(0, "views"), "anterior;posterior;");
  EXPECT_EQ(table.text(0, "storedFile"), "objects/ob/object1.dcm");
  EXPECT_EQ(table.number(0, "rowSpacingMm"), 2.4);
  EXPECT_EQ(table.number(0, "doseMBq"), std::nullopt);
}

}  // namespace
}  // namespace remnant::dataset
