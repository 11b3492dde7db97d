#include "remnant/scintigraphy/acquired_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "remnant/base/error.h"
#include "remnant/dicom/pixels.h"
#include "remnant/physics/nuclide.h"
#include "remnant/scintigraphy/acquired_frames.h"
#include "remnant/scintigraphy/ct_reader.h"
#include "remnant/scintigraphy/study_time.h"

namespace remnant::scintigraphy {
namespace {

constexpr const char* kCtImageStorage = "1.2.840.10008.5.1.4.1.1.2";
constexpr double kLongestHoursFromDose = 60 * 24;

struct CtSeries {
  std::string instanceUid, frameOfReferenceUid;
  std::vector<std::filesystem::path> files;
};

/// What is told of a study by one of its objects.
struct ObjectFacts {
  AcquiredObject object;
  std::string patientId, radionuclide, manufacturer, model, serialNumber;
  std::optional<double> doseMBq;
  std::optional<CivilTime> administration;
};

struct StudyParts {
  std::vector<ObjectFacts> objects;
  std::map<std::string, CtSeries> ctSeries;  ///< by series UID
  std::vector<std::string> warnings;
};

std::string textAt(const dicom::Dataset& data, dicom::Tag tag) {
  return data.utf8Text(tag).value_or("");
}

bool hasSeveralRanges(const NmObject& meaning) {
  return std::any_of(meaning.frames.begin(), meaning.frames.end(),
                     [](const FrameMeaning& frame) { return frame.windows.size() > 1; });
}

/// Why an object cannot be taken by its header; empty where it can.
std::string reasonAgainst(const NmObject& meaning) {
  if (!meaning.acquisition) return "does not say which kind of acquisition it is";
  switch (*meaning.acquisition) {
    case Acquisition::kStatic:
    case Acquisition::kWholeBody:
    case Acquisition::kDynamic:
    case Acquisition::kTomo:
      break;
    default:
      return fmt::format("is {}, which is not read as counts", acquisitionText(*meaning.acquisition));
  }
  if (hasSeveralRanges(meaning)) return "sums several energy ranges in one window";
  return {};
}

std::string reasonAgainst(const std::optional<dicom::Pixels>& pixels, const NmObject& meaning) {
  if (!pixels) return "holds no pixels";
  if (pixels->lossy) return "was compressed with loss: its pixels are not counts";
  if (pixels->frames.size() != meaning.frames.size())
    return fmt::format("describes {} frames and holds {}", meaning.frames.size(), pixels->frames.size());
  return {};
}

void warnOfPixels(const dicom::Pixels& pixels, std::vector<std::string>& warnings) {
  if (pixels.saturatedPixels > 0)
    warnings.push_back(fmt::format("{} pixels may be saturated", pixels.saturatedPixels));
  const double slope = pixels.rescaleSlope.value_or(1), intercept = pixels.rescaleIntercept.value_or(0);
  if (slope != 1 || intercept != 0)
    warnings.push_back(fmt::format("a rescale by {} and {} is given and not applied", slope, intercept));
  for (const image::Counts& frame : pixels.frames)
    if (std::any_of(frame.pixels().begin(), frame.pixels().end(),
                    [](std::int32_t count) { return count < 0; })) {
      warnings.push_back("some pixels are below zero");
      return;
    }
}

void setAdministration(const dicom::Dataset& data, ObjectFacts& facts, std::vector<std::string>& warnings) {
  if (!facts.object.start) {
    warnings.push_back("the start of the acquisition is not told");
    return;
  }
  const auto given = administrationTime(data, *facts.object.start, facts.radionuclide);
  if (!given) return;
  const double hours = hoursBetween(*given, *facts.object.start);
  if (hours < 0 || hours > kLongestHoursFromDose)
    warnings.push_back(
        fmt::format("an administration {:.1f} h before the scan cannot be and is left out", hours));
  else
    facts.administration = given;
}

std::int64_t sumOf(const dicom::Pixels& pixels) {
  std::int64_t all = 0;
  for (const image::Counts& frame : pixels.frames) all += image::sumOf(frame);
  return all;
}

/// Only for an object that reasonAgainst has nothing against.
ObjectFacts factsOf(const dicom::Object& source, const NmObject& meaning, dicom::Pixels pixels,
                    std::vector<std::string>& warnings) {
  const dicom::Dataset data = source.dataset();
  ObjectFacts facts{describeAcquired(source, meaning, *meaning.acquisition, warnings),
                    textAt(data, {0x0010, 0x0020}),
                    meaning.radionuclide,
                    meaning.manufacturer,
                    meaning.model,
                    textAt(data, {0x0018, 0x1000}),
                    meaning.doseMBq,
                    std::nullopt};
  warnOfPixels(pixels, warnings);
  warnOfCountsAccumulated(meaning, sumOf(pixels), warnings);
  facts.object.saturated = pixels.saturatedPixels > 0;
  for (std::size_t i = 0; i < pixels.frames.size(); ++i)
    facts.object.frames[i].counts = std::move(pixels.frames[i]);
  setAdministration(data, facts, warnings);
  return facts;
}

/// Gathers the parts of studies file by file.
class Gathering {
 public:
  explicit Gathering(const dicom::ReadLimits& limits) : limits_(limits) {}

