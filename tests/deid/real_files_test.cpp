#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "remnant/base/error.h"
#include "remnant/deid/profile.h"
#include "remnant/dicom/pixels.h"
#include "support/shared_folder.h"
#include "support/temporary_folder.h"

// Real objects before and after, judged by dciodvfy (Debian's dicom3tools), which knows the standard's IODs.
namespace remnant::deid {
namespace {

namespace fs = std::filesystem;

bool hasVerifier() {
  return std::system("command -v dciodvfy >/dev/null 2>&1") == 0;
}

/// The distinct error lines, without values: a value may change and its fault stay.
std::set<std::string> errorsOf(const fs::path& file, const fs::path& report) {
  const std::string command = "dciodvfy '" + file.string() + "' >/dev/null 2>'" + report.string() + "'";
  if (std::system(command.c_str()) == -1) throw std::runtime_error("dciodvfy cannot be run");
  std::set<std::string> errors;
  std::ifstream lines(report);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("Error")) errors.insert(line);
  return errors;
}

std::vector<fs::path> realFiles() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(testing::sharedFolder() / "nm"))
    if (entry.path().extension() == ".dcm") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

Key someKey() {
  std::array<std::uint8_t, Key::kBytes> bytes{};
  bytes.fill(9);
  return Key(bytes);
}

TEST(DeidentifiedRealFiles, HaveNoErrorThatWasNotThereBefore) {
  REMNANT_REQUIRE_SHARED("nm");
  if (!hasVerifier()) GTEST_SKIP() << "dciodvfy is not installed";
  const testing::TemporaryFolder folder;
  for (const fs::path& file : realFiles()) {
    dicom::Object object = dicom::Object::read(file);
    deidentify(object, someKey());
    object.write(folder / "cleaned.dcm");
    const auto before = errorsOf(file, folder / "before.txt");
    const auto after = errorsOf(folder / "cleaned.dcm", folder / "after.txt");
    std::vector<std::string> added;
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(added));
    for (const std::string& error : added) ADD_FAILURE() << file.filename() << ": " << error;
  }
}

TEST(DeidentifiedRealFiles, KeepTheirPixels) {
  REMNANT_REQUIRE_SHARED("nm");
  const testing::TemporaryFolder folder;
  for (const fs::path& file : realFiles()) {
    dicom::Object object = dicom::Object::read(file);
    const auto before = dicom::decodePixels(object);
    deidentify(object, someKey());
    object.write(folder / "cleaned.dcm");
    const auto after = dicom::decodePixels(dicom::Object::read(folder / "cleaned.dcm"));
    ASSERT_EQ(before.has_value(), after.has_value()) << file;
    if (!before) continue;
    EXPECT_EQ(before->frames, after->frames) << file;
  }
}

TEST(DeidentifiedRealFiles, LoseEveryOriginalUidAndPrivateGroup) {
  REMNANT_REQUIRE_SHARED("nm");
  for (const fs::path& file : realFiles()) {
    dicom::Object object = dicom::Object::read(file);
    deidentify(object, someKey());
    object.dataset().walk([&](const dicom::ElementView& element) {
      EXPECT_FALSE(element.tag.isPrivate()) << file << tagText(element.tag);
      const bool isOwnUid = element.vr == "UI" && !element.value.starts_with("1.2.840.10008.");
      EXPECT_TRUE(!isOwnUid || element.value.starts_with("2.25.")) << file << tagText(element.tag);
    });
  }
}

}  // namespace
}  // namespace remnant::deid
