#pragma once

#include <string>
#include <string_view>

class DcmItem;

/// Text of an object in UTF-8.
namespace remnant::dicom {

/// The text with every byte that is not well-formed UTF-8 replaced by U+FFFD.
std::string validUtf8(std::string_view text);

/// Text of an item turned from the character set that the item declares (PS3.5, section 6.1.2) into UTF-8;
/// where the declared set is not known or the text does not fit it, the bytes as they are, made valid.
std::string utf8FromDeclared(DcmItem& item, const std::string& text);

}  // namespace remnant::dicom