  void add(const std::filesystem::path& file) {
    try {
      const dicom::Object object = dicom::Object::read(file, limits_);
      if (textAt(object.dataset(), {0x0008, 0x0016}) == kCtImageStorage)
        addSlice(object.dataset(), file);
      else
        addAcquisition(object, file);
    } catch (const InputError& error) {
      throw error.inFile(file.string());
    }
  }

  std::map<std::string, StudyParts>& studies() { return studies_; }
  const std::string& firstReason() const { return firstReason_; }

 private:
  void addSlice(const dicom::Dataset& data, const std::filesystem::path& file) {
    const std::vector<std::string> imageType = data.texts({0x0008, 0x0008});
    if (imageType.size() > 2 && imageType[2] == "LOCALIZER") return;
    CtSeries& series = studyOf(data).ctSeries[textAt(data, {0x0020, 0x000e})];
    series.instanceUid = textAt(data, {0x0020, 0x000e});
    series.frameOfReferenceUid = textAt(data, {0x0020, 0x0052});
    series.files.push_back(file);
  }

  void addAcquisition(const dicom::Object& object, const std::filesystem::path& file) {
    const NmObject meaning = interpret(object);
    if (meaning.modality != "NM" && !meaning.acquisition) return;
    if (const std::string reason = reasonAgainst(meaning); !reason.empty())
      return leaveOut(object.dataset(), file, reason);
    auto pixels = dicom::decodePixels(object);
    if (const std::string reason = reasonAgainst(pixels, meaning); !reason.empty())
      return leaveOut(object.dataset(), file, reason);
    std::vector<std::string> warnings = meaning.warnings;
    StudyParts& study = studyOf(object.dataset());
    study.objects.push_back(factsOf(object, meaning, std::move(*pixels), warnings));
    study.objects.back().object.file = file;
    for (const std::string& warning : warnings) warn(study, file, warning);
  }

  void leaveOut(const dicom::Dataset& data, const std::filesystem::path& file, const std::string& reason) {
    warn(studyOf(data), file, reason + " and is left out");
    if (firstReason_.empty()) firstReason_ = fmt::format("{} {}", file.filename().string(), reason);
  }

  static void warn(StudyParts& study, const std::filesystem::path& file, const std::string& sentence) {
    study.warnings.push_back(fmt::format("{}: {}", file.filename().string(), sentence));
  }

  StudyParts& studyOf(const dicom::Dataset& data) { return studies_[textAt(data, {0x0020, 0x000d})]; }

