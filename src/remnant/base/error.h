#pragma once

#include <stdexcept>
#include <string>
#include <utility>

/// Two families of errors. An InputError is about what the user gave us (a file, a column, a value) and is
/// told in one sentence; a ProgramError is a defect of ours. Neither message ever holds a patient's identity.
namespace remnant {

/// The exit status of every command.
enum class ExitStatus : int {
  kDone = 0,
  kBadInput = 1,
  kBadUsage = 2,
  kFaultsFound = 3,
  kOwnFault = 70,
  kInterrupted = 130,
};

/// What the user gave cannot be used.
///   code    a stable word in kebab case, for programs to act on ("truncated-pixel-data")
///   message one sentence for a person, naming the offending value
///   file    the offending file as the user wrote it; empty where there is none
///   tag     the offending DICOM tag as "(gggg,eeee)", or column or key; empty where there is none
class InputError : public std::runtime_error {
 public:
  InputError(std::string code, const std::string& message, std::string file = {}, std::string tag = {})
      : std::runtime_error(message), code_(std::move(code)), file_(std::move(file)), tag_(std::move(tag)) {}

  const std::string& code() const { return code_; }
  const std::string& file() const { return file_; }
  const std::string& tag() const { return tag_; }

  /// The same error with the file named, where the place that threw did not know it.
  InputError inFile(const std::string& file) const {
    return InputError(code_, what(), file_.empty() ? file : file_, tag_);
  }

 private:
  std::string code_;
  std::string file_;
  std::string tag_;
};

/// The command line itself is wrong (exit status 2).
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A defect of ours: a state that cannot be, reached all the same (exit status 70).
class ProgramError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// The user asked to stop (exit status 130); what was done so far is kept and the same command goes on from
/// there.
class Interrupted : public std::runtime_error {
 public:
  Interrupted() : std::runtime_error("interrupted; run the same command again to go on") {}
};

/// "file: (tag): message", leaving out what is empty.
std::string describe(const InputError& error);

}  // namespace remnant
