#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace remnant {

using Digest = std::array<std::uint8_t, 32>;

/// SHA-256 of a stream of bytes. Source: FIPS 180-4, section 6.2.
class Sha256 {
 public:
  Sha256();
  Sha256& update(std::span<const std::uint8_t> bytes);
  Sha256& update(std::string_view text);
  /// The digest of all bytes given so far; the object is spent afterwards.
  Digest finish();

 private:
  void compress(const std::uint8_t* block);

  std::array<std::uint32_t, 8> state_;
  std::array<std::uint8_t, 64> pending_{};
  std::size_t pendingSize_ = 0;
  std::uint64_t totalBytes_ = 0;
};

Digest sha256(std::string_view text);

/// Digest of a file's bytes, read in blocks. Throws InputError "unreadable-file".
Digest sha256OfFile(const std::filesystem::path& path);

/// HMAC-SHA-256. Source: RFC 2104.
Digest hmacSha256(std::span<const std::uint8_t> key, std::string_view message);

/// Lower-case hexadecimal, two digits a byte.
std::string toHex(std::span<const std::uint8_t> bytes);

}  // namespace remnant
