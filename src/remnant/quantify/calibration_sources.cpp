#include "remnant/quantify/calibration_sources.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "remnant/base/csv.h"
#include "remnant/configuration/toml_fields.h"

namespace remnant::quantify {
namespace {

using configuration::TomlFields;
namespace fs = std::filesystem;

constexpr const char* kBadSources = "bad-sources";

struct KindName {
  SourceKind kind;
  const char* name;
};
constexpr KindName kKinds[] = {{SourceKind::kPoint, "point"},     {SourceKind::kDish, "dish"},
                               {SourceKind::kSyringe, "syringe"}, {SourceKind::kExtended, "extended"},
                               {SourceKind::kLine, "line"},       {SourceKind::kBackground, "background"}};

SourceKind readKind(TomlFields& fields) {
  std::vector<std::string> names;
  for (const KindName& kind : kKinds) names.emplace_back(kind.name);
  const std::string name = fields.text("kind", names);
  return std::find_if(std::begin(kKinds), std::end(kKinds),
                      [&](const KindName& kind) { return kind.name == name; })
      ->kind;
}

/// "2012-10-02 15:30:00" is "20121002153000" with signs between.
std::optional<CivilTime> parseWrittenTime(std::string text) {
  constexpr std::size_t kDigitsToMinutes = 12;
  std::erase_if(text, [](char sign) { return sign == '-' || sign == ':' || sign == ' ' || sign == 'T'; });
  return text.size() < kDigitsToMinutes ? std::nullopt : parseDateTime(text);
}

TimedReading readReading(TomlFields fields, double leastMBq) {
  TimedReading reading;
  reading.activityMBq = fields.number("activityMBq", leastMBq, 1e6);
  if (fields.has("time")) {
    if (fields.has("hoursBefore")) fields.refuse("time", "either this or hoursBefore, not both");
    reading.time = parseWrittenTime(fields.name("time"));
    if (!reading.time) fields.refuse("time", "must be a time as \"2012-10-02 15:30:00\"");
  } else {
    reading.hoursBefore = fields.number("hoursBefore", -1e4, 1e4);
  }
  fields.finish();
  return reading;
}

/// The sources file while it is read.
class SourcesReader {
 public:
  SourcesReader(const fs::path& path, const physics::CameraLibrary& library)
      : table_(configuration::readToml(path, kBadSources)),
        fields_(table_, kBadSources, path.string(), ""),
        library_(library) {
    sources_.file = path;
  }

  CalibrationSources read() {
    readCamera();
    readSpreads();
    readWindows();
    readEntries();
    readDeadTimePairs();
    fields_.finish();
    return std::move(sources_);
  }

 private:
  void readCamera() {
    std::vector<std::string> cameras;
    for (const physics::Camera& camera : library_.cameras()) cameras.push_back(camera.name);
    sources_.calibration.camera = fields_.text("camera", cameras);
    camera_ = &library_.camera(sources_.calibration.camera);
    std::vector<std::string> collimators;
    for (const physics::Collimator& collimator : library_.collimators())
      if (std::count(camera_->collimators.begin(), camera_->collimators.end(), collimator.name) > 0)
        collimators.push_back(collimator.name);
    sources_.collimator = fields_.text("collimator", collimators);
    if (fields_.has("serialNumber")) sources_.calibration.serialNumber = fields_.name("serialNumber");
  }

