#include "remnant/quantify/cohort_judgement.h"

#include <cmath>
#include <fstream>
#include <numbers>

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "remnant/quantify/judgement_rows.h"
#include "remnant/quantify/quantification_json.h"
#include "remnant/quantify/quantification_table.h"
#include "scintigraphy/example_nm.h"
#include "support/refusal_code.h"
#include "support/temporary_folder.h"

namespace remnant::quantify {
namespace {

constexpr const char* kHead =
    "studyInstanceUid,view,region,focus,activityMBq,massGrams,depthMm,uptakePercent,xPatientMm,zPatientMm\n";

TEST(ReadTrueFoci, TakesTheAnteriorRowsOfFoci) {
  const auto foci = readTrueFoci(
      CsvTable::parse(std::string(kHead) + "1,anterior,thyroid,,,,,,,\n1,anterior,focus,2,4,1,15,0.5,3,-7\n"
                                           "1,posterior,focus,2,4,1,100,0.5,3,-7\n",
                      "t.csv"));
  ASSERT_EQ(foci.at("1").size(), 1U);
  const TrueFocus& focus = foci.at("1")[0];
  EXPECT_EQ(focus.number, 2);
  EXPECT_EQ(focus.focus.activityMBq, 4);
  EXPECT_EQ(focus.focus.depthMm, 15);
  EXPECT_EQ(focus.focus.x, 3);
  EXPECT_EQ(focus.focus.z, -7);
  EXPECT_EQ(focus.uptakePercent, 0.5);
  EXPECT_EQ(
      testing::refusalCodeOf([] {
        readTrueFoci(CsvTable::parse(std::string(kHead) + "1,anterior,focus,2,,1,15,0.5,3,-7\n", "t.csv"));
      }),
      "bad-number");
}

TEST(WidthOfMass, IsThatOfASphere) {
  // 1.05 g/ml x 4/3 pi r^3 with r = 1 cm; the standard deviation along an axis is r / sqrt 5.
  EXPECT_NEAR(widthOfMassMm(1.05 * 4 / 3 * std::numbers::pi), 10 / std::sqrt(5.0), 1e-9);
}

Judged refusedFocus() {
  Judged refused;
  refused.method = "joint";
  refused.medium = "map";
  refused.refusal = "no-counts";
  return refused;
}

TEST(CohortJson, HasNoMeanOfNothingAndNoSpreadOfOne) {
  CohortJudgement judgement;
  judgement.judged = {refusedFocus()};
  judgement.missingStudies = 3;
  auto json = nlohmann::json::parse(jsonOf(judgement));
  EXPECT_EQ(json.at("missingStudies"), 3);
  for (const char* key : {"bias", "standardDeviation", "rootMeanSquare", "coverage", "medianIntervalWidth"})
    EXPECT_TRUE(json.at("strata")[0].at(key).is_null()) << key;
  EXPECT_NE(tableOf(judgement).find("3 further studies"), std::string::npos);
  judgement.judged.push_back(refusedFocus());
  judgement.judged.back().truth = 10;
  judgement.judged.back().estimate = Estimate{11, 0.4, 0.3, 10, 12, "", {}};
  json = nlohmann::json::parse(jsonOf(judgement));
  EXPECT_EQ(json.at("strata")[0].at("bias"), 1);
  EXPECT_TRUE(json.at("strata")[0].at("standardDeviation").is_null());
  EXPECT_TRUE(json.at("strata")[0].at("limitsOfAgreement")[0].is_null());
}

/// dicom/PATIENT/STUDY/a.dcm with this StudyInstanceUID.
void putStudy(const std::filesystem::path& archive, const std::string& folder, const std::string& uid) {
  dicom::Object object = testing::nmObject("STATIC", 1);
  object.dataset().setText({0x0020, 0x000D}, uid);
  setPixels(object.dataset(), {image::Counts(4, 4, 3)});
  std::filesystem::create_directories(archive / "dicom/P" / folder);
  object.write(archive / "dicom/P" / folder / "a.dcm");
}

/// Studies 1.1, in two folders, and 1.9; the truth has 1.1 and 1.2.
CsvTable putArchive(const std::filesystem::path& archive) {
  std::filesystem::create_directories(archive / "calibration");
  for (const auto& [folder, uid] : {std::pair("1", "1.1"), std::pair("2", "1.1"), std::pair("3", "1.9")})
    putStudy(archive, folder, uid);
  std::string truth =
      "studyInstanceUid,view,region,x,y,width,height,focus,activityMBq,massGrams,depthMm,uptakePercent,"
      "xPatientMm,zPatientMm\n";
  for (const char* uid : {"1.1", "1.2"})
    truth += std::string(uid) + ",anterior,focus,1,1,1,1,1,4,1,15,0.5,3,-7\n";
  return CsvTable::parse(truth, "truth.csv");
}

TEST(JudgeCohort, CountsAStudyOnceHoweverManyFoldersHoldItAndThoughNothingIsAskedOfIt) {
  testing::TemporaryFolder archive;
  const CsvTable truth = putArchive(archive.path());
  CohortConfig config;
  config.media = {MediumChoice::kMap};  // which none of them has
  const CohortJudgement judgement =
      judgeCohort(archive.path(), truth, physics::CameraLibrary::standard(), config);
  EXPECT_EQ(judgement.studies, 1U);
  EXPECT_EQ(judgement.missingStudies, 1U);
  EXPECT_EQ(judgement.foci, 0U);
}

TEST(JudgeCohort, GoesOnFromWhatIsFinished) {
  testing::TemporaryFolder archive;
  const CsvTable truth = putArchive(archive.path());
  CohortConfig config;
  config.media = {MediumChoice::kMap};
  config.parts = archive / "parts";
  const auto judged = [&] {
    return judgeCohort(archive.path(), truth, physics::CameraLibrary::standard(), config).judged.size();
  };
  EXPECT_EQ(judged(), 0U);
  std::ofstream(config.parts / "1.csv") << "1.1\n" << rowsOf({refusedFocus()}).toText();
  EXPECT_EQ(judged(), 1U) << "what is finished is not judged again";
  config.seed = 2;
  EXPECT_EQ(judged(), 0U) << "what other marks gave is of no use";
}

}  // namespace
}  // namespace remnant::quantify
