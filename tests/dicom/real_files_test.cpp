#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "remnant/base/atomic_file.h"
#include "remnant/base/parallel.h"
#include "remnant/dicom/pixels.h"
#include "support/shared_folder.h"
#include "support/temporary_folder.h"

namespace remnant::dicom {
namespace {

/// What the README beside the files says: sums of counts, frame by frame or first, last and all.
struct Expected {
  std::string file;
  std::size_t frames;
  std::int64_t first, last, all;
};

std::ostream& operator<<(std::ostream& stream, const Expected& expected) {
  return stream << expected.file;
}

const Expected kLossless[] = {
    {"ge_wholebody_unc", 1, 3596452, 3596452, 3596452},
    {"ge_wholebody_rle", 1, 3596452, 3596452, 3596452},
    {"ge_wholebody_jpll", 1, 3596452, 3596452, 3596452},
    {"ge_wholebody_jlsl", 1, 3596452, 3596452, 3596452},
    {"ge_wholebody_j2kr", 1, 3596452, 3596452, 3596452},
    {"mediso_dynamic_wrong_counts_accumulated", 24, 159846, 557, 4720493},
    {"mediso_flood_intrinsic", 1, 16000045, 16000045, 16000045},
    {"mediso_four_bar_lehr", 1, 533338, 533338, 533338},
    {"mediso_line_source_lehr", 1, 1497463, 1497463, 1497463},
    {"mediso_recon_tomo", 64, 0, 149, 4585048},
    {"siemens_i131_background_two_heads", 2, 5855, 4693, 5855 + 4693},
    {"siemens_i131_petri_dish", 1, 734056, 734056, 734056},
    {"siemens_i131_syringe", 1, 719508, 719508, 719508},
    {"siemens_wholebody_ant_post_tc99m", 2, 1655650, 1343424, 1655650 + 1343424},
};

std::filesystem::path nmFile(const std::string& name) {
  return testing::sharedFolder() / "nm" / (name + ".dcm");
}

class RealFiles : public ::testing::TestWithParam<Expected> {
 protected:
  void SetUp() override { REMNANT_REQUIRE_SHARED("nm"); }
};

TEST_P(RealFiles, HaveTheSumsOfTheirReadme) {
  const Expected& expected = GetParam();
  const std::optional<Pixels> pixels = decodePixels(Object::read(nmFile(expected.file)));
  ASSERT_TRUE(pixels);
  EXPECT_FALSE(pixels->lossy);
  ASSERT_EQ(pixels->frames.size(), expected.frames);
  std::int64_t all = 0;
  for (const image::Counts& frame : pixels->frames) all += sumOf(frame);
  EXPECT_EQ(sumOf(pixels->frames.front()), expected.first);
  EXPECT_EQ(sumOf(pixels->frames.back()), expected.last);
  EXPECT_EQ(all, expected.all);
}

TEST_P(RealFiles, KeepTheirPixelsWhenWrittenAnew) {
  const testing::TemporaryFolder folder;
  const Object object = Object::read(nmFile(GetParam().file));
  object.write(folder / "a.dcm");
  const Object back = Object::read(folder / "a.dcm");
  EXPECT_EQ(decodePixels(back)->frames, decodePixels(object)->frames);
  back.write(folder / "b.dcm");
  EXPECT_EQ(readWholeFile(folder / "a.dcm"), readWholeFile(folder / "b.dcm"));
}

INSTANTIATE_TEST_SUITE_P(Lossless, RealFiles, ::testing::ValuesIn(kLossless),
                         [](const auto& tested) { return tested.param.file; });

TEST(RealFilesTogether, LossyOnesAreReadAndFlagged) {
  REMNANT_REQUIRE_SHARED("nm");
  const std::optional<Pixels> original = decodePixels(Object::read(nmFile("ge_wholebody_unc")));
  for (const char* name : {"ge_wholebody_jply", "ge_wholebody_jlsn", "ge_wholebody_j2ki"}) {
    const std::optional<Pixels> pixels = decodePixels(Object::read(nmFile(name)));
    ASSERT_TRUE(pixels) << name;
    EXPECT_TRUE(pixels->lossy) << name;
    // Lossy, but of the same picture: the sums agree within a few per cent, the pixels do not.
    EXPECT_NEAR(static_cast<double>(sumOf(pixels->frames[0])), 3596452, 0.05 * 3596452) << name;
    EXPECT_NE(pixels->frames, original->frames) << name;
  }
}

TEST(RealFilesTogether, AllLosslessEncodingsHoldTheSamePixels) {
  REMNANT_REQUIRE_SHARED("nm");
  const std::vector<image::Counts> original = decodePixels(Object::read(nmFile("ge_wholebody_unc")))->frames;
  for (const char* name : {"ge_wholebody_rle", "ge_wholebody_jpll", "ge_wholebody_jlsl", "ge_wholebody_j2kr"})
    EXPECT_EQ(decodePixels(Object::read(nmFile(name)))->frames, original) << name;
}

TEST(RealFilesTogether, AnObjectWithoutPixelsHasNone) {
  REMNANT_REQUIRE_SHARED("nm");
  EXPECT_EQ(decodePixels(Object::read(nmFile("siemens_tomo_two_windows_no_pixels"))), std::nullopt);
}

TEST(RealFilesTogether, AreReadTheSameFromSeveralThreads) {
  REMNANT_REQUIRE_SHARED("nm");
  constexpr std::size_t kRepeats = 4;
  const std::size_t count = std::size(kLossless);
  std::vector<std::int64_t> sums(kRepeats * count);
  parallelFor(sums.size(), 4, [&](std::size_t i) {
    visitFrames(Object::read(nmFile(kLossless[i % count].file)),
                [&](std::size_t, image::Counts&& frame) { sums[i] += sumOf(frame); });
  });
  for (std::size_t i = 0; i < sums.size(); ++i) EXPECT_EQ(sums[i], kLossless[i % count].all);
}

}  // namespace
}  // namespace remnant::dicom
