#include "remnant/dataset/source_reading.h"

#include <array>
#include <utility>

#include "remnant/base/csv.h"
#include "remnant/base/error.h"
#include "remnant/dataset/source_facts.h"
#include "remnant/deid/profile.h"
#include "remnant/dicom/pixels.h"
#include "remnant/scintigraphy/nm_object.h"

namespace remnant::dataset {
namespace {

constexpr dicom::Tag kPatientPosition{0x0018, 0x5100};

struct Sentence {
  const char* code;
  const char* text;
};

constexpr std::array<Sentence, 19> kSentences = {{
    {"not-dicom", "is not a DICOM file"},
    {"not-nm", "is a DICOM object of another modality than nuclear medicine"},
    {"no-pixels", "holds no pixels"},
    {"lossy-pixels", "was compressed with loss, so its pixels are not counts"},
    {"truncated", "ends before its elements do"},
    {"truncated-pixel-data", "ends before its pixels do"},
    {"malformed", "breaks the DICOM encoding"},
    {"over-limit", "declares more than the limits for reading allow"},
    {"unsupported-pixels", "holds pixels in a form that is not supported"},
    {"bad-pixel-data", "holds pixels that do not decode"},
    {"bad-value", "holds a value that cannot be read"},
    {"no-patient-id", "names no patient, so no patient-grouped split could hold it"},
    {"no-uid", "lacks the unique identifier of study, series or instance"},
    {"bad-uid", "holds something else where a unique identifier of the standard's belongs"},
    {"already-de-identified", "was de-identified by this program before, and would become another patient"},
    {"burned-in-annotation", "is said to show annotation in its pixels, which may identify the patient"},
    {"identity-left", "repeats an identity in a coded entry, which cannot be cleaned"},
    {"duplicate-uid", "has the SOP instance UID of another object with other content"},
    {"study-of-two-patients", "has the study UID of another patient's study"},
}};

std::string sentenceFor(const std::string& code) {
  for (const Sentence& sentence : kSentences)
    if (code == sentence.code) return sentence.text;
  return "cannot be used; `remnant inspect` of the file tells more";
}

std::string windowsText(const scintigraphy::FrameMeaning& frame) {
  std::string text;
  for (const auto& window : frame.windows)
    text += (text.empty() ? "" : "+") + numberText(window.lowerKeV) + "-" + numberText(window.upperKeV);
  return text;
}

void requireCounts(const dicom::Object& object, const scintigraphy::NmObject& meaning) {
  if (meaning.modality != "NM") throw InputError("not-nm", "another modality", {}, "(0008,0060)");
  const auto pixels = dicom::decodePixels(object);
  if (!pixels) throw InputError("no-pixels", "no pixels", {}, "(7fe0,0010)");
  if (pixels->lossy) throw InputError("lossy-pixels", "compressed with loss", {}, "(7fe0,0010)");
}

CatalogueObject describe(const scintigraphy::NmObject& meaning, const SourceFacts& facts,
                         const deid::Key& key) {
  CatalogueObject row;
  row.patient = key.patientPseudonym(facts.patientId);
  row.study = key.studyPseudonym(facts.studyUid);
  row.sopClassUid = meaning.sopClassUid;
  if (meaning.acquisition) row.acquisition = acquisitionText(*meaning.acquisition);
  for (const auto& frame : meaning.frames) {
    row.views.emplace_back(viewText(frame.view.view));
    row.energyWindows.push_back(windowsText(frame));
  }
  row.rows = static_cast<long>(meaning.rows);
  row.columns = static_cast<long>(meaning.columns);
  if (meaning.pixelSpacingMm) {
    row.rowSpacingMm = meaning.pixelSpacingMm->first;
    row.columnSpacingMm = meaning.pixelSpacingMm->second;
  }
  row.patientPosition = meaning.patientPosition;
  row.radionuclide = meaning.radionuclide;
  row.doseMBq = meaning.doseMBq;
  row.hoursFromDose = facts.hoursFromDose;
  row.sex = facts.sex;
  row.ageBand = facts.ageBand;
  row.centre = key.centrePseudonym(facts.institution);
  row.scanner = facts.scanner;
  row.acquisitionPeriod = facts.acquisitionPeriod;
  return row;
}

void noteUids(CatalogueObject& row, const dicom::Dataset& cleaned) {
  row.studyUid = cleaned.text({0x0020, 0x000d}).value_or("");
  row.seriesUid = cleaned.text({0x0020, 0x000e}).value_or("");
  row.sopUid = cleaned.text({0x0008, 0x0018}).value_or("");
}

/// The object cleaned, with its row but for where it is stored.
std::pair<dicom::Object, CatalogueObject> readAndClean(const std::filesystem::path& file,
                                                       const deid::Key& key) {
  dicom::Object object = dicom::Object::read(file);
  const scintigraphy::NmObject meaning = scintigraphy::interpret(object);
  requireCounts(object, meaning);
  CatalogueObject row = describe(meaning, readSourceFacts(object.dataset(), meaning.radionuclide), key);
  const bool toldPosition = object.dataset().text(kPatientPosition).has_value();
  deid::deidentify(object, key);
  if (toldPosition && !object.dataset().text(kPatientPosition)) row.patientPosition.clear();
  noteUids(row, object.dataset());
  return {std::move(object), std::move(row)};
}

}  // namespace

SetAside setAsideFor(const std::string& sourceSha256, const std::string& code, const std::string& tag) {
  return {sourceSha256, code, sentenceFor(code), tag, {}};
}

std::variant<CatalogueObject, SetAside> storeSource(const std::filesystem::path& file,
                                                    const std::string& sourceSha256, const deid::Key& key,
                                                    const Store& store) {
  std::optional<std::pair<dicom::Object, CatalogueObject>> cleaned;
  try {
    cleaned.emplace(readAndClean(file, key));
  } catch (const InputError& error) {
    return setAsideFor(sourceSha256, error.code(), error.tag());
  }
  CatalogueObject& row = cleaned->second;
  row.object = key.objectName(sourceSha256);
  row.sourceSha256 = sourceSha256;
  row.storedFile = Store::objectFile(row.object);
  row.storedSha256 = store.put(row.object, cleaned->first);
  return row;
}

}  // namespace remnant::dataset
