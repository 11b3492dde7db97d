#include "remnant/quantify/neck_optics.h"

#include <cmath>

#include <gtest/gtest.h>

#include "remnant/base/random.h"
#include "remnant/physics/attenuation.h"
#include "remnant/quantify/neck_population.h"
#include "support/refusal_code.h"

namespace remnant::quantify {
namespace {

using projection::HeadPosition;

const HeadPosition kAnterior{.angleDegrees = 0}, kPosterior{.angleDegrees = 180}, kLeft{.angleDegrees = 90};
double softTissuePerMm() {
  return physics::attenuationPerMm(physics::Material::kSoftTissue, 364.5);
}

double sumOfProducts(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

TEST(NeckSection, RaysOfAnEllipseOfTissueAloneAreItsChords) {
  NeckSection neck{.midlineX = 3, .halfWidthMm = 65, .halfDepthMm = 60, .tissuePerMm = 0.01};
  EXPECT_NEAR(neck.opticalDepth(3, 20, 0, -1), 0.2, 1e-12);
  EXPECT_NEAR(neck.opticalDepth(3, 20, 0, 1), 1.0, 1e-12);
  EXPECT_NEAR(neck.opticalDepth(3, 60, 1, 0), 0.65, 1e-12);
  // Half way to the side the height is sqrt(3)/2 of the middle's.
  EXPECT_NEAR(neck.thicknessMm(3 + 32.5), 120 * std::sqrt(0.75), 1e-12);
  EXPECT_NEAR(neck.anteriorSkinY(3 + 32.5), 60 * (1 - std::sqrt(0.75)), 1e-12);
  EXPECT_EQ(neck.opticalDepth(3, -10, 0, -1), 0) << "a point before the skin";
}

TEST(NeckSection, RaysOfASuperellipseEndOnItsRim) {
  // |x / 60|^4 + |y / 50|^4 = 1: over x = 30 half the height is 50 (15 / 16)^(1/4), and the diagonal of its
  // box leaves it at 2^(-1/4) of the corner.
  NeckSection neck;
  neck.halfWidthMm = 60;
  neck.halfDepthMm = 50;
  neck.exponent = 4;
  neck.tissuePerMm = 1;
  const double half = 50 * std::pow(15. / 16, 0.25);
  EXPECT_NEAR(neck.thicknessMm(30), 2 * half, 1e-9);
  EXPECT_NEAR(neck.opticalDepth(30, 45, 0, -1), half - 5, 1e-9);
  EXPECT_NEAR(neck.opticalDepth(30, 45, 0, 1), half + 5, 1e-9);
  const double corner = std::hypot(60, 50), diagonal = corner * std::pow(2, -0.25);
  EXPECT_NEAR(neck.opticalDepth(0, 50, 60 / corner, 50 / corner), diagonal, 1e-6);
  EXPECT_NEAR(neck.opticalDepth(6, 55, 60 / corner, 50 / corner), diagonal - corner / 10, 1e-6);
  EXPECT_NEAR(neck.opticalDepth(-90, -25, 60 / corner, 50 / corner), 2 * diagonal, 1e-6) << "from outside";
  EXPECT_EQ(neck.opticalDepth(0, -20, 1, 0), 0) << "past it";
}

TEST(NeckSection, AirIsLeftOutAndBoneCountsAsBone) {
  NeckSection neck{
      .midlineX = 0, .halfWidthMm = 65, .halfDepthMm = 60, .tissuePerMm = 0.01, .bonePerMm = 0.015};
  neck.trachea = {0, 22, 9};
  neck.spine = {0, 78, 14};
  EXPECT_NEAR(neck.opticalDepth(0, 40, 0, -1), 0.01 * (40 - 18), 1e-12);
  EXPECT_NEAR(neck.opticalDepth(0, 40, 0, 1), 0.01 * (80 - 28) + 0.015 * 28, 1e-12);
  // Within the circle only what lies ahead counts.
  EXPECT_NEAR(neck.opticalDepth(0, 22, 0, -1), 0.01 * 13, 1e-12);
}

TEST(NeckPopulation, DrawnCausesAreUnitNormalAndUncorrelatedInTheSample) {
  const Eigen::MatrixXd causes = drawnCauses({});
  const Eigen::MatrixXd covariance = causes.transpose() * causes / static_cast<double>(causes.rows());
  EXPECT_TRUE(covariance.isIdentity(1e-10));
  EXPECT_LT(causes.colwise().mean().cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_EQ(causes, drawnCauses({}));
}

TEST(EllipseOptics, ALateralPointBelowTheSkinSeesTissueAlone) {
  const auto optics = opticsFromEllipse({});
  const double skin = optics->columnAt(35, 0).anteriorSkinY;
  const image::Point point{35, skin + 10, 0};
  const Ray ray = optics->ray(point, kAnterior);
  EXPECT_NEAR(ray.opticalDepth, 10 * softTissuePerMm(), 1e-3 * 10 * softTissuePerMm());
  EXPECT_NEAR(ray.slopePerMm, softTissuePerMm(), 1e-3 * softTissuePerMm());
  // Only the attenuation of the tissue can err there, by 2 % of 10 mm.
  const auto errors = optics->opticalDepthErrors(point, kAnterior);
  EXPECT_NEAR(std::sqrt(sumOfProducts(errors, errors)), 0.02 * 10 * softTissuePerMm(),
              0.1 * 0.02 * 10 * softTissuePerMm());
}

TEST(EllipseOptics, ThicknessMovesThePosteriorRayOnly) {
  const auto optics = opticsFromEllipse({.depthMm = 120, .depthSigmaMm = 4});
  const image::Point point{35, optics->columnAt(35, 0).anteriorSkinY + 10, 0};
  EXPECT_NEAR(optics->opticalDepthErrors(point, kAnterior)[kDepth], 0, 1e-4);
  // At 35 mm of a half width of 65 mm the neck is 84.3 % as thick as in the middle.
  const double share = std::sqrt(1 - 35. * 35 / (65. * 65));
  EXPECT_NEAR(optics->opticalDepthErrors(point, kPosterior)[kDepth], 4 * share * softTissuePerMm(),
              0.1 * 4 * share * softTissuePerMm());
}

struct Moments {
  double meanA = 0, meanP = 0, varianceA = 0, varianceP = 0, covariance = 0;
};

/// Twenty thousand necks of other random numbers, straight.
Moments drawnMoments(double x, double depth) {
  const NeckMean mean{120, 4, 130, 5, 0, 8, 364.5};
  RandomStream random(7, 1);
  double total = 0, a = 0, p = 0, aa = 0, pp = 0, ap = 0;
  for (int neck = 0; neck < 20000; ++neck) {
    Eigen::Matrix<double, 1, kNeckCauses> causes;
    for (auto& cause : causes.reshaped()) cause = random.normal();
    const NeckSection section = neckSection(mean, {}, causes);
    const double y = depth + section.anteriorSkinY(x);
    const double share = section.tissueShare(x, y);
    const double front = section.opticalDepth(x, y, 0, -1), back = section.opticalDepth(x, y, 0, 1);
    total += share;
    a += share * front;
    p += share * back;
    aa += share * front * front;
    pp += share * back * back;
    ap += share * front * back;
  }
  a /= total;
  p /= total;
  return {a, p, aa / total - a * a, pp / total - p * p, ap / total - a * p};
}

TEST(EllipseOptics, MeansAndErrorsAreThoseOfThePopulation) {
  const auto optics = opticsFromEllipse({});
  for (const double x : {-25., -12., 0., 18.})
    for (const double depth : {8., 20., 26.}) {
      if (x == 0 && depth > 8) continue;  // the trachea's place: a rare few necks remain
      const image::Point point{x, depth + optics->columnAt(x, 0).anteriorSkinY, 0};
      const Moments drawn = drawnMoments(x, depth);
      const auto front = optics->opticalDepthErrors(point, kAnterior),
                 back = optics->opticalDepthErrors(point, kPosterior);
      const double sigma = std::sqrt(drawn.varianceA + drawn.varianceP);
      EXPECT_NEAR(optics->ray(point, kAnterior).opticalDepth, drawn.meanA, 0.2 * sigma) << x << " " << depth;
      EXPECT_NEAR(optics->ray(point, kPosterior).opticalDepth, drawn.meanP, 0.2 * sigma) << x << " " << depth;
      // What depth by two views needs: the error of the difference.
      const double difference = drawn.varianceA + drawn.varianceP - 2 * drawn.covariance;
      const double modelled =
          sumOfProducts(front, front) + sumOfProducts(back, back) - 2 * sumOfProducts(front, back);
      EXPECT_NEAR(std::sqrt(modelled / difference), 1, 0.15) << x << " " << depth;
    }
}

TEST(EllipseOptics, AnUnmeasuredNeckIsWiderInItsErrorsAndSaysSo) {
  NeckEllipse unmeasured;
  unmeasured.measured = false;
  const auto prior = opticsFromEllipse(unmeasured);
  EXPECT_EQ(prior->name(), "population prior of neck thickness (120 +- 12 mm)");
  EXPECT_EQ(opticsFromEllipse({})->name(), "ellipse of 120 x 130 mm (measured)");
  const image::Point point{30, 20, 0};
  EXPECT_GT(prior->opticalDepthErrors(point, kPosterior)[kDepth],
            2 * opticsFromEllipse({})->opticalDepthErrors(point, kPosterior)[kDepth]);
}

TEST(EllipseOptics, RefusesDiametersOfNoNeck) {
  EXPECT_EQ(testing::refusalCodeOf([] { opticsFromEllipse({.depthMm = 12}); }), "implausible-neck");
  EXPECT_EQ(testing::refusalCodeOf([] { opticsFromEllipse({.widthMm = std::nan("")}); }), "implausible-neck");
}

}  // namespace
}  // namespace remnant::quantify
