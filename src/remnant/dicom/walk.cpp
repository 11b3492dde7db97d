#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcitem.h>
#include <dcmtk/dcmdata/dcsequen.h>

#include <map>

#include "remnant/base/error.h"
#include "remnant/dicom/element.h"
#include "remnant/dicom/object.h"
#include "remnant/dicom/toolkit.h"

namespace remnant::dicom {
namespace {

/// Values up to this length are shown to a visitor.
constexpr Uint32 kLongestShownValue = Uint32{1} << 20;

using Visitor = std::function<ElementAction(const ElementView&)>;
using Creators = std::map<Tag, std::string>;

std::vector<DcmElement*> elementsOf(DcmItem& item) {
  std::vector<DcmElement*> elements;
  for (DcmObject* element = item.nextInContainer(nullptr); element; element = item.nextInContainer(element))
    if (auto* inside = dynamic_cast<DcmElement*>(element)) elements.push_back(inside);
  return elements;
}

/// The creators that reserve blocks of private elements, by the tag of the reservation (PS3.5, section
/// 7.8.1).
Creators creatorsOf(const std::vector<DcmElement*>& elements) {
  Creators creators;
  for (DcmElement* element : elements) {
    const Tag tag = tagOf(element->getTag());
    if (!tag.isPrivate() || tag.element < 0x0010 || tag.element > 0x00FF) continue;
    const std::vector<std::string> values = valuesOf(*element);
    if (!values.empty()) creators[tag] = values.front();
  }
  return creators;
}

std::string creatorOf(const Creators& creators, Tag tag) {
  const auto found = creators.find({tag.group, static_cast<std::uint16_t>(tag.element >> 8)});
  return tag.isPrivate() && found != creators.end() ? found->second : std::string();
}

ElementView viewOf(DcmElement& element, const Creators& creators, const std::vector<Tag>& path) {
  ElementView view;
  view.tag = tagOf(element.getTag());
  view.vr = DcmVR(element.getVR()).getValidVRName();
  view.privateCreator = creatorOf(creators, view.tag);
  view.path = path;
  view.empty = element.isEmpty(OFFalse);
  if (element.getLengthField() <= kLongestShownValue) view.value = storedText(element);
  return view;
}

void replaceValue(DcmElement& element, const std::string& value) {
  if (!isText(element.ident()) && !isNumber(element.ident()))
    throw ProgramError(tagText(tagOf(element.getTag())) + " has no text to replace");
  if (element.putOFStringArray(OFString(value.data(), value.size())).bad())
    throw ProgramError(tagText(tagOf(element.getTag())) + " does not take the new value");
}

void visit(DcmItem& item, std::vector<Tag>& path, const Visitor& visitor);

void enter(DcmElement& element, std::vector<Tag>& path, const Visitor& visitor) {
  auto* sequence = dynamic_cast<DcmSequenceOfItems*>(&element);
  if (!sequence) return;
  path.push_back(tagOf(element.getTag()));
  for (DcmObject* item = sequence->nextInContainer(nullptr); item; item = sequence->nextInContainer(item))
    if (auto* inside = dynamic_cast<DcmItem*>(item)) visit(*inside, path, visitor);
  path.pop_back();
}

void act(DcmItem& item, DcmElement& element, const ElementAction& action, std::vector<Tag>& path,
         const Visitor& visitor) {
  switch (action.kind) {
    case ElementAction::Kind::kKeep:
      return enter(element, path, visitor);
    case ElementAction::Kind::kRemove:
      delete item.remove(&element);
      return;
    case ElementAction::Kind::kEmpty:
      element.clear();
      return;
    case ElementAction::Kind::kReplace:
      return replaceValue(element, action.value);
  }
}

void visit(DcmItem& item, std::vector<Tag>& path, const Visitor& visitor) {
  const std::vector<DcmElement*> elements = elementsOf(item);
  const Creators creators = creatorsOf(elements);
  for (DcmElement* element : elements)
    act(item, *element, visitor(viewOf(*element, creators, path)), path, visitor);
}

}  // namespace

void Dataset::transform(const std::function<ElementAction(const ElementView&)>& visitor) {
  std::vector<Tag> path;
  visit(*item_, path, visitor);
}

void Dataset::walk(const std::function<void(const ElementView&)>& visitor) const {
  std::vector<Tag> path;
  visit(*item_, path, [&](const ElementView& view) {
    visitor(view);
    return ElementAction{};
  });
}

}  // namespace remnant::dicom
