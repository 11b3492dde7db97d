#include "remnant/phantom/study_view.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "phantom/example_cohort.h"

namespace remnant::phantom {
namespace {

constexpr double kKeV = 140.51;

struct Neck {
  Cohort cohort = testing::coldTechnetiumCohort();
  CentreCamera camera;
  StudyScene scene;
  std::vector<AcquisitionPlan> plans;

  Neck() {
    RandomStream random(1, 1);
    camera = centreCameraOf(cohort, cohort.centres[0], random);
    scene.solids = {{Cylinder{.x = 0, .y = 0, .semiX = 65, .semiY = 60, .topMm = 100, .bottomMm = 400}}};
    AcquisitionPlan plan;
    plan.heads = {{.angleDegrees = 0, .planeMm = 90}, {.angleDegrees = 180, .planeMm = 150}};
    plan.picture = {.rows = 128, .columns = 128, .pixelMm = 3, .topMm = 60};
    plans = {plan};
  }
  image::Image imageOf(std::size_t head) const {
    const StudyView view(scene, plans, 2.4, kKeV);
    return view.rates(plans[0].heads[head], plans[0].picture, camera.windows).front();
  }
};

double sumOf(const image::Image& image) {
  return std::accumulate(image.pixels().begin(), image.pixels().end(), 0.0);
}

// One source as organ, on the coarse grid, and as gland, on the fine one: the same picture but for the
// voxels.
TEST(StudyView, BothGridsTellTheSame) {
  Neck neck;
  const Source source{Ellipsoid{{12, -20, 250}, {9, 9, 12}}, 2};
  neck.scene.sources = {{source, Component::kOther, 0}};
  const image::Image coarse = neck.imageOf(0);
  neck.scene.sources = {{source, Component::kGland, 0}};
  const image::Image fine = neck.imageOf(0);
  EXPECT_NEAR(sumOf(coarse) / sumOf(fine), 1, 0.02);
  double difference = 0;
  for (std::size_t pixel = 0; pixel < fine.pixels().size(); ++pixel)
    difference += std::abs(static_cast<double>(fine.pixels()[pixel]) - coarse.pixels()[pixel]);
  // Voxels of 4.8 mm widen a response of 7 mm a little; a shift by one of them would change it by more than
  // half.
  EXPECT_LT(difference / sumOf(fine), 0.2);
}

// What scatters far beside a gland in a side window scatters beyond the fine grid around it: the effective
// source counts it as that of an organ on the coarse grid.
TEST(StudyView, EffectiveSourceReachesBeyondTheFineGrid) {
  Neck neck;
  const Source source{Ellipsoid{{12, -20, 250}, {9, 9, 12}}, 2};
  const physics::Nuclide& technetium = physics::nuclideNamed("Tc-99m");
  projection::WindowModel window = neck.camera.windows.front();
  window.scatter = physics::ScatterKernel(technetium, {92, 125}, {});
  const auto counted = [&](Component component, projection::ScatterModel scatter) {
    neck.scene.sources = {{source, component, 0}};
    projection::ProjectorConfig config;
    config.scatter = scatter;
    const StudyView view(neck.scene, neck.plans, 2.4, kKeV, config);
    return sumOf(view.rates(neck.plans[0].heads[0], neck.plans[0].picture, {window}).front());
  };
  const auto scattered = [&](Component component) {
    return counted(component, projection::ScatterModel::kEsse) -
           counted(component, projection::ScatterModel::kNone);
  };
  EXPECT_NEAR(scattered(Component::kGland) / scattered(Component::kOther), 1, 0.03);
}

// What is unscattered is exp(-mu d); what scattered into the window adds at most the broad beam's share and
// some.
TEST(StudyView, CountsLieBetweenNarrowAndBroadBeam) {
  Neck neck;
  for (const double y : {-45.0, -20.0}) {
    neck.scene.sources = {{{Ellipsoid{{0, y, 250}, {1, 1, 1}}, 1}, Component::kFocus, 1}};
    const double depth = y + 60;
    const double tissue = physics::attenuationPerMm(physics::Material::kSoftTissue, kKeV);
    const double inAir = neck.camera.windows[0].response.coreCpsPerMBq;
    const auto broad = physics::BroadBeam::of(physics::nuclideNamed("Tc-99m"));
    const double seen = sumOf(neck.imageOf(0)) / inAir / std::exp(-tissue * depth);
    EXPECT_GT(seen, 0.99) << depth;
    EXPECT_LT(seen, (1 + broad.scatterToPrimary(depth)) * 1.1) << depth;
  }
}

TEST(StudyView, PosteriorPicturesAreMirrored) {
  Neck neck;
  neck.scene.sources = {{{Ellipsoid{{31.5, 0, 250}, {3, 3, 3}}, 1}, Component::kFocus, 1}};
  const auto brightest = [](const image::Image& image) {
    const auto place =
        std::max_element(image.pixels().begin(), image.pixels().end()) - image.pixels().begin();
    return static_cast<std::size_t>(place) % image.columns();
  };
  EXPECT_EQ(brightest(neck.imageOf(0)), 74U);
  EXPECT_EQ(brightest(neck.imageOf(1)), 53U);
}

}  // namespace
}  // namespace remnant::phantom
