#pragma once

class DcmItem;

namespace remnant::dicom {

/// Gives text values that a sender wrote as UN the representation that the dictionary knows for them, at
/// every depth. Other unknown values stay as they are. (DCMTK can do so while reading, but then takes
/// sequences written as UN to be in implicit VR, and refuses those that are not.)
void nameUnknownTexts(DcmItem& item);

}  // namespace remnant::dicom
