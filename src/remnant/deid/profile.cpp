#include "remnant/deid/profile.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "remnant/base/error.h"
#include "remnant/base/time.h"
#include "remnant/deid/known_identity.h"
#include "remnant/deid/well_formed.h"

namespace remnant::deid {
namespace {

using dicom::ElementAction;
using dicom::ElementView;
using dicom::Tag;

constexpr Tag kPatientName{0x0010, 0x0010};
constexpr Tag kPatientId{0x0010, 0x0020};
constexpr Tag kPatientAge{0x0010, 0x1010};
constexpr Tag kTimezoneOffset{0x0008, 0x0201};
constexpr Tag kImageId{0x0054, 0x0400};  // typed by the technician, and not in the table
constexpr Tag kCalibrationDate{0x0018, 0x1200};
constexpr Tag kCalibrationTime{0x0018, 0x1201};
constexpr Tag kCollimatorName{0x0018, 0x1180};
constexpr Tag kBurnedInAnnotation{0x0028, 0x0301};
constexpr Tag kStudyUid{0x0020, 0x000d};
constexpr Tag kSeriesUid{0x0020, 0x000e};
constexpr Tag kSopUid{0x0008, 0x0018};

constexpr Tag kIdentityRemoved{0x0012, 0x0062};
constexpr Tag kMethod{0x0012, 0x0063};
constexpr const char* kMethodText = "DICOM PS3.15-2024b Table E.1-1, keyed pseudonyms and dates";

constexpr std::string_view kStandardUidRoot = "1.2.840.10008.";
constexpr std::string_view kDummyText = "DEIDENTIFIED";
constexpr int kOldestAgeTold = 90;

/// UIDs that name a class or a coding scheme, never a patient's object.
constexpr std::array<Tag, 5> kUidsOfKinds = {{
    {0x0008, 0x0016},  // SOPClassUID
    {0x0008, 0x010c},  // CodingSchemeUID
    {0x0008, 0x0117},  // ContextUID
    {0x0008, 0x1150},  // ReferencedSOPClassUID
    {0x0004, 0x1510},  // ReferencedSOPClassUIDInFile
}};

/// What was done, in the words of PS3.16, context group 7050.
struct MethodCode {
  const char* value;
  const char* meaning;
};
constexpr std::array<MethodCode, 3> kMethodCodes = {{
    {"113100", "Basic Application Confidentiality Profile"},
    {"113107", "Retain Longitudinal Temporal Information Modified Dates Option"},
    {"113108", "Retain Patient Characteristics Option"},
}};

const ElementAction kKeep{ElementAction::Kind::kKeep, {}};
const ElementAction kRemove{ElementAction::Kind::kRemove, {}};
const ElementAction kEmpty{ElementAction::Kind::kEmpty, {}};

ElementAction replaceBy(std::string value) {
  if (value.empty()) return kEmpty;
  return {ElementAction::Kind::kReplace, std::move(value)};
}

/// Applies a change to each of the values joined by backslashes.
template <class Change>
std::string changeEach(const std::string& values, Change change) {
  std::string changed;
  for (std::size_t start = 0;;) {
    const std::size_t end = std::min(values.find('\\', start), values.size());
    changed += change(values.substr(start, end - start));
    if (end == values.size()) return changed;
    changed += '\\';
    start = end + 1;
  }
}

std::string trimmed(const std::string& text) {
  return std::string(withoutPadding(text));
}

std::string shiftedDate(const std::string& text, int days) {
  const auto date = parseDate(trimmed(text));
  if (!date) return {};
  const CivilDate moved = *date + std::chrono::days(days);
  return yearOf(moved) < 1 ? std::string() : dateText(moved);
}

/// The time of day and the zone of a DT stay as they are written.
std::string shiftedDateTime(const std::string& text, int days) {
  const std::string whole = trimmed(text);
  if (whole.size() < 8 || !parseDateTime(whole)) return {};
  if (!isZone(whole.substr(std::min(whole.find_first_of("+-"), whole.size())))) return {};
  const std::string date = shiftedDate(whole.substr(0, 8), days);
  return date.empty() ? std::string() : date + whole.substr(8);
}

ElementAction shiftTime(const ElementView& element, int days) {
  if (element.vr == "TM" || element.empty) return kKeep;
  return replaceBy(changeEach(element.value, [&](const std::string& value) {
    return element.vr == "DA" ? shiftedDate(value, days) : shiftedDateTime(value, days);
  }));
}

bool isTime(const ElementView& element) {
  return element.vr == "DA" || element.vr == "DT" || element.vr == "TM";
}

/// PS3.15 leaves ages of 90 and more to local rule; they are rare enough to identify a person.
ElementAction cappedAge(const ElementView& element) {
  if (element.vr != "AS") return kRemove;
  const std::string age = trimmed(element.value);
  if (!isAge(age)) return kEmpty;
  return age[3] == 'Y' && std::stoi(age) >= kOldestAgeTold ? replaceBy("090Y") : kKeep;
}

ElementAction mappedUids(const ElementView& element, const Key& key, bool keepStandardUids) {
  if (element.vr != "UI") return kRemove;
  if (element.empty) return kKeep;
  return replaceBy(changeEach(element.value, [&](const std::string& uid) {
    if (!keepStandardUids || !uid.starts_with(kStandardUidRoot)) return key.mapUid(uid);
    keptIfWellFormed({element.tag, element.vr, {}, {}, uid, false});
    return trimmed(uid);
  }));
}

bool isText(const ElementView& element) {
  static constexpr std::array<std::string_view, 10> kTexts = {"AE", "CS", "LO", "LT", "PN",
                                                              "SH", "ST", "UC", "UR", "UT"};
  return std::find(kTexts.begin(), kTexts.end(), element.vr) != kTexts.end();
}

ElementAction dummyFor(const ElementView& element, const Key& key) {
  if (element.vr == "SQ") return kKeep;  // its items are cleaned in their turn
  if (element.vr == "UI") return mappedUids(element, key, false);
  if (element.vr == "DS" || element.vr == "IS") return replaceBy("0");
  return isText(element) ? replaceBy(std::string(kDummyText)) : kRemove;
}

ElementAction basicAction(BasicAction action, const ElementView& element, const Key& key) {
  switch (action) {
    case BasicAction::kX:
    case BasicAction::kXD:
    case BasicAction::kXZD:
      return kRemove;
    case BasicAction::kXZ:
      // An empty sequence breaks the modules that ask for one item or none.
      return element.vr == "SQ" ? kRemove : kEmpty;
    case BasicAction::kZ:
    case BasicAction::kZD:
      return kEmpty;
    case BasicAction::kD:
      return dummyFor(element, key);
    case BasicAction::kU:
      return mappedUids(element, key, false);
    case BasicAction::kXZU:
      return kKeep;
  }
  throw ProgramError("a row of the profile table has no action");
}

/// What names one camera and its service. A calibration that many patients' objects share would tell how far
/// apart their date shifts are; a collimator's name that holds a number is often its serial number.
bool tracesTheDevice(const ElementView& element) {
  if (element.tag == kCalibrationDate || element.tag == kCalibrationTime) return true;
  return element.tag == kCollimatorName && element.value.find_first_of("0123456789@") != std::string::npos;
}

ElementAction actionOfRow(const ProfileRow& row, const ElementView& element, int days, const Key& key) {
  if (row.modifiedDates == 'C' && isTime(element)) return shiftTime(element, days);
  if (row.tag == kTimezoneOffset) return kKeep;
  if (row.tag == kPatientAge) return cappedAge(element);
  if (row.patientCharacteristics == 'K') return kKeep;
  return basicAction(row.basic, element, key);
}

ElementAction actionOfUnnamed(const ElementView& element, int days, const Key& key) {
  if (element.tag == kImageId) return kRemove;
  if (isTime(element)) return shiftTime(element, days);
  if (element.vr == "PN") return kEmpty;
  if (element.vr == "LT" || element.vr == "ST" || element.vr == "UT" || element.vr == "UN") return kRemove;
  const bool namesKind =
      std::find(kUidsOfKinds.begin(), kUidsOfKinds.end(), element.tag) != kUidsOfKinds.end();
  if (element.vr == "UI" && !namesKind) return mappedUids(element, key, true);
  return kKeep;
}

/// Curves and overlays may show an identity as drawing; group lengths (gggg,0000) no longer hold; a text too
/// long to be shown cannot be judged.
bool isRemovedWhole(const ElementView& element) {
  const Tag tag = element.tag;
  const bool curve = (tag.group & 0xff00) == 0x5000;
  const bool overlay = (tag.group & 0xff00) == 0x6000;
  const bool unseenText = isText(element) && !element.empty && element.value.empty();
  return tag.isPrivate() || curve || overlay || tag.element == 0 || unseenText;
}

std::string requiredText(const dicom::Dataset& dataset, Tag tag, const std::string& code,
                         const std::string& what) {
  const auto value = dataset.text(tag);
  if (!value) throw InputError(code, what + " is missing, so the object cannot be placed", {}, tagText(tag));
  return *value;
}

void requireNoBurnedInIdentity(const dicom::Dataset& dataset) {
  if (dataset.text(kBurnedInAnnotation) == "YES")
    throw InputError("burned-in-annotation",
                     "the pixels are said to hold annotation that may identify the patient", {},
                     tagText(kBurnedInAnnotation));
}

/// A second pseudonym of a pseudonym would make new patients of known ones.
void requireNotOurs(const dicom::Dataset& dataset) {
  const auto methods = dataset.texts(kMethod);
  if (dataset.text(kIdentityRemoved) == "YES" &&
      std::find(methods.begin(), methods.end(), kMethodText) != methods.end())
    throw InputError("already-de-identified", "was de-identified by this program before", {},
                     tagText(kMethod));
}

/// Code value, scheme and meaning of a coded entry (PS3.3, section 8.8): without them it means nothing.
bool isPartOfCode(Tag tag) {
  return tag.group == 0x0008 && tag.element >= 0x0100 && tag.element <= 0x0123;
}

void emptyLabelsThatRepeat(const KnownIdentity& identity, dicom::Dataset dataset) {
  dataset.transform([&](const ElementView& element) {
    return !isPartOfCode(element.tag) && identity.isRepeatedBy(element) ? kEmpty : kKeep;
  });
}

void writeDownMethod(dicom::Dataset dataset) {
  dataset.setText(kIdentityRemoved, "YES");
  dataset.setText(kMethod, kMethodText);
  for (const MethodCode& code : kMethodCodes) {
    dicom::Dataset item = dataset.appendItem({0x0012, 0x0064});
    item.setText({0x0008, 0x0100}, code.value);
    item.setText({0x0008, 0x0102}, "DCM");
    item.setText({0x0008, 0x0104}, code.meaning);
  }
  dataset.setText({0x0028, 0x0303}, "MODIFIED");
}

}  // namespace

ElementAction actionFor(const ElementView& element, const PatientKeys& patient, const Key& key) {
  if (isRemovedWhole(element) || tracesTheDevice(element)) return kRemove;
  if (element.tag == kPatientName || element.tag == kPatientId)
    return isText(element) ? replaceBy(patient.patientPseudonym) : kRemove;
  const ProfileRow* row = findProfileRow(element.tag);
  ElementAction action = row ? actionOfRow(*row, element, patient.dateShiftDays, key)
                             : actionOfUnnamed(element, patient.dateShiftDays, key);
  return action.kind == ElementAction::Kind::kKeep ? keptIfWellFormed(element) : action;
}

void deidentify(dicom::Object& object, const Key& key) {
  dicom::Dataset dataset = object.dataset();
  requireNotOurs(dataset);
  requireNoBurnedInIdentity(dataset);
  const std::string patientId = requiredText(dataset, kPatientId, "no-patient-id", "the patient's id");
  for (const Tag uid : {kStudyUid, kSeriesUid, kSopUid})
    requiredText(dataset, uid, "no-uid", "a unique identifier");
  const KnownIdentity identity(dataset);
  const PatientKeys patient{key.patientPseudonym(patientId), key.dateShiftDays(patientId)};
  dataset.transform([&](const ElementView& element) { return actionFor(element, patient, key); });
  dataset.setText(kPatientName, patient.patientPseudonym);
  dataset.setText(kPatientId, patient.patientPseudonym);
  emptyLabelsThatRepeat(identity, dataset);
  if (const auto tag = identity.findIn(dataset))
    throw InputError("identity-left", "a coded entry repeats an identity named elsewhere in the object", {},
                     tagText(*tag));
  writeDownMethod(dataset);
}

}  // namespace remnant::deid
