#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

/// The checksums of a dataset's files, in the format that `sha256sum -c` reads.
namespace remnant::dataset {

inline constexpr std::string_view kChecksumsFile = "checksums.sha256";

/// Hexadecimal SHA-256 by file, relative to the dataset's folder with '/' between folders.
using Checksums = std::map<std::string, std::string>;

std::string checksumsText(const Checksums& checksums);

/// Throws InputError "no-dataset" where the file is missing, "bad-dataset" naming a line of another form, or
/// one that names a file outside the dataset.
Checksums readChecksumsFile(const std::filesystem::path& path);

/// Whether every file is there with its digest. Reads all of them; other files in the folder are not looked
/// at.
bool matchesChecksums(const std::filesystem::path& folder, const Checksums& checksums, unsigned threads);

}  // namespace remnant::dataset
