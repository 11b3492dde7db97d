#pragma once

#include <string>
#include <vector>

class DcmElement;

/// The values of one element of DCMTK's as text. Not for other folders.
namespace remnant::dicom {

/// Kinds of value representation, by DCMTK's number of it (DcmEVR).
bool isText(int vr);
bool isNumber(int vr);  ///< binary numbers and AT

/// All values as text, white space and padding at their ends removed; empty for sequences and binary values.
std::vector<std::string> valuesOf(DcmElement& element);

/// All values as they are stored, joined by '\\'.
std::string storedText(DcmElement& element);

/// The text fit for a message: control characters and bytes above 126 replaced, cut after 40 characters.
std::string printable(const std::string& text);

}  // namespace remnant::dicom
