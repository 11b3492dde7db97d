#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/parse.h"
#include "remnant/base/error.h"
#include "scintigraphy/example_nm.h"
#include "support/temporary_folder.h"

namespace remnant::commands {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

struct Outcome {
  ExitStatus status;
  std::string stdoutText;
};

Outcome inspect(const std::vector<std::string>& arguments) {
  std::vector<const char*> line = {"remnant", "inspect"};
  for (const std::string& argument : arguments) line.push_back(argument.c_str());
  ::testing::internal::CaptureStdout();
  ExitStatus status = ExitStatus::kOwnFault;
  try {
    status = parseAndRun(allCommands(), static_cast<int>(line.size()), line.data());
  } catch (...) {
    ::testing::internal::GetCapturedStdout();
    throw;
  }
  return {status, ::testing::internal::GetCapturedStdout()};
}

class Inspect : public ::testing::Test {
 protected:
  std::string object(const std::string& name) {
    dicom::Object made = testing::nmObject("STATIC", 1);
    setPixels(made.dataset(), {image::Counts(4, 4, 3)});
    made.write(folder_ / name);
    return (folder_ / name).string();
  }
  std::string text(const std::string& name) {
    std::ofstream(folder_ / name) << "no object at all, but text that is long enough to be looked at\n";
    return (folder_ / name).string();
  }

  testing::TemporaryFolder folder_;
};

TEST_F(Inspect, TellsEveryObjectOfAFolderInOrderAndPassesOverProse) {
  const std::string second = object("b.dcm"), first = object("a.dcm");
  text("README.md");
  const Outcome outcome = inspect({"--json", folder_.path().string()});
  EXPECT_EQ(outcome.status, ExitStatus::kDone);
  const json told = json::parse(outcome.stdoutText);
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[0]["file"], first);
  EXPECT_EQ(told[1]["file"], second);
  EXPECT_EQ(told[0]["frames"][0]["counts"], 4 * 4 * 3);
}

TEST_F(Inspect, TellsWhatCannotBeReadBesideWhatCan) {
  object("a.dcm");
  text("b.dcm");
  const Outcome outcome = inspect({"--json", folder_.path().string()});
  EXPECT_EQ(outcome.status, ExitStatus::kFaultsFound);
  const json told = json::parse(outcome.stdoutText);
  EXPECT_FALSE(told[0].contains("error"));
  EXPECT_EQ(told[1]["error"]["code"], "not-dicom");
}

TEST_F(Inspect, AFileThatIsNamedIsNeverPassedOver) {
  const Outcome outcome = inspect({"--json", text("README.md")});
  EXPECT_EQ(outcome.status, ExitStatus::kBadInput);
  EXPECT_EQ(json::parse(outcome.stdoutText)[0]["error"]["code"], "not-dicom");
}

TEST_F(Inspect, AnEmptyFolderIsAnEmptyArrayAndBadInput) {
  const Outcome outcome = inspect({"--json", folder_.path().string()});
  EXPECT_EQ(outcome.status, ExitStatus::kBadInput);
  EXPECT_TRUE(json::parse(outcome.stdoutText).empty());
}

TEST_F(Inspect, APathThatDoesNotExistIsToldAndTheOthersAreRead) {
  const Outcome alone = inspect({(folder_ / "none").string()});
  EXPECT_EQ(alone.status, ExitStatus::kBadInput);
  EXPECT_THAT(alone.stdoutText, HasSubstr("no-such-file"));
  const Outcome beside = inspect({(folder_ / "none").string(), object("a.dcm")});
  EXPECT_EQ(beside.status, ExitStatus::kFaultsFound);
  EXPECT_THAT(beside.stdoutText, HasSubstr("I-131"));
}

TEST_F(Inspect, TheTableHasALineForEachFrame) {
  const Outcome outcome = inspect({object("a.dcm")});
  EXPECT_THAT(outcome.stdoutText, HasSubstr("static"));
  EXPECT_THAT(outcome.stdoutText, HasSubstr("I-131"));
  EXPECT_THAT(outcome.stdoutText, HasSubstr("328-400"));
  EXPECT_THAT(outcome.stdoutText, HasSubstr(" 48"));
}

TEST_F(Inspect, TheTableTellsTheCameraAndTheTimes) {
  dicom::Object made = testing::nmObject("STATIC", 2);
  dicom::Dataset data = made.dataset();
  data.setText({0x0010, 0x0010}, "Roe^Jane");
  data.setText({0x0018, 0x1000}, "SN\x1b[2J-12");
  data.setText({0x0008, 0x002a}, "20240229235959.75");
  data.setText({0x0018, 0x1242}, "60000");
  data.setIntegers({0x0054, 0x0020}, {1, 2});
  for (const char* name : {"HE-1", "HE-2"})
    testing::addDetector(made, name[3] == '1' ? 180 : 0).setText({0x0018, 0x1180}, name);
  setPixels(data, {image::Counts(4, 4, 3), image::Counts(4, 4, 3)});
  made.write(folder_ / "camera.dcm");
  const std::string text = inspect({(folder_ / "camera.dcm").string()}).stdoutText;
  EXPECT_THAT(
      text,
      HasSubstr("serial number SN?[2J-12, collimator HE-1 and HE-2, start 2024-02-29T23:59:59, 60.0 s"));
  EXPECT_EQ(text.find("Roe"), std::string::npos);
}

TEST_F(Inspect, TheTableSaysWhatIsNotTold) {
  EXPECT_THAT(inspect({object("a.dcm")}).stdoutText,
              HasSubstr("serial number -, collimator -, start -, - s"));
}

}  // namespace
}  // namespace remnant::commands
