#include "remnant/quantify/acquired_sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "remnant/quantify/calibration_result.h"

namespace remnant::quantify {
namespace {

[[noreturn]] void refuse(const CalibrationSources& sources, const SourceEntry& entry, const std::string& key,
                         const std::string& reason) {
  const auto found = entry.keyLines.find(key.substr(0, key.find('.')));
  const long line = found == entry.keyLines.end() ? entry.line : found->second;
  throw InputError("bad-sources", fmt::format("line {}: '{}': {}", line, entry.name, reason),
                   sources.file.string(), "acquisition." + key);
}

void checkCamera(const CalibrationSources& sources, const SourceEntry& entry,
                 const scintigraphy::AcquiredStudy& study, std::vector<std::string>& warnings) {
  const std::string& expected = sources.calibration.serialNumber;
  if (study.serialNumber == expected) return;
  if (study.serialNumber.empty())
    warnings.push_back(fmt::format("{}: the object does not tell its camera's serial number", entry.name));
  else
    refuse(
        sources, entry, "file",
        fmt::format("its object is of the camera of serial number '{}', {}", study.serialNumber,
                    expected.empty() ? fmt::format("set serialNumber = \"{}\" at the top of the sources file",
                                                   study.serialNumber)
                                     : fmt::format("serialNumber here says '{}'", expected)));
}

std::string nuclideOf(const CalibrationSources& sources, const SourceEntry& entry,
                      const scintigraphy::AcquiredStudy& study) {
  if (!entry.nuclide.empty() && !study.radionuclide.empty() && entry.nuclide != study.radionuclide)
    refuse(sources, entry, "nuclide", "its object says " + study.radionuclide);
  std::string nuclide = entry.nuclide.empty() ? study.radionuclide : entry.nuclide;
  const std::vector<std::string> known = physics::nuclideNames();
  if (std::count(known.begin(), known.end(), nuclide) > 0) return nuclide;
  const std::string allowed = fmt::format("must be one of \"{}\"", fmt::join(known, "\" \""));
  refuse(sources, entry, "nuclide",
         nuclide.empty() ? "its object does not tell the nuclide; " + allowed
                         : "its object says " + nuclide + ", of which nothing is known here; " + allowed);
}

bool oneDetector(const scintigraphy::AcquiredObject& object) {
  return std::all_of(object.frames.begin(), object.frames.end(),
                     [&](const auto& frame) { return frame.detector == object.frames.front().detector; });
}

/// Frames of the heads that the entry means, numbered as it says.
void chooseHead(const CalibrationSources& sources, const SourceEntry& entry,
                scintigraphy::AcquiredObject& object) {
  if (!entry.head) return;
  if (oneDetector(object))
    for (auto& frame : object.frames) frame.detector = *entry.head;
  else
    std::erase_if(object.frames, [&](const auto& frame) { return frame.detector != *entry.head; });
  if (object.frames.empty())
    refuse(sources, entry, "head", fmt::format("its object has no frame of head {}", *entry.head));
}

void checkKind(const CalibrationSources& sources, const SourceEntry& entry,
               const scintigraphy::AcquiredObject& object) {
  if (object.acquisition != scintigraphy::Acquisition::kStatic)
    refuse(sources, entry, "file",
           fmt::format("must hold a static acquisition, not a {} one",
                       scintigraphy::acquisitionText(object.acquisition)));
  if (object.pinhole) refuse(sources, entry, "file", "must not be acquired with a pinhole");
  if (object.pixelMm <= 0) refuse(sources, entry, "file", "must tell the size of its square pixels");
  for (const auto& frame : object.frames)
    if (frame.exposureSeconds <= 0) refuse(sources, entry, "file", "must tell how long it was acquired");
}

std::string writtenTime(CivilTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  std::string date = dateText(day), clock = timeOfDayText(time - day);
  return fmt::format("{}-{}-{} {}:{}:{}", date.substr(0, 4), date.substr(4, 2), date.substr(6, 2),
                     clock.substr(0, 2), clock.substr(2, 2), clock.substr(4, 2));
}

/// So far from the acquisition that a date must be wrong.
void checkHours(const CalibrationSources& sources, const AcquiredSource& source, const char* key,
                const std::optional<TimedReading>& reading) {
  if (!reading) return;
  const double halfLives =
      std::abs(reading->hoursBefore) / physics::nuclideNamed(source.nuclide).halfLifeHours;
  if (halfLives <= sources.config.mostHalfLives) return;
  const std::string read = reading->time ? "at " + writtenTime(*reading->time)
                                         : fmt::format("{:.6g} hours before", reading->hoursBefore);
  const std::string start =
      source.object.start ? "starts at " + writtenTime(*source.object.start) : "does not tell its start";
  refuse(sources, source.entry, std::string(key) + (reading->time ? ".time" : ".hoursBefore"),
         fmt::format("was read {}, its object {}: {:.0f} half-lives of {} apart, more than {:.0f}", read,
                     start, halfLives, source.nuclide, sources.config.mostHalfLives));
}

/// Hours from a reading to the start of the acquisition.
void setHours(const CalibrationSources& sources, const SourceEntry& entry,
              const scintigraphy::AcquiredObject& object, const char* key,
              std::optional<TimedReading>& reading) {
  if (!reading || !reading->time) return;
  if (!object.start)
    refuse(sources, entry, std::string(key) + ".time",
           "its object does not tell when it starts; give hoursBefore");
  reading->hoursBefore = hoursBetween(*reading->time, *object.start);
}

/// What is left between the readings must be something.
void checkActivity(const CalibrationSources& sources, const AcquiredSource& source) {
  const SourceEntry& entry = source.entry;
  if (!entry.full || !entry.empty) return;
  const physics::Nuclide& nuclide = physics::nuclideNamed(source.nuclide);
  const auto atStart = [&](const TimedReading& reading) {
    return reading.activityMBq * physics::decayFactor(nuclide, reading.hoursBefore);
  };
  if (atStart(*entry.full) <= atStart(*entry.empty))
    refuse(sources, entry, "empty.activityMBq",
           fmt::format("must be less than the {:.4g} MBq of full, at one time", atStart(*entry.full)));
}

AcquiredSource readSource(const CalibrationSources& sources, const SourceEntry& entry,
                          std::vector<std::string>& warnings) {
  auto studies = scintigraphy::readStudies({entry.file});
  scintigraphy::AcquiredStudy& study = studies.front();
  for (const std::string& warning : study.warnings) warnings.push_back(entry.name + ": " + warning);
  checkCamera(sources, entry, study, warnings);
  AcquiredSource source{entry, nuclideOf(sources, entry, study), std::move(study.objects.front())};
  checkKind(sources, entry, source.object);
  chooseHead(sources, entry, source.object);
  setHours(sources, entry, source.object, "full", source.entry.full);
  setHours(sources, entry, source.object, "empty", source.entry.empty);
  checkHours(sources, source, "full", source.entry.full);
  checkHours(sources, source, "empty", source.entry.empty);
  checkActivity(sources, source);
  return source;
}

}  // namespace

std::vector<AcquiredSource> readAcquiredSources(const CalibrationSources& sources,
                                                std::vector<std::string>& warnings) {
  std::vector<AcquiredSource> acquired;
  for (const SourceEntry& entry : sources.entries) acquired.push_back(readSource(sources, entry, warnings));
  return acquired;
}

physics::Window windowOf(const scintigraphy::AcquiredFrame& frame) {
  return {frame.window.lowerKeV, frame.window.upperKeV};
}

const scintigraphy::AcquiredFrame* photopeakOf(const AcquiredSource& source, int head) {
  const physics::Nuclide& nuclide = physics::nuclideNamed(source.nuclide);
  for (const auto& frame : source.object.frames)
    if (frame.detector == head && holdsPhotopeak(windowOf(frame), nuclide)) return &frame;
  return nullptr;
}

const scintigraphy::AcquiredFrame* backgroundOf(const std::vector<AcquiredSource>& acquired,
                                                const AcquiredSource& source,
                                                const scintigraphy::AcquiredFrame& frame) {
  constexpr double kSamePixel = 1e-3;
  for (const AcquiredSource& other : acquired) {
    if (source.entry.background.empty() || other.entry.name != source.entry.background ||
        std::abs(other.object.pixelMm / source.object.pixelMm - 1) > kSamePixel)
      continue;
    for (const auto& found : other.object.frames)
      if (found.detector == frame.detector && sameWindow(windowOf(found), windowOf(frame)) &&
          found.counts.rows() == frame.counts.rows() && found.counts.columns() == frame.counts.columns())
        return &found;
  }
  return nullptr;
}

}  // namespace remnant::quantify
