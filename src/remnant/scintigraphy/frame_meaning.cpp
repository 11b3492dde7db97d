#include "remnant/scintigraphy/frame_meaning.h"

#include <fmt/format.h>

#include <cmath>

#include "remnant/base/error.h"

namespace remnant::scintigraphy {
namespace {

using dicom::Tag;

constexpr Tag kNumberOfFrames{0x0028, 0x0008};
constexpr Tag kFrameIncrementPointer{0x0028, 0x0009};
constexpr Tag kActualFrameDuration{0x0018, 0x1242};
constexpr Tag kStartAngle{0x0054, 0x0200};

struct Vector {
  Tag tag;
  const char* name;
  std::optional<int> FrameMeaning::*target;
};

const Vector kVectors[] = {
    {{0x0054, 0x0010}, "EnergyWindowVector", &FrameMeaning::energyWindow},
    {{0x0054, 0x0020}, "DetectorVector", &FrameMeaning::detector},
    {{0x0054, 0x0030}, "PhaseVector", &FrameMeaning::phase},
    {{0x0054, 0x0050}, "RotationVector", &FrameMeaning::rotation},
    {{0x0054, 0x0060}, "RRIntervalVector", &FrameMeaning::rrInterval},
    {{0x0054, 0x0070}, "TimeSlotVector", &FrameMeaning::timeSlot},
    {{0x0054, 0x0080}, "SliceVector", &FrameMeaning::slice},
    {{0x0054, 0x0090}, "AngularViewVector", &FrameMeaning::angularView},
    {{0x0054, 0x0100}, "TimeSliceVector", &FrameMeaning::timeSlice},
};

std::size_t countFrames(const Header& header) {
  const std::int64_t frames = header.integer(kNumberOfFrames).value_or(1);
  if (frames > kMostFrames)
    throw InputError(
        "over-limit",
        fmt::format("declares {} frames, more than frame increment vectors can describe", frames), {},
        dicom::tagText(kNumberOfFrames));
  if (frames < 1) header.warn(fmt::format("(0028,0008) NumberOfFrames is {}", frames));
  return static_cast<std::size_t>(std::max<std::int64_t>(frames, 0));
}

void readVector(const Header& header, const Vector& vector, std::vector<FrameMeaning>& frames) {
  const std::vector<std::int64_t> numbers = header.integers(vector.tag);
  if (numbers.empty()) return;
  if (numbers.size() != frames.size()) {
    header.warn(fmt::format("{} {} has {} values for {} frames and is left out", dicom::tagText(vector.tag),
                            vector.name, numbers.size(), frames.size()));
    return;
  }
  for (std::size_t i = 0; i < frames.size(); ++i) frames[i].*vector.target = static_cast<int>(numbers[i]);
}

void warnOfMissingVectors(const Header& header) {
  const std::vector<std::string> pointers = header.texts(kFrameIncrementPointer);
  for (const Vector& vector : kVectors) {
    const std::string tag = dicom::tagText(vector.tag);
    if (std::find(pointers.begin(), pointers.end(), tag) != pointers.end() && !header.contains(vector.tag))
      header.warn(fmt::format("the frame increment pointer names {} {}, which is missing", tag, vector.name));
  }
}

std::vector<std::vector<EnergyWindow>> readEnergyWindows(const Header& header) {
  std::vector<std::vector<EnergyWindow>> windows;
  for (const Header& item : header.items({0x0054, 0x0012})) {
    windows.emplace_back();
    for (const Header& range : item.items({0x0054, 0x0013})) {
      const auto lower = range.number({0x0054, 0x0014}), upper = range.number({0x0054, 0x0015});
      if (lower && upper && *lower < *upper)
        windows.back().push_back({*lower, *upper});
      else
        header.warn("an energy window has no sound limits and is left out");
    }
  }
  return windows;
}

/// The entry that a frame's number points at; the only one there is where the frame has no number.
template <class Entry>
const Entry* entryOf(const std::vector<Entry>& entries, std::optional<int> number) {
  if (!number) return entries.size() == 1 ? &entries.front() : nullptr;
  const auto place = static_cast<std::size_t>(*number) - 1;
  return *number >= 1 && place < entries.size() ? &entries[place] : nullptr;
}

void setWindows(const Header& header, std::vector<FrameMeaning>& frames) {
  const std::vector<std::vector<EnergyWindow>> windows = readEnergyWindows(header);
  if (windows.empty()) header.warn("no energy window is given");
  std::size_t without = 0;
  for (FrameMeaning& frame : frames) {
    if (const auto* entry = entryOf(windows, frame.energyWindow))
      frame.windows = *entry;
    else
      ++without;
  }
  if (without > 0 && !windows.empty())
    header.warn(fmt::format("{} frames point at no energy window that is described", without));
}

std::optional<double> durationOf(const Header& item) {
  const std::optional<double> duration = item.number(kActualFrameDuration);
  return duration && *duration > 0 ? duration : std::nullopt;
}

bool isReconstruction(std::optional<Acquisition> acquisition) {
  return acquisition == Acquisition::kReconTomo || acquisition == Acquisition::kReconGatedTomo;
}

/// The duration stands with the phase of a dynamic study, with the rotation of a tomographic one, and at the
/// top level elsewhere (PS3.3, sections C.8.4.14, C.8.4.12, C.8.4.11).
void setDurations(const Header& header, std::optional<Acquisition> acquisition,
                  std::vector<FrameMeaning>& frames) {
  const std::vector<Header> phases = header.items({0x0054, 0x0032});
  const std::vector<Header> rotations = header.items({0x0054, 0x0052});
  for (FrameMeaning& frame : frames) {
    frame.durationMs = durationOf(header);
    if (isReconstruction(acquisition)) continue;
    if (const Header* phase = entryOf(phases, frame.phase))
      if (const auto duration = durationOf(*phase)) frame.durationMs = duration;
    if (const Header* rotation = entryOf(rotations, frame.rotation))
      if (const auto duration = durationOf(*rotation)) frame.durationMs = duration;
  }
}

/// How far a rotating detector has turned from its start at a frame; nullopt where the object does not say.
std::optional<double> turnedDegrees(const FrameMeaning& frame, const Header* rotation) {
  if (!rotation || !frame.angularView) return std::nullopt;
  const std::optional<double> step = rotation->number({0x0018, 0x1144});
  if (!step) return std::nullopt;
  const bool clockwise = rotation->text({0x0018, 0x1140}) == "CW";  // which lowers the angle
  return (clockwise ? -*step : *step) * (static_cast<double>(*frame.angularView) - 1);
}

void setAngles(const Header& header, std::optional<Acquisition> acquisition,
               std::vector<FrameMeaning>& frames) {
  if (isReconstruction(acquisition)) return;
  const std::vector<Header> detectors = header.items({0x0054, 0x0022});
  const std::vector<Header> rotations = header.items({0x0054, 0x0052});
  const bool rotates = acquisition == Acquisition::kTomo || acquisition == Acquisition::kGatedTomo;
  for (FrameMeaning& frame : frames) {
    const Header* detector = entryOf(detectors, frame.detector);
    const Header* rotation = entryOf(rotations, frame.rotation);
    std::optional<double> start = detector ? detector->number(kStartAngle) : std::nullopt;
    if (!start && rotation && detectors.size() <= 1) start = rotation->number(kStartAngle);
    const std::optional<double> turned = rotates ? turnedDegrees(frame, rotation) : 0.0;
    if (start && turned) frame.angleDegrees = std::fmod(std::fmod(*start + *turned, 360.0) + 360.0, 360.0);
  }
}

void setCollimators(const Header& header, std::vector<FrameMeaning>& frames) {
  struct Collimator {
    std::string name, type;
  };
  std::vector<Collimator> collimators;
  for (const Header& detector : header.items({0x0054, 0x0022}))
    collimators.push_back({detector.text({0x0018, 0x1180}), detector.text({0x0018, 0x1181})});
  for (FrameMeaning& frame : frames)
    if (const Collimator* collimator = entryOf(collimators, frame.detector)) {
      frame.collimatorName = collimator->name;
      frame.collimatorType = collimator->type;
    }
}

/// Two detectors cannot stand at one place: where they are said to, the angles tell nothing.
bool anglesAreSound(const Header& header) {
  std::vector<double> seen;
  for (const Header& detector : header.items({0x0054, 0x0022})) {
    const std::optional<double> angle = detector.number(kStartAngle);
    if (!angle) continue;
    if (std::find(seen.begin(), seen.end(), *angle) != seen.end()) {
      header.warn(fmt::format("two detectors are said to stand at the same angle of {} degrees", *angle));
      return false;
    }
    seen.push_back(*angle);
  }
  return true;
}

/// Names that stand for the whole object: they tell a view only where it has no more than one detector.
std::vector<NameClue> objectNames(const Header& header, std::size_t detectors) {
  std::vector<NameClue> names;
  if (detectors > 1) return names;
  for (const std::string& name : header.texts({0x0054, 0x0400})) names.push_back({"image ID", name});
  names.push_back({"series description", header.text({0x0008, 0x103E})});
  names.push_back({"image comments", header.text({0x0020, 0x4000})});
  return names;
}

std::vector<NameClue> detectorNames(const std::vector<Code>& codes) {
  std::vector<NameClue> names;
  for (const Code& code : codes) {
    names.push_back({"view name", code.meaning});
    names.push_back({"view name", code.value});
  }
  return names;
}

}  // namespace

std::vector<FrameMeaning> readFrames(const Header& header, std::optional<Acquisition> acquisition) {
  std::vector<FrameMeaning> frames(countFrames(header));
  for (std::size_t i = 0; i < frames.size(); ++i) frames[i].index = i;
  for (const Vector& vector : kVectors) readVector(header, vector, frames);
  warnOfMissingVectors(header);
  setWindows(header, frames);
  setDurations(header, acquisition, frames);
  setAngles(header, acquisition, frames);
  setCollimators(header, frames);
  return frames;
}

void tellViews(std::vector<FrameMeaning>& frames, const Header& header,
               std::optional<Acquisition> acquisition, bool supine) {
  if (isReconstruction(acquisition)) return;  // slices are seen from nowhere
  const std::vector<Header> detectors = header.items({0x0054, 0x0022});
  const bool rotates = acquisition == Acquisition::kTomo || acquisition == Acquisition::kGatedTomo;
  const bool trustAngles = anglesAreSound(header);
  const std::vector<NameClue> shared = objectNames(header, rotates ? 2 : detectors.size());
  std::vector<std::vector<Code>> codes;
  for (const Header& detector : detectors) codes.push_back(detector.codes({0x0054, 0x0220}));
  for (FrameMeaning& frame : frames) {
    ViewClues clues;
    if (const auto* own = entryOf(codes, frame.detector)) {
      if (!rotates) clues.codes = *own;
      if (!rotates) clues.names = detectorNames(*own);
    }
    clues.detector = frame.detector;
    if (trustAngles) clues.angleDegrees = frame.angleDegrees;
    clues.supine = supine;
    clues.names.insert(clues.names.end(), shared.begin(), shared.end());
    frame.view = tellView(clues);
    if (!frame.view.contradiction.empty())
      header.warn(fmt::format("{} says {}, but {}", frame.view.evidence, viewText(frame.view.view),
                              frame.view.contradiction));
  }
}

}  // namespace remnant::scintigraphy
