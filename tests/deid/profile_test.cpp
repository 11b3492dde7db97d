#include "remnant/deid/profile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "remnant/base/atomic_file.h"
#include "remnant/base/error.h"
#include "remnant/base/time.h"
#include "remnant/dicom/pixels.h"
#include "support/temporary_folder.h"

namespace remnant::deid {
namespace {

using dicom::Dataset;
using dicom::ElementAction;
using dicom::ElementView;
using dicom::Object;
using dicom::Tag;

Key keyOf(std::uint8_t byte) {
  std::array<std::uint8_t, Key::kBytes> bytes{};
  bytes.fill(byte);
  return Key(bytes);
}
const Key kKey = keyOf(7);

/// A small object with identities, dates, nested items and private elements.
Object identified() {
  Object object = Object::create("1.2.840.10008.5.1.4.1.1.20", "1.2.3.4.1");
  Dataset dataset = object.dataset();
  dataset.setText({0x0010, 0x0010}, "FICTION^ADA");
  dataset.setText({0x0010, 0x0020}, "PAT4711");
  dataset.setText({0x0010, 0x0030}, "19300102");
  dataset.setText({0x0010, 0x0040}, "F");
  dataset.setText({0x0010, 0x1010}, "091Y");
  dataset.setText({0x0010, 0x4000}, "comes with her son Eric");
  dataset.setText({0x0008, 0x0060}, "NM");
  dataset.setText({0x0008, 0x0020}, "20211230");
  dataset.setText({0x0008, 0x0030}, "101500");
  dataset.setText({0x0008, 0x002a}, "20220101093012.5");
  dataset.setText({0x0008, 0x0050}, "ACC99887");
  dataset.setText({0x0008, 0x0080}, "Hospital of Nowhere");
  dataset.setText({0x0008, 0x1010}, "CAMERA1");
  dataset.setText({0x0008, 0x103e}, "Fiction, neck");
  dataset.setText({0x0018, 0x1000}, "SERIAL12345");
  dataset.setText({0x0020, 0x000d}, "1.2.3.4");
  dataset.setText({0x0020, 0x000e}, "1.2.3.4.5");
  dataset.setPrivateText({0x0033, 0x1001}, "VENDOR", "LO", "FICTION");
  return object;
}

/// The radiopharmaceutical's item, with a start and a private element inside.
Dataset addDose(Object& object, const std::string& start) {
  Dataset dose = object.dataset().appendItem({0x0054, 0x0016});
  dose.setText({0x0018, 0x1078}, start);
  return dose;
}

std::string codeOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const InputError& error) {
    return error.code() + " " + error.tag();
  }
  return "no error";
}

std::vector<ElementView> elementsOf(const Object& object) {
  std::vector<ElementView> elements;
  object.dataset().walk([&](const ElementView& element) { elements.push_back(element); });
  return elements;
}

TEST(Deidentify, GivesPseudonymAndMappedUids) {
  Object object = identified();
  deidentify(object, kKey);
  const Dataset dataset = object.dataset();
  EXPECT_EQ(dataset.text({0x0010, 0x0010}), kKey.patientPseudonym("PAT4711"));
  EXPECT_EQ(dataset.text({0x0010, 0x0020}), kKey.patientPseudonym("PAT4711"));
  EXPECT_EQ(dataset.text({0x0020, 0x000d}), kKey.mapUid("1.2.3.4"));
  EXPECT_EQ(dataset.text({0x0020, 0x000e}), kKey.mapUid("1.2.3.4.5"));
  EXPECT_EQ(dataset.text({0x0008, 0x0018}), kKey.mapUid("1.2.3.4.1"));
  EXPECT_EQ(dataset.text({0x0008, 0x0016}), "1.2.840.10008.5.1.4.1.1.20");
}

