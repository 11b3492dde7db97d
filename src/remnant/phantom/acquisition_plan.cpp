#include <algorithm>
#include <cmath>

#include "remnant/phantom/camera_day.h"
#include "remnant/phantom/study_view.h"

namespace remnant::phantom {
namespace {

using projection::HeadPosition;
using projection::Picture;
using scintigraphy::Acquisition;

constexpr double kSecondsBetweenObjects = 120;

double footOf(const std::vector<Solid>& body) {
  double foot = 0;
  for (const Solid& solid : body) foot = std::max(foot, boundsOf(solid.shape).most.z);
  return foot;
}

class Planner {
 public:
  Planner(const Cohort& cohort, const CentreCamera& camera, const CameraDay& day, const Patient& patient)
      : cohort_(cohort), camera_(camera), day_(day), patient_(patient) {}

  std::vector<AcquisitionPlan> plan() &&;

 private:
  double bedMm() const { return patient_.anatomy.thyroidBedZMm; }
  Bounds outline(double halfMm) const {
    return outlineOf(patient_.anatomy.body, bedMm() - halfMm, bedMm() + halfMm);
  }
  std::vector<HeadPosition> opposedHeads(const Bounds& body) const {
    return {{.angleDegrees = 0, .planeMm = day_.anteriorGapMm - body.least.y},
            {.angleDegrees = 180, .planeMm = day_.posteriorGapMm + body.most.y}};
  }
  /// A square picture of the neck.
  Picture neckPicture(double matrix) const {
    const double pixelMm = camera_.camera.pixelMm128 * 128 / matrix;
    const auto side = static_cast<std::size_t>(matrix);
    return {.rows = side,
            .columns = side,
            .pixelMm = pixelMm,
            .topMm = bedMm() + day_.alongShiftMm - matrix / 2 * pixelMm};
  }
  std::vector<physics::Window> windows() const {
    std::vector<physics::Window> windows;
    for (const auto& window : camera_.windows) windows.push_back(window.response.window);
    return windows;
  }
  void add(AcquisitionPlan plan, double seconds) {
    plan.startsAfterSeconds = nextStart_;
    nextStart_ += seconds + kSecondsBetweenObjects;
    plans_.push_back(std::move(plan));
  }
  void addWholeBody();
  void addDynamic();
  void addStatic(const std::string& description, std::vector<HeadPosition> heads);
  void addLaterals();
  void addSpect();

  const Cohort& cohort_;
  const CentreCamera& camera_;
  const CameraDay& day_;
  const Patient& patient_;
  double nextStart_ = 0;
  std::vector<AcquisitionPlan> plans_;
};

void Planner::addWholeBody() {
  const auto& body = patient_.anatomy.body;
  const double foot = footOf(body);
  AcquisitionPlan plan;
  plan.kind = Acquisition::kWholeBody;
  plan.description = "Whole body anterior and posterior";
  plan.windows = windows();
  plan.heads = opposedHeads(outlineOf(body, 0, foot));
  plan.picture = {
      .rows = 1024, .columns = 256, .pixelMm = camera_.camera.pixelMm128 / 2, .topMm = -day_.vertexFromTopMm};
  SweepPlan sweep;
  sweep.velocityMmPerSecond = day_.speedMmPerSecond;
  sweep.fieldOfViewMm = camera_.camera.fieldOfViewAlongMm;
  sweep.lengthMm = std::min(1024 * plan.picture.pixelMm, foot - plan.picture.topMm + 40);
  plan.sweep = sweep;
  plan.secondsPerFrame = sweep.durationSeconds();
  add(plan, plan.secondsPerFrame);
}

void Planner::addDynamic() {
  AcquisitionPlan plan;
  plan.kind = Acquisition::kDynamic;
  plan.description = "Neck dynamic";
  plan.windows = {windows().front()};
  plan.heads = opposedHeads(outline(camera_.camera.fieldOfViewAlongMm));
  plan.picture = neckPicture(128);
  plan.secondsPerFrame = cohort_.acquisition.dynamicSeconds;
  plan.framesPerHead = static_cast<std::size_t>(cohort_.acquisition.dynamicFrames);
  add(plan, plan.secondsPerFrame * cohort_.acquisition.dynamicFrames);
}

void Planner::addStatic(const std::string& description, std::vector<HeadPosition> heads) {
  AcquisitionPlan plan;
  plan.kind = Acquisition::kStatic;
  plan.description = description;
  plan.windows = windows();
  plan.heads = std::move(heads);
  plan.picture = neckPicture(cohort_.acquisition.matrix);
  plan.secondsPerFrame = day_.staticSeconds;
  add(plan, plan.secondsPerFrame);
}

void Planner::addLaterals() {
  const Bounds body = outline(camera_.camera.fieldOfViewAlongMm);
  const HeadPosition left{.angleDegrees = 90, .planeMm = day_.lateralGapMm + body.most.x};
  const HeadPosition right{.angleDegrees = 270, .planeMm = day_.lateralGapMm - body.least.x};
  std::vector<HeadPosition> heads;
  if (cohort_.acquisition.leftLateral) heads.push_back(left);
  if (cohort_.acquisition.rightLateral) heads.push_back(right);
  if (!heads.empty()) addStatic("Neck lateral", heads);
}

/// A circle around the widest part in the field of view, both heads half of it.
void Planner::addSpect() {
  const Bounds body = outline(camera_.camera.fieldOfViewAlongMm);
  const double widest = std::max({-body.least.x, body.most.x, -body.least.y, body.most.y});
  AcquisitionPlan plan;
  plan.kind = Acquisition::kTomo;
  plan.description = "Neck SPECT";
  plan.windows = windows();
  plan.heads = {{.angleDegrees = 0, .planeMm = widest + day_.lateralGapMm},
                {.angleDegrees = 180, .planeMm = widest + day_.lateralGapMm}};
  plan.picture = neckPicture(128);
  plan.secondsPerFrame = day_.spectSecondsPerView;
  plan.framesPerHead = static_cast<std::size_t>(cohort_.acquisition.spectViews) / 2;
  plan.angleStepDegrees = 360 / cohort_.acquisition.spectViews;
  add(plan, plan.secondsPerFrame * static_cast<double>(plan.framesPerHead));
}

std::vector<AcquisitionPlan> Planner::plan() && {
  const auto& acquisition = cohort_.acquisition;
  if (acquisition.dynamicFrames > 0) addDynamic();
  if (acquisition.kind == "whole-body") {
    addWholeBody();
  } else {
    addStatic("Neck anterior and posterior", opposedHeads(outline(camera_.camera.fieldOfViewAlongMm)));
    addLaterals();
  }
  if (acquisition.spect) addSpect();
  return std::move(plans_);
}

}  // namespace

std::vector<AcquisitionPlan> planAcquisitions(const Cohort& cohort, const CentreCamera& camera,
                                              const CameraDay& day, const Patient& patient) {
  return Planner(cohort, camera, day, patient).plan();
}

}  // namespace remnant::phantom
