#include "remnant/quantify/study_standard.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "quantify/joint_scene.h"
#include "support/refusal_code.h"

namespace remnant::quantify {
namespace {

std::filesystem::path written(const std::string& text) {
  auto path =
      std::filesystem::temp_directory_path() /
      ("standard-" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) + ".toml");
  std::ofstream(path) << text;
  return path;
}

constexpr const char* kFull =
    "[[standard]]\nstudyInstanceUid = \"1.2\"\n"
    "full = { counts = 812345, seconds = 60, hoursBefore = 0.5 }\n";

TEST(ReadStandards, HoldsWhatTheFileSays) {
  const auto standards = readStandards(
      written(std::string(kFull) + "empty = { counts = 2310, seconds = 30, hoursBefore = -0.2 }\n"
                                   "background = { counts = 420, seconds = 120 }\nregionShare = 0.9\n"));
  const StudyStandard& standard = standards.at("1.2");
  EXPECT_EQ(standard.countings.full.counts, 812345);
  EXPECT_EQ(standard.countings.fullHoursBefore, 0.5);
  EXPECT_EQ(standard.countings.empty.seconds, 30);
  EXPECT_EQ(standard.countings.emptyHoursBefore, -0.2);
  EXPECT_EQ(standard.countings.background.seconds, 120);
  EXPECT_EQ(standard.regionShare, 0.9);
}

TEST(ReadStandards, RefusesWhatCannotBe) {
  const auto refused = [](const std::string& text) {
    return testing::refusalCodeOf([&] { readStandards(written(text)); });
  };
  EXPECT_EQ(refused("[[standard]]\nstudyInstanceUid = \"1\"\nfull = { counts = -1, seconds = 60 }\n"),
            "bad-standard");
  EXPECT_EQ(refused("[[standard]]\nstudyInstanceUid = \"1\"\nfull = { counts = 1, seconds = 0 }\n"),
            "bad-standard");
  EXPECT_EQ(refused("[[standard]]\nstudyInstanceUid = \"1\"\n"), "bad-standard");
  EXPECT_EQ(refused(std::string(kFull) + "colour = 3\n"), "bad-standard");
  EXPECT_EQ(refused(std::string(kFull) + kFull), "bad-standard");
}

/// A focus in a slab of water on a flat background, without noise.
struct Scene {
  StudyProblem study;
  Focus focus{.activityMBq = 40, .x = 0, .z = 0, .depthMm = 25, .widthMm = 1.5};
  std::vector<FocusDiscs> discs;

  Scene() {
    study.problem = slabProblem(false, false, 48);
    study.optics = std::make_unique<SlabOptics>(slabOptics(false));
    study.nuclide = "Tc-99m";
    JointModel model(study.problem, *study.optics, 1, wholePictures(study.problem, *study.optics), {});
    const Eigen::VectorXd parameters = trueParameters(model, {focus}, 4);
    std::vector<image::Counts> pictures;
    for (std::size_t view = 0; view < study.problem.views.size(); ++view) {
      const Eigen::VectorXd expected = model.expected(view, parameters);
      image::Counts counts(48, 48);
      for (std::size_t i = 0; i < counts.pixels().size(); ++i)
        counts.pixels()[i] = static_cast<std::int32_t>(std::lround(expected(static_cast<Eigen::Index>(i))));
      pictures.push_back(counts);
    }
    for (std::size_t view = 0; view < pictures.size(); ++view)
      study.problem.views[view].counts = pictures[view];
    discs = {discsAbout(study.problem, *study.optics, {0, 0}, 25, 14)};
  }
};

TEST(UptakeByStandard, ComparesTheFocusWithTheDoseItself) {
  const Scene scene;
  // The dose, 400 MBq, counts 91 a second and MBq in air (joint_scene.h), an hour before it was given; the
  // picture is taken at once: 40 of 400 MBq are 10 %.
  const physics::Nuclide& technetium = physics::nuclideNamed("Tc-99m");
  const double rate = 400 * 91 / physics::decayFactor(technetium, 1);
  StudyStandard standard{{{rate * 100, 100}, {}, {}, 1, 0}, 1, 0.02};
  const auto uptake = [&] {
    return std::get<Estimate>(
        uptakeByStandard(scene.study, standard, 0, scene.focus, 2, {}, scene.discs.front().front()));
  };
  EXPECT_NEAR(uptake().value, 10, 0.15);
  // 2 mm of depth at 0.0154 per mm, less for scatter, and 2 % of the region.
  EXPECT_NEAR(uptake().systematic / uptake().value, std::hypot(0.02, 2 * 0.0135, RegionConfig().shapeSigma),
              0.005);
  standard.regionShare = 0.5;
  EXPECT_NEAR(uptake().value, 5, 0.08) << "a region that holds half of the standard";
}

TEST(UptakeByStandard, DoesNotKnowTheSensitivity) {
  Scene scene;
  const StudyStandard standard{{{400 * 91 * 100, 100}, {}, {}, 0, 0}, 1, 0.02};
  const auto uptake = [&] {
    return std::get<Estimate>(
               uptakeByStandard(scene.study, standard, 0, scene.focus, 2, {}, scene.discs.front().front()))
        .value;
  };
  const double before = uptake();
  for (CalibratedView& view : scene.study.problem.views) view.model.response.coreCpsPerMBq *= 1.3;
  EXPECT_NEAR(uptake(), before, 1e-9 * before);
}

TEST(UptakeByStandard, RefusesAnEmptyStandard) {
  const Scene scene;
  const StudyStandard standard{{{10, 100}, {10, 100}, {}, 0, 0}, 1, 0.02};
  const Result uptake =
      uptakeByStandard(scene.study, standard, 0, scene.focus, 2, {}, scene.discs.front().front());
  EXPECT_EQ(std::get<Refusal>(uptake).code, "bad-standard");
}

}  // namespace
}  // namespace remnant::quantify
