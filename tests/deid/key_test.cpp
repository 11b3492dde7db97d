#include "remnant/deid/key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "remnant/base/atomic_file.h"
#include "remnant/base/error.h"
#include "support/refusal_code.h"
#include "support/temporary_folder.h"

namespace remnant::deid {
namespace {

namespace fs = std::filesystem;

/// The bytes 0, 1, ... 31.
Key countingKey() {
  std::array<std::uint8_t, Key::kBytes> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i);
  return Key(bytes);
}

Key keyOf(std::uint8_t byte) {
  std::array<std::uint8_t, Key::kBytes> bytes{};
  bytes.fill(byte);
  return Key(bytes);
}

// Expected values: Python 3.11, hmac.new(bytes(range(32)), b"domain:value", hashlib.sha256), and for the UID
// uuid.UUID of the first 16 bytes with version and variant set.
TEST(Key, DerivesWhatPythonsHmacDerives) {
  const Key key = countingKey();
  EXPECT_EQ(key.patientPseudonym("4711"), "P93e90d733741");
  EXPECT_EQ(key.studyPseudonym("1.2.3"), "S14a3410f9ee4");
  EXPECT_EQ(key.centrePseudonym("Hospital of Test Objects"), "C865c69");
  EXPECT_EQ(key.mapUid("1.2.3"), "2.25.149785997813942596401435932312160692469");
  EXPECT_EQ(key.dateShiftDays("4711"), -1350);
  EXPECT_EQ(key.keyId(), "1db33d551b65");
  EXPECT_EQ(key.objectName("ab"), "0739df92dfec50be508a7e4f57965703");
}

TEST(Key, DoesNotMindPadding) {
  const Key key = countingKey();
  EXPECT_EQ(key.patientPseudonym(" 4711 "), key.patientPseudonym("4711"));
  EXPECT_EQ(key.mapUid(std::string("1.2.3\0", 6)), key.mapUid("1.2.3"));
  EXPECT_EQ(key.centrePseudonym("  HOSPITAL  of test\tobjects "),
            key.centrePseudonym("Hospital of Test Objects"));
  EXPECT_EQ(key.centrePseudonym("  "), "");
}

TEST(Key, GivesOtherPseudonymsThanAnotherKeyAndInAnotherDomain) {
  EXPECT_NE(keyOf(1).patientPseudonym("4711"), keyOf(2).patientPseudonym("4711"));
  EXPECT_NE(keyOf(1).keyId(), keyOf(2).keyId());
  EXPECT_NE(keyOf(1).patientPseudonym("1.2.3").substr(1), keyOf(1).studyPseudonym("1.2.3").substr(1));
}

TEST(Key, MapsUidsToValidOnesWithoutCollision) {
  std::set<std::string> mapped;
  for (int i = 0; i < 1000; ++i) {
    const std::string uid = countingKey().mapUid("1.2.840.113619." + std::to_string(i));
    EXPECT_THAT(uid, ::testing::MatchesRegex("2\\.25\\.[1-9][0-9]+"));
    EXPECT_LE(uid.size(), 44u);
    mapped.insert(uid);
  }
  EXPECT_EQ(mapped.size(), 1000u);
}

TEST(Key, ShiftsDatesBackByOneDayToTenYears) {
  std::set<int> shifts;
  for (int i = 0; i < 2000; ++i) shifts.insert(countingKey().dateShiftDays(std::to_string(i)));
  EXPECT_LE(*shifts.rbegin(), -1);
  EXPECT_GE(*shifts.begin(), -3650);
  EXPECT_LT(*shifts.begin(), -3000);  // spread over the range, not clustered
  EXPECT_GT(*shifts.rbegin(), -600);
}

TEST(Key, IsMadeForItsOwnerAloneAndNeverOverwritten) {
  const testing::TemporaryFolder folder;
  const fs::path file = folder / "a.key";
  Key::createFile(file);
  EXPECT_EQ(fs::file_size(file), 32u);
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  const std::string before = readWholeFile(file);
  EXPECT_EQ(testing::refusalCodeOf([&] { Key::createFile(file); }), "file-exists");
  EXPECT_EQ(readWholeFile(file), before);
  Key::createFile(folder / "b.key");
  EXPECT_NE(readWholeFile(folder / "b.key"), before);
  EXPECT_EQ(Key::read(file).keyId(), Key::read(file).keyId());
}

TEST(Key, IsRefusedWhereItIsNot32Bytes) {
  const testing::TemporaryFolder folder;
  for (const std::size_t size : {0u, 31u, 33u, 100000u}) {
    writeWholeFile(folder / "bad.key", std::string(size, 'x'));
    EXPECT_EQ(testing::refusalCodeOf([&] { Key::read(folder / "bad.key"); }), "bad-key") << size;
  }
  EXPECT_EQ(testing::refusalCodeOf([&] { Key::read(folder / "none.key"); }), "unreadable-file");
}

TEST(Key, TellsThatOthersCanReadIt) {
  const testing::TemporaryFolder folder;
  Key::createFile(folder / "a.key");
  ::testing::internal::CaptureStderr();
  Key::read(folder / "a.key");
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
  fs::permissions(folder / "a.key", fs::perms::group_read, fs::perm_options::add);
  ::testing::internal::CaptureStderr();
  Key::read(folder / "a.key");
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), ::testing::HasSubstr("chmod 600"));
}

TEST(Key, IsNotMadeInsideAStoreOrADataset) {
  const testing::TemporaryFolder folder;
  fs::create_directories(folder.path() / "data" / "deep" / "er");
  const fs::path file = folder.path() / "data" / "deep" / "er" / "a.key";
  writeWholeFile(folder.path() / "data" / std::string(kStoreMarker), "{}");
  EXPECT_EQ(testing::refusalCodeOf([&] { Key::createFile(file); }), "key-in-dataset");
  fs::remove(folder.path() / "data" / std::string(kStoreMarker));
  writeWholeFile(folder.path() / "data" / "dataset.json", "{}");
  EXPECT_EQ(testing::refusalCodeOf([&] { Key::createFile(file); }), "key-in-dataset");
  fs::remove(folder.path() / "data" / "dataset.json");
  EXPECT_EQ(testing::refusalCodeOf([&] { Key::createFile(file); }), "no error");
}

}  // namespace
}  // namespace remnant::deid
