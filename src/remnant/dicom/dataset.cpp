#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcitem.h>
#include <dcmtk/dcmdata/dcsequen.h>
#include <dcmtk/dcmdata/dcvrat.h>
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>

#include "remnant/base/csv.h"
#include "remnant/base/error.h"
#include "remnant/dicom/element.h"
#include "remnant/dicom/object.h"
#include "remnant/dicom/toolkit.h"

namespace remnant::dicom {
namespace {

/// A value that is asked for as text or numbers is loaded whole; nothing in a header is as large as this.
constexpr Uint32 kLargestLoadedValue = Uint32{16} << 20;

/// The longest text of a DS value (PS3.5, table 6.2-1).
constexpr std::size_t kDecimalStringLength = 16;

InputError badValue(Tag tag, const std::string& value, const std::string& expected) {
  return InputError("bad-value", fmt::format("holds '{}', which is not {}", printable(value), expected), {},
                    tagText(tag));
}

DcmElement* find(DcmItem& item, Tag tag) {
  DcmElement* element = nullptr;
  if (item.findAndGetElement(keyOf(tag), element).bad() || !element) return nullptr;
  if (isText(element->ident()) || isNumber(element->ident()))
    if (element->getLengthField() > kLargestLoadedValue)
      throw InputError("over-limit",
                       fmt::format("holds a value of {} bytes, more than is ever read as text or numbers",
                                   element->getLengthField()),
                       {}, tagText(tag));
  return element;
}

double numberFrom(Tag tag, const std::string& text) {
  double value = 0;
  const char* start = text.data() + (!text.empty() && text.front() == '+' ? 1 : 0);
  const char* end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(start, end, value);
  if (fault != std::errc{} || stop != end || !std::isfinite(value)) throw badValue(tag, text, "a number");
  return value;
}

std::int64_t wholeFrom(Tag tag, double value) {
  // 2^53: beyond it a double no longer holds every integer.
  if (value != std::trunc(value) || std::abs(value) > 9007199254740992.0)
    throw badValue(tag, numberText(value), "a whole number");
  return static_cast<std::int64_t>(value);
}

void requireStored(const OFCondition& condition, Tag tag) {
  if (condition.bad()) throw ProgramError(tagText(tag) + " cannot be set: " + condition.text());
}

/// DCMTK leaves the VR of a few attributes open between US and SS: the pixels decide.
DcmTag dictionaryTag(DcmItem& item, Tag tag) {
  DcmTag known(keyOf(tag));
  if (known.getEVR() == EVR_xs) {
    Uint16 representation = 0;
    item.findAndGetUint16(DCM_PixelRepresentation, representation);
    known.setVR(DcmVR(representation ? EVR_SS : EVR_US));
  }
  if (known.getEVR() == EVR_UN || known.getEVR() == EVR_UNKNOWN)
    throw ProgramError(tagText(tag) + " is not in the dictionary");
  return known;
}

DcmElement* newElement(const DcmTag& tag) {
  DcmElement* element = nullptr;
  requireStored(DcmItem::newDicomElementWithVR(element, tag), tagOf(tag));
  return element;
}

void insert(DcmItem& item, std::unique_ptr<DcmElement> element) {
  const Tag tag = tagOf(element->getTag());
  requireStored(item.insert(element.get(), OFTrue), tag);
  static_cast<void>(element.release());  // the item owns it now
}

std::string decimalString(double value) {
  std::string text = numberText(value);
  for (int digits = 15; text.size() > kDecimalStringLength && digits > 0; --digits)
    text = fmt::format("{:.{}g}", value, digits);
  return text;
}

template <class Value, class Convert>
std::string joined(const std::vector<Value>& values, Convert convert) {
  std::string text;
  for (const Value& value : values) text += (text.empty() ? "" : "\\") + convert(value);
  return text;
}

}  // namespace

bool Dataset::contains(Tag tag) const {
  return item_->tagExists(keyOf(tag));
}

std::vector<std::string> Dataset::texts(Tag tag) const {
  DcmElement* element = find(*item_, tag);
  if (!element) return {};
  return valuesOf(*element);
}

std::optional<std::string> Dataset::text(Tag tag) const {
  const std::vector<std::string> values = texts(tag);
  if (values.empty() || values.front().empty()) return std::nullopt;
  return values.front();
}

std::vector<double> Dataset::numbers(Tag tag) const {
  std::vector<double> values;
  for (const std::string& text : texts(tag))
    if (!text.empty()) values.push_back(numberFrom(tag, text));
  return values;
}

std::optional<double> Dataset::number(Tag tag) const {
  const std::optional<std::string> first = text(tag);
  if (!first) return std::nullopt;
  return numberFrom(tag, *first);
}

std::vector<std::int64_t> Dataset::integers(Tag tag) const {
  std::vector<std::int64_t> values;
  for (const double value : numbers(tag)) values.push_back(wholeFrom(tag, value));
  return values;
}

std::optional<std::int64_t> Dataset::integer(Tag tag) const {
  const std::optional<double> value = number(tag);
  if (!value) return std::nullopt;
  return wholeFrom(tag, *value);
}

std::vector<Dataset> Dataset::items(Tag sequence) const {
  std::vector<Dataset> items;
  auto* found = dynamic_cast<DcmSequenceOfItems*>(find(*item_, sequence));
  if (!found) return items;
  for (DcmObject* item = found->nextInContainer(nullptr); item; item = found->nextInContainer(item))
    if (auto* inside = dynamic_cast<DcmItem*>(item)) items.emplace_back(*inside);
  return items;
}

void Dataset::setText(Tag tag, const std::string& value) {
  std::unique_ptr<DcmElement> element(newElement(dictionaryTag(*item_, tag)));
  requireStored(element->putOFStringArray(OFString(value.data(), value.size())), tag);
  insert(*item_, std::move(element));
}

void Dataset::setIntegers(Tag tag, const std::vector<std::int64_t>& values) {
  setText(tag, joined(values, [](std::int64_t value) { return std::to_string(value); }));
}

void Dataset::setNumbers(Tag tag, const std::vector<double>& values) {
  const bool decimal = dictionaryTag(*item_, tag).getEVR() == EVR_DS;
  setText(tag,
          joined(values, [&](double value) { return decimal ? decimalString(value) : numberText(value); }));
}

void Dataset::setTags(Tag tag, const std::vector<Tag>& values) {
  auto element = std::make_unique<DcmAttributeTag>(dictionaryTag(*item_, tag));
  for (std::size_t i = 0; i < values.size(); ++i)
    requireStored(element->putTagVal(keyOf(values[i]), static_cast<unsigned long>(i)), tag);
  insert(*item_, std::move(element));
}

void Dataset::setPrivateText(Tag tag, const std::string& privateCreator, const std::string& vr,
                             const std::string& value) {
  if (!tag.isPrivate() || tag.element < 0x1000)
    throw ProgramError(tagText(tag) + " is not a private attribute");
  const DcmTag creatorTag(tag.group, static_cast<Uint16>(tag.element >> 8), DcmVR(EVR_LO));
  requireStored(item_->putAndInsertString(creatorTag, privateCreator.c_str()), tag);
  const DcmTag privateTag(tag.group, tag.element, DcmVR(vr.c_str()));
  DcmElement* made = nullptr;
  requireStored(DcmItem::newDicomElementWithVR(made, privateTag), tag);
  std::unique_ptr<DcmElement> element(made);
  if (isText(element->ident()) || isNumber(element->ident()))
    requireStored(element->putOFStringArray(OFString(value.data(), value.size())), tag);
  else
    requireStored(element->putUint8Array(reinterpret_cast<const Uint8*>(value.data()),
                                         static_cast<unsigned long>(value.size())),
                  tag);
  insert(*item_, std::move(element));
}

void Dataset::setEmptySequence(Tag sequence) {
  insert(*item_, std::make_unique<DcmSequenceOfItems>(dictionaryTag(*item_, sequence)));
}

Dataset Dataset::appendItem(Tag sequence) {
  constexpr long kAtTheEnd = -2;
  DcmItem* item = nullptr;
  requireStored(item_->findOrCreateSequenceItem(DcmTag(keyOf(sequence)), item, kAtTheEnd), sequence);
  return Dataset(*item);
}

void Dataset::remove(Tag tag) {
  item_->findAndDeleteElement(keyOf(tag));
}

}  // namespace remnant::dicom
