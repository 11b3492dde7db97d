#include "remnant/scintigraphy/ct_writer.h"

#include <fmt/format.h>

#include <cmath>

#include "remnant/base/error.h"
#include "remnant/dicom/pixels.h"
#include "remnant/scintigraphy/header_writing.h"

namespace remnant::scintigraphy {
namespace {

using dicom::Dataset;

constexpr const char* kCtImageStorage = "1.2.840.10008.5.1.4.1.1.2";
constexpr double kIntercept = -1024;
constexpr std::int32_t kLargestStored = 65535;

std::int32_t storedValue(double attenuationPerMm, const HounsfieldScale& scale) {
  const double stored = std::round(scale.hounsfield(attenuationPerMm) - kIntercept);
  if (!(attenuationPerMm >= 0 && stored <= kLargestStored))
    throw InputError(
        "attenuation-out-of-range",
        fmt::format("an attenuation of {} /mm cannot be written as a CT number", attenuationPerMm));
  return static_cast<std::int32_t>(stored);
}

/// The axial picture at a row of the volume: its rows follow y, its columns x.
image::Counts axialPicture(const image::Volume& volume, std::size_t row, const HounsfieldScale& scale) {
  const image::VoxelGrid& grid = volume.grid();
  image::Counts picture(grid.slices, grid.columns);
  for (std::size_t slice = 0; slice < grid.slices; ++slice)
    for (std::size_t column = 0; column < grid.columns; ++column)
      picture.at(slice, column) = storedValue(volume.at(slice, row, column), scale);
  return picture;
}

void writePlane(Dataset& data, const image::VoxelGrid& grid, std::size_t row) {
  const double toHeadMm = -grid.z(static_cast<double>(row));
  data.setNumbers({0x0018, 0x0050}, {grid.voxelMm});
  data.setNumbers({0x0020, 0x0032}, {grid.x(0), grid.y(0), toHeadMm});
  data.setNumbers({0x0020, 0x0037}, {1, 0, 0, 0, 1, 0});
  data.setNumbers({0x0020, 0x1041}, {toHeadMm});
  data.setNumbers({0x0028, 0x0030}, {grid.voxelMm, grid.voxelMm});
}

void writeImage(Dataset& data, const CtDescription& description, std::size_t row) {
  data.setText({0x0008, 0x0008}, "ORIGINAL\\PRIMARY\\AXIAL");
  setTime(data, {0x0008, 0x0022}, {0x0008, 0x0032}, description.start);
  setTime(data, {0x0008, 0x0023}, {0x0008, 0x0033}, description.start);
  data.setText({0x0018, 0x0060}, "");
  data.setText({0x0018, 0x5100}, "HFS");
  data.setIntegers({0x0020, 0x0012}, {1});
  data.setIntegers({0x0020, 0x0013}, {static_cast<std::int64_t>(row + 1)});
  data.setText({0x0020, 0x0052}, description.frameOfReferenceUid);
  data.setText({0x0020, 0x1040}, "");
  data.setNumbers({0x0028, 0x1052}, {kIntercept});
  data.setNumbers({0x0028, 0x1053}, {1});
  data.setText({0x0028, 0x1054}, "HU");
}

}  // namespace

std::vector<dicom::Object> writeCtSeries(const image::Volume& attenuationPerMm, double keV,
                                         const CtDescription& description, const HounsfieldConfig& config) {
  const image::VoxelGrid& grid = attenuationPerMm.grid();
  if (grid.count() == 0 || description.sopInstanceUids.size() != grid.rows)
    throw ProgramError("a CT series needs voxels, and one instance UID a slice");
  const HounsfieldScale scale(keV, config);
  std::vector<dicom::Object> slices;
  for (std::size_t row = 0; row < grid.rows; ++row) {
    dicom::Object object = dicom::Object::create(kCtImageStorage, description.sopInstanceUids[row]);
    Dataset data = object.dataset();
    writePatient(data, description.patient);
    writeStudy(data, description.study);
    writeSeries(data, description.series, "CT", description.start);
    writeEquipment(data, description.equipment);
    writeImage(data, description, row);
    writePlane(data, grid, row);
    dicom::setPixels(data, {axialPicture(attenuationPerMm, row, scale)});
    data.remove({0x0028, 0x0008});  // a CT image has no frames
    slices.push_back(std::move(object));
  }
  return slices;
}

}  // namespace remnant::scintigraphy
