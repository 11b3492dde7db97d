#include "remnant/dicom/element.h"

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcelem.h>

#include <string_view>

namespace remnant::dicom {
namespace {

/// VRs whose value is one text that may hold backslashes (PS3.5, section 6.4).
bool isSingleText(DcmEVR vr) {
  return vr == EVR_LT || vr == EVR_ST || vr == EVR_UT || vr == EVR_UR;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view kPadding(" \t\r\n\0", 5);
  const std::size_t start = text.find_first_not_of(kPadding);
  if (start == std::string_view::npos) return {};
  return std::string(text.substr(start, text.find_last_not_of(kPadding) - start + 1));
}

}  // namespace

bool isText(int vr) {
  switch (vr) {
    case EVR_AE:
    case EVR_AS:
    case EVR_CS:
    case EVR_DA:
    case EVR_DS:
    case EVR_DT:
    case EVR_IS:
    case EVR_LO:
    case EVR_LT:
    case EVR_PN:
    case EVR_SH:
    case EVR_ST:
    case EVR_TM:
    case EVR_UC:
    case EVR_UI:
    case EVR_UR:
    case EVR_UT:
      return true;
    default:
      return false;
  }
}

bool isNumber(int vr) {
  switch (vr) {
    case EVR_AT:
    case EVR_FD:
    case EVR_FL:
    case EVR_SL:
    case EVR_SS:
    case EVR_SV:
    case EVR_UL:
    case EVR_US:
    case EVR_UV:
      return true;
    default:
      return false;
  }
}

std::string storedText(DcmElement& element) {
  OFString text;
  if (!isText(element.ident()) && !isNumber(element.ident())) return {};
  if (element.getOFStringArray(text, OFFalse).bad()) return {};
  return std::string(text.data(), text.size());
}

std::vector<std::string> valuesOf(DcmElement& element) {
  const std::string all = storedText(element);
  if (all.empty()) return {};
  if (isSingleText(element.ident())) return {trimmed(all)};
  std::vector<std::string> values;
  for (std::size_t start = 0; start <= all.size();) {
    const std::size_t end = std::min(all.find('\\', start), all.size());
    values.push_back(trimmed(std::string_view(all).substr(start, end - start)));
    start = end + 1;
  }
  return values;
}

std::string printable(const std::string& text) {
  constexpr std::size_t kLongest = 40;
  std::string shown = text.substr(0, kLongest);
  for (char& character : shown)
    if (character < 32 || character > 126) character = '?';
  return text.size() > kLongest ? shown + "..." : shown;
}

}  // namespace remnant::dicom
