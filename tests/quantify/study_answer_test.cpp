#include "remnant/quantify/study_answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>

#include <nlohmann/json.hpp>
#include <sstream>

#include "quantify/acquired_scene.h"
#include "remnant/base/random.h"
#include "remnant/quantify/quantification_json.h"
#include "remnant/quantify/quantification_table.h"
#include "support/refusal_code.h"

namespace remnant::quantify {
namespace {

using scintigraphy::AcquiredStudy;
using scintigraphy::View;
using ::testing::Contains;
using ::testing::HasSubstr;

/// Of a point 20 mm deep in a neck of 118 mm, the heads 40 mm before and 40 mm behind it.
double spotSigmaMm(bool near) {
  const auto response = physics::CameraLibrary::standard().response(
      "Siemens Symbia Intevo", "Siemens HE", physics::nuclideNamed("I-131"), {328, 401});
  return response.sigmaMm(near ? 60 : 138);
}

/// Anterior and posterior views of a focus 20 mm below the skin of the front or the back, drawn over a
/// background.
AcquiredStudy noisyStudy(double counts, std::uint32_t place, bool nearTheBack = false) {
  AcquiredStudy study = acquiredStudy(0);
  RandomStream random(11, place);
  for (scintigraphy::AcquiredFrame& frame : study.objects[0].frames) {
    const bool anterior = frame.view.view == View::kAnterior, near = anterior != nearTheBack;
    if (counts > 0)
      addSpot(frame.counts, near ? counts : counts / 2.4, anterior ? 33 : 30, 30, spotSigmaMm(near));
    for (std::int32_t& pixel : frame.counts.pixels())
      pixel = static_cast<std::int32_t>(random.poisson(pixel + 3.0));
  }
  study.studyInstanceUid = "1." + std::to_string(place);
  return study;
}

StudyTables tables(const std::string& regions = {}) {
  StudyTables made;
  made.calibrations["S"] = acquiredCalibration();
  if (regions.empty()) return made;
  const CsvTable table =
      CsvTable::parse("studyInstanceUid,view,region,x,y,width,height\n" + regions, "regions.csv");
  made.foci = readFocusRegions(table);
  made.boxes = readNamedBoxes(table);
  return made;
}

AnswerConfig quick() {
  AnswerConfig config;
  config.quantification.methods = {"opposed-views"};
  config.search.detector.simulations = 50;
  return config;
}

Quantification answered(const std::vector<AcquiredStudy>& studies, const StudyTables& said,
                        const AnswerConfig& config = quick()) {
  return quantifyStudies(studies, said, physics::CameraLibrary::standard(), config);
}

TEST(QuantifyStudies, TakesTheMarkedFoci) {
  const auto all = answered({noisyStudy(20000, 1)}, tables("1.1,anterior,focus,31,28,5,5\n"));
  const StudyAnswer& study = all.studies.at(0);
  EXPECT_FALSE(study.refusal) << study.refusal->sentence;
  EXPECT_FALSE(study.search);
  ASSERT_EQ(study.foci.size(), 1U);
  EXPECT_DOUBLE_EQ(study.foci[0].column, 33);
  ASSERT_EQ(study.foci[0].methods.size(), 1U) << "only the method asked for";
  EXPECT_EQ(study.foci[0].methods[0].method, "opposed-views");
  EXPECT_FALSE(study.foci[0].anteriorCounts) << "nothing was fitted";
}

const Refusal& refusalOfDepth(const Quantification& all) {
  return std::get<Refusal>(all.studies.at(0).foci.at(0).methods.at(0).depthMm);
}

TEST(QuantifyStudies, RefusesAMarkThatTheCountsDoNotBearOut) {
  auto config = quick();
  config.quantification.methods = {"joint"};
  const auto nothing = answered({noisyStudy(0, 1)}, tables("1.1,anterior,focus,31,28,5,5\n"), config);
  EXPECT_EQ(refusalOfDepth(nothing).code, "not-significant");
  EXPECT_THAT(refusalOfDepth(nothing).sentence, HasSubstr("% of the dose"));
  const auto bright = answered({noisyStudy(20000, 1)}, tables("1.1,anterior,focus,31,28,5,5\n"), config);
  const MethodAnswer& seen = bright.studies.at(0).foci.at(0).methods.at(0);
  EXPECT_TRUE(std::holds_alternative<Estimate>(seen.depthMm));
  EXPECT_FALSE(refusalOfDepth(nothing).upperLimit) << "of depth none is known";
  const MethodAnswer& unseen = nothing.studies.at(0).foci.at(0).methods.at(0);
  // Four standard deviations over some thousand counts of background are far below 20000 counts.
  for (const auto& [none, some] : {std::pair{&unseen.activityMBq, &seen.activityMBq},
                                   std::pair{&unseen.uptakePercent, &seen.uptakePercent}})
    EXPECT_LT(std::get<Refusal>(*none).upperLimit.value(), 0.1 * std::get<Estimate>(*some).value);
  EXPECT_THAT(jsonOf(nothing), HasSubstr("upperLimit"));
}

TEST(QuantifyStudies, RefusesWhatLiesWhereNoTissueOfTheThyroidIs) {
  auto config = quick();
  config.quantification.methods = {"joint"};
  const auto deep = answered({noisyStudy(8000, 1, true)}, tables("1.1,anterior,focus,31,28,5,5\n"), config);
  EXPECT_EQ(refusalOfDepth(deep).code, "too-deep");
  config.quantification.deepestShare = 1;
  const auto asked = answered({noisyStudy(8000, 1, true)}, tables("1.1,anterior,focus,31,28,5,5\n"), config);
  const Result& depth = asked.studies.at(0).foci.at(0).methods.at(0).depthMm;
  EXPECT_GT(std::get<Estimate>(depth).lower, 0.6 * 118);
}

TEST(QuantifyStudies, GivesALimitWhereTheIntervalReachesTooFarAboveTheEstimate) {
  auto config = quick();
  const auto refusals = [&](double mostOverEstimate) {
    config.quantification.mostOverEstimate = mostOverEstimate;
    const auto all = answered({noisyStudy(8000, 1)}, tables("1.1,anterior,focus,31,28,5,5\n"), config);
    std::vector<Refusal> found;
    for (const MethodAnswer& method : all.studies.at(0).foci.at(0).methods)
      for (const Result* result : {&method.depthMm, &method.activityMBq, &method.uptakePercent})
        if (const auto* refusal = std::get_if<Refusal>(result); refusal && refusal->code == "too-uncertain")
          found.push_back(*refusal);
    return found;
  };
  config.quantification.methods = {"joint", "opposed-views"};
  EXPECT_TRUE(refusals(10).empty());
  const std::vector<Refusal> strict = refusals(1.001);
  ASSERT_EQ(strict.size(), 4U) << "activity and uptake of both methods, no depth";
  for (const Refusal& refusal : strict) EXPECT_GT(refusal.upperLimit.value(), 0);
}

TEST(QuantifyStudies, LeavesASpotToTheMarkNextToIt) {
  auto config = quick();
  config.quantification.methods = {"opposed-views"};
  // The second mark is on nothing, three pixels of 4.8 mm beside the spot.
  const auto all = answered({noisyStudy(8000, 1)},
                            tables("1.1,anterior,focus,31,28,5,5\n1.1,anterior,focus,34,28,5,5\n"), config);
  const Refusal& refusal = std::get<Refusal>(all.studies.at(0).foci.at(1).methods.at(0).depthMm);
  EXPECT_EQ(refusal.code, "overlapping-focus");
  EXPECT_THAT(refusal.sentence, HasSubstr("lies 14 mm away"));
}

TEST(QuantifyStudies, NamesEveryInputOnce) {
  auto config = quick();
  config.quantification.methods = {"joint", "opposed-views", "scatter-window"};
  const auto all = answered({noisyStudy(20000, 1)}, tables("1.1,anterior,focus,31,28,5,5\n"), config);
  for (const MethodAnswer& answer : all.studies.at(0).foci.at(0).methods) {
    const auto* depth = std::get_if<Estimate>(&answer.depthMm);
    if (!depth) continue;
    for (const std::string& input : all.studies[0].inputs)
      EXPECT_EQ(std::count(depth->inputs.begin(), depth->inputs.end(), input), 1)
          << answer.method << ": " << input;
  }
}

TEST(QuantifyStudies, GivesDepthAndActivityWithoutADose) {
  auto config = quick();
  config.quantification.methods = {"joint", "opposed-views"};
  AcquiredStudy doseless = noisyStudy(20000, 1);
  doseless.doseMBq.reset();
  const auto all = answered({doseless}, tables("1.1,anterior,focus,31,28,5,5\n"), config);
  ASSERT_FALSE(all.studies.at(0).refusal);
  for (const MethodAnswer& answer : all.studies[0].foci.at(0).methods) {
    EXPECT_TRUE(std::holds_alternative<Estimate>(answer.depthMm)) << answer.method;
    EXPECT_GT(std::get<Estimate>(answer.activityMBq).value, 0) << answer.method;
    EXPECT_EQ(std::get<Refusal>(answer.uptakePercent).code, "no-dose") << answer.method;
  }
  const auto nothing = answered({[] {
                                  AcquiredStudy empty = noisyStudy(0, 1);
                                  empty.administration.reset();
                                  return empty;
                                }()},
                                tables("1.1,anterior,focus,31,28,5,5\n"), config);
  EXPECT_THAT(refusalOfDepth(nothing).sentence, HasSubstr("MBq"));
}

TEST(QuantifyStudies, RefusesFociFarFromTheThyroidBedWithoutAMap) {
  // 60 mm are 13 pixels and more: the bed's middle lies 27 pixels below the focus.
  const std::string focus = "1.1,anterior,focus,31,28,5,5\n";
  const auto far = answered({noisyStudy(20000, 1)}, tables(focus + "1.1,anterior,thyroid,27,50,12,14\n"));
  EXPECT_EQ(refusalOfDepth(far).code, "outside-neck");
  const auto near = answered({noisyStudy(20000, 1)}, tables(focus + "1.1,anterior,thyroid,27,24,12,14\n"));
  EXPECT_TRUE(std::holds_alternative<Estimate>(near.studies.at(0).foci.at(0).methods.at(0).depthMm));
}

TEST(QuantifyStudies, LooksForFociThatNobodyMarked) {
  const auto all = answered({noisyStudy(2000, 1)}, tables());
  const StudyAnswer& study = all.studies.at(0);
  ASSERT_TRUE(study.search);
  ASSERT_GE(study.foci.size(), 1U);
  EXPECT_NEAR(study.foci[0].column, 33, 1);
  EXPECT_NEAR(study.foci[0].row, 30, 1);
  EXPECT_GT(study.foci[0].significance.value(), study.search->detection.threshold);
}

TEST(QuantifyStudies, AnswersThatNoFocusIsThere) {
  const auto all = answered({noisyStudy(0, 2)}, tables());
  const StudyAnswer& study = all.studies.at(0);
  EXPECT_FALSE(study.refusal);
  EXPECT_TRUE(study.foci.empty());
  ASSERT_TRUE(study.search);
  EXPECT_GT(std::get<DetectionLimit>(study.search->limit).uptakePercent.value(), 0);
}

TEST(QuantifyStudies, SearchesTheThyroidBedOfATableWithoutFoci) {
  const auto all = answered({noisyStudy(0, 2)}, tables("1.2,anterior,thyroid,27,24,12,14\n"));
  ASSERT_TRUE(all.studies.at(0).search);
  EXPECT_NEAR(all.studies[0].search->area.mostX - all.studies[0].search->area.leastX, 12 * kPixelMm, 1e-9);
}

TEST(QuantifyStudies, GivesTheNeckShoulderRatioInItsVariants) {
  AcquiredStudy study = acquiredStudy(2);
  auto& counts = study.objects[0].frames[0].counts;
  for (std::size_t row = 20; row < 30; ++row)
    for (std::size_t column = 20; column < 30; ++column) counts.at(row, column) = 10;
  const auto all = answered({study}, tables("1.2.3,anterior,focus,24,24,3,3\n"
                                            "1.2.3,anterior,thyroid,20,20,10,10\n"
                                            "1.2.3,anterior,shoulder,0,40,20,10\n"
                                            "1.2.3,anterior,background,50,50,5,5\n"));
  ASSERT_TRUE(all.studies.at(0).ratio);
  const RatioAnswer& ratio = *all.studies[0].ratio;
  // 1000 counts on 100 pixels over 400 on 200, one half added to each sum.
  EXPECT_NEAR(ratio.ofMeans.ratio, 1000.5 / 100 / (400.5 / 200), 1e-9);
  EXPECT_NEAR(ratio.ofSums.ratio, 1000.5 / 400.5, 1e-9);
  EXPECT_EQ(ratio.ofMeans.thyroidCounts, 1000);
  // The shoulder holds what the background does: nothing to divide by.
  ASSERT_TRUE(ratio.backgroundCorrected);
}

TEST(QuantifyStudies, RefusesWithItsReason) {
  AcquiredStudy other = noisyStudy(0, 1);
  other.serialNumber = "T";
  EXPECT_EQ(answered({other}, tables()).studies.at(0).refusal.value().code, "no-calibration");
  AcquiredStudy sweep = noisyStudy(0, 1);
  sweep.objects[0].acquisition = scintigraphy::Acquisition::kWholeBody;
  EXPECT_EQ(answered({sweep}, tables()).studies.at(0).refusal.value().code, "no-area");
  EXPECT_EQ(
      answered({noisyStudy(0, 1)}, tables("9.9,anterior,focus,1,1,3,3\n")).studies.at(0).refusal.value().code,
      "no-regions");
  EXPECT_EQ(
      testing::refusalCodeOf([] { answered({noisyStudy(0, 1)}, tables("1.1,anterior,focus,100,10,3,3\n")); }),
      "bad-region");
}

TEST(QuantifyStudies, SaysWhatItKnowsOfCameraAndCollimator) {
  AcquiredStudy nameless = noisyStudy(0, 1);
  nameless.serialNumber.clear();
  const Refusal camera = answered({nameless}, tables()).studies.at(0).refusal.value();
  EXPECT_NE(camera.sentence.find("'S'"), std::string::npos) << camera.sentence;

  AcquiredStudy numbered = noisyStudy(0, 1);
  for (scintigraphy::AcquiredFrame& frame : numbered.objects[0].frames) frame.collimatorName = "@7";
  const Refusal collimator = answered({numbered}, tables()).studies.at(0).refusal.value();
  EXPECT_EQ(collimator.code, "unknown-collimator");
  EXPECT_NE(collimator.sentence.find("'@7'"), std::string::npos) << collimator.sentence;
  EXPECT_NE(collimator.sentence.find("Siemens HE"), std::string::npos) << collimator.sentence;
  StudyTables said = tables();
  said.calibrations["S"].collimatorNames["@7"] = "Siemens HE";
  EXPECT_FALSE(answered({numbered}, said).studies.at(0).refusal);
}

TEST(QuantifyStudies, WarnsOfACalibrationOfAnotherMaker) {
  const auto warnings = [](const std::string& manufacturer) {
    AcquiredStudy study = noisyStudy(0, 1);
    study.manufacturer = manufacturer;
    study.model = "Infinia";
    return answered({study}, tables()).studies.at(0).warnings;
  };
  const auto less = warnings("SIEMENS NM"), more = warnings("GE Medical Systems");
  EXPECT_EQ(more.size(), less.size() + 1);
  EXPECT_THAT(more, Contains(HasSubstr("Siemens Symbia Intevo, the study of GE Medical Systems Infinia")));
}

TEST(QuantifyStudies, TellsTheChangeOfAPatientsUptake) {
  AcquiredStudy later = noisyStudy(10000, 3);
  const auto said = tables("1.1,anterior,focus,31,28,5,5\n1.3,anterior,focus,31,28,5,5\n");
  const auto all = answered({noisyStudy(40000, 1), later}, said);
  ASSERT_EQ(all.changes.size(), 1U);
  EXPECT_EQ(all.changes[0].earlierStudyUid, "1.1");
  ASSERT_EQ(all.changes[0].foci.size(), 1U);
  // A quarter of the counts for the same dose, time and place.
  const Estimate& ratio = std::get<Estimate>(all.changes[0].foci[0].uptakeRatio);
  EXPECT_NEAR(ratio.value, 0.25, 4 * ratio.statistical);
  EXPECT_LT(ratio.statistical, 0.02);
  later.patientId = "Q";
  EXPECT_TRUE(answered({noisyStudy(40000, 1), later}, said).changes.empty()) << "another patient";
}

TEST(QuantificationJson, HoldsEveryResultWithItsParts) {
  const auto all = answered({noisyStudy(2000, 1), noisyStudy(2000, 4)},
                            tables("1.1,anterior,focus,31,28,5,5\n1.4,anterior,thyroid,27,24,12,14\n"));
  const auto json = nlohmann::json::parse(jsonOf(all));
  ASSERT_EQ(json.at("studies").size(), 2U);
  const auto& marked = json["studies"][0];
  EXPECT_TRUE(marked.at("foci")[0].at("anteriorCounts").is_null());
  EXPECT_TRUE(marked["foci"][0].at("significance").is_null());
  EXPECT_TRUE(marked["foci"][0].at("place").is_null());
  const auto& depth = marked["foci"][0].at("methods").at("opposed-views").at("depthMm");
  for (const char* key : {"value", "standardUncertainty", "statistical", "systematic"})
    EXPECT_TRUE(depth.at(key).is_number()) << key;
  EXPECT_LT(depth.at("interval95")[0], depth.at("value"));
  EXPECT_GT(depth.at("interval95")[1], depth.at("value"));
  const auto& searched = json["studies"][1];
  EXPECT_EQ(searched.at("search").at("found"), searched.at("foci").size());
  EXPECT_EQ(searched["search"].at("falseFociPerStudy"), 0.05);
  EXPECT_TRUE(searched["search"].at("detectionLimit").at("uptakePercent").is_number());
  EXPECT_EQ(json.at("changes").size(), searched["foci"].empty() ? 0U : 1U);
}

TEST(QuantificationJson, TellsWhereTheJointFitFoundAFocus) {
  auto config = quick();
  config.quantification.methods = {"joint"};
  const auto all = answered({noisyStudy(20000, 1)}, tables("1.1,anterior,focus,31,28,5,5\n"), config);
  const auto place = nlohmann::json::parse(jsonOf(all))["studies"][0]["foci"][0].at("place");
  const FoundPlace& found = all.studies[0].foci[0].place.value();
  EXPECT_DOUBLE_EQ(place.at("xPatientMm").at("value"), found.x.value);
  EXPECT_DOUBLE_EQ(place.at("zPatientMm").at("value"), found.z.value);
  EXPECT_LT(place["zPatientMm"]["interval95"][0], found.z.value);
  EXPECT_LT(found.x.standardUncertainty(), 1);
}

TEST(QuantificationTable, FitsAHundredColumns) {
  AcquiredStudy long1 = noisyStudy(2000, 1), long2 = noisyStudy(2000, 3);
  long1.studyInstanceUid = long2.studyInstanceUid = "2.25." + std::string(59, '9');
  auto config = quick();
  config.quantification.methods = {"effective-attenuation", "scatter-window"};
  const std::string text = tableOf(answered({long1, long2}, tables(), config));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t sentence = line.find(": ");
    EXPECT_LE(std::min(line.size(), sentence), 100U) << line;
  }
  EXPECT_NE(text.find("effective-attenuation"), std::string::npos);
  EXPECT_NE(text.find("change from"), std::string::npos);
}

TEST(QuantificationTable, WritesMillimetresWithoutExponents) {
  Quantification all;
  StudyAnswer study;
  FocusAnswer focus;
  Estimate depth;
  depth.value = 123.6;
  depth.lower = 0.5;
  depth.upper = 160.4;
  MethodAnswer answer;
  answer.method = "joint";
  answer.depthMm = depth;
  focus.methods.push_back(answer);
  study.foci.push_back(focus);
  all.studies.push_back(study);
  EXPECT_THAT(tableOf(all), HasSubstr("124 (0.5..160)"));
}

}  // namespace
}  // namespace remnant::quantify
