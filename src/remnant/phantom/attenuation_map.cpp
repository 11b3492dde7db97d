#include "remnant/phantom/attenuation_map.h"

#include <algorithm>

#include "remnant/phantom/study_view.h"

namespace remnant::phantom {
namespace {

constexpr double kVoxelMm = 3;
constexpr double kAboveBedMm = 120;
constexpr double kBelowBedMm = 150;
constexpr double kAirAroundMm = 9;

}  // namespace

image::VoxelGrid mapGrid(const StudyScene& scene, const Patient& patient) {
  const double bed = patient.anatomy.thyroidBedZMm;
  Bounds box = outlineOf(scene.solids, bed - kAboveBedMm, bed + kBelowBedMm);
  box.least.x -= kAirAroundMm;
  box.least.y -= kAirAroundMm;
  box.most.x += kAirAroundMm;
  box.most.y += kAirAroundMm;
  return gridOver(box, kVoxelMm);
}

projection::Medium sampleMap(const Cohort& cohort, const StudyScene& scene, const Patient& patient,
                             const CameraDay& day, RandomStream& random) {
  const double keV = physics::nuclideNamed(cohort.acquisition.nuclide).photopeakKeV;
  image::VoxelGrid grid = mapGrid(scene, patient);
  // The matter is looked up away from where the map says it is.
  grid.corner.x += day.mapShiftMm.x;
  grid.corner.y += day.mapShiftMm.y;
  grid.corner.z += day.mapShiftMm.z;
  const projection::Medium shifted = voxelise(scene.solids, grid, keV);
  projection::Medium map{image::Volume(mapGrid(scene, patient)), keV};
  const double sigma = cohort.camera.mapNoise * map.attenuationOfWaterPerMm();
  for (std::size_t voxel = 0; voxel < map.attenuationPerMm.values().size(); ++voxel)
    map.attenuationPerMm.values()[voxel] = static_cast<float>(
        std::max(0.0, random.normal(static_cast<double>(shifted.attenuationPerMm.values()[voxel]), sigma)));
  return map;
}

}  // namespace remnant::phantom