// Two patients' objects with the same calibration would show how far apart their dates were moved.
TEST(Deidentify, LeavesNoTraceOfOneCameraAndItsService) {
  Object object = identified();
  object.dataset().setText({0x0018, 0x1200}, "20210908");
  object.dataset().setText({0x0018, 0x1201}, "105753");
  object.dataset().appendItem({0x0054, 0x0022}).setText({0x0018, 0x1180}, "@18893971");
  object.dataset().appendItem({0x0054, 0x0022}).setText({0x0018, 0x1180}, "LEHR");
  deidentify(object, kKey);
  EXPECT_FALSE(object.dataset().contains({0x0018, 0x1200}));
  EXPECT_FALSE(object.dataset().contains({0x0018, 0x1201}));
  EXPECT_FALSE(object.dataset().items({0x0054, 0x0022})[0].contains({0x0018, 0x1180}));
  EXPECT_EQ(object.dataset().items({0x0054, 0x0022})[1].text({0x0018, 0x1180}), "LEHR");
}

TEST(Deidentify, LeavesNoIdentityAnywhereInTheFile) {
  const testing::TemporaryFolder folder;
  Object object = identified();
  addDose(object, "20211230081500").setPrivateText({0x0011, 0x1001}, "VENDOR", "PN", "FICTION^ADA");
  deidentify(object, kKey);
  object.write(folder / "cleaned.dcm");
  const std::string bytes = readWholeFile(folder / "cleaned.dcm");
  for (const char* identity : {"FICTION", "Fiction", "ADA", "PAT4711", "19300102", "ACC99887", "Nowhere",
                               "CAMERA1", "SERIAL12345", "Eric", "VENDOR", "1.2.3.4", "20211230"})
    EXPECT_THAT(bytes, ::testing::Not(::testing::HasSubstr(identity)));
}

TEST(Deidentify, LeavesNothingOfThe128BytesBeforeTheHeader) {
  const testing::TemporaryFolder folder;
  identified().write(folder / "source.dcm");
  std::string bytes = readWholeFile(folder / "source.dcm");
  writeWholeFile(folder / "source.dcm", bytes.replace(0, 11, "FICTION^ADA"));
  Object object = Object::read(folder / "source.dcm");
  deidentify(object, kKey);
  object.write(folder / "cleaned.dcm");
  EXPECT_EQ(readWholeFile(folder / "cleaned.dcm").substr(0, 128), std::string(128, '\0'));
}

TEST(Deidentify, KeepsIntervalsToTheSecond) {
  Object object = identified();
  addDose(object, "20211230081500");
  const auto intervalOf = [&] {
    const Dataset dataset = object.dataset();
    const auto given = parseDateTime(*dataset.items({0x0054, 0x0016}).front().text({0x0018, 0x1078}));
    return *parseDateTime(*dataset.text({0x0008, 0x002a})) - *given;
  };
  const auto before = intervalOf();
  deidentify(object, kKey);
  EXPECT_EQ(intervalOf(), before);
  const auto moved = *parseDate(*object.dataset().text({0x0008, 0x0020})) - *parseDate("20211230");
  EXPECT_EQ(moved.count(), kKey.dateShiftDays("PAT4711") * std::int64_t{1});
  EXPECT_EQ(object.dataset().text({0x0008, 0x0030}), "101500");
}

TEST(Deidentify, MovesThePatientsOtherStudiesByTheSameDays) {
  Object first = identified(), second = identified();
  second.dataset().setText({0x0008, 0x0020}, "20220301");
  deidentify(first, kKey);
  deidentify(second, kKey);
  const auto interval = *parseDate(*second.dataset().text({0x0008, 0x0020})) -
                        *parseDate(*first.dataset().text({0x0008, 0x0020}));
  EXPECT_EQ(interval.count(), 61);  // 30 December 2021 to 1 March 2022
}

TEST(Deidentify, KeepsPatientCharacteristicsButCapsTheAge) {
  Object object = identified();
  deidentify(object, kKey);
  EXPECT_EQ(object.dataset().text({0x0010, 0x0040}), "F");
  EXPECT_EQ(object.dataset().text({0x0010, 0x1010}), "090Y");
  EXPECT_TRUE(object.dataset().contains({0x0010, 0x0030}));
  EXPECT_EQ(object.dataset().text({0x0010, 0x0030}), std::nullopt);
}

