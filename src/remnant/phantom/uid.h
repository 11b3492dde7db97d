#pragma once

#include <string>
#include <string_view>

namespace remnant::phantom {

/// A DICOM UID that depends on the text alone: "2.25." and the decimal form of a UUID of version 8, made of
/// the text's SHA-256. Source: DICOM PS3.5, section B.2; RFC 9562, section 5.8.
std::string uidFrom(std::string_view text);

}  // namespace remnant::phantom
