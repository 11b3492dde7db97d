#include "remnant/dataset/schema.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "dataset/refusal.h"
#include "remnant/base/atomic_file.h"

namespace remnant::dataset {
namespace {

TEST(Schema, DefinesEachColumnOnceAndUsesEach) {
  std::set<std::string_view> defined;
  for (const Column& column : allColumns()) {
    EXPECT_TRUE(defined.insert(column.name).second) << column.name << " is defined twice";
    EXPECT_FALSE(column.meaning.empty()) << column.name;
  }
  std::set<std::string_view> used;
  for (const Table& table : allTables())
    for (const TableColumn& column : table.columns) {
      EXPECT_NO_THROW(columnNamed(column.name)) << table.file;
      used.insert(column.name);
    }
  EXPECT_EQ(used, defined);
}

TEST(Schema, NamesTheUnitWhereTheNameOfAColumnHasOne) {
  for (const Column& column : allColumns()) {
    if (column.name.ends_with("Mm")) {
      EXPECT_EQ(column.unit, "mm") << column.name;
    }
    if (column.name.ends_with("MBq")) {
      EXPECT_EQ(column.unit, "MBq") << column.name;
    }
    if (column.name.ends_with("Percent")) {
      EXPECT_TRUE(column.unit.starts_with("%")) << column.name;
    }
    if (column.name.starts_with("hours")) {
      EXPECT_EQ(column.unit, "h") << column.name;
    }
  }
}

TEST(Schema, HasTheColumnsThatOthersRelyOn) {
  const auto names = [](const char* file) { return emptyTable(file).columns(); };
  EXPECT_EQ(names("studies.csv"),
            (std::vector<std::string>{"patient", "study", "label", "radionuclide", "scanner", "centre", "sex",
                                      "ageBand", "acquisitionPeriod", "doseMBq", "hoursFromDose",
                                      "tshMilliUnitsPerL", "thyroglobulinNgPerMl"}));
  EXPECT_EQ(names("splits.csv"), (std::vector<std::string>{"protocol", "repeat", "fold", "patient", "part"}));
  EXPECT_EQ(names("scores.csv"), (std::vector<std::string>{"imageSet", "contestant", "repeat", "fold", "seed",
                                                           "patient", "study", "label", "score"}));
}

TEST(DataDictionary, IsTheCommittedOne) {
  const auto path = std::filesystem::path(REMNANT_SOURCE_FOLDER) / "docs" / "data-dictionary.md";
  EXPECT_EQ(readWholeFile(path), dataDictionaryMarkdown()) << "run: build/remnant documentation docs";
}

TEST(DataDictionary, HoldsEveryTableAndColumn) {
  const std::string text = dataDictionaryMarkdown();
  for (const Table& table : allTables()) {
    EXPECT_NE(text.find("## " + std::string(table.file)), std::string::npos);
    for (const TableColumn& column : table.columns)
      EXPECT_NE(text.find("| `" + std::string(column.name) + "` |"), std::string::npos);
  }
}

std::string splitsWith(const std::string& row) {
  return "protocol,repeat,fold,patient,part\nkfold,0,0,P1,train\n" + row + "\n";
}

TEST(RequireSchema, AcceptsATableThatKeepsToIt) {
  EXPECT_NO_THROW(requireSchema(CsvTable::parse(splitsWith("holdout,0,0,P1,test"), "s"), "splits.csv", "s"));
}

TEST(RequireSchema, NamesTheLineAndColumnOfWhatDoesNot) {
  const auto check = [](const std::string& text) {
    return [text] { requireSchema(CsvTable::parse(text, "s"), "splits.csv", "s"); };
  };
  testing::expectRefusal(check(splitsWith("bootstrap,0,0,P1,test")), "bad-value", "line 3", "protocol");
  testing::expectRefusal(check(splitsWith("kfold,x,0,P1,test")), "bad-number", "line 3", "repeat");
  testing::expectRefusal(check(splitsWith("kfold,0,0,,test")), "empty-cell", "line 3", "patient");
  testing::expectRefusal(check("protocol,repeat,fold,part,patient\n"), "other-columns", "protocol", "");
}

}  // namespace
}  // namespace remnant::dataset
