#include "remnant/deid/known_identity.h"

#include <gtest/gtest.h>

namespace remnant::deid {
namespace {

constexpr const char* kNmClass = "1.2.840.10008.5.1.4.1.1.20";

/// Names a patient, a physician, an institution and some ids.
dicom::Object identified() {
  dicom::Object object = dicom::Object::create(kNmClass, "1.2.3.4");
  dicom::Dataset dataset = object.dataset();
  dataset.setText({0x0010, 0x0010}, "FICTION^Ada Maria");
  dataset.setText({0x0010, 0x0020}, "PAT-4711");
  dataset.setText({0x0010, 0x0030}, "19600229");
  dataset.setText({0x0008, 0x0090}, "Invented^Otto");
  dataset.setText({0x0008, 0x0080}, "Hospital of Nowhere");
  dataset.setText({0x0008, 0x0050}, "ACC0099887");
  return object;
}

class KnownIdentityIn : public ::testing::TestWithParam<const char*> {};

TEST_P(KnownIdentityIn, IsFound) {
  const dicom::Object object = identified();
  EXPECT_TRUE(KnownIdentity(object.dataset()).occursIn(GetParam()));
}
INSTANTIATE_TEST_SUITE_P(Texts, KnownIdentityIn,
                         ::testing::Values("Mrs fiction, neck", "ADA-MARIA", "seen by Dr. Invented",
                                           "id pat 4711", "nowhere; HOSPITAL OF NOWHERE ward 3",
                                           "xACC0099887y", "born 29.02.1960", "born 1960-02-29", "b19600229",
                                           "02/29/1960"));

class KnownIdentityNotIn : public ::testing::TestWithParam<const char*> {};

TEST_P(KnownIdentityNotIn, IsNotFound) {
  const dicom::Object object = identified();
  EXPECT_FALSE(KnownIdentity(object.dataset()).occursIn(GetParam()));
}
INSTANTIATE_TEST_SUITE_P(Texts, KnownIdentityNotIn,
                         ::testing::Values("", "ANTERIOR", "nonfictional", "hospital", "4711", "Ottoman",
                                           "Adagio"));

TEST(KnownIdentity, IgnoresStandInsForNoIdentity) {
  dicom::Object object = dicom::Object::create(kNmClass, "1.2.3.4");
  object.dataset().setText({0x0010, 0x0010}, "REMOVED");
  object.dataset().setText({0x0010, 0x0020}, "UNKNOWN");
  EXPECT_FALSE(KnownIdentity(object.dataset()).occursIn("removed or unknown"));
}

TEST(KnownIdentity, IsFoundInNestedTextButNotInCodes) {
  const dicom::Object source = identified();
  dicom::Object cleaned = dicom::Object::create(kNmClass, "1.2.3.5");
  cleaned.dataset().setText({0x0028, 0x0051}, "FICTION");  // CorrectedImage, CS
  EXPECT_EQ(KnownIdentity(source.dataset()).findIn(cleaned.dataset()), std::nullopt);
  dicom::Dataset window = cleaned.dataset().appendItem({0x0054, 0x0012});
  window.setText({0x0054, 0x0018}, "peak of Ada");
  EXPECT_EQ(KnownIdentity(source.dataset()).findIn(cleaned.dataset()), (dicom::Tag{0x0054, 0x0018}));
}

}  // namespace
}  // namespace remnant::deid
