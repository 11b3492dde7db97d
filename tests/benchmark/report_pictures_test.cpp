#include "remnant/benchmark/report_pictures.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "benchmark/tiny_dataset.h"
#include "remnant/base/csv.h"
#include "support/temporary_folder.h"

namespace remnant::benchmark {
namespace {

using remnant::testing::TemporaryFolder;
using remnant::testing::TinyDataset;

std::vector<std::string> regionsOf(const StudyPictures& pictures) {
  std::vector<std::string> names;
  for (const RegionMark& mark : pictures.marks) names.push_back(mark.view + " " + mark.region);
  std::sort(names.begin(), names.end());
  return names;
}

TEST(PicturesOf, GivesViewsAndRegionsOfOneImageSet) {
  const TemporaryFolder folder;
  const dataset::Dataset dataset = TinyDataset(folder / "dataset", 2).open();
  const StudyPictures neck = picturesOf(dataset)("S000", "neck-region");
  EXPECT_EQ(neck.views.anterior, dataset.views("S000", dataset::ImageSet::kNeckRegion).anterior);
  EXPECT_EQ(regionsOf(neck), (std::vector<std::string>{"anterior shoulder", "anterior thyroid"}));
}

TEST(PicturesOf, MarksTheCropOnTheWholeBody) {
  const TemporaryFolder folder;
  const dataset::Dataset dataset = TinyDataset(folder / "dataset", 2).open();
  const StudyPictures body = picturesOf(dataset)("S000", "full-body");
  EXPECT_EQ(regionsOf(body), (std::vector<std::string>{"anterior neck", "anterior shoulder",
                                                       "anterior thyroid", "posterior neck"}));
}

TEST(PicturesOf, NamesTheCellThatIsNoPixelPosition) {
  const TemporaryFolder folder;
  const dataset::Dataset dataset = TinyDataset(folder / "dataset", 2).open();
  const CsvTable regions = CsvTable::read(dataset.folder() / "regions.csv");
  CsvTable spoilt(regions.columns());
  std::vector<std::string> cells;
  for (const std::string& column : regions.columns())
    cells.push_back(column == "height" ? "-3" : regions.text(0, column));
  spoilt.append(cells);
  spoilt.write(dataset.folder() / "regions.csv");
  try {
    picturesOf(dataset);
    FAIL() << "a negative height was taken";
  } catch (const InputError& error) {
    EXPECT_EQ(error.code(), "bad-number");
    EXPECT_EQ(error.tag(), "height");
    EXPECT_NE(std::string(error.what()).find("line 2"), std::string::npos);
  }
}

TEST(ImageSetNamed, RefusesOthers) {
  EXPECT_EQ(imageSetNamed("neck-region"), dataset::ImageSet::kNeckRegion);
  EXPECT_THROW(imageSetNamed("head"), InputError);
}

}  // namespace
}  // namespace remnant::benchmark