  dicom::ReadLimits limits_;
  std::map<std::string, StudyParts> studies_;  ///< by study UID
  std::string firstReason_;
};

/// The first value told among the objects; another one is a warning.
template <class Value, class Told>
Value agreed(const StudyParts& parts, Value ObjectFacts::*member, Told told, const std::string& name,
             std::vector<std::string>& warnings) {
  Value found{};
  for (const ObjectFacts& facts : parts.objects) {
    const Value& value = facts.*member;
    if (!told(value)) continue;
    if (!told(found)) found = value;
    if (value != found) {
      warnings.push_back(fmt::format("the objects of the study differ in {}; the earliest is taken", name));
      break;
    }
  }
  return found;
}

void setSharedFacts(const StudyParts& parts, AcquiredStudy& study) {
  const auto text = [&](std::string ObjectFacts::*member, const std::string& name) {
    return agreed(
        parts, member, [](const std::string& value) { return !value.empty(); }, name, study.warnings);
  };
  const auto present = [](const auto& value) { return value.has_value(); };
  study.patientId = text(&ObjectFacts::patientId, "the patient's identifier");
  study.severalPatients =
      std::any_of(parts.objects.begin(), parts.objects.end(), [&](const ObjectFacts& facts) {
        return !facts.patientId.empty() && facts.patientId != study.patientId;
      });
  study.radionuclide = text(&ObjectFacts::radionuclide, "the radionuclide");
  study.manufacturer = text(&ObjectFacts::manufacturer, "the manufacturer");
  study.model = text(&ObjectFacts::model, "the camera's model");
  study.serialNumber = text(&ObjectFacts::serialNumber, "the camera's serial number");
  study.doseMBq = agreed(parts, &ObjectFacts::doseMBq, present, "the activity administered", study.warnings);
  study.administration =
      agreed(parts, &ObjectFacts::administration, present, "the time of administration", study.warnings);
}

/// The series in the objects' frame of reference that has most slices; nullptr where there is none.
const CtSeries* seriesFor(const StudyParts& parts, std::vector<std::string>& warnings) {
  std::set<std::string> frames;
  for (const ObjectFacts& facts : parts.objects) frames.insert(facts.object.frameOfReferenceUid);
  const CtSeries* chosen = nullptr;
  std::size_t fitting = 0;
  for (const auto& [uid, series] : parts.ctSeries) {
    if (series.frameOfReferenceUid.empty() || !frames.contains(series.frameOfReferenceUid)) {
      warnings.push_back("a CT series shares no frame of reference with the scintigrams and is left out");
      continue;
    }
    ++fitting;
    if (!chosen || series.files.size() > chosen->files.size()) chosen = &series;
  }
  if (fitting > 1)
    warnings.push_back(
        fmt::format("of {} CT series the one with most slices ({}) is taken", fitting, chosen->files.size()));
  return chosen;
}

void readMap(const StudyParts& parts, const dicom::ReadLimits& limits, AcquiredStudy& study) {
  const CtSeries* series = seriesFor(parts, study.warnings);
  if (!series) return;
  const std::vector<std::string> known = physics::nuclideNames();
  if (std::find(known.begin(), known.end(), study.radionuclide) == known.end()) {
    study.warnings.push_back(
        "the CT series is left out: no radionuclide tells the energy of its attenuation");
    return;
  }
  const double keV = physics::nuclideNamed(study.radionuclide).photopeakKeV;
  study.map = AcquiredMap{readCtSeries(series->files, keV, {}, limits), keV};
}

bool earlier(const std::optional<CivilTime>& one, const std::optional<CivilTime>& other) {
  return one && (!other || *one < *other);
}

AcquiredStudy assembled(const std::string& uid, StudyParts& parts, const dicom::ReadLimits& limits) {
  std::stable_sort(parts.objects.begin(), parts.objects.end(),
                   [](const ObjectFacts& one, const ObjectFacts& other) {
                     return earlier(one.object.start, other.object.start);
                   });
  AcquiredStudy study;
  study.studyInstanceUid = uid;
  study.warnings = std::move(parts.warnings);
  setSharedFacts(parts, study);
  readMap(parts, limits, study);
  for (ObjectFacts& facts : parts.objects) study.objects.push_back(std::move(facts.object));
  return study;
}

}  // namespace

std::vector<AcquiredStudy> readStudies(const std::vector<std::filesystem::path>& files,
                                       const dicom::ReadLimits& limits) {
  Gathering gathering(limits);
  for (const std::filesystem::path& file : files) gathering.add(file);
  std::vector<AcquiredStudy> studies;
  for (auto& [uid, parts] : gathering.studies())
    if (!parts.objects.empty()) studies.push_back(assembled(uid, parts, limits));
  if (studies.empty())
    throw InputError("not-a-study", gathering.firstReason().empty()
                                        ? "no file is an NM object with counts"
                                        : "no file is an NM object with counts: " + gathering.firstReason());
  std::stable_sort(studies.begin(), studies.end(), [](const AcquiredStudy& one, const AcquiredStudy& other) {
    return earlier(one.objects.front().start, other.objects.front().start);
  });
  return studies;
}

}  // namespace remnant::scintigraphy
