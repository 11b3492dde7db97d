#include "remnant/base/atomic_file.h"

#include <gtest/gtest.h>

#include <iterator>

#include "remnant/base/error.h"
#include "support/temporary_folder.h"

namespace remnant {
namespace {

std::ptrdiff_t entriesIn(const std::filesystem::path& folder) {
  return std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator());
}

TEST(AtomicFile, AppearsWholeAndReplacesTheOldOne) {
  const testing::TemporaryFolder folder;
  writeWholeFile(folder / "f", "old");
  writeWholeFile(folder / "f", std::string("new\0bytes", 9));
  EXPECT_EQ(readWholeFile(folder / "f"), std::string("new\0bytes", 9));
  EXPECT_EQ(entriesIn(folder.path()), 1);
}

TEST(AtomicFile, LeavesNothingWhereItIsNotCommitted) {
  const testing::TemporaryFolder folder;
  {
    const AtomicFile file(folder / "f");
    std::ofstream(file.temporaryPath()) << "half";
    EXPECT_EQ(entriesIn(folder.path()), 1);
  }
  EXPECT_EQ(entriesIn(folder.path()), 0);
}

TEST(AtomicFile, SweepsUpAfterAKilledWriter) {
  const testing::TemporaryFolder folder;
  const AtomicFile file(folder / "f");
  std::ofstream(file.temporaryPath()) << "half";
  writeWholeFile(folder / "kept", "whole");
  removeAbandonedTemporaries(folder.path());
  EXPECT_EQ(entriesIn(folder.path()), 1);
  EXPECT_TRUE(std::filesystem::exists(folder / "kept"));
}

TEST(AtomicFile, RefusesAFolderThatIsNotThere) {
  const testing::TemporaryFolder folder;
  EXPECT_THROW(writeWholeFile(folder / "absent/f", "x"), InputError);
  EXPECT_THROW(readWholeFile(folder / "absent"), InputError);
  writeWholeFile(folder / "file", "x");
  EXPECT_THROW(createFolder(folder / "file/below"), InputError);
}

}  // namespace
}  // namespace remnant
