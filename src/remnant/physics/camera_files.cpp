#include "remnant/physics/camera_files.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <deque>
#include <system_error>

#include "remnant/base/csv.h"
#include "remnant/configuration/toml_fields.h"
#include "remnant/physics/attenuation.h"

namespace remnant::physics {
namespace {

using configuration::TomlFields;

constexpr const char* kBadCamera = "bad-camera";
/// The lowest energy that every collimator must stop beside its holes.
constexpr double kLowestImagedKeV = 140.5;

/// A file and the fields of its tables, which refer to it.
struct CameraFile {
  toml::table table;
  TomlFields fields;

  explicit CameraFile(const std::filesystem::path& path)
      : table(configuration::readToml(path, kBadCamera)), fields(table, kBadCamera, path.string(), "") {}
  CameraFile(const CameraFile&) = delete;
  CameraFile& operator=(const CameraFile&) = delete;

  std::vector<TomlFields> tables(const std::string& key) {
    return fields.has(key) ? fields.tables(key) : std::vector<TomlFields>{};
  }
};

template <class Named>
std::vector<std::string> namesOf(const std::vector<Named>& things) {
  std::vector<std::string> names;
  for (const Named& thing : things) names.push_back(thing.name);
  return names;
}

template <class Named>
void refuseTwice(TomlFields& fields, const std::vector<Named>& things, const std::string& name) {
  if (std::any_of(things.begin(), things.end(), [&](const Named& thing) { return thing.name == name; }))
    fields.refuse("name", "'" + name + "' stands here twice");
}

void readCollimator(TomlFields fields, CameraFiles& files) {
  Collimator collimator;
  collimator.name = fields.name("name");
  refuseTwice(fields, files.collimators, collimator.name);
  collimator.holeMm = fields.number("holeMm", 0.2, 20);
  collimator.septumMm = fields.number("septumMm", 0.01, 10);
  const double leastMm = 2 / attenuationPerMm(Material::kLead, kLowestImagedKeV);
  collimator.lengthMm = fields.number("lengthMm", 0, 300);
  if (collimator.lengthMm <= leastMm)
    fields.refuse("lengthMm", "must be a number above " + numberText(std::round(leastMm * 1000) / 1000) +
                                  " and to 300: shorter holes in lead do not collimate 140 keV");
  collimator.shapeFactor = fields.numberOr("shapeFactor", collimator.shapeFactor, 0.8, 1.2);
  collimator.crystalGapMm = fields.numberOr("crystalGapMm", collimator.crystalGapMm, 0, 50);
  fields.finish();
  files.collimators.push_back(collimator);
}

void readPinhole(TomlFields fields, CameraFiles& files) {
  Pinhole pinhole;
  pinhole.name = fields.name("name");
  refuseTwice(fields, files.collimators, pinhole.name);
  refuseTwice(fields, files.pinholes, pinhole.name);
  pinhole.apertureMm = fields.number("apertureMm", 0.2, 20);
  pinhole.openingDegrees = fields.number("openingDegrees", 10, 170);
  pinhole.apertureToDetectorMm = fields.number("apertureToDetectorMm", 20, 500);
  fields.finish();
  files.pinholes.push_back(pinhole);
}

Detector readDetector(TomlFields& fields) {
  Detector detector;
  detector.intrinsicFwhmMm = fields.number("intrinsicFwhmMm", 1, 10);
  detector.leastIntrinsicFwhmMm =
      fields.numberOr("leastIntrinsicFwhmMm", detector.leastIntrinsicFwhmMm, 0, 10);
  detector.widthOffsetKeV = fields.numberOr("widthOffsetKeV", detector.widthOffsetKeV, -5, 20);
  detector.widthSlope = fields.numberOr("widthSlope", detector.widthSlope, 0.1, 5);
  detector.widthCurvaturePerKeV =
      fields.numberOr("widthCurvaturePerKeV", detector.widthCurvaturePerKeV, 0, 0.1);
  return detector;
}

/// The camera of each crystal it is sold with.
void addWithCrystals(TomlFields& fields, const Camera& camera, CameraFiles& files) {
  const std::vector<double> crystals = fields.numbers("crystalMm", 3, 50);
  for (std::size_t index = 0; index < crystals.size(); ++index) {
    Camera sold = camera;
    sold.detector.crystalMm = crystals[index];
    if (index > 0) sold.name += " " + numberText(crystals[index]) + " mm";
    refuseTwice(fields, files.cameras, sold.name);
    files.cameras.push_back(sold);
  }
}

void readCamera(TomlFields fields, CameraFiles& files) {
  Camera camera;
  camera.name = fields.name("name");
  camera.manufacturer = fields.name("manufacturer");
  camera.model = fields.name("model");
  camera.detector = readDetector(fields);
  camera.fieldOfViewAcrossMm = fields.number("fieldOfViewAcrossMm", 50, 1000);
  camera.fieldOfViewAlongMm = fields.number("fieldOfViewAlongMm", 50, 1000);
  camera.pixelMm128 = fields.number("pixelMm128", 0.5, 20);
  camera.deadTimeSeconds = fields.number("deadTimeSeconds", 0, 1e-4);
  std::vector<std::string> known = namesOf(files.collimators);
  for (const std::string& name : namesOf(files.pinholes)) known.push_back(name);
  camera.collimators = fields.texts("collimators", known);
  addWithCrystals(fields, camera, files);
  fields.finish();
}

MeasuredTail readTail(TomlFields fields) {
  MeasuredTail tail;
  tail.cpsPerMBq = fields.number("cpsPerMBq", 0, 1e5);
  tail.lengthMm = fields.number("lengthMm", 0.5, 500);
  tail.modulation = fields.number("modulation", 0, 1);
  fields.finish();
  return tail;
}

Window readWindow(TomlFields& fields) {
  const std::vector<double> edges = fields.numbers("windowKeV", 15, 1000);
  if (edges.size() != 2 || edges[0] >= edges[1])
    fields.refuse("windowKeV", "must be two numbers from 15 to 1000, the lower first");
  return {edges[0], edges[1]};
}

void readResponse(TomlFields fields, CameraFiles& files) {
  MeasuredResponse response;
  response.collimator = fields.text("collimator", namesOf(files.collimators));
  response.nuclide = fields.text("nuclide", nuclideNames());
  response.window = readWindow(fields);
  if (fields.has("coreCpsPerMBq")) response.coreCpsPerMBq = fields.number("coreCpsPerMBq", 1e-3, 1e5);
  if (fields.has("tails"))
    for (TomlFields& tail : fields.tables("tails")) response.tails.push_back(readTail(tail));
  fields.finish();
  files.responses.push_back(response);
}

/// The folder's files by name; a deque, since fields refer to the tables beside them.
std::deque<CameraFile> openFiles(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
    if (entry.path().extension() == ".toml") paths.push_back(entry.path());
  if (paths.empty())
    throw InputError(kBadCamera, "this folder holds no camera files (*.toml)", folder.string());
  std::sort(paths.begin(), paths.end());
  std::deque<CameraFile> files;
  for (const auto& path : paths) files.emplace_back(path);
  return files;
}

using ReadTable = void (*)(TomlFields, CameraFiles&);

void readAll(std::deque<CameraFile>& opened, const std::string& key, ReadTable read, CameraFiles& files) {
  for (CameraFile& file : opened)
    for (const TomlFields& fields : file.tables(key)) read(fields, files);
}

}  // namespace

CameraFiles readCameraFiles(const std::filesystem::path& folder) {
  std::deque<CameraFile> opened = openFiles(folder);
  CameraFiles files;
  readAll(opened, "collimator", readCollimator, files);
  readAll(opened, "pinhole", readPinhole, files);
  readAll(opened, "camera", readCamera, files);
  readAll(opened, "response", readResponse, files);
  for (const CameraFile& file : opened) file.fields.finish();
  return files;
}

std::filesystem::path cameraFolder() {
  if (const char* folder = std::getenv("REMNANT_CAMERAS")) return folder;
  if (std::filesystem::is_directory(REMNANT_CAMERAS_INSTALLED)) return REMNANT_CAMERAS_INSTALLED;
  return REMNANT_CAMERAS_SOURCE;
}

}  // namespace remnant::physics