TEST(Deidentify, DropsPrivateGroupsCurvesAndOverlaysAtEveryDepth) {
  Object object = identified();
  addDose(object, "20211230081500").setPrivateText({0x0011, 0x1001}, "VENDOR", "LO", "secret");
  object.dataset().setText({0x6000, 0x4000}, "drawn by hand");
  object.dataset().setIntegers({0x6002, 0x0010}, {64});
  deidentify(object, kKey);
  for (const ElementView& element : elementsOf(object)) {
    EXPECT_FALSE(element.tag.isPrivate()) << tagText(element.tag);
    EXPECT_NE(element.tag.group & 0xff00, 0x6000) << tagText(element.tag);
  }
}

TEST(Deidentify, WritesDownWhatWasDone) {
  Object object = identified();
  deidentify(object, kKey);
  const Dataset dataset = object.dataset();
  EXPECT_EQ(dataset.text({0x0012, 0x0062}), "YES");
  EXPECT_EQ(dataset.text({0x0028, 0x0303}), "MODIFIED");
  std::vector<std::string> codes;
  for (const Dataset& item : dataset.items({0x0012, 0x0064})) codes.push_back(*item.text({0x0008, 0x0100}));
  EXPECT_THAT(codes, ::testing::ElementsAre("113100", "113107", "113108"));
}

TEST(Deidentify, RefusesWhatItCannotMakeSafe) {
  Object burned = identified();
  burned.dataset().setText({0x0028, 0x0301}, "YES");
  EXPECT_EQ(codeOf([&] { deidentify(burned, kKey); }), "burned-in-annotation (0028,0301)");
  Object nameless = identified();
  nameless.dataset().setText({0x0010, 0x0020}, "");
  EXPECT_EQ(codeOf([&] { deidentify(nameless, kKey); }), "no-patient-id (0010,0020)");
  Object placeless = identified();
  placeless.dataset().remove({0x0020, 0x000d});
  EXPECT_EQ(codeOf([&] { deidentify(placeless, kKey); }), "no-uid (0020,000d)");
  Object leaking = identified();
  leaking.dataset().appendItem({0x0054, 0x0220}).setText({0x0008, 0x0104}, "view of ADA");
  EXPECT_EQ(codeOf([&] { deidentify(leaking, kKey); }), "identity-left (0008,0104)");
}

TEST(Deidentify, RefusesItsOwnResultButNotThatOfOthers) {
  Object ours = identified();
  deidentify(ours, kKey);
  EXPECT_EQ(codeOf([&] { deidentify(ours, kKey); }), "already-de-identified (0012,0063)");
  Object others = identified();
  others.dataset().setText({0x0012, 0x0062}, "YES");
  others.dataset().setText({0x0012, 0x0063}, "DICOM PS3.15 AnnexE");
  EXPECT_EQ(codeOf([&] { deidentify(others, kKey); }), "no error");
}

TEST(Deidentify, EmptiesALabelThatRepeatsAnIdentityAndKeepsTheOthers) {
  Object object = identified();
  object.dataset().appendItem({0x0054, 0x0012}).setText({0x0054, 0x0018}, "peak ADA");
  object.dataset().appendItem({0x0054, 0x0012}).setText({0x0054, 0x0018}, "scatter");
  deidentify(object, kKey);
  const auto windows = object.dataset().items({0x0054, 0x0012});
  EXPECT_EQ(windows[0].text({0x0054, 0x0018}), std::nullopt);
  EXPECT_EQ(windows[1].text({0x0054, 0x0018}), "scatter");
}

ElementView elementOf(Tag tag, const std::string& vr, const std::string& value) {
  return {tag, vr, "", {}, value, value.empty()};
}

std::string outcomeOf(const ElementView& element) {
  const ElementAction action = actionFor(element, {"P0", -10}, kKey);
  switch (action.kind) {
    case ElementAction::Kind::kKeep:
      return "keep";
    case ElementAction::Kind::kRemove:
      return "remove";
    case ElementAction::Kind::kEmpty:
      return "empty";
    case ElementAction::Kind::kReplace:
      return action.value;
  }
  return "";
}