  /// Keys as in the calibration file, and those that only its making needs.
  void readSpreads() {
    physics::Calibration& calibration = sources_.calibration;
    CalibrateConfig& config = sources_.config;
    const auto set = [this](double& value, const char* key, double least, double most) {
      value = fields_.numberOr(key, value, least, most);
    };
    set(calibration.headGainRelativeUncertainty, "headGainRelativeUncertainty", 0, 1);
    set(calibration.tailScale, "tailScale", 0, 10);
    set(calibration.tailScaleUncertainty, "tailScaleUncertainty", 0, 10);
    set(calibration.tableOpticalDepth, "tableOpticalDepth", 0, 3);
    set(calibration.tableOpticalDepthUncertainty, "tableOpticalDepthUncertainty", 0, 3);
    set(calibration.fullSpectrumFraction, "fullSpectrumFraction", 0.01, 1);
    set(calibration.rayAngleDegrees, "rayAngleDegrees", -360, 360);
    calibration.deadTimeSeconds = camera_->deadTimeSeconds;
    calibration.deadTimeUncertaintySeconds = config.deadTimeUncertaintySeconds;
    set(calibration.deadTimeSeconds, "deadTimeSeconds", 0, 1e-4);
    set(calibration.deadTimeUncertaintySeconds, "deadTimeUncertaintySeconds", 0, 1e-4);
    set(config.marginFwhm, "marginFwhm", 0.5, 20);
    set(config.dayToDayRelativeSigma, "dayToDayRelativeSigma", 0, 1);
    set(sources_.calibratorRelativeSigma, "calibratorRelativeSigma", 0, 1);
    set(sources_.readingRelativeSigma, "readingRelativeSigma", 0, 1);
    config.tailScale = {calibration.tailScale, calibration.tailScaleUncertainty};
    config.fullSpectrumFraction = calibration.fullSpectrumFraction;
  }

  void readWindows() {
    if (!fields_.has("window")) return;
    for (TomlFields& fields : fields_.tables("window")) {
      const physics::Window window{fields.number("lowerKeV", 15, 1000), fields.number("upperKeV", 15, 1000)};
      if (window.lowerKeV >= window.upperKeV) fields.refuse("upperKeV", "must be above lowerKeV");
      fields.finish();
      sources_.windows.push_back(window);
    }
  }

  void readEntries() {
    std::vector<TomlFields> tables = fields_.tables("acquisition");
    for (std::size_t index = 0; index < tables.size(); ++index) {
      const toml::node* node = table_["acquisition"].as_array()->get(index);
      readEntry(tables[index], *node->as_table());
    }
    for (std::size_t index = 0; index < tables.size(); ++index)
      checkBackground(tables[index], sources_.entries[index]);
  }

  void readEntry(TomlFields& fields, const toml::table& table) {
    SourceEntry entry;
    entry.line = static_cast<long>(table.source().begin.line);
    for (const auto& [key, node] : table)
      entry.keyLines[std::string(key.str())] = static_cast<long>(key.source().begin.line);
    entry.name = fields.text("name");
    if (sources_.entryNamed(entry.name)) fields.refuse("name", "'" + entry.name + "' stands here twice");
    entry.file = sources_.file.parent_path() / fields.path("file");
    if (!fs::is_regular_file(entry.file))
      fields.refuse("file", "there is no such file: " + entry.file.string());
    entry.kind = readKind(fields);
    if (fields.has("nuclide")) entry.nuclide = fields.text("nuclide", physics::nuclideNames());
    if (fields.has("head")) entry.head = static_cast<int>(fields.integer("head", 1, 4));
    if (fields.has("asymmetryRelativeSigma"))
      entry.asymmetryRelativeSigma = fields.number("asymmetryRelativeSigma", 0, 1);
    if (entry.kind != SourceKind::kBackground) readSource(fields, entry);
    fields.finish();
    sources_.entries.push_back(std::move(entry));
  }

  void readSource(TomlFields& fields, SourceEntry& entry) const {
    entry.geometry.distanceMm = fields.number("distanceMm", 0, 1000);
    if (fields.has("background")) entry.background = fields.text("background");
    if (entry.kind == SourceKind::kLine) return readLine(fields, entry);
    if (entry.kind == SourceKind::kPoint) readProfile(fields, entry);
    readShape(fields, entry);
    readAssay(fields, entry);
  }

