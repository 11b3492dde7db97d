#include "remnant/deid/basic_profile_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "remnant/base/csv.h"
#include "support/shared_folder.h"

namespace remnant::deid {
namespace {

const std::map<BasicAction, std::string> kWords = {
    {BasicAction::kX, "X"},    {BasicAction::kZ, "Z"},       {BasicAction::kD, "D"},
    {BasicAction::kU, "U"},    {BasicAction::kXZ, "X/Z"},    {BasicAction::kXD, "X/D"},
    {BasicAction::kZD, "Z/D"}, {BasicAction::kXZD, "X/Z/D"}, {BasicAction::kXZU, "X/Z/U*"}};

/// "(0008,0050)" of the standard's spelling; nullopt for its masks ("(60XX,3000)").
std::optional<dicom::Tag> parseTag(const std::string& text) {
  if (text.size() != 11 || text.find_first_not_of("0123456789ABCDEF(),") != std::string::npos)
    return std::nullopt;
  return dicom::Tag{static_cast<std::uint16_t>(std::stoul(text.substr(1, 4), nullptr, 16)),
                    static_cast<std::uint16_t>(std::stoul(text.substr(6, 4), nullptr, 16))};
}

std::string cell(char action) {
  return action == ' ' ? "" : std::string(1, action);
}

TEST(BasicProfileTable, IsOrderedSoThatEveryRowIsFound) {
  const auto table = basicProfileTable();
  EXPECT_TRUE(std::is_sorted(table.begin(), table.end(),
                             [](const ProfileRow& a, const ProfileRow& b) { return a.tag < b.tag; }));
  for (const ProfileRow& row : table) EXPECT_EQ(findProfileRow(row.tag), &row);
  EXPECT_EQ(findProfileRow({0x0008, 0x0060}), nullptr);  // Modality
}

TEST(BasicProfileTable, IsTheTableOfTheStandard) {
  REMNANT_REQUIRE_SHARED("standard/ps3.15_table_e1-1.csv");
  const CsvTable standard = CsvTable::read(testing::sharedFolder() / "standard/ps3.15_table_e1-1.csv");
  std::size_t named = 0, masks = 0;
  for (std::size_t i = 0; i < standard.rowCount(); ++i) {
    const std::string& text = standard.text(i, "tag");
    const auto tag = parseTag(text);
    if (!tag) {
      ++masks;
      continue;
    }
    ++named;
    const ProfileRow* row = findProfileRow(*tag);
    ASSERT_NE(row, nullptr) << text;
    EXPECT_EQ(kWords.at(row->basic), standard.text(i, "basic_profile")) << text;
    EXPECT_EQ(cell(row->patientCharacteristics), standard.text(i, "retain_patient_characteristics")) << text;
    EXPECT_EQ(cell(row->modifiedDates), standard.text(i, "retain_longitudinal_modified_dates")) << text;
  }
  EXPECT_EQ(named, basicProfileTable().size());
  EXPECT_EQ(masks, 4u);  // private, curves, overlay data, overlay comments: removed by group
}

}  // namespace
}  // namespace remnant::deid
