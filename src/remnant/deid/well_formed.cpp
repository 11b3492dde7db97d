#include "remnant/deid/well_formed.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <vector>

#include "remnant/base/error.h"
#include "remnant/base/time.h"

namespace remnant::deid {
namespace {

using dicom::ElementAction;
using dicom::ElementView;

constexpr dicom::Tag kPatientSex{0x0010, 0x0040};
constexpr std::string_view kDigits = "0123456789";
constexpr std::size_t kLongestCode = 16;
constexpr std::size_t kLongestUid = 64;

const ElementAction kKeep{ElementAction::Kind::kKeep, {}};
const ElementAction kEmpty{ElementAction::Kind::kEmpty, {}};

bool consistsOf(std::string_view text, std::string_view characters) {
  return text.find_first_not_of(characters) == std::string_view::npos;
}

std::vector<std::string_view> valuesOf(std::string_view joined) {
  std::vector<std::string_view> values;
  for (std::size_t start = 0; start <= joined.size();) {
    const std::size_t end = std::min(joined.find('\\', start), joined.size());
    values.push_back(withoutPadding(joined.substr(start, end - start)));
    start = end + 1;
  }
  return values;
}

bool isNumber(std::string_view text) {
  if (!consistsOf(text, "0123456789+-.eE")) return false;
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc() && end == text.data() + text.size();
}

bool isTimeOfDay(std::string_view text) {
  return parseTimeOfDay(text).has_value();
}

bool isCode(std::string_view text) {
  return text.size() <= kLongestCode && consistsOf(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _");
}

bool isSex(std::string_view text) {
  return text == "F" || text == "M" || text == "O";
}

bool isUid(std::string_view text) {
  return text.size() <= kLongestUid && consistsOf(text, "0123456789.");
}

/// Of the text VRs these alone have a form; an empty value among several has it too.
template <class Form>
ElementAction keptIfAll(const ElementView& element, Form hasForm) {
  if (element.value.empty() && !element.empty) return kEmpty;  // too long to be shown, so not to be judged
  const auto values = valuesOf(element.value);
  return std::all_of(values.begin(), values.end(),
                     [&](std::string_view value) { return value.empty() || hasForm(value); })
             ? kKeep
             : kEmpty;
}

/// The place of a code among several has a meaning, so the others stay where they are.
template <class Form>
ElementAction withoutMalformed(const ElementView& element, Form hasForm) {
  if (keptIfAll(element, hasForm).kind == ElementAction::Kind::kKeep) return kKeep;
  std::string kept;
  bool first = true, any = false;
  for (const std::string_view value : valuesOf(element.value)) {
    if (!first) kept += '\\';
    first = false;
    if (!hasForm(value)) continue;
    kept += value;
    any = any || !value.empty();
  }
  return any ? ElementAction{ElementAction::Kind::kReplace, kept} : kEmpty;
}

ElementAction keptIfUids(const ElementView& element) {
  if (keptIfAll(element, isUid).kind == ElementAction::Kind::kKeep) return kKeep;
  throw InputError("bad-uid", "holds something else than a unique identifier", {}, tagText(element.tag));
}

}  // namespace

std::string_view withoutPadding(std::string_view text) {
  constexpr std::string_view kPadding{" \0", 2};
  const auto first = text.find_first_not_of(kPadding);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kPadding) - first + 1);
}

bool isAge(std::string_view text) {
  return text.size() == 4 && consistsOf(text.substr(0, 3), kDigits) && consistsOf(text.substr(3), "DWMY");
}

bool isZone(std::string_view text) {
  if (text.empty()) return true;
  return text.size() == 5 && (text[0] == '+' || text[0] == '-') && consistsOf(text.substr(1), kDigits);
}

ElementAction keptIfWellFormed(const ElementView& element) {
  if (element.tag == kPatientSex) return keptIfAll(element, isSex);
  if (element.vr == "DS" || element.vr == "IS") return keptIfAll(element, isNumber);
  if (element.vr == "TM") return keptIfAll(element, isTimeOfDay);
  if (element.vr == "AS") return keptIfAll(element, isAge);
  if (element.vr == "CS") return withoutMalformed(element, isCode);
  if (element.vr == "UI") return keptIfUids(element);
  return kKeep;
}

}  // namespace remnant::deid
