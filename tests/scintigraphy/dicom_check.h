#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

/// The verdict of dciodvfy (dicom3tools), an independent judge of DICOM objects.
namespace remnant::testing {

inline std::string outputOf(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), &::pclose);
  std::string output;
  std::array<char, 4096> piece;
  while (pipe && std::fgets(piece.data(), piece.size(), pipe.get())) output += piece.data();
  return output;
}

inline bool dciodvfyIsInstalled() {
  return !outputOf("command -v dciodvfy").empty();
}

/// The lines of its output that tell of an error; empty for a sound object.
inline std::string errorsIn(const std::filesystem::path& file) {
  return outputOf("dciodvfy '" + file.string() + "' 2>&1 | grep -a '^Error'");
}

}  // namespace remnant::testing

/// Skips the test where dciodvfy is not installed.
#define REMNANT_REQUIRE_DCIODVFY() \
  if (!remnant::testing::dciodvfyIsInstalled()) GTEST_SKIP() << "dciodvfy (dicom3tools) is not installed"
