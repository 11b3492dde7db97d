#include "remnant/quantify/judgement_parts.h"

#include <gtest/gtest.h>

#include <fstream>

#include "support/refusal_code.h"
#include "support/temporary_folder.h"

namespace remnant::quantify {
namespace {

JudgedPart part() {
  Judged judged;
  judged.studyInstanceUid = "1.2";
  judged.method = "joint";
  judged.medium = "map";
  judged.refusal = "no-counts";
  return {{"1.2", "1.3"}, {judged}};
}

TEST(JudgementParts, KeepWhatIsFinished) {
  const testing::TemporaryFolder folder;
  JudgementParts(folder / "parts", "these").write(4, part());
  const JudgementParts again(folder / "parts", "these");
  const auto read = again.read(4);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->studies, (std::vector<std::string>{"1.2", "1.3"}));
  ASSERT_EQ(read->judged.size(), 1U);
  EXPECT_EQ(read->judged[0].refusal, "no-counts");
  EXPECT_FALSE(again.read(5));
}

TEST(JudgementParts, OfOtherSettingsAreRemoved) {
  const testing::TemporaryFolder folder;
  JudgementParts(folder / "parts", "these").write(4, part());
  EXPECT_FALSE(JudgementParts(folder / "parts", "those").read(4));
}

TEST(JudgementParts, LeaveAForeignFolderAlone) {
  const testing::TemporaryFolder folder;
  std::ofstream(folder / "letter.txt") << "dear";
  EXPECT_EQ(testing::refusalCodeOf([&] { JudgementParts(folder.path(), "these"); }), "not-a-judgement");
  EXPECT_TRUE(std::filesystem::exists(folder / "letter.txt"));
}

}  // namespace
}  // namespace remnant::quantify