TEST(ActionFor, MovesEveryFormOfDateAndEmptiesWhatIsNone) {
  const Tag acquisitionDate{0x0008, 0x0022}, acquisitionDateTime{0x0008, 0x002a};
  EXPECT_EQ(outcomeOf(elementOf(acquisitionDate, "DA", "20240305")), "20240224");  // a leap year
  EXPECT_EQ(outcomeOf(elementOf(acquisitionDate, "DA", "2024.03.05")), "20240224");
  EXPECT_EQ(outcomeOf(elementOf(acquisitionDate, "DA", "20240305\\20240111 ")), "20240224\\20240101");
  EXPECT_EQ(outcomeOf(elementOf(acquisitionDate, "DA", "00000000")), "empty");
  EXPECT_EQ(outcomeOf(elementOf(acquisitionDate, "DA", "00010105")), "empty");  // would fall before year 1
  EXPECT_EQ(outcomeOf(elementOf(acquisitionDateTime, "DT", "20240305093012.25+0100")),
            "20240224093012.25+0100");
  EXPECT_EQ(outcomeOf(elementOf(acquisitionDateTime, "DT", "202403")), "empty");
  EXPECT_EQ(outcomeOf(elementOf({0x0008, 0x0032}, "TM", "093012")), "keep");
  EXPECT_EQ(outcomeOf(elementOf({0x0018, 0x9999}, "DA", "20240305")), "20240224");  // not in the table
}

TEST(ActionFor, TakesTheChoicesThatKeepNmObjectsValid) {
  EXPECT_EQ(outcomeOf(elementOf({0x0008, 0x0050}, "SH", "A1")), "empty");                  // Z
  EXPECT_EQ(outcomeOf(elementOf({0x0008, 0x1030}, "LO", "x")), "remove");                  // X
  EXPECT_EQ(outcomeOf(elementOf({0x0018, 0x1030}, "LO", "x")), "remove");                  // X/D
  EXPECT_EQ(outcomeOf(elementOf({0x0040, 0xa123}, "PN", "x")), "DEIDENTIFIED");            // D
  EXPECT_EQ(outcomeOf(elementOf({0x0040, 0x0555}, "SQ", "")), "remove");                   // X/Z, a sequence
  EXPECT_EQ(outcomeOf(elementOf({0x0032, 0x1060}, "LO", "x")), "empty");                   // X/Z
  EXPECT_EQ(outcomeOf(elementOf({0x0008, 0x1140}, "SQ", "")), "keep");                     // X/Z/U*
  EXPECT_EQ(outcomeOf(elementOf({0x0020, 0x0052}, "UI", "1.2.3")), kKey.mapUid("1.2.3"));  // U
}

TEST(ActionFor, JudgesWhatTheTableDoesNotName) {
  EXPECT_EQ(outcomeOf(elementOf({0x0008, 0x0060}, "CS", "NM")), "keep");
  EXPECT_EQ(outcomeOf(elementOf({0x0018, 0x9990}, "PN", "Someone")), "empty");
  EXPECT_EQ(outcomeOf(elementOf({0x0018, 0x9991}, "UT", "prose")), "remove");
  EXPECT_EQ(outcomeOf(elementOf({0x0018, 0x9992}, "UN", "")), "remove");
  EXPECT_EQ(outcomeOf(elementOf({0x0018, 0x9993}, "UI", "1.2.840.10008.1.2\\1.2.3")),
            "1.2.840.10008.1.2\\" + kKey.mapUid("1.2.3"));
  EXPECT_EQ(outcomeOf(elementOf({0x0008, 0x1150}, "UI", "1.2.840.113619.4.2")), "keep");  // a private class
}

