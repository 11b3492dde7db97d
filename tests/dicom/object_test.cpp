#include "remnant/dicom/object.h"

#include <gtest/gtest.h>

#include "dicom/example_object.h"
#include "remnant/base/atomic_file.h"
#include "support/temporary_folder.h"

namespace remnant::dicom {
namespace {

using testing::exampleFrames;
using testing::exampleObject;

constexpr Tag kPatientName{0x0010, 0x0010};
constexpr Tag kSopInstanceUid{0x0008, 0x0018};

TEST(Object, ReadsBackWhatItWrote) {
  const testing::TemporaryFolder folder;
  Object object = exampleObject();
  object.dataset().setText(kPatientName, "Example^Ada");
  setPixels(object.dataset(), exampleFrames(3, 5, 7));
  object.write(folder / "a.dcm");

  const Object back = Object::read(folder / "a.dcm");
  EXPECT_EQ(back.dataset().text(kPatientName), "Example^Ada");
  EXPECT_EQ(back.dataset().text(kSopInstanceUid), "2.25.1001");
  EXPECT_EQ(back.transferSyntaxUid(), "1.2.840.10008.1.2.1");
  EXPECT_EQ(decodePixels(back)->frames, exampleFrames(3, 5, 7));
}

TEST(Object, WritesTheSameBytesEachTime) {
  const testing::TemporaryFolder folder;
  for (const char* name : {"a.dcm", "b.dcm"}) {
    Object object = exampleObject();
    setPixels(object.dataset(), exampleFrames(1, 8, 8));
    object.write(folder / name);
  }
  Object::read(folder / "a.dcm").write(folder / "c.dcm");
  EXPECT_EQ(readWholeFile(folder / "a.dcm"), readWholeFile(folder / "b.dcm"));
  EXPECT_EQ(readWholeFile(folder / "a.dcm"), readWholeFile(folder / "c.dcm"));
}

TEST(Object, CanBeWrittenOverTheFileItCameFrom) {
  const testing::TemporaryFolder folder;
  Object object = exampleObject();
  setPixels(object.dataset(),
            exampleFrames(2, 600, 600));  // above ReadLimits::valueBytes: pixels stay in the file
  object.write(folder / "a.dcm");
  Object back = Object::read(folder / "a.dcm");
  back.dataset().setText(kPatientName, "Other^Name");
  back.write(folder / "a.dcm");
  const Object again = Object::read(folder / "a.dcm");
  EXPECT_EQ(again.dataset().text(kPatientName), "Other^Name");
  EXPECT_EQ(decodePixels(again)->frames, exampleFrames(2, 600, 600));
}

TEST(Object, TheMetaHeaderFollowsTheDataSet) {
  const testing::TemporaryFolder folder;
  exampleObject().write(folder / "a.dcm");
  Object object = Object::read(folder / "a.dcm");
  object.dataset().setText(kSopInstanceUid, "2.25.2002");
  object.write(folder / "b.dcm");
  const std::string bytes = readWholeFile(folder / "b.dcm");
  EXPECT_EQ(bytes.find("2.25.1001"), std::string::npos);
  // Once in the meta header, once in the data set.
  const std::size_t first = bytes.find("2.25.2002");
  EXPECT_NE(bytes.find("2.25.2002", first + 1), std::string::npos);
}

TEST(Object, WhatCannotBeWrittenLeavesNothing) {
  const testing::TemporaryFolder folder;
  EXPECT_THROW(exampleObject().write(folder / "missing/a.dcm"), InputError);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace remnant::dicom
