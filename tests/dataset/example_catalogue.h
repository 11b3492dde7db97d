#pragma once

#include <string>

#include "remnant/base/sha256.h"
#include "remnant/dataset/store.h"
#include "remnant/deid/key.h"
#include "remnant/dicom/pixels.h"
#include "standardise/synthetic_body.h"
#include "support/temporary_folder.h"

/// A catalogue and a store with de-identified whole-body studies, made without an archive.
namespace remnant::dataset {

inline deid::Key exampleKey() {
  return deid::Key({1, 2, 3});
}

inline std::string patientIdOf(int patient) {
  return "HOSPITAL-" + std::to_string(patient);
}
inline std::string studyUidOf(int patient, int study) {
  return "1.2.3." + std::to_string(patient) + "." + std::to_string(study);
}

inline CatalogueObject exampleObject(int patient, int study) {
  const deid::Key key = exampleKey();
  const std::string uid = studyUidOf(patient, study);
  CatalogueObject object;
  object.sourceSha256 = toHex(sha256("source of " + uid));
  object.object = key.objectName(object.sourceSha256);
  object.patient = key.patientPseudonym(patientIdOf(patient));
  object.study = key.studyPseudonym(uid);
  object.studyUid = key.mapUid(uid);
  object.seriesUid = key.mapUid(uid + ".1");
  object.sopUid = key.mapUid(uid + ".1.1");
  object.sopClassUid = "1.2.840.10008.5.1.4.1.1.20";
  object.acquisition = "whole-body";
  object.views = {"anterior", "posterior"};
  object.energyWindows = {"328-400", "328-400"};
  object.rows = 1024;
  object.columns = 256;
  object.rowSpacingMm = testing::kPixelMm;
  object.columnSpacingMm = testing::kPixelMm;
  object.patientPosition = "HFS";
  object.radionuclide = "I-131";
  object.doseMBq = 111;
  object.hoursFromDose = 48;
  object.sex = patient % 2 ? "F" : "M";
  object.ageBand = "40-49";
  object.centre = "C012345";
  object.scanner = "MAKER MODEL, \"1\"";
  object.acquisitionPeriod = 2021;
  return object;
}

class ExampleCatalogue {
 public:
  ExampleCatalogue() : store_(Store::create(folder_ / "store")) {}

  std::string url() const { return folder_ / "catalogue.sqlite"; }
  std::filesystem::path storeFolder() const { return folder_ / "store"; }
  std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }

  /// Stores the object with these frames and enters it.
  void add(CatalogueObject object, const std::vector<image::Counts>& frames) {
    dicom::Object file = dicom::Object::create(object.sopClassUid, object.sopUid);
    dicom::setPixels(file.dataset(), frames);
    object.storedFile = Store::objectFile(object.object);
    object.storedSha256 = store_.put(object.object, file);
    Catalogue::openForWriting(url(), exampleKey().keyId(), "test").add(object);
  }

  /// A study of a drawn body.
  void addBody(int patient, int study) {
    const auto views = testing::syntheticStudy({.seed = static_cast<std::uint64_t>(100 * patient + study)});
    add(exampleObject(patient, study), {views.anterior, views.posterior});
  }

 private:
  testing::TemporaryFolder folder_;
  Store store_;
};

}  // namespace remnant::dataset
