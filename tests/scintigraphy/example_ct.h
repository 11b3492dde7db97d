#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "remnant/dicom/pixels.h"
#include "remnant/scintigraphy/ct_writer.h"
#include "scintigraphy/example_acquisition.h"
#include "support/temporary_folder.h"

/// Maps of attenuation and CT series for tests.
namespace remnant::testing {

inline constexpr double kExampleKeV = 364.49;

/// 6 columns, 7 rows, 5 slices of 2 mm; no two voxels alike, from air to above cortical bone.
inline image::Volume exampleMap() {
  image::Volume map({6, 7, 5, 2, {-11, 3, -7.5}});
  for (std::size_t i = 0; i < map.values().size(); ++i) map.values()[i] = 1e-4F * static_cast<float>(i);
  return map;
}

inline scintigraphy::CtDescription exampleCt(std::size_t slices) {
  const scintigraphy::NmDescription like = exampleStatic();
  scintigraphy::CtDescription description;
  for (std::size_t i = 0; i < slices; ++i)
    description.sopInstanceUids.push_back("2.25.77." + std::to_string(i + 1));
  description.frameOfReferenceUid = like.frameOfReferenceUid;
  description.start = like.start;
  description.patient = like.patient;
  description.study = like.study;
  description.series = like.series;
  description.series.instanceUid = "2.25.78";
  description.equipment = like.equipment;
  return description;
}

inline std::vector<std::filesystem::path> writeAll(const std::vector<dicom::Object>& objects,
                                                   const TemporaryFolder& folder) {
  std::vector<std::filesystem::path> files;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    files.push_back(folder / ("ct" + std::to_string(i) + ".dcm"));
    objects[i].write(files.back());
  }
  return files;
}

/// A CT slice attribute by attribute: HU as stored, slope 1, intercept 0.
struct PlainSlice {
  double x = 0, y = 0, zToHead = 0;
  double pixelMm = 2;
  std::vector<double> orientation{1, 0, 0, 0, 1, 0};
  image::Counts hounsfield;
};

inline dicom::Object ctObject(const PlainSlice& slice) {
  dicom::Object object = dicom::Object::create("1.2.840.10008.5.1.4.1.1.2", "2.25.79");
  dicom::Dataset data = object.dataset();
  data.setText({0x0008, 0x0008}, "ORIGINAL\\PRIMARY\\AXIAL");
  data.setNumbers({0x0020, 0x0032}, {slice.x, slice.y, slice.zToHead});
  data.setNumbers({0x0020, 0x0037}, slice.orientation);
  data.setNumbers({0x0028, 0x0030}, {slice.pixelMm, slice.pixelMm});
  data.setNumbers({0x0028, 0x1052}, {0});
  data.setNumbers({0x0028, 0x1053}, {1});
  dicom::setPixels(data, {slice.hounsfield});
  return object;
}

}  // namespace remnant::testing
