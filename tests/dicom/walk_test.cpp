#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dicom/example_object.h"

namespace remnant::dicom {
namespace {

using ::testing::ElementsAre;
using testing::exampleObject;

constexpr Tag kPatientName{0x0010, 0x0010};
constexpr Tag kDetectorSequence{0x0054, 0x0022};
constexpr Tag kViewSequence{0x0054, 0x0220};
constexpr Tag kMeaning{0x0008, 0x0104};

Object nestedObject() {
  Object object = exampleObject();
  object.dataset().setText(kPatientName, "Example^Ada");
  Dataset detector = object.dataset().appendItem(kDetectorSequence);
  detector.appendItem(kViewSequence).setText(kMeaning, "ANTERIOR");
  detector.setPrivateText({0x0033, 0x1032}, "SIEMENS MED NM", "LO", "Solid");
  return object;
}

Dataset detectorOf(const Object& object) {
  return object.dataset().items(kDetectorSequence).at(0);
}

TEST(Walk, ShowsNestedElementsWithTheirPathAndValue) {
  std::vector<ElementView> seen;
  nestedObject().dataset().walk([&](const ElementView& view) {
    if (view.tag == kMeaning) seen.push_back(view);
  });
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].value, "ANTERIOR");
  EXPECT_EQ(seen[0].vr, "LO");
  EXPECT_THAT(seen[0].path, ElementsAre(kDetectorSequence, kViewSequence));
}

TEST(Walk, NamesTheCreatorOfPrivateElementsInsideSequences) {
  std::string creator;
  nestedObject().dataset().walk([&](const ElementView& view) {
    if (view.tag == Tag{0x0033, 0x1032}) creator = view.privateCreator;
  });
  EXPECT_EQ(creator, "SIEMENS MED NM");
}

TEST(Transform, RemovesEmptiesAndReplacesAtEveryDepth) {
  Object object = nestedObject();
  object.dataset().transform([](const ElementView& view) {
    if (view.tag.isPrivate()) return ElementAction{ElementAction::Kind::kRemove, {}};
    if (view.tag == kPatientName) return ElementAction{ElementAction::Kind::kEmpty, {}};
    if (view.tag == kMeaning) return ElementAction{ElementAction::Kind::kReplace, "POSTERIOR"};
    return ElementAction{};
  });
  EXPECT_TRUE(object.dataset().contains(kPatientName));
  EXPECT_EQ(object.dataset().text(kPatientName), std::nullopt);
  EXPECT_EQ(detectorOf(object).items(kViewSequence).at(0).text(kMeaning), "POSTERIOR");
  EXPECT_FALSE(detectorOf(object).contains({0x0033, 0x0010}));
  EXPECT_FALSE(detectorOf(object).contains({0x0033, 0x1032}));
}

TEST(Transform, DoesNotEnterWhatItRemoved) {
  Object object = nestedObject();
  std::vector<Tag> seen;
  object.dataset().transform([&](const ElementView& view) {
    seen.push_back(view.tag);
    return ElementAction{
        view.tag == kDetectorSequence ? ElementAction::Kind::kRemove : ElementAction::Kind::kKeep, {}};
  });
  EXPECT_THAT(seen, ::testing::Not(::testing::Contains(kMeaning)));
  EXPECT_FALSE(object.dataset().contains(kDetectorSequence));
}

TEST(Transform, CanEmptyASequenceAndPixels) {
  Object object = nestedObject();
  setPixels(object.dataset(), testing::exampleFrames(1, 2, 2));
  object.dataset().transform([](const ElementView& view) {
    const bool wanted = view.tag == kDetectorSequence || view.tag == Tag{0x7FE0, 0x0010};
    return ElementAction{wanted ? ElementAction::Kind::kEmpty : ElementAction::Kind::kKeep, {}};
  });
  EXPECT_TRUE(object.dataset().contains(kDetectorSequence));
  EXPECT_TRUE(object.dataset().items(kDetectorSequence).empty());
  EXPECT_EQ(decodePixels(object), std::nullopt);
}

}  // namespace
}  // namespace remnant::dicom
