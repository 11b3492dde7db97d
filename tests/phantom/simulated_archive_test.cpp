#include "remnant/phantom/simulated_archive.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <utility>

#include "remnant/base/atomic_file.h"
#include "remnant/base/csv.h"
#include "remnant/base/error.h"
#include "remnant/dicom/pixels.h"
#include "remnant/scintigraphy/nm_object.h"
#include "support/sanitized.h"
#include "support/temporary_folder.h"

namespace remnant::phantom {
namespace {

const Cohort& demo() {
  static const Cohort cohort = readCohort(findCohort("demo"));
  return cohort;
}

ArchiveRequest requestFor(const std::filesystem::path& folder, unsigned threads = 1) {
  ArchiveRequest request;
  request.patients = testing::kSanitized ? 1 : 3;
  request.seed = 21;
  request.folder = folder;
  request.threads = threads;
  request.cohortSha256 = "of the test";
  return request;
}

std::map<std::string, std::string> contentsOf(const std::filesystem::path& folder) {
  std::map<std::string, std::string> contents;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      contents[std::filesystem::relative(entry.path(), folder)] = readWholeFile(entry.path());
  return contents;
}

std::filesystem::path someObject(const std::filesystem::path& folder) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".dcm") return entry.path();
  throw std::runtime_error("no object was written");
}

TEST(WriteArchive, SameBytesOnOneAndTwoThreads) {
  const testing::TemporaryFolder one, two;
  for (auto [folder, threads] : {std::pair(one.path(), 1U), std::pair(two.path(), 2U)}) {
    ArchiveRequest request = requestFor(folder, threads);
    request.patients = std::max<std::size_t>(request.patients, 2);  // one for each thread
    writeArchive(demo(), request);
  }
  EXPECT_EQ(contentsOf(one.path()), contentsOf(two.path()));
}

TEST(WriteArchive, MakesOnlyWhatIsMissing) {
  const testing::TemporaryFolder folder;
  const ArchiveSummary first = writeArchive(demo(), requestFor(folder.path()));
  EXPECT_EQ(first.madeNow, first.studies);
  const auto before = contentsOf(folder.path());
  std::filesystem::remove(someObject(folder.path()));
  EXPECT_EQ(writeArchive(demo(), requestFor(folder.path())).madeNow, 1U);
  EXPECT_EQ(contentsOf(folder.path()), before);
  EXPECT_EQ(writeArchive(demo(), requestFor(folder.path())).madeNow, 0U);
}

TEST(WriteArchive, RefusesAFolderOfOtherFiles) {
  const testing::TemporaryFolder folder;
  writeWholeFile(folder.path() / "thesis.txt", "words");
  try {
    writeArchive(demo(), requestFor(folder.path()));
    FAIL() << "a foreign folder was written to";
  } catch (const InputError& error) {
    EXPECT_EQ(error.code(), "foreign-folder");
  }
}

TEST(WriteArchive, RefusesTheFolderOfAnotherSimulation) {
  const testing::TemporaryFolder folder;
  writeArchive(demo(), requestFor(folder.path()));
  const auto before = contentsOf(folder.path());
  ArchiveRequest other = requestFor(folder.path());
  other.seed = 22;
  try {
    writeArchive(demo(), other);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.code(), "other-simulation");
  }
  EXPECT_EQ(contentsOf(folder.path()), before);
}

