#include "remnant/quantify/focus_pairing.h"

#include <gtest/gtest.h>

#include "remnant/base/error.h"

namespace remnant::quantify {
namespace {

using Pairing = std::vector<std::size_t>;
using Place = PlaneCoordinates;

TEST(PairedByPlace, KeepsTheOrderWhereNothingIsNearer) {
  EXPECT_EQ(pairedByPlace({{0, 0}, {30, 0}}, {Place{4, 1}, Place{27, -2}}, 9), (Pairing{0, 1}));
}

TEST(PairedByPlace, ExchangesWhatIsCrossed) {
  EXPECT_EQ(pairedByPlace({{0, 0}, {3, 0}}, {Place{2.8, 0}, Place{0.3, 0}}, 9), (Pairing{1, 0}));
  EXPECT_EQ(pairedByPlace({{0, 0}, {5, 0}, {3, 4}}, {Place{5, 1}, Place{3, 4.5}, Place{1, 0}}, 9),
            (Pairing{2, 0, 1}));
}

TEST(PairedByPlace, GivesEachFoundFocusOnce) {
  // Both are nearest to the first, and one has to stand for the second all the same.
  EXPECT_EQ(pairedByPlace({{0, 0}, {8, 0}}, {Place{1, 0}, Place{0, 0.5}}, 9), (Pairing{1, 0}));
}

TEST(PairedByPlace, LeavesToAnAnswerOfNothingWhatIsLeft) {
  EXPECT_EQ(pairedByPlace({{0, 0}, {6, 0}}, {std::nullopt, Place{1, 0}}, 9), (Pairing{1, 0}));
  EXPECT_EQ(pairedByPlace({{0, 0}, {6, 0}}, {std::nullopt, Place{5, 0}}, 9), (Pairing{0, 1}));
  EXPECT_EQ(pairedByPlace({{0, 0}, {6, 0}}, {std::nullopt, std::nullopt}, 9), (Pairing{0, 1}));
}

TEST(PairedByPlace, ForgivesNothingWhereMarksTellFociApart) {
  EXPECT_EQ(pairedByPlace({{0, 0}, {20, 0}}, {Place{19, 0}, Place{1, 0}}, 9), (Pairing{0, 1}));
}

TEST(PairedByPlace, AsksForAsManyAsThereAre) {
  EXPECT_THROW(pairedByPlace({{0, 0}}, {}, 9), ProgramError);
}

}  // namespace
}  // namespace remnant::quantify
