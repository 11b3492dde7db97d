#include "remnant/base/csv.h"

#include <gtest/gtest.h>

#include "remnant/base/error.h"
#include "support/temporary_folder.h"

namespace remnant {
namespace {

InputError refusalOf(const std::string& text) {
  try {
    CsvTable::parse(text, "table.csv");
  } catch (const InputError& error) {
    return error;
  }
  return InputError("accepted", "no refusal");
}

// RFC 4180, section 2, rules 5 to 7.
TEST(CsvTable, ReadsQuotesCommasAndLineBreaksInCells) {
  const CsvTable table =
      CsvTable::parse("\xEF\xBB\xBFname,remark\r\nA,\"one, two\"\r\nB,\"say \"\"no\"\"\nagain\"\n", "t");
  ASSERT_EQ(table.rowCount(), 2u);
  EXPECT_EQ(table.text(0, "remark"), "one, two");
  EXPECT_EQ(table.text(1, "remark"), "say \"no\"\nagain");
  EXPECT_EQ(table.line(1), 3u);
}

TEST(CsvTable, WritesWhatItReads) {
  CsvTable table({"name", "value"});
  table.append({"comma, quote \" and\nbreak", "1.5"});
  table.append({"", ""});
  const testing::TemporaryFolder folder;
  table.write(folder / "t.csv");
  const CsvTable again = CsvTable::read(folder / "t.csv");
  EXPECT_EQ(again.text(0, "name"), "comma, quote \" and\nbreak");
  EXPECT_EQ(again.number(0, "value"), 1.5);
  EXPECT_EQ(again.number(1, "value"), std::nullopt);
}

TEST(CsvTable, RefusesWithLineAndColumn) {
  EXPECT_EQ(refusalOf("a,b\n1\n").code(), "bad-csv");
  EXPECT_NE(std::string(refusalOf("a,b\n1\n").what()).find("line 2"), std::string::npos);
  EXPECT_EQ(refusalOf("a,b\n1,\"open\n").code(), "bad-csv");
  EXPECT_EQ(refusalOf("a,a\n").code(), "bad-csv");
  EXPECT_EQ(refusalOf("").code(), "bad-csv");
  const CsvTable table = CsvTable::parse("a\n1x\n", "t");
  EXPECT_THROW(table.number(0, "a"), InputError);
  EXPECT_THROW(table.integer(0, "a"), InputError);
  EXPECT_THROW(table.text(0, "b"), InputError);
}

TEST(CsvTable, RefusesNumbersThatAreNotFinite) {
  EXPECT_THROW(CsvTable::parse("a\nnan\n", "t").number(0, "a"), InputError);
  EXPECT_THROW(CsvTable::parse("a\ninf\n", "t").number(0, "a"), InputError);
}

TEST(NumberText, ReadsBackAsTheSameNumber) {
  for (const double value : {0.1, 1.0 / 3, 1e-300, -2.5, 12345678.9})
    EXPECT_EQ(std::stod(numberText(value)), value);
  EXPECT_EQ(numberText(std::optional<double>()), "");
}

}  // namespace
}  // namespace remnant
