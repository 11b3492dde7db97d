#pragma once

#include "remnant/phantom/camera_day.h"
#include "remnant/phantom/scene.h"

namespace remnant::phantom {

/// Where the CT map of a study lies: around the neck, as wide as the body.
image::VoxelGrid mapGrid(const StudyScene& scene, const Patient& patient);

/// The scene's attenuation at the nuclide's imaged line as a CT shows it: with noise in each voxel, and
/// shifted a little against the camera. Never below 0.
projection::Medium sampleMap(const Cohort& cohort, const StudyScene& scene, const Patient& patient,
                             const CameraDay& day, RandomStream& random);

}  // namespace remnant::phantom
