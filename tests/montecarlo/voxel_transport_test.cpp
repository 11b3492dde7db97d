#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "remnant/base/error.h"
#include "remnant/montecarlo/comparison.h"
#include "remnant/montecarlo/object_transport.h"

namespace remnant::montecarlo {
namespace {

constexpr double kKeV = 140.5;

ObjectConfig configFor(std::size_t histories) {
  ObjectConfig config;
  config.histories = histories;
  config.windows = {{126.45, 154.55}};
  config.heads = {projection::HeadPosition{}};
  return config;
}

double sumOf(const image::Image& image) {
  return std::accumulate(image.pixels().begin(), image.pixels().end(), 0.0);
}

/// The map has the shape of the cylinder, within the size of its voxels.
TEST(VoxelTransport, MapOfAnEllipseIsTheEllipse) {
  const projection::Medium map = neckMedium(NeckKind::kUniform, kKeV);
  ObjectConfig config = configFor(150'000);
  projection::HeadPosition oblique;
  oblique.angleDegrees = 30;
  config.heads.push_back(oblique);
  const auto voxels = transportInObject(image::Point{0, -30, 0}, &map, kKeV, config);
  const auto shape = transportInObject(image::Point{0, -30, 0}, EllipticCylinder(65, 60, 100), kKeV, config);
  for (std::size_t head = 0; head < 2; ++head) {
    const WindowTally& a = voxels.tallies[head][0];
    const WindowTally& b = shape.tallies[head][0];
    EXPECT_NEAR(a.primary.value, b.primary.value, 0.02 * b.primary.value) << head;
    EXPECT_NEAR(a.scatterToPrimary.value, b.scatterToPrimary.value,
                0.025 * b.scatterToPrimary.value + 3 * a.scatterToPrimary.standardError)
        << head;
  }
}

TEST(VoxelTransport, HollowHasNoScatter) {
  projection::Medium air{image::Volume(neckMedium(NeckKind::kUniform, kKeV).attenuationPerMm.grid()), kKeV};
  const WindowTally tally = transportInObject(image::Point{}, &air, kKeV, configFor(100)).tallies[0][0];
  EXPECT_EQ(tally.scatter.value, 0);
  EXPECT_NEAR(tally.primary.value, configFor(1).detector.windowFraction({126.45, 154.55}, kKeV), 1e-12);
}

TEST(VoxelTransport, ResultDoesNotDependOnThreads) {
  const projection::Medium map = neckMedium(NeckKind::kTracheaAndSpine, kKeV);
  ObjectConfig config = configFor(3'000);
  config.makePictures = true;
  config.batches = 7;
  config.picture.topMm = -150;
  config.blurSigmaMm = [](double) { return 4.0; };
  const auto one = transportInObject(image::Point{15, -30, 0}, &map, kKeV, config);
  config.threads = 3;
  const auto three = transportInObject(image::Point{15, -30, 0}, &map, kKeV, config);
  EXPECT_EQ(one.tallies[0][0].scatter.value, three.tallies[0][0].scatter.value);
  EXPECT_EQ(one.tallies[0][0].pictures[1], three.tallies[0][0].pictures[1]);
}

TEST(VoxelTransport, PicturesHoldTheTotals) {
  const projection::Medium map = neckMedium(NeckKind::kUniform, kKeV);
  ObjectConfig config = configFor(20'000);
  config.makePictures = config.picturePerOrder = true;
  config.picture.pixelMm = 4;
  config.picture.topMm = -256;
  config.blurSigmaMm = [](double distanceMm) { return 2 + 0.02 * distanceMm; };
  const WindowTally tally = transportInObject(image::Point{0, -30, 0}, &map, kKeV, config).tallies[0][0];
  EXPECT_NEAR(sumOf(tally.pictures[0]), tally.primary.value, 1e-4 * tally.primary.value);
  for (std::size_t order = 1; order <= 3; ++order)
    EXPECT_NEAR(sumOf(tally.pictures[order]), tally.byOrder[order - 1].value,
                1e-3 * tally.byOrder[order - 1].value);
}

/// The primary's picture is a Gaussian of the response at its distance: 200 - 30 mm.
TEST(VoxelTransport, PrimaryIsBlurredByItsDistance) {
  const projection::Medium map = neckMedium(NeckKind::kUniform, kKeV);
  ObjectConfig config = configFor(100);
  config.makePictures = true;
  config.picture.pixelMm = 1;
  config.picture.topMm = -64;
  config.blurSigmaMm = [](double distanceMm) { return 0.04 * distanceMm; };
  const image::Image picture =
      transportInObject(image::Point{0, -30, 0}, &map, kKeV, config).tallies[0][0].pictures[0];
  double sum = 0, square = 0;
  for (std::size_t row = 0; row < 128; ++row)
    for (std::size_t column = 0; column < 128; ++column) {
      const double z = -64 + static_cast<double>(row) + 0.5;
      sum += picture.at(row, column);
      square += z * z * picture.at(row, column);
    }
  // The pixel that holds the point has its middle half a millimetre beside it, and pixels have a width.
  EXPECT_NEAR(square / sum, 0.04 * 170 * 0.04 * 170 + 0.25 + 1.0 / 12, 0.5);
}

TEST(VoxelTransport, RefusesWhatItCannotFollow) {
  const projection::Medium map = neckMedium(NeckKind::kUniform, kKeV);
  EXPECT_THROW(transportInObject(image::Point{0, -300, 0}, &map, kKeV, configFor(10)), InputError);
  const image::Volume nothing(map.attenuationPerMm.grid());
  EXPECT_THROW(transportInObject(&nothing, &map, kKeV, configFor(10)), InputError);
  projection::Medium negative = map;
  negative.attenuationPerMm.values()[7] = -1;
  EXPECT_THROW(transportInObject(image::Point{}, &negative, kKeV, configFor(10)), InputError);
}

}  // namespace
}  // namespace remnant::montecarlo
