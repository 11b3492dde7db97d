#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "remnant/dicom/object.h"
#include "remnant/dicom/pixels.h"

/// Small NM objects with identities, to ingest.
namespace remnant::dataset {

struct ExampleSource {
  std::string patientId = "PAT4711";
  std::string patientName = "FICTION^ADA";
  std::string studyUid = "1.2.3.100";
  std::string sopUid = "1.2.3.100.1.1";
  std::string modality = "NM";
  std::int32_t count = 3;  ///< of every pixel
};

inline dicom::Object makeSource(const ExampleSource& source) {
  dicom::Object object = dicom::Object::create("1.2.840.10008.5.1.4.1.1.20", source.sopUid);
  dicom::Dataset dataset = object.dataset();
  dataset.setText({0x0008, 0x0008}, "ORIGINAL\\PRIMARY\\STATIC\\EMISSION");
  dataset.setText({0x0008, 0x0060}, source.modality);
  dataset.setText({0x0008, 0x0070}, "MAKER");
  dataset.setText({0x0008, 0x1090}, "MODEL 1");
  dataset.setText({0x0008, 0x0080}, "Hospital of Nowhere");
  dataset.setText({0x0010, 0x0010}, source.patientName);
  dataset.setText({0x0010, 0x0020}, source.patientId);
  dataset.setText({0x0010, 0x0030}, "19700615");
  dataset.setText({0x0010, 0x0040}, "F");
  dataset.setText({0x0020, 0x000d}, source.studyUid);
  dataset.setText({0x0020, 0x000e}, source.studyUid + ".1");
  dataset.setText({0x0008, 0x0020}, "20210614");
  dataset.setText({0x0008, 0x0022}, "20210614");
  dataset.setText({0x0008, 0x0032}, "120000");
  dataset.setText({0x0028, 0x0030}, "4.8\\4.8");
  dicom::Dataset dose = dataset.appendItem({0x0054, 0x0016});
  dose.setText({0x0018, 0x1078}, "20210612103000");
  dicom::setPixels(dataset, {image::Counts(8, 4, source.count)});
  return object;
}

inline void writeSource(const std::filesystem::path& file, const ExampleSource& source) {
  std::filesystem::create_directories(file.parent_path());
  makeSource(source).write(file);
}

}  // namespace remnant::dataset