  /// A radius stands where a source of the kind may not be round.
  void readShape(TomlFields& fields, SourceEntry& entry) const {
    SourceGeometry& geometry = entry.geometry;
    if (entry.kind == SourceKind::kDish) geometry.diameterMm = fields.number("diameterMm", 0.1, 500);
    if (entry.kind == SourceKind::kSyringe || entry.kind == SourceKind::kExtended)
      geometry.diameterMm = fields.numberOr("diameterMm", 0, 0, 500);
    if (entry.kind == SourceKind::kDish) geometry.liquidMm = fields.number("liquidMm", 0, 300);
    if (entry.kind == SourceKind::kSyringe || entry.kind == SourceKind::kExtended)
      geometry.liquidMm = fields.numberOr("liquidMm", 0, 0, 300);
    geometry.coverMm = fields.numberOr("coverMm", 0, 0, 300);
    if (entry.kind == SourceKind::kExtended)
      entry.wholePictureRadiusMm =
          std::sqrt(camera_->fieldOfViewAcrossMm * camera_->fieldOfViewAlongMm / std::numbers::pi);
    entry.wholePictureRadiusMm =
        fields.numberOr("wholePictureRadiusMm", entry.wholePictureRadiusMm, 10, 1000);
    if (entry.wholePictureRadiusMm > 0 && geometry.diameterMm > 2 * entry.wholePictureRadiusMm)
      fields.refuse("wholePictureRadiusMm", "must be at least half of the source's diameterMm");
  }

  void readAssay(TomlFields& fields, SourceEntry& entry) const {
    if (entry.kind == SourceKind::kPoint && !fields.has("full")) return;
    entry.full = readReading(fields.table("full"), 1e-6);
    if (fields.has("empty")) entry.empty = readReading(fields.table("empty"), 0);
  }

  static void readProfile(TomlFields& fields, SourceEntry& entry) {
    entry.profile.halfWidthMm = fields.numberOr("halfWidthMm", entry.profile.halfWidthMm, 5, 300);
  }

  static void readLine(TomlFields& fields, SourceEntry& entry) {
    readProfile(fields, entry);
    entry.profile.direction = fields.text("profile", {"across", "along"}) == "across"
                                  ? ProfileDirection::kAcross
                                  : ProfileDirection::kAlong;
    entry.profile.lineMm = fields.number("lineMm", 10, 1000);
    entry.profile.bandMm = fields.numberOr("bandMm", entry.profile.bandMm, 1, 200);
  }

  void checkBackground(const TomlFields& fields, const SourceEntry& entry) const {
    if (entry.background.empty()) return;
    const SourceEntry* background = sources_.entryNamed(entry.background);
    if (!background || background->kind != SourceKind::kBackground)
      fields.refuse("background", "must be the name of an acquisition of kind \"background\"");
  }

  void readDeadTimePairs() {
    if (!fields_.has("deadTime")) return;
    for (TomlFields& fields : fields_.tables("deadTime")) {
      DeadTimePair pair;
      pair.low = readPartner(fields, "low");
      pair.high = readPartner(fields, "high");
      if (pair.low == pair.high) fields.refuse("high", "must be another acquisition than low");
      readRatio(fields, pair);
      fields.finish();
      sources_.deadTimePairs.push_back(std::move(pair));
    }
  }

  std::string readPartner(TomlFields& fields, const std::string& key) const {
    std::string name = fields.text(key);
    const SourceEntry* entry = sources_.entryNamed(name);
    if (!entry || entry->kind == SourceKind::kBackground)
      fields.refuse(key, "must be the name of an acquisition of a source");
    return name;
  }

  void readRatio(TomlFields& fields, DeadTimePair& pair) const {
    if (fields.has("activityRatio")) {
      pair.ratio = Known{fields.number("activityRatio", 1.01, 1e6), 0};
      pair.ratio->sigma = pair.ratio->value * fields.number("activityRatioRelativeSigma", 0, 1);
      return;
    }
    if (!sources_.entryNamed(pair.low)->full || !sources_.entryNamed(pair.high)->full)
      fields.refuse("activityRatio",
                    "must be a number from 1.01 to 1000000 where an activity of the two is not given");
  }

  toml::table table_;
  TomlFields fields_;
  const physics::CameraLibrary& library_;
  const physics::Camera* camera_ = nullptr;
  CalibrationSources sources_;
};

}  // namespace

std::string sourceKindText(SourceKind kind) {
  return std::find_if(std::begin(kKinds), std::end(kKinds),
                      [&](const KindName& known) { return known.kind == kind; })
      ->name;
}

const SourceEntry* CalibrationSources::entryNamed(const std::string& name) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const SourceEntry& entry) { return entry.name == name; });
  return found == entries.end() ? nullptr : &*found;
}

CalibrationSources readCalibrationSources(const fs::path& path, const physics::CameraLibrary& library) {
  return SourcesReader(path, library).read();
}

}  // namespace remnant::quantify
