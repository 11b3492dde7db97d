#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <numbers>

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

// Kong 2018 (Endocrinol. Metab. 33:2): a star in 36.9 % of the scans after 1.1 GBq.
TEST(StarLong, IsSeenInTheSharePublishedAfterAblation) {
  if (!std::getenv("REMNANT_LONG_TESTS")) GTEST_SKIP() << "REMNANT_LONG_TESTS is not set";
  Cohort cohort = readCohort(findCohort("i131-static"));
  cohort.acquisition.windows = {"photopeak"};
  cohort.acquisition.matrix = 128;
  cohort.course.startDiagnosticShare = cohort.course.startFollowUpShare = 0;
  cohort.course.therapyDoseMBq = {1100, 1100};
  cohort.course.therapyHours = {72, 72};
  std::vector<CentreCamera> cameras;
  for (std::size_t centre = 0; centre < cohort.centres.size(); ++centre) {
    RandomStream random = streamOfCentre(3, centre);
    cameras.push_back(centreCameraOf(cohort, cohort.centres[centre], random));
  }
  constexpr int kPatients = 200;
  int stars = 0;
  for (std::size_t patient = 0; patient < kPatients; ++patient) {
    const Setting setting = settingOf(cohort, cameras, 3, patient, 0);
    stars += tailOverBackground(setting, cameras[setting.patient.centre]) > 1;
  }
  RecordProperty("stars", stars);
  EXPECT_GE(stars, 0.25 * kPatients);
  EXPECT_LE(stars, 0.50 * kPatients);
}

}  // namespace
}  // namespace remnant::phantom
