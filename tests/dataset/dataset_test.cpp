#include "remnant/dataset/dataset.h"

#include <gtest/gtest.h>

#include "dataset/refusal.h"
#include "remnant/base/atomic_file.h"
#include "remnant/base/sha256.h"
#include "remnant/dataset/checksums.h"
#include "remnant/dataset/splits.h"
#include "remnant/image/png.h"
#include "support/temporary_folder.h"

namespace remnant::dataset {
namespace {

/// A dataset of six patients written by hand, a study each.
class DatasetFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    files_["dataset.json"] =
        R"({"format":1,"name":"n","version":"1.2.0","simulated":true,"studies":6,"patients":6,"positives":3,)"
        R"("leftOut":{},"severalAcquisitions":0,"later":"key","provenance":{"softwareVersion":"x","seed":11,)"
        R"("catalogueSha256":"","labelsSha256":"","regionsSha256":""}})";
    files_["studies.csv"] =
        "patient,study,label,radionuclide,scanner,centre,sex,ageBand,acquisitionPeriod,doseMBq,hoursFromDose,"
        "tshMilliUnitsPerL,thyroglobulinNgPerMl\n";
    files_["views.csv"] =
        "study,imageSet,view,file,rows,columns,pixelSpacingRowMm,pixelSpacingColumnMm,headEnd,counts,cropX,"
        "cropY,"
        "cropWidth,cropHeight,sourceFile,sourceFrame\n";
    files_["regions.csv"] =
        "study,imageSet,view,region,x,y,width,height,xMm,yMm,depthMm,depthUncertaintyMm,depthMethod,"
        "uptakePercent,uptakeUncertaintyPercent,source\nS1,full-body,anterior,thyroid,1,0,2,1,,,,,,,,"
        "automatic\n";
    files_["splits.csv"] = "protocol,repeat,fold,patient,part\nkfold,0,1,P1,test\n";
    for (int i = 1; i <= 6; ++i) addStudy("P" + std::to_string(i), "S" + std::to_string(i), i % 2);
  }

  void addStudy(const std::string& patient, const std::string& study, int label) {
    files_["studies.csv"] +=
        patient + "," + study + "," + std::to_string(label) + ",I-131,,,F,,2020,111.5,,,\n";
    for (const std::string set : {"full-body", "neck-region"})
      for (const std::string view : {"anterior", "posterior"}) {
        const std::string file = set + "/" + study + "_" + view + ".png";
        files_[file] = image::encodePng(image::Counts(2, 3, view == "anterior" ? 7 : 9));
        files_["views.csv"] +=
            study + "," + set + "," + view + "," + file + ",2,3,2.5,2.25,bottom,42,0,0,3,2,dicom/x.dcm,0\n";
      }
  }

  Dataset open() {
    Checksums checksums;
    createFolder(folder_ / "full-body");
    createFolder(folder_ / "neck-region");
    for (const auto& [file, text] : files_) {
      writeWholeFile(folder_ / file, text);
      checksums[file] = toHex(sha256(text));
    }
    writeWholeFile(folder_ / "checksums.sha256", checksumsText(checksums));
    return Dataset::open(folder_.path());
  }

  void replaceIn(const std::string& file, const std::string& before, const std::string& after) {
    std::string& text = files_.at(file);
    text.replace(text.find(before), before.size(), after);
  }

  testing::TemporaryFolder folder_;
  std::map<std::string, std::string> files_;
};

TEST_F(DatasetFolder, IsReadBack) {
  const Dataset dataset = open();
  EXPECT_EQ(dataset.name(), "n");
  EXPECT_EQ(dataset.version(), "1.2.0");
  EXPECT_TRUE(dataset.simulated());
  ASSERT_EQ(dataset.studies().size(), 6u);
  EXPECT_EQ(dataset.studies()[2].patient, "P3");
  EXPECT_EQ(dataset.studies()[2].label, 1);
  EXPECT_EQ(dataset.studies()[2].doseMBq, 111.5);
  EXPECT_EQ(dataset.studies()[2].hoursFromDose, std::nullopt);
  ASSERT_EQ(dataset.regions().size(), 1u);
  EXPECT_EQ(dataset.regions()[0].box, (image::Box{.x = 1, .y = 0, .width = 2, .height = 1}));
  ASSERT_EQ(dataset.splits().size(), 1u);
  EXPECT_EQ(dataset.splits()[0].fold, 1);
  EXPECT_EQ(dataset.contentHash(), toHex(sha256(readWholeFile(folder_ / "checksums.sha256"))));
}

