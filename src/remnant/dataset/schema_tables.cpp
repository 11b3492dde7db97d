#include "remnant/dataset/schema.h"

namespace remnant::dataset {
namespace {

constexpr bool kMayBeEmpty = true;

std::vector<TableColumn> regionColumns(std::vector<TableColumn> leading) {
  const std::vector<TableColumn> rest = {{"imageSet"},
                                         {"view"},
                                         {"region"},
                                         {"x"},
                                         {"y"},
                                         {"width"},
                                         {"height"},
                                         {"xMm", kMayBeEmpty},
                                         {"yMm", kMayBeEmpty},
                                         {"depthMm", kMayBeEmpty},
                                         {"depthUncertaintyMm", kMayBeEmpty},
                                         {"depthMethod", kMayBeEmpty},
                                         {"uptakePercent", kMayBeEmpty},
                                         {"uptakeUncertaintyPercent", kMayBeEmpty},
                                         {"source"}};
  leading.insert(leading.end(), rest.begin(), rest.end());
  return leading;
}

std::vector<TableColumn> truthColumns() {
  std::vector<TableColumn> columns = regionColumns({{"patientId"}, {"studyInstanceUid"}});
  columns.push_back({"activityMBq", kMayBeEmpty});
  columns.push_back({"massGrams", kMayBeEmpty});
  columns.push_back({"focus", kMayBeEmpty});
  columns.push_back({"waterDepthMm", kMayBeEmpty});
  columns.push_back({"thicknessMm", kMayBeEmpty});
  columns.push_back({"site", kMayBeEmpty});
  columns.push_back({"nuclide"});
  columns.push_back({"xPatientMm", kMayBeEmpty});
  columns.push_back({"yPatientMm", kMayBeEmpty});
  columns.push_back({"zPatientMm", kMayBeEmpty});
  return columns;
}

const std::vector<Table>& tables() {
  static const std::vector<Table> list = {
      {"studies.csv",
       "a study of the dataset",
       "in a dataset, by `remnant build`",
       {{"patient"},
        {"study"},
        {"label"},
        {"radionuclide", kMayBeEmpty},
        {"scanner", kMayBeEmpty},
        {"centre", kMayBeEmpty},
        {"sex", kMayBeEmpty},
        {"ageBand", kMayBeEmpty},
        {"acquisitionPeriod", kMayBeEmpty},
        {"doseMBq", kMayBeEmpty},
        {"hoursFromDose", kMayBeEmpty},
        {"tshMilliUnitsPerL", kMayBeEmpty},
        {"thyroglobulinNgPerMl", kMayBeEmpty}}},
      {"views.csv",
       "an image: one view of a study in one image set",
       "in a dataset, by `remnant build`",
       {{"study"},
        {"imageSet"},
        {"view"},
        {"file"},
        {"rows"},
        {"columns"},
        {"pixelSpacingRowMm"},
        {"pixelSpacingColumnMm"},
        {"headEnd"},
        {"counts"},
        {"cropX"},
        {"cropY"},
        {"cropWidth"},
        {"cropHeight"},
        {"sourceFile"},
        {"sourceFrame"}}},
      {"regions.csv", "a region on one image", "in a dataset, by `remnant build`",
       regionColumns({{"study"}})},
      {"splits.csv",
       "a patient in one fold of a division",
       "in a dataset, by `remnant build`",
       {{"protocol"}, {"repeat"}, {"fold"}, {"patient"}, {"part"}}},
      {"left-out.csv",
       "a study of the catalogue that the dataset leaves out",
       "in a dataset, by `remnant build`",
       {{"patient"}, {"study"}, {"reason"}, {"explanation"}}},
      {"labels.csv",
       "a labelled study",
       "given to `remnant build`; written by `remnant simulate`",
       {{"patientId"},
        {"studyInstanceUid"},
        {"label"},
        {"tshMilliUnitsPerL", kMayBeEmpty},
        {"thyroglobulinNgPerMl", kMayBeEmpty}}},
      {"truth.csv", "a region on one view as it truly is",
       "given to `remnant build`; written by `remnant simulate`", truthColumns()},
      {"measurements.csv",
       "the neck of a patient at one study",
       "given to `remnant quantify`; written by `remnant simulate`",
       {{"patientId"},
        {"studyInstanceUid"},
        {"neckDepthMm"},
        {"neckDepthSigmaMm", kMayBeEmpty},
        {"neckWidthMm"},
        {"neckWidthSigmaMm", kMayBeEmpty}}},
      {"doses.csv",
       "the dose of one study",
       "given to `remnant quantify`",
       {{"studyInstanceUid"}, {"doseMBq", kMayBeEmpty}, {"hoursFromDose", kMayBeEmpty}}},
      {"judgement.csv",
       "one quantity of one true focus by one method",
       "where `remnant quantify --against --out` is told to write it",
       {{"studyInstanceUid"},
        {"focus"},
        {"medium"},
        {"method"},
        {"quantity"},
        {"truth"},
        {"estimate", kMayBeEmpty},
        {"statistical", kMayBeEmpty},
        {"systematic", kMayBeEmpty},
        {"lower", kMayBeEmpty},
        {"upper", kMayBeEmpty},
        {"bound", kMayBeEmpty},
        {"anteriorCounts"},
        {"isolated"},
        {"refusal", kMayBeEmpty}}},
      {"scores.csv",
       "a test study's score by one fit",
       "in a run, by `remnant bench run`",
       {{"imageSet"},
        {"contestant"},
        {"repeat"},
        {"fold"},
        {"seed"},
        {"patient"},
        {"study"},
        {"label"},
        {"score"}}},
      {"cells.csv",
       "a fit",
       "in a run, by `remnant bench run`",
       {{"imageSet"},
        {"contestant"},
        {"repeat"},
        {"fold"},
        {"seed"},
        {"threshold"},
        {"trainStudies"},
        {"testStudies"},
        {"seconds"}}},
      {"figures.csv",
       "a figure of merit with its interval by bootstrap over patients",
       "in a run, by `remnant bench run`",
       {{"imageSet"},
        {"contestant"},
        {"figure"},
        {"value", kMayBeEmpty},
        {"lower", kMayBeEmpty},
        {"upper", kMayBeEmpty}}},
  };
  return list;
}

}  // namespace

std::span<const Table> allTables() {
  return tables();
}

}  // namespace remnant::dataset
