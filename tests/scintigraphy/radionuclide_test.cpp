#include "remnant/scintigraphy/radionuclide.h"

#include <gtest/gtest.h>

namespace remnant::scintigraphy {
namespace {

TEST(Radionuclide, IsToldByItsCode) {
  EXPECT_EQ(radionuclideOfCode("C-163A8"), "Tc-99m");
  EXPECT_EQ(radionuclideOfCode("72454006"), "Tc-99m");
  EXPECT_EQ(radionuclideOfCode("C-114B1"), "I-131");
  EXPECT_EQ(radionuclideOfCode("1368003"), "I-131");
  EXPECT_EQ(radionuclideOfCode("C-114A4"), "I-123");
  EXPECT_EQ(radionuclideOfCode("Tc99m"), "");
}

TEST(Radionuclide, IsToldByTheNamesThatPeopleWrite) {
  for (const char* name :
       {"99m Technetium", "^99m^Technetium", "Tc99m", "Tc-99m", "TC 99 M", "99mTc", "99m-Tc",
        "Technetium-99m", "Technétium 99m", "Tecnecio-99m", "99m Technetium pertechnetate"})
    EXPECT_EQ(radionuclideOfName(name), "Tc-99m") << name;
  for (const char* name :
       {"I-131", "I131", "131I", "131 Iodine", "131-I", "Iodine-131", "131Jod", "Jod-131", "J-131",
        "Yodo 131", "Iode 131", "^131^Iodine", "Iodio-131", "NaI I-131", "131Йод"})
    EXPECT_EQ(radionuclideOfName(name), "I-131") << name;
  EXPECT_EQ(radionuclideOfName("I 123"), "I-123");
  EXPECT_EQ(radionuclideOfName("Tl-201 chloride"), "Tl-201");
  EXPECT_EQ(radionuclideOfName("81mKr"), "Kr-81m");
}

TEST(Radionuclide, IsNotGuessed) {
  for (const char* name : {"", "Iodine", "131", "Sestamibi", "DPD", "dose 740 MBq", "Lower Scatter", "Xy-99"})
    EXPECT_EQ(radionuclideOfName(name), "") << name;
}

}  // namespace
}  // namespace remnant::scintigraphy
