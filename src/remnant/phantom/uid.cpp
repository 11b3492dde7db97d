#include "remnant/phantom/uid.h"

#include <algorithm>
#include <array>

#include "remnant/base/sha256.h"

namespace remnant::phantom {
namespace {

/// The bytes as one big-endian number, in decimal; long division by ten, one digit at a time.
std::string decimal(std::array<std::uint8_t, 16> bytes) {
  std::string digits;
  do {
    unsigned remainder = 0;
    for (std::uint8_t& byte : bytes) {
      const unsigned dividend = remainder * 256 + byte;
      byte = static_cast<std::uint8_t>(dividend / 10);
      remainder = dividend % 10;
    }
    digits.push_back(static_cast<char>('0' + remainder));
  } while (std::any_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte != 0; }));
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace

std::string uidFrom(std::string_view text) {
  const Digest digest = sha256(text);
  std::array<std::uint8_t, 16> uuid{};
  std::copy_n(digest.begin(), uuid.size(), uuid.begin());
  uuid[6] = static_cast<std::uint8_t>((uuid[6] & 0x0F) | 0x80);
  uuid[8] = static_cast<std::uint8_t>((uuid[8] & 0x3F) | 0x80);
  return "2.25." + decimal(uuid);
}

}  // namespace remnant::phantom
