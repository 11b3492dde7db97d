#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Building blocks of SVG and HTML text. What is written is well-formed as XML and valid as HTML5, the same
/// bytes for the same input on every machine.
namespace remnant::chart::markup {

/// Text made safe as content and as an attribute: & < > " ' become references; control characters other than
/// tab and line ends, which neither HTML nor XML can hold, become U+FFFD.
std::string escaped(std::string_view text);

/// A number with a fixed count of decimals and a full stop, never "-0.0".
std::string fixed(double value, int decimals);

/// Names and unescaped values, written in this order.
using Attributes = std::vector<std::pair<std::string_view, std::string>>;

/// <name attributes>content</name>; the content is markup already.
std::string element(std::string_view name, const Attributes& attributes, std::string_view content);
/// The same, of text that is escaped here.
std::string textElement(std::string_view name, const Attributes& attributes, std::string_view text);
/// <name attributes/>, for SVG shapes and HTML's void elements.
std::string emptyElement(std::string_view name, const Attributes& attributes);

/// Source: RFC 4648, section 4.
std::string base64(std::string_view bytes);

}  // namespace remnant::chart::markup
