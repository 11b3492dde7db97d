#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <string>

#include "remnant/phantom/setting.h"
#include "remnant/phantom/study_view.h"

namespace remnant::phantom {
namespace {

/// Mean of an image at a distance from a point of the patient, on the six rays of the star.
double meanOnRays(const image::Image& image, const AcquisitionPlan& plan, const CentreCamera& camera,
                  const Point& centre, double radiusMm) {
  const auto seen = projection::seenFrom(plan.heads[0], centre);
  double sum = 0;
  for (int ray = 0; ray < 6; ++ray) {
    const double angle =
        (camera.windows.front().response.rayAngleDegrees + 60 * ray) * std::numbers::pi / 180;
    const double row = plan.picture.rowOf(seen.z + radiusMm * std::sin(angle)),
                 column = plan.picture.columnOf(seen.u + radiusMm * std::cos(angle));
    sum +=
        image.at(static_cast<std::size_t>(std::lround(row)), static_cast<std::size_t>(std::lround(column)));
  }
  return sum / 6;
}

/// A ray is seen where it outshines the rest: tails of the bed's foci over all else, 6 cm from the brightest
/// on its rays, as the anterior head sees it.
double tailOverBackground(const Setting& setting, const CentreCamera& camera) {
  constexpr double kRadiusMm = 60;
  const StudyView view(setting.scene, setting.acquisitions, 2.4, 364.49);
  const AcquisitionPlan& plan = setting.acquisitions.front();
  std::vector<Source> foci;
  const SceneFocus* brightest = nullptr;
  for (const SceneFocus& focus : setting.scene.foci) {
    if (!focus.inBed) continue;
    foci.push_back({focus.shape, focus.activityMBq});
    if (!brightest || focus.activityMBq > brightest->activityMBq) brightest = &focus;
  }
  if (!brightest) return 0;
  const std::vector<projection::WindowModel> photopeak{camera.windows.front()};
  const auto all = view.rates(plan.heads[0], plan.picture, photopeak).front();
  const auto bed = view.ratesOf(foci, StudyView::Grid::kFine, plan.heads[0], plan.picture, photopeak).front();
  const Point& centre = brightest->shape.centre;
  const double tail = meanOnRays(bed, plan, camera, centre, kRadiusMm);
  return tail / (meanOnRays(all, plan, camera, centre, kRadiusMm) - tail);
}

constexpr std::size_t kPatients = 200;

/// Of the first patients of a seed after ablation with 1.1 GBq, on the third day.
std::size_t patientsWithAStar(const Cohort& cohort, std::uint64_t seed) {
  std::vector<CentreCamera> cameras;
  for (std::size_t centre = 0; centre < cohort.centres.size(); ++centre) {
    RandomStream random = streamOfCentre(seed, centre);
    cameras.push_back(centreCameraOf(cohort, cohort.centres[centre], random));
  }
  std::size_t stars = 0;
  for (std::size_t patient = 0; patient < kPatients; ++patient) {
    const Setting setting = settingOf(cohort, cameras, seed, patient, 0);
    stars += tailOverBackground(setting, cameras[setting.patient.centre]) > 1;
  }
  return stars;
}

// Kong 2018 (Endocrinol. Metab. 33:2): a star in 36.9 % of the scans after 1.1 GBq. The share wanted is 25 to
// 50 % (physics.md 9.16): of all patients, and of each seed's within two binomial standard deviations.
TEST(StarLong, IsSeenInTheSharePublishedAfterAblation) {
  if (!std::getenv("REMNANT_LONG_TESTS")) GTEST_SKIP() << "REMNANT_LONG_TESTS is not set";
  Cohort cohort = readCohort(findCohort("i131-static"));
  cohort.acquisition.windows = {"photopeak"};
  cohort.acquisition.matrix = 128;
  cohort.course.startDiagnosticShare = cohort.course.startFollowUpShare = 0;
  cohort.course.therapyDoseMBq = {1100, 1100};
  cohort.course.therapyHours = {72, 72};
  constexpr std::array<std::uint64_t, 3> kSeeds{3, 4, 5};
  double all = 0;
  for (const std::uint64_t seed : kSeeds) {
    const double share = static_cast<double>(patientsWithAStar(cohort, seed)) / kPatients;
    const double allowed = 2 * std::sqrt(share * (1 - share) / kPatients);
    EXPECT_GE(share, 0.25 - allowed) << "seed " << seed;
    EXPECT_LE(share, 0.50 + allowed) << "seed " << seed;
    all += share / kSeeds.size();
  }
  RecordProperty("share", std::to_string(all));
  EXPECT_GE(all, 0.25);
  EXPECT_LE(all, 0.50);
}

}  // namespace
}  // namespace remnant::phantom
