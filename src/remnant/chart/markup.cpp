#include "remnant/chart/markup.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <system_error>

#include "remnant/base/error.h"

namespace remnant::chart::markup {
namespace {

std::string_view referenceFor(char character) {
  switch (character) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

bool isForbidden(char character) {
  const auto code = static_cast<unsigned char>(character);
  return (code < 0x20 && character != '\t' && character != '\n' && character != '\r') || code == 0x7F;
}

std::string opening(std::string_view name, const Attributes& attributes) {
  std::string text = "<" + std::string(name);
  for (const auto& [attribute, value] : attributes)
    text.append(" ").append(attribute).append("=\"").append(escaped(value)).append("\"");
  return text;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char character : text) {
    if (const std::string_view reference = referenceFor(character); !reference.empty())
      safe += reference;
    else if (isForbidden(character))
      safe += "\xEF\xBF\xBD";
    else
      safe += character;
  }
  return safe;
}

std::string fixed(double value, int decimals) {
  std::array<char, 400> digits{};
  const auto written =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, decimals);
  if (written.ec != std::errc{}) throw ProgramError("a number has too many digits to be written");
  std::string text(digits.data(), written.ptr);
  if (text.front() == '-' && text.find_first_of("123456789") == std::string::npos) text.erase(0, 1);
  return text;
}

std::string element(std::string_view name, const Attributes& attributes, std::string_view content) {
  return opening(name, attributes).append(">").append(content).append("</").append(name).append(">");
}

std::string textElement(std::string_view name, const Attributes& attributes, std::string_view text) {
  return element(name, attributes, escaped(text));
}

std::string emptyElement(std::string_view name, const Attributes& attributes) {
  return opening(name, attributes) + "/>";
}

std::string base64(std::string_view bytes) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t start = 0; start < bytes.size(); start += 3) {
    const std::size_t size = std::min<std::size_t>(3, bytes.size() - start);
    std::uint32_t group = 0;
    for (std::size_t index = 0; index < 3; ++index)
      group = group << 8 | (index < size ? static_cast<std::uint8_t>(bytes[start + index]) : 0U);
    for (std::size_t digit = 0; digit < 4; ++digit)
      text += digit <= size ? kDigits[group >> (18 - 6 * digit) & 63U] : '=';
  }
  return text;
}

}  // namespace remnant::chart::markup
