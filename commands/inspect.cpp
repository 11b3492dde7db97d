#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "commands/declarations.h"
#include "remnant/base/interrupt.h"
#include "remnant/base/progress.h"
#include "remnant/scintigraphy/inspection_json.h"
#include "remnant/scintigraphy/study_time.h"

namespace remnant::commands {
namespace {

using scintigraphy::FrameMeaning;
using scintigraphy::Inspection;

struct Options {
  std::vector<std::string> paths;
  bool json = false;
};

/// A file to inspect, or a path that cannot be entered; a file that a folder holds, by chance perhaps, need
/// not be DICOM.
struct Candidate {
  std::string file;
  bool named = false;
  std::optional<InputError> fault;
};

void addFolder(const std::filesystem::path& folder, std::vector<Candidate>& candidates) {
  std::error_code fault;
  std::vector<std::filesystem::path> files, folders;
  for (std::filesystem::directory_iterator entry(folder, fault), end; !fault && entry != end;
       entry.increment(fault)) {
    if (entry->is_directory() && !entry->is_symlink()) folders.push_back(entry->path());
    if (entry->is_regular_file()) files.push_back(entry->path());
  }
  if (fault) {
    const InputError unreadable("unreadable-folder", "cannot be read through: " + fault.message());
    candidates.push_back({folder.string(), true, unreadable});
  }
  for (const auto& file : files) candidates.push_back({file.string(), false, std::nullopt});
  for (const auto& below : folders) addFolder(below, candidates);
}

std::vector<Candidate> candidatesIn(const std::vector<std::string>& paths) {
  std::vector<Candidate> candidates;
  for (const std::string& path : paths) {
    const std::size_t first = candidates.size();
    if (!std::filesystem::exists(path))
      candidates.push_back({path, true, InputError("no-such-file", "does not exist")});
    else if (std::filesystem::is_directory(path))
      addFolder(path, candidates);
    else
      candidates.push_back({path, true, std::nullopt});
    std::sort(candidates.begin() + static_cast<std::ptrdiff_t>(first), candidates.end(),
              [](const Candidate& a, const Candidate& b) { return a.file < b.file; });
  }
  return candidates;
}

/// What lies beside DICOM files in a folder and is plainly something else.
bool plainlyOther(const Candidate& candidate, const InputError& error) {
  constexpr std::string_view kOther[] = {".md", ".txt", ".csv", ".json", ".html", ".png", ".pdf", ".xml"};
  const std::string extension = std::filesystem::path(candidate.file).extension().string();
  return !candidate.named && error.code() == "not-dicom" &&
         std::find(std::begin(kOther), std::end(kOther), extension) != std::end(kOther);
}

/// Where the findings go: each is written as soon as it is there, so that memory holds one object.
class Output {
 public:
  virtual ~Output() = default;
  virtual void begin() = 0;
  virtual void object(const std::string& file, const Inspection& inspection) = 0;
  virtual void error(const std::string& file, const InputError& error) = 0;
  virtual void end() = 0;
};

class JsonOutput : public Output {
 public:
  void begin() override { fmt::print("["); }
  void object(const std::string& file, const Inspection& inspection) override {
    entry(scintigraphy::jsonOf(file, inspection));
  }
  void error(const std::string& file, const InputError& error) override {
    entry(scintigraphy::jsonOf(file, error));
  }
  void end() override { fmt::print("\n]\n"); }

