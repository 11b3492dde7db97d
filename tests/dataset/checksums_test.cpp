#include "remnant/dataset/checksums.h"

#include <gtest/gtest.h>

#include "dataset/refusal.h"
#include "remnant/base/atomic_file.h"
#include "support/temporary_folder.h"

namespace remnant::dataset {
namespace {

// SHA-256 of "abc": FIPS 180-4, example of one block.
const std::string kOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Checksums, AreReadBackAsWritten) {
  const testing::TemporaryFolder folder;
  const Checksums checksums = {{"b/c d.csv", kOfAbc}, {"a.csv", std::string(64, '0')}};
  EXPECT_EQ(checksumsText(checksums), std::string(64, '0') + "  a.csv\n" + kOfAbc + "  b/c d.csv\n");
  writeWholeFile(folder / "checksums.sha256", checksumsText(checksums));
  EXPECT_EQ(readChecksumsFile(folder / "checksums.sha256"), checksums);
}

TEST(Checksums, TellWhetherTheFilesAreThoseNamed) {
  const testing::TemporaryFolder folder;
  writeWholeFile(folder / "a", "abc");
  EXPECT_TRUE(matchesChecksums(folder.path(), {{"a", kOfAbc}}, 1));
  EXPECT_FALSE(matchesChecksums(folder.path(), {{"a", kOfAbc}, {"b", kOfAbc}}, 1));
  writeWholeFile(folder / "a", "abd");
  EXPECT_FALSE(matchesChecksums(folder.path(), {{"a", kOfAbc}}, 1));
}

TEST(Checksums, RefuseAListThatIsNotOne) {
  const testing::TemporaryFolder folder;
  const auto reading = [&](const std::string& text) {
    return [&folder, text] {
      writeWholeFile(folder / "c", text);
      readChecksumsFile(folder / "c");
    };
  };
  testing::expectRefusal(reading("hello\n"), "bad-dataset", "line 1");
  testing::expectRefusal(reading(kOfAbc + "  a\n" + kOfAbc + " b\n"), "bad-dataset", "line 2");
  testing::expectRefusal(reading(kOfAbc + "  ../a\n"), "bad-dataset", "line 1");
  testing::expectRefusal(reading(kOfAbc + "  /etc/passwd\n"), "bad-dataset", "line 1");
  testing::expectRefusal([&] { readChecksumsFile(folder / "none"); }, "no-dataset", "missing");
}

}  // namespace
}  // namespace remnant::dataset
