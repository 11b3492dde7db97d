#include "remnant/image/resample.h"

#include <gtest/gtest.h>

#include <numeric>

#include "remnant/base/random.h"

namespace remnant::image {
namespace {

double sum(const Image& image) {
  return std::accumulate(image.pixels().begin(), image.pixels().end(), 0.0);
}

Image noise(std::size_t rows, std::size_t columns) {
  RandomStream random(7, 0);
  Image image(rows, columns);
  for (float& pixel : image.pixels()) pixel = static_cast<float>(random.poisson(5));
  return image;
}

TEST(Resample, KeepsTheSumWhateverTheShape) {
  const Image image = noise(37, 53);
  for (const std::size_t rows : {1u, 5u, 36u, 37u, 96u})
    for (const std::size_t columns : {1u, 7u, 53u, 54u, 200u})
      EXPECT_NEAR(sum(resampledSum(image, rows, columns)), sum(image), 1e-5 * sum(image))
          << rows << " x " << columns;
}

TEST(Resample, SharesAPixelByTheAreaCovered) {
  // Three pixels onto two: the middle one is cut in halves.
  const Image three(1, 3, std::vector<float>{2, 4, 8});
  EXPECT_EQ(resampledSum(three, 1, 2), Image(1, 2, std::vector<float>{2 + 2, 2 + 8}));
  // Two onto three, in rows: thirds of 2/3 each.
  const Image two(2, 1, std::vector<float>{3, 6});
  const Image up = resampledSum(two, 3, 1);
  EXPECT_FLOAT_EQ(up.at(0, 0), 2);
  EXPECT_FLOAT_EQ(up.at(1, 0), 1 + 2);
  EXPECT_FLOAT_EQ(up.at(2, 0), 4);
}

TEST(Resample, MeanKeepsAFlatImageFlat) {
  const Image flat = resampledMean(Image(31, 17, 4.5F), 8, 40);
  for (const float pixel : flat.pixels()) EXPECT_FLOAT_EQ(pixel, 4.5F);
}

TEST(Resample, OfTheSameShapeChangesNothing) {
  const Image image = noise(20, 30);
  EXPECT_EQ(resampledSum(image, 20, 30), image);
  EXPECT_EQ(resampledMean(image, 20, 30), image);
}

TEST(Resample, CommutesWithMirroring) {
  const Image image = noise(20, 31);
  const Image one = mirrored(resampledSum(image, 7, 9));
  const Image other = resampledSum(mirrored(image), 7, 9);
  for (std::size_t i = 0; i < one.pixels().size(); ++i) EXPECT_NEAR(one.pixels()[i], other.pixels()[i], 1e-3);
}

TEST(Mirrored, ExchangesLeftAndRight) {
  const Counts counts(2, 3, std::vector<std::int32_t>{1, 2, 3, 4, 5, 6});
  EXPECT_EQ(mirrored(counts), Counts(2, 3, std::vector<std::int32_t>{3, 2, 1, 6, 5, 4}));
  EXPECT_EQ(upsideDown(counts), Counts(2, 3, std::vector<std::int32_t>{4, 5, 6, 1, 2, 3}));
}

TEST(Resample, RefusesEmptyImages) {
  EXPECT_THROW(resampledSum(Image(), 2, 2), ProgramError);
  EXPECT_THROW(resampledMean(Image(2, 2), 0, 2), ProgramError);
}

TEST(AsImage, KeepsNegativeValues) {
  EXPECT_EQ(asImage(Counts(1, 2, std::vector<std::int32_t>{-3, 70000})),
            Image(1, 2, std::vector<float>{-3, 70000}));
}

}  // namespace
}  // namespace remnant::image
