#include "remnant/deid/known_identity.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "remnant/base/time.h"

namespace remnant::deid {
namespace {

constexpr std::size_t kLeastNameLength = 3;
constexpr std::size_t kLeastPhraseLength = 4;
constexpr std::size_t kLeastFragmentLength = 5;

constexpr dicom::Tag kBirthDate{0x0010, 0x0030};

/// Attributes that name someone or something as a whole; person names (VR PN) come on top of these.
constexpr std::array<dicom::Tag, 20> kIdentities = {{
    {0x0010, 0x0020},  // PatientID
    {0x0010, 0x1000},  // OtherPatientIDs
    {0x0010, 0x1040},  // PatientAddress
    {0x0010, 0x1090},  // MedicalRecordLocator
    {0x0010, 0x2154},  // PatientTelephoneNumbers
    {0x0008, 0x0050},  // AccessionNumber
    {0x0008, 0x0080},  // InstitutionName
    {0x0008, 0x0081},  // InstitutionAddress
    {0x0008, 0x1010},  // StationName
    {0x0008, 0x1040},  // InstitutionalDepartmentName
    {0x0018, 0x1000},  // DeviceSerialNumber
    {0x0020, 0x0010},  // StudyID
    {0x0032, 0x1021},  // ScheduledStudyLocationAETitle
    {0x0038, 0x0010},  // AdmissionID
    {0x0040, 0x0009},  // ScheduledProcedureStepID
    {0x0040, 0x0242},  // PerformedStationName
    {0x0040, 0x0253},  // PerformedProcedureStepID
    {0x0040, 0x1001},  // RequestedProcedureID
    {0x0040, 0x2016},  // PlacerOrderNumberImagingServiceRequest
    {0x0040, 0x2017},  // FillerOrderNumberImagingServiceRequest
}};

/// Stand-ins for a value that is not there: they name nobody.
constexpr std::array<std::string_view, 9> kNobody = {" removed ",    " anonymous ", " anonymized ",
                                                     " anonymised ", " unknown ",   " none ",
                                                     " null ",       " empty ",     " n a "};

/// Written by the camera's maker, not typed: a station called after its maker is no leak.
constexpr std::array<dicom::Tag, 2> kWrittenByMaker = {{
    {0x0008, 0x0070},  // Manufacturer
    {0x0008, 0x1090},  // ManufacturerModelName
}};

constexpr std::array<std::string_view, 9> kTextVrs = {"AE", "LO", "LT", "PN", "SH", "ST", "UC", "UR", "UT"};

bool isWordCharacter(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
}

char lowered(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

/// " words in lower case with one space around each ".
std::string asWords(std::string_view text) {
  std::string words = " ";
  for (const char character : text) {
    const char lower = lowered(character);
    if (isWordCharacter(lower))
      words += lower;
    else if (words.back() != ' ')
      words += ' ';
  }
  if (words.back() != ' ') words += ' ';
  return words;
}

std::string inLowerCase(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), lowered);
  return lower;
}

bool mayHoldTypedText(const dicom::ElementView& element) {
  return std::find(kTextVrs.begin(), kTextVrs.end(), element.vr) != kTextVrs.end() &&
         std::find(kWrittenByMaker.begin(), kWrittenByMaker.end(), element.tag) == kWrittenByMaker.end();
}

bool hasDigit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

std::vector<std::string> splitAt(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(separators), text.size());
    if (end > 0) parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

}  // namespace

KnownIdentity::KnownIdentity(const dicom::Dataset& source) {
  source.walk([this](const dicom::ElementView& element) { collect(element); });
}

void KnownIdentity::collect(const dicom::ElementView& element) {
  if (element.tag.isPrivate()) return;
  if (element.tag == kBirthDate) addBirthDate(element.value);
  if (element.vr == "PN")
    for (const std::string& part : splitAt(element.value, "^=\\ ,.;/()")) addPhrase(part, kLeastNameLength);
  if (std::find(kIdentities.begin(), kIdentities.end(), element.tag) != kIdentities.end())
    for (const std::string& value : splitAt(element.value, "\\")) addPhrase(value, kLeastPhraseLength);
}

void KnownIdentity::addPhrase(const std::string& text, std::size_t leastLength) {
  const std::string words = asWords(text);
  if (words.size() < leastLength + 2) return;
  if (std::find(kNobody.begin(), kNobody.end(), words) != kNobody.end()) return;
  phrases_.push_back(words);
  const std::string compact = words.substr(1, words.size() - 2);
  const bool oneLongId =
      compact.size() >= kLeastFragmentLength && hasDigit(compact) && compact.find(' ') == std::string::npos;
  if (oneLongId) fragments_.push_back(compact);
}

void KnownIdentity::addBirthDate(const std::string& date) {
  const auto parsed = parseDate(date);
  if (!parsed) return;
  const std::string text = dateText(*parsed);
  const std::string year = text.substr(0, 4), month = text.substr(4, 2), day = text.substr(6, 2);
  fragments_.insert(fragments_.end(), {text, day + month + year, month + day + year});
  for (const auto& spelt :
       {year + " " + month + " " + day, day + " " + month + " " + year, month + " " + day + " " + year})
    phrases_.push_back(" " + spelt + " ");
}

bool KnownIdentity::occursIn(const std::string& text) const {
  const std::string words = asWords(text);
  const std::string lower = inLowerCase(text);
  const auto within = [](const std::string& whole) {
    return [&whole](const std::string& part) { return whole.find(part) != std::string::npos; };
  };
  return std::any_of(phrases_.begin(), phrases_.end(), within(words)) ||
         std::any_of(fragments_.begin(), fragments_.end(), within(lower));
}

bool KnownIdentity::isRepeatedBy(const dicom::ElementView& element) const {
  return mayHoldTypedText(element) && occursIn(element.value);
}

std::optional<dicom::Tag> KnownIdentity::findIn(const dicom::Dataset& cleaned) const {
  std::optional<dicom::Tag> found;
  cleaned.walk([&](const dicom::ElementView& element) {
    if (!found && isRepeatedBy(element)) found = element.tag;
  });
  return found;
}

}  // namespace remnant::deid