TEST_F(DatasetFolder, GivesTheViewsOfAStudy) {
  const auto views = open().views("S4", ImageSet::kNeckRegion);
  EXPECT_EQ(views.anterior, image::Counts(2, 3, 7));
  EXPECT_EQ(views.posterior, image::Counts(2, 3, 9));
  EXPECT_EQ(views.rowSpacingMm, 2.5);
  EXPECT_EQ(views.columnSpacingMm, 2.25);
  EXPECT_FALSE(views.headFirst);
}

TEST_F(DatasetFolder, DividesByTheSeedItWasMadeWith) {
  const Dataset dataset = open();
  const auto entries = dataset.kFold(3, 2);
  const auto expected = groupedKFold(summarisePatients(dataset.studies()), 3, 2, 11);
  ASSERT_EQ(entries.size(), expected.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    EXPECT_EQ(entries[i].patient, expected[i].patient);
    EXPECT_EQ(entries[i].part, expected[i].part);
  }
}

TEST_F(DatasetFolder, IsRefusedWhereAFileIsNotTheOneItWasMadeWith) {
  open();
  writeWholeFile(folder_ / "studies.csv", files_.at("studies.csv") + "P7,S7,1,,,,,,,,,,\n");
  testing::expectRefusal([&] { Dataset::open(folder_.path()); }, "changed-file", "not the file");
  const Dataset dataset = open();
  writeWholeFile(folder_ / "full-body/S1_posterior.png", image::encodePng(image::Counts(2, 3, 8)));
  testing::expectRefusal([&] { dataset.views("S1", ImageSet::kFullBody); }, "changed-file", "not the file");
  EXPECT_NO_THROW(dataset.views("S2", ImageSet::kFullBody));
}

TEST_F(DatasetFolder, IsRefusedUnfinishedOrOfAnotherFormat) {
  testing::expectRefusal([&] { Dataset::open(folder_.path()); }, "no-dataset", "remnant build");
  open();
  std::filesystem::remove(folder_ / "checksums.sha256");
  testing::expectRefusal([&] { Dataset::open(folder_.path()); }, "no-dataset", "not finished");
  replaceIn("dataset.json", "\"format\":1", "\"format\":2");
  testing::expectRefusal([&] { open(); }, "bad-dataset", "format 2");
  files_["dataset.json"] = "[]";
  testing::expectRefusal([&] { open(); }, "bad-dataset", "description");
}

TEST_F(DatasetFolder, IsRefusedWithLineAndColumnWhereATableIsWrong) {
  replaceIn("studies.csv", "P2,S2,0", "P2,S2,2");
  testing::expectRefusal([&] { open(); }, "bad-value", "line 3", "label");
  replaceIn("studies.csv", "P2,S2,2", "P2,S1,0");
  testing::expectRefusal([&] { open(); }, "bad-dataset", "line 3", "study");
  replaceIn("studies.csv", "P2,S1,0", "P2,S2,0");
  replaceIn("regions.csv", "thyroid,1,0,2,1", "thyroid,1,-4,2,1");
  testing::expectRefusal([&] { open(); }, "bad-value", "line 2", "y");
}

TEST_F(DatasetFolder, IsRefusedWhereAStudyLacksAView) {
  replaceIn("views.csv", "S3,neck-region,posterior", "S1,neck-region,posterior");
  testing::expectRefusal([&] { open(); }, "unknown-study", "S3");
}

TEST_F(DatasetFolder, TellsOfAStudyItDoesNotHold) {
  testing::expectRefusal([&] { open().views("S9", ImageSet::kFullBody); }, "unknown-study", "S9");
}

}  // namespace
}  // namespace remnant::dataset
