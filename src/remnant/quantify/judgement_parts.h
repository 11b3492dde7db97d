#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "remnant/quantify/judgement.h"

/// What a long judgement has finished, kept on disk so that an interrupted one goes on.
namespace remnant::quantify {

/// Of one folder of the archive.
struct JudgedPart {
  std::vector<std::string> studies;  ///< of the truth, by StudyInstanceUID
  std::vector<Judged> judged;
};

/// A folder with a file a part, each whole by rename, and one that holds the settings they were made with.
class JudgementParts {
 public:
  /// Parts made with other settings are removed. settings: one line that tells all that decides the outcome.
  /// Throws InputError "unwritable-folder", and "not-a-judgement" where the folder holds something else.
  JudgementParts(std::filesystem::path folder, const std::string& settings);

  /// nullopt where the part is not finished. Throws as judgedOf.
  std::optional<JudgedPart> read(std::size_t number) const;
  /// Parts of different numbers may be written at the same time.
  void write(std::size_t number, const JudgedPart& part) const;

 private:
  std::filesystem::path fileOf(std::size_t number) const;

  std::filesystem::path folder_;
};

}  // namespace remnant::quantify
