#include "remnant/dicom/character_set.h"

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcitem.h>
#include <dcmtk/dcmdata/dcspchrs.h>

#include "remnant/dicom/object.h"

namespace remnant::dicom {
namespace {

/// The declared character sets of the item or of the nearest item around it (PS3.5, section 6.1.2.5.3).
OFString declaredCharacterSet(DcmItem& item) {
  OFString declared;
  if (item.findAndGetOFStringArray(DCM_SpecificCharacterSet, declared).good() && !declared.empty())
    return declared;
  DcmItem* root = item.getRootItem();
  if (root) root->findAndGetOFStringArray(DCM_SpecificCharacterSet, declared);
  return declared;
}

/// The length of the well-formed UTF-8 sequence at the start, or 0 (RFC 3629, section 4).
std::size_t sequenceLength(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : 0); };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool overlong = first == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = first == 0xED && byte(1) > 0x9F;
    return continues(1) && continues(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool overlong = first == 0xF0 && byte(1) < 0x90;
    const bool tooLarge = first == 0xF4 && byte(1) > 0x8F;
    return continues(1) && continues(2) && continues(3) && !overlong && !tooLarge ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::string validUtf8(std::string_view text) {
  std::string valid;
  while (!text.empty()) {
    const std::size_t length = sequenceLength(text);
    valid += length ? std::string(text.substr(0, length)) : std::string("\xEF\xBF\xBD");
    text.remove_prefix(length ? length : 1);
  }
  return valid;
}

std::string utf8FromDeclared(DcmItem& item, const std::string& text) {
  DcmSpecificCharacterSet converter;
  OFString converted;
  const OFString declared = declaredCharacterSet(item);
  if (converter.selectCharacterSet(declared).good() &&
      converter.convertString(OFString(text.data(), text.size()), converted).good())
    return validUtf8(std::string_view(converted.data(), converted.size()));
  return validUtf8(text);
}

std::vector<std::string> Dataset::utf8Texts(Tag tag) const {
  std::vector<std::string> values = texts(tag);
  for (std::string& value : values) value = utf8FromDeclared(*item_, value);
  return values;
}

std::optional<std::string> Dataset::utf8Text(Tag tag) const {
  const std::optional<std::string> stored = text(tag);
  if (!stored) return std::nullopt;
  return utf8FromDeclared(*item_, *stored);
}

}  // namespace remnant::dicom
