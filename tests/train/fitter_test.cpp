#include "remnant/train/fitter.h"

#include <gtest/gtest.h>

#include <thread>

#include "remnant/base/error.h"
#include "remnant/base/random.h"

namespace remnant::train {
namespace {

#ifdef REMNANT_NETWORKS
#define REMNANT_REQUIRE_NETWORKS() (void)0
#else
#define REMNANT_REQUIRE_NETWORKS() GTEST_SKIP() << "built without the networks"
#endif

/// Noise, with a bright square in the positives.
ExampleSet squares(std::size_t count, std::uint32_t place) {
  RandomStream random(9, place);
  ExampleSet set{.channels = 2, .rows = 32, .columns = 32, .pixels = {}, .labels = {}};
  for (std::size_t example = 0; example < count; ++example) {
    set.labels.push_back(static_cast<int>(example % 2));
    for (std::size_t pixel = 0; pixel < 2 * 32 * 32; ++pixel) {
      const std::size_t row = pixel / 32 % 32, column = pixel % 32;
      const bool inSquare = row >= 12 && row < 20 && column >= 12 && column < 20;
      set.pixels.push_back(
          static_cast<float>(0.2 * random.uniform() + (inSquare && set.labels.back() == 1 ? 0.8 : 0)));
    }
  }
  return set;
}

FitConfig shortConfig() {
  FitConfig config;
  config.epochs = 3;
  config.batchSize = 8;
  config.maximumShiftPixels = 1;
  return config;
}

const FitProgress kGoOn = [](int, double) { return true; };

TEST(Fitter, LearnsWhatIsPlain) {
  REMNANT_REQUIRE_NETWORKS();
  FitConfig config = shortConfig();
  config.epochs = 8;
  const auto test = squares(10, 2);
  const auto result = loadFitter()->fit(squares(32, 1), test, config, kGoOn);
  ASSERT_EQ(result.testScores.size(), 10U);
  ASSERT_EQ(result.trainScores.size(), 32U);
  ASSERT_EQ(result.epochLoss.size(), 8U);
  EXPECT_LT(result.epochLoss.back(), result.epochLoss.front());
  for (std::size_t example = 0; example < 10; ++example)
    EXPECT_EQ(result.testScores[example] > 0.5, test.labels[example] == 1) << example;
}

TEST(Fitter, GivesTheSameBitsAloneAndSideBySide) {
  REMNANT_REQUIRE_NETWORKS();
  const auto fitter = loadFitter();
  const auto training = squares(19, 1), test = squares(5, 2);
  const auto alone = fitter->fit(training, test, shortConfig(), kGoOn);
  FitResult results[2];
  {
    std::jthread first([&] { results[0] = fitter->fit(training, test, shortConfig(), kGoOn); });
    std::jthread second([&] { results[1] = fitter->fit(training, test, shortConfig(), kGoOn); });
  }
  for (const FitResult& result : results) {
    EXPECT_EQ(result.testScores, alone.testScores);
    EXPECT_EQ(result.trainScores, alone.trainScores);
    EXPECT_EQ(result.epochLoss, alone.epochLoss);
  }
}

TEST(Fitter, GivesOtherScoresForAnotherSeed) {
  REMNANT_REQUIRE_NETWORKS();
  FitConfig config = shortConfig();
  config.epochs = 1;
  const auto first = loadFitter()->fit(squares(8, 1), squares(4, 2), config, kGoOn);
  config.seed = 2;
  EXPECT_NE(first.testScores, loadFitter()->fit(squares(8, 1), squares(4, 2), config, kGoOn).testScores);
}

TEST(Fitter, StopsWhereAsked) {
  REMNANT_REQUIRE_NETWORKS();
  int epochs = 0;
  const FitProgress stopAtSecond = [&](int, double) { return ++epochs < 2; };
  EXPECT_THROW(loadFitter()->fit(squares(8, 1), squares(4, 2), shortConfig(), stopAtSecond), Interrupted);
  EXPECT_EQ(epochs, 2);
}

std::string refusalOf(const ExampleSet& training, const FitConfig& config) {
  try {
    loadFitter()->fit(training, ExampleSet{}, config, kGoOn);
  } catch (const InputError& error) {
    return error.code();
  }
  return "none";
}

TEST(Fitter, RefusesWhatItCannotLearnFrom) {
  REMNANT_REQUIRE_NETWORKS();
  ExampleSet oneClass = squares(8, 1);
  oneClass.labels.assign(8, 1);
  EXPECT_EQ(refusalOf(oneClass, shortConfig()), "one-class-only");
  ExampleSet small = squares(8, 1);
  small.rows = 16;
  EXPECT_EQ(refusalOf(small, shortConfig()), "image-too-small");
  FitConfig unknown = shortConfig();
  unknown.architecture = "perceptron";
  EXPECT_EQ(refusalOf(squares(8, 1), unknown), "unknown-architecture");
}

TEST(Fitter, StopsAtALossThatIsNoNumber) {
  REMNANT_REQUIRE_NETWORKS();
  ExampleSet broken = squares(8, 1);
  broken.pixels[100] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(refusalOf(broken, shortConfig()), "loss-not-finite");
}

TEST(Loader, SaysWhereTheLibraryShouldBe) {
#ifdef REMNANT_NETWORKS
  EXPECT_EQ(loadFitter()->version().substr(0, 9), "libtorch ");
#else
  try {
    loadFitter();
    FAIL() << "there is no library to load";
  } catch (const InputError& error) {
    EXPECT_EQ(error.code(), "networks-unavailable");
    EXPECT_NE(error.file().find("libremnant_networks.so"), std::string::npos);
  }
#endif
}

}  // namespace
}  // namespace remnant::train
