#include "remnant/scintigraphy/inspection_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "scintigraphy/example_nm.h"

namespace remnant::scintigraphy {
namespace {

using nlohmann::json;
using testing::nmObject;

TEST(InspectionJson, HasTheAgreedFields) {
  dicom::Object object = nmObject("WHOLE BODY", 1);
  setPixels(object.dataset(), {image::Counts(3, 2, 7)});
  const json told = json::parse(jsonOf("a/b.dcm", inspectObject(object)));
  EXPECT_EQ(told["file"], "a/b.dcm");
  EXPECT_EQ(told["sopClassUid"], testing::kNmImageStorage);
  EXPECT_EQ(told["modality"], "NM");
  EXPECT_EQ(told["imageType"], json({"ORIGINAL", "PRIMARY", "WHOLE BODY", "EMISSION"}));
  EXPECT_EQ(told["acquisition"], "whole-body");
  EXPECT_EQ(told["rows"], 3);
  EXPECT_EQ(told["columns"], 2);
  EXPECT_EQ(told["pixelSpacingMm"], json({2.4, 2.4}));
  EXPECT_EQ(told["radionuclide"], "I-131");
  EXPECT_EQ(told["frames"][0]["index"], 0);
  EXPECT_EQ(told["frames"][0]["view"], "unknown");
  EXPECT_EQ(told["frames"][0]["energyWindows"], json::array({{{"lowerKeV", 327.6}, {"upperKeV", 400.4}}}));
  EXPECT_EQ(told["frames"][0]["counts"], 42);
  EXPECT_TRUE(told["warnings"].empty());
  for (const char* unknown : {"manufacturer", "model", "serialNumber", "acquisitionStart", "durationSeconds",
                              "patientPosition", "countsAccumulatedTag"})
    EXPECT_TRUE(told.at(unknown).is_null()) << unknown;
  for (const char* unknown : {"viewEvidence", "detector", "collimatorName", "collimatorType", "durationMs"})
    EXPECT_TRUE(told["frames"][0].at(unknown).is_null()) << unknown;
}

TEST(InspectionJson, TellsTheCameraAndTheTimesButNotThePatient) {
  dicom::Object object = nmObject("STATIC", 1);
  dicom::Dataset data = object.dataset();
  data.setText({0x0010, 0x0010}, "Roe^Jane");
  data.setText({0x0010, 0x0020}, "4711");
  data.setText({0x0010, 0x0030}, "19610203");
  data.setText({0x0018, 0x1000}, "SN-12");
  data.setText({0x0008, 0x0022}, "20240229");
  data.setText({0x0008, 0x0032}, "235959.75");
  data.setText({0x0018, 0x1242}, "299994");
  dicom::Dataset detector = testing::addDetector(object, 180);
  detector.setText({0x0018, 0x1180}, "HEGP");
  detector.setText({0x0018, 0x1181}, "PARA");
  setPixels(data, {image::Counts(3, 2, 7)});
  const std::string text = jsonOf("a.dcm", inspectObject(object));
  const json told = json::parse(text);
  EXPECT_EQ(told["serialNumber"], "SN-12");
  EXPECT_EQ(told["acquisitionStart"], "2024-02-29T23:59:59");
  EXPECT_EQ(told["durationSeconds"], 299.994);
  EXPECT_EQ(told["frames"][0]["collimatorName"], "HEGP");
  EXPECT_EQ(told["frames"][0]["collimatorType"], "PARA");
  for (const char* identity : {"Roe", "Jane", "4711", "19610203"})
    EXPECT_EQ(text.find(identity), std::string::npos) << identity;
}

TEST(InspectionJson, IsValidUtf8WhateverTheObjectHolds) {
  dicom::Object object = nmObject("STATIC", 1);
  object.dataset().setText({0x0008, 0x0070},
                           "M\xFC"
                           "ller");  // no character set declared
  const json told = json::parse(jsonOf("\xFF.dcm", inspectObject(object)));
  EXPECT_EQ(told["manufacturer"], "M\uFFFDller");
}

TEST(InspectionJson, AnErrorIsAnObjectOfItsOwn) {
  const json told =
      json::parse(jsonOf("a.dcm", InputError("truncated", "ends early", "a.dcm", "(7fe0,0010)")));
  EXPECT_EQ(told,
            json({{"file", "a.dcm"},
                  {"error", {{"code", "truncated"}, {"tag", "(7fe0,0010)"}, {"message", "ends early"}}}}));
}

}  // namespace
}  // namespace remnant::scintigraphy