TEST(WriteArchive, TablesNameEveryStudyOnceAndMatchTheObjects) {
  const testing::TemporaryFolder folder;
  const ArchiveSummary summary = writeArchive(demo(), requestFor(folder.path()));
  const CsvTable labels = CsvTable::read(folder / "labels.csv");
  const CsvTable truth = CsvTable::read(folder / "truth.csv");
  ASSERT_EQ(labels.rowCount(), summary.studies);
  std::size_t positives = 0;
  std::map<std::string, std::string> labelOf;
  for (std::size_t row = 0; row < labels.rowCount(); ++row) {
    labelOf[labels.text(row, "studyInstanceUid")] = labels.text(row, "label");
    positives += labels.text(row, "label") == "1";
  }
  EXPECT_EQ(labelOf.size(), summary.studies);
  EXPECT_EQ(positives, summary.residualTissue);
  for (std::size_t row = 0; row < truth.rowCount(); ++row) {
    if (truth.text(row, "region") != "thyroid") continue;
    const double uptakePercent = *truth.number(row, "uptakePercent");
    EXPECT_EQ(labelOf.at(truth.text(row, "studyInstanceUid")), uptakePercent >= 0.2 ? "1" : "0");
  }
  const dicom::Object object = dicom::Object::read(someObject(folder.path()));
  EXPECT_TRUE(labelOf.contains(*object.dataset().text({0x0020, 0x000D})));
}

TEST(WriteArchive, CountsAccumulatedIsTheSumOfThePixels) {
  const testing::TemporaryFolder folder;
  writeArchive(demo(), requestFor(folder.path()));
  const dicom::Object object = dicom::Object::read(someObject(folder.path()));
  const auto pixels = dicom::decodePixels(object);
  ASSERT_TRUE(pixels);
  ASSERT_EQ(pixels->frames.size(), 2U);
  EXPECT_EQ(*object.dataset().integer({0x0018, 0x0070}),
            image::sumOf(pixels->frames[0]) + image::sumOf(pixels->frames[1]));
}

TEST(WriteArchive, WritesMeasurementsCalibrationsAndMasks) {
  const testing::TemporaryFolder folder;
  ArchiveRequest request = requestFor(folder.path());
  request.patients = 1;
  request.masks = true;
  const ArchiveSummary summary = writeArchive(demo(), request);
  const CsvTable measured = CsvTable::read(folder / "measurements.csv");
  ASSERT_EQ(measured.rowCount(), summary.studies);
  EXPECT_NEAR(*measured.number(0, "neckDepthMm"), 120, 60);
  EXPECT_EQ(*measured.number(0, "neckDepthSigmaMm"), 4);
  for (const Centre& centre : demo().centres) {
    const auto calibration = physics::readCalibration(folder / "calibration" / (centre.serial + ".json"));
    EXPECT_EQ(calibration.serialNumber, centre.serial);
    ASSERT_EQ(calibration.sensitivities.size(), 2U);
    EXPECT_NEAR(calibration.sensitivities[1].coreCpsPerMBq / calibration.sensitivities[0].coreCpsPerMBq,
                centre.posteriorGain, 1e-12);
  }
  EXPECT_TRUE(std::filesystem::exists(folder / "truth" / "SIM-000001" / "1-1-1.png"));
  EXPECT_TRUE(std::filesystem::exists(folder / "truth" / "SIM-000001" / "1-1-2.png"));
}

// The reader knows Start Angle by the standard, apart from the view codes that the writer gives too.
TEST(WriteArchive, ViewCodesAndDetectorAnglesTellTheSameViews) {
  const testing::TemporaryFolder folder;
  writeArchive(demo(), requestFor(folder.path()));
  const dicom::Object object = dicom::Object::read(someObject(folder.path()));
  const auto coded = scintigraphy::interpret(object).frames;
  for (dicom::Dataset detector : object.dataset().items({0x0054, 0x0022})) detector.remove({0x0054, 0x0220});
  const auto angled = scintigraphy::interpret(object).frames;
  ASSERT_EQ(coded.size(), 2U);
  EXPECT_EQ(coded[0].view.view, scintigraphy::View::kAnterior);
  EXPECT_EQ(angled[0].view.view, scintigraphy::View::kAnterior);
  EXPECT_EQ(coded[1].view.view, scintigraphy::View::kPosterior);
  EXPECT_EQ(angled[1].view.view, scintigraphy::View::kPosterior);
}

}  // namespace
}  // namespace remnant::phantom
