#include "remnant/dicom/unknown_values.h"

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcitem.h>
#include <dcmtk/dcmdata/dcsequen.h>

#include <memory>
#include <vector>

#include "remnant/dicom/element.h"

namespace remnant::dicom {
namespace {

/// Longer texts do not occur in headers; they stay unknown, and on disk.
constexpr Uint32 kLongestText = Uint32{64} << 10;

std::unique_ptr<DcmElement> knownText(DcmElement& unknown) {
  const DcmTag known(unknown.getTag().getXTag());
  if (unknown.getLengthField() > kLongestText || known.isPrivate() || !isText(known.getEVR())) return nullptr;
  Uint8* bytes = nullptr;
  if (unknown.getUint8Array(bytes).bad()) return nullptr;
  DcmElement* made = nullptr;
  if (DcmItem::newDicomElementWithVR(made, known).bad()) return nullptr;
  std::unique_ptr<DcmElement> element(made);
  const OFString text(reinterpret_cast<const char*>(bytes), bytes ? unknown.getLengthField() : 0);
  return element->putOFStringArray(text).good() ? std::move(element) : nullptr;
}

}  // namespace

void nameUnknownTexts(DcmItem& item) {
  std::vector<std::unique_ptr<DcmElement>> named;
  for (DcmObject* object = item.nextInContainer(nullptr); object; object = item.nextInContainer(object)) {
    if (auto* sequence = dynamic_cast<DcmSequenceOfItems*>(object)) {
      for (DcmObject* inside = sequence->nextInContainer(nullptr); inside;
           inside = sequence->nextInContainer(inside))
        if (auto* entered = dynamic_cast<DcmItem*>(inside)) nameUnknownTexts(*entered);
    } else if (auto* element = dynamic_cast<DcmElement*>(object); element && element->getVR() == EVR_UN) {
      if (auto known = knownText(*element)) named.push_back(std::move(known));
    }
  }
  for (auto& element : named)
    if (item.insert(element.get(), OFTrue).good())
      static_cast<void>(element.release());  // the item owns it now
}

}  // namespace remnant::dicom
