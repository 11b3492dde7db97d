#pragma once

#include <string>
#include <vector>

#include "remnant/dicom/object.h"
#include "remnant/dicom/pixels.h"

/// NM objects that tests make themselves, attribute by attribute.
namespace remnant::testing {

inline constexpr const char* kNmImageStorage = "1.2.840.10008.5.1.4.1.1.20";

/// An object of the given kind (ImageType value 3) and number of frames, with pixel spacing, an I-131 window
/// and radionuclide, and nothing to tell its views by.
inline dicom::Object nmObject(const std::string& kind, std::int64_t frames) {
  dicom::Object object = dicom::Object::create(kNmImageStorage, "2.25.1001");
  dicom::Dataset dataset = object.dataset();
  dataset.setText({0x0008, 0x0008}, "ORIGINAL\\PRIMARY\\" + kind + "\\EMISSION");
  dataset.setText({0x0008, 0x0060}, "NM");
  dataset.setIntegers({0x0028, 0x0008}, {frames});
  dataset.setNumbers({0x0028, 0x0030}, {2.4, 2.4});
  dicom::Dataset range = dataset.appendItem({0x0054, 0x0012}).appendItem({0x0054, 0x0013});
  range.setNumbers({0x0054, 0x0014}, {327.6});
  range.setNumbers({0x0054, 0x0015}, {400.4});
  dicom::Dataset code = dataset.appendItem({0x0054, 0x0016}).appendItem({0x0054, 0x0300});
  code.setText({0x0008, 0x0100}, "C-114B1");
  return object;
}

/// One more detector at an angle.
inline dicom::Dataset addDetector(dicom::Object& object, double startAngle) {
  dicom::Dataset detector = object.dataset().appendItem({0x0054, 0x0022});
  detector.setNumbers({0x0054, 0x0200}, {startAngle});
  return detector;
}

inline void setViewName(dicom::Dataset detector, const std::string& value, const std::string& meaning) {
  dicom::Dataset code = detector.appendItem({0x0054, 0x0220});
  code.setText({0x0008, 0x0100}, value);
  code.setText({0x0008, 0x0104}, meaning);
}

}  // namespace remnant::testing