TEST(ActionFor, EmptiesWhatItsValueRepresentationDoesNotAllow) {
  EXPECT_EQ(outcomeOf(elementOf({0x0010, 0x1030}, "DS", "DOE^JANE")), "empty");
  EXPECT_EQ(outcomeOf(elementOf({0x0018, 0x1074}, "DS", "3700 DOE")), "empty");
  EXPECT_EQ(outcomeOf(elementOf({0x0028, 0x0030}, "DS", "4.8\\JANE")), "empty");
  EXPECT_EQ(outcomeOf(elementOf({0x0018, 0x1242}, "IS", "DOE^J")), "empty");
  EXPECT_EQ(outcomeOf(elementOf({0x0018, 0x1242}, "IS", "nan")), "empty");
  EXPECT_EQ(outcomeOf(elementOf({0x0008, 0x0032}, "TM", "DOE^JANE")), "empty");
  EXPECT_EQ(outcomeOf(elementOf({0x0018, 0x9994}, "TM", "DOE^JANE")), "empty");
  EXPECT_EQ(outcomeOf(elementOf({0x0008, 0x002a}, "DT", "20240305093012+DOE^JANE")), "empty");
  EXPECT_EQ(outcomeOf(elementOf({0x0010, 0x1010}, "AS", "050X")), "empty");
  EXPECT_EQ(outcomeOf(elementOf({0x0018, 0x9995}, "AS", "JANE")), "empty");
  EXPECT_EQ(outcomeOf(elementOf({0x0010, 0x0040}, "CS", "DOE^J")), "empty");
  EXPECT_EQ(outcomeOf(elementOf({0x0010, 0x0040}, "CS", "DOE")), "empty");
  EXPECT_EQ(outcomeOf(elementOf({0x0018, 0x5100}, "CS", "DOE^J")), "empty");
  EXPECT_EQ(outcomeOf(elementOf({0x0018, 0x5100}, "CS", "SEVENTEEN LETTERS")), "empty");
  EXPECT_EQ(outcomeOf(elementOf({0x0008, 0x0008}, "CS", "ORIGINAL\\Doe\\STATIC")), "ORIGINAL\\\\STATIC");
}

TEST(ActionFor, KeepsWhatItsValueRepresentationAllows) {
  EXPECT_EQ(outcomeOf(elementOf({0x0010, 0x1030}, "DS", " 61.5 ")), "keep");
  EXPECT_EQ(outcomeOf(elementOf({0x0028, 0x0030}, "DS", "+4.8\\-1.2e-3\\")), "keep");
  EXPECT_EQ(outcomeOf(elementOf({0x0018, 0x1242}, "IS", "600000 ")), "keep");
  EXPECT_EQ(outcomeOf(elementOf({0x0018, 0x1242}, "IS", "")), "keep");
  EXPECT_EQ(outcomeOf(elementOf({0x0008, 0x0032}, "TM", "093012.25 ")), "keep");
  EXPECT_EQ(outcomeOf(elementOf({0x0010, 0x1010}, "AS", "050Y")), "keep");
  EXPECT_EQ(outcomeOf(elementOf({0x0010, 0x0040}, "CS", "O ")), "keep");
  EXPECT_EQ(outcomeOf(elementOf({0x0008, 0x0008}, "CS", "ORIGINAL\\PRIMARY\\WHOLE BODY")), "keep");
}

TEST(ActionFor, RefusesAKeptUidThatIsNone) {
  const auto outcome = [](Tag tag, const std::string& value) {
    return codeOf([&] { actionFor(elementOf(tag, "UI", value), {"P0", -10}, kKey); });
  };
  EXPECT_EQ(outcome({0x0008, 0x0016}, "DOE^JANE"), "bad-uid (0008,0016)");
  EXPECT_EQ(outcome({0x0008, 0x1150}, "1.2.840.10008.5\\JANE"), "bad-uid (0008,1150)");
  EXPECT_EQ(outcome({0x0018, 0x9993}, "1.2.840.10008.JANE"), "bad-uid (0018,9993)");
  EXPECT_EQ(outcome({0x0020, 0x000d}, "DOE^JANE"), "no error");  // becomes a hash
  EXPECT_EQ(outcome({0x0008, 0x0016}, std::string("1.2.840.10008.5\0", 16)), "no error");
}

TEST(ActionFor, SurvivesWrongValueRepresentations) {
  EXPECT_EQ(outcomeOf(elementOf({0x0010, 0x0010}, "OB", "")), "remove");
  EXPECT_EQ(outcomeOf(elementOf({0x0020, 0x000d}, "UN", "")), "remove");
  EXPECT_EQ(outcomeOf(elementOf({0x0010, 0x1010}, "LO", "100 years")), "remove");
  EXPECT_EQ(outcomeOf(elementOf({0x0010, 0x1010}, "AS", "1oo0")), "empty");
}

}  // namespace
}  // namespace remnant::deid