 private:
  void entry(const std::string& json) {
    fmt::print("{}\n{}", first_ ? "" : ",", json);
    first_ = false;
  }
  bool first_ = true;
};

/// A terminal does what control characters say; file names may hold any.
std::string printable(std::string text) {
  for (char& character : text)
    if (static_cast<unsigned char>(character) < 0x20 || character == 0x7f) character = '?';
  return text;
}

std::string orDash(const std::string& text) {
  return text.empty() ? "-" : text;
}

std::string windowsText(const FrameMeaning& frame) {
  std::string text;
  for (const auto& window : frame.windows)
    text += fmt::format("{}{:.0f}-{:.0f}", text.empty() ? "" : ",", window.lowerKeV, window.upperKeV);
  return orDash(text);
}

/// Each that the frames were seen through, with its type.
std::string collimatorsText(const std::vector<FrameMeaning>& frames) {
  std::vector<std::string> seen;
  for (const FrameMeaning& frame : frames) {
    if (frame.collimatorName.empty() && frame.collimatorType.empty()) continue;
    std::string text = orDash(frame.collimatorName);
    if (!frame.collimatorType.empty()) text += " (" + frame.collimatorType + ")";
    if (std::find(seen.begin(), seen.end(), text) == seen.end()) seen.push_back(std::move(text));
  }
  return orDash(fmt::format("{}", fmt::join(seen, " and ")));
}

std::string cameraText(const Inspection& inspection) {
  const auto& object = inspection.object;
  return fmt::format("serial number {}, collimator {}, start {}, {} s", orDash(object.serialNumber),
                     collimatorsText(object.frames),
                     object.start ? scintigraphy::secondText(*object.start) : "-",
                     inspection.durationSeconds ? fmt::format("{:.1f}", *inspection.durationSeconds) : "-");
}

/// Consecutive frames of one view and window share a line.
bool alike(const FrameMeaning& a, const FrameMeaning& b) {
  return a.view.view == b.view.view && a.windows == b.windows && a.durationMs == b.durationMs;
}

class TableOutput : public Output {
 public:
  void begin() override {
    fmt::print(kLine, "frame", "view", "size", "window keV", "seconds", "counts", "told by");
  }
  void object(const std::string& file, const Inspection& inspection) override {
    const auto& object = inspection.object;
    fmt::print("{}: {}, {} {}, {}, {}\n", printable(file),
               object.acquisition ? acquisitionText(*object.acquisition) : "not NM",
               printable(orDash(object.manufacturer)), printable(orDash(object.model)),
               orDash(object.radionuclide), printable(orDash(object.patientPosition)));
    fmt::print("  {}\n", printable(cameraText(inspection)));
    for (std::size_t first = 0, end = 0; first < object.frames.size(); first = end) {
      end = first + 1;
      while (end < object.frames.size() && alike(object.frames[first], object.frames[end])) ++end;
      frames(inspection, first, end);
    }
    for (const std::string& warning : object.warnings) fmt::print("  ! {}\n", warning);
  }
  void error(const std::string& file, const InputError& error) override {
    fmt::print("{}: {}\n  ! {}{}\n", printable(file), error.code(),
               error.tag().empty() ? "" : error.tag() + " ", error.what());
  }
  void end() override {}

 private:
  static constexpr const char* kLine = "  {:<7} {:<13} {:<9} {:<12} {:>8} {:>12}  {}\n";

  static void frames(const Inspection& inspection, std::size_t first, std::size_t end) {
    const FrameMeaning& frame = inspection.object.frames[first];
    std::optional<std::int64_t> counts = 0;
    for (std::size_t i = first; i < end; ++i)
      counts = counts && inspection.counts[i] ? std::optional(*counts + *inspection.counts[i]) : std::nullopt;
    fmt::print(kLine, end == first + 1 ? std::to_string(first) : fmt::format("{}-{}", first, end - 1),
               viewText(frame.view.view),
               fmt::format("{}x{}", inspection.object.rows, inspection.object.columns), windowsText(frame),
               frame.durationMs ? fmt::format("{:.1f}", *frame.durationMs / 1000) : "-",
               counts ? std::to_string(*counts) : "-", frame.view.evidence);
  }
};

ExitStatus statusOf(std::size_t read, std::size_t refused) {
  if (read == 0) {
    say("remnant: nothing could be read");
    return ExitStatus::kBadInput;
  }
  return refused == 0 ? ExitStatus::kDone : ExitStatus::kFaultsFound;
}

ExitStatus run(const Options& options) {
  std::unique_ptr<Output> output;
  if (options.json)
    output = std::make_unique<JsonOutput>();
  else
    output = std::make_unique<TableOutput>();
  std::size_t read = 0, refused = 0;
  const std::vector<Candidate> candidates = candidatesIn(options.paths);
  output->begin();
  for (const Candidate& candidate : candidates) {
    stopIfInterrupted();
    try {
      if (candidate.fault) throw *candidate.fault;
      output->object(candidate.file, scintigraphy::inspectFile(candidate.file));
      ++read;
    } catch (const InputError& error) {
      if (plainlyOther(candidate, error)) continue;
      output->error(candidate.file, error);
      ++refused;
    }
  }
  output->end();
  return statusOf(read, refused);
}

}  // namespace

Command inspectCommand() {
  auto options = std::make_shared<Options>();
  return Command("inspect", "tell what DICOM objects hold: views, windows, times and counts")
      .description(
          "Reads every PATH, a file or a folder with all that is below it, and tells for each object what "
          "kind of acquisition it is, by which camera (its serial number, by which calibrations go), through "
          "which collimators, when it began and how long it took, and for each frame its view, energy "
          "windows, duration and sum of counts. Nothing that names the patient is told; the time of an "
          "acquisition is. Counts are the integers as stored: no rescale is applied, and after compression "
          "with loss there are none. A view is told by the View Code Sequence, then by the detector's angle, "
          "then by names in many languages, and what told it is given; what cannot be told is unknown.\n\n"
          "Files in a folder that are plainly not DICOM (.md, .csv, .txt and the like) are passed over. Exit "
          "status 3 means that some objects could not be read; each is told with its reason.")
      .argument("PATH", &options->paths, "files and folders to read")
      .flag("--json", options->json, "print an array of objects as JSON instead of a table")
      .example("remnant inspect archive/", "a table of every object in a folder")
      .example("remnant inspect --json study.dcm", "one object as JSON")
      .reference("DICOM PS3.3, section C.8.4 (Nuclear Medicine modules)")
      .runs([options] { return run(*options); });
}

}  // namespace remnant::commands
