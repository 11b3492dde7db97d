#include "remnant/phantom/identity.h"

#include <gtest/gtest.h>

#include <set>

namespace remnant::phantom {
namespace {

Identity identity() {
  RandomStream random(1, 2);
  return sampleIdentity(122, Person(), CivilTime(CivilDate(std::chrono::year(2020) / 6 / 15)), random);
}

/// Where in the object any of the patient's own texts stands; the path and tag as text.
std::set<std::string> placesOf(const Identity& identity, const dicom::Object& object, bool& nested,
                               bool& priv) {
  std::set<std::string> places;
  object.dataset().walk([&](const dicom::ElementView& element) {
    for (const std::string& secret :
         {identity.name, identity.patientId, identity.address, identity.telephone, identity.otherPatientId,
          identity.insuranceNumber, identity.motherBirthName, dateText(identity.birthDate)}) {
      if (element.value.find(secret) == std::string::npos) continue;
      places.insert(std::to_string(element.path.size()) + dicom::tagText(element.tag));
      nested |= !element.path.empty();
      priv |= element.tag.isPrivate();
    }
  });
  return places;
}

TEST(SampleIdentity, IsCompleteAndPlainlyFictitious) {
  const Identity person = identity();
  EXPECT_EQ(person.patientId, "SIM-000123");
  EXPECT_EQ(person.name.rfind("TEST-", 0), 0U);
  for (const std::string& text :
       {person.otherPatientId, person.insuranceNumber, person.address, person.telephone,
        person.motherBirthName, person.referringPhysician, person.performingPhysician, person.operatorName})
    EXPECT_FALSE(text.empty());
  EXPECT_EQ(yearOf(person.birthDate), 1970);  // 50 years before
}

TEST(PlantIdentity, PutsItInADozenMorePlaces) {
  const Identity person = identity();
  dicom::Object object = dicom::Object::create("1.2.840.10008.5.1.4.1.1.20", "2.25.1");
  bool nested = false, priv = false;
  writeIdentity(object.dataset(), person);
  const auto plain = placesOf(person, object, nested, priv);
  EXPECT_FALSE(nested);
  EXPECT_TRUE(priv);
  plantIdentity(object.dataset(), person);
  const auto planted = placesOf(person, object, nested, priv);
  EXPECT_TRUE(nested);
  EXPECT_GE(planted.size(), plain.size() + 12);
}

}  // namespace
}  // namespace remnant::phantom
