#include "remnant/dataset/labels.h"

#include <gtest/gtest.h>

#include "dataset/example_catalogue.h"
#include "dataset/refusal.h"
#include "remnant/base/atomic_file.h"

namespace remnant::dataset {
namespace {

/// Three studies of two patients; the objects' files do not matter here.
class Labels : public ::testing::Test {
 protected:
  void SetUp() override {
    Catalogue catalogue = Catalogue::openForWriting(folder_ / "c.sqlite", exampleKey().keyId(), "test");
    for (const auto& [patient, study] : {std::pair(1, 1), {1, 2}, {2, 1}})
      catalogue.add(exampleObject(patient, study));
  }

  std::map<std::string, StudyLabel> read(const std::string& text,
                                         std::optional<deid::Key> key = exampleKey()) const {
    writeWholeFile(folder_ / "labels.csv", text);
    const Catalogue catalogue = Catalogue::open(folder_ / "c.sqlite");
    return readLabels(folder_ / "labels.csv", StudyMatcher(catalogue, std::move(key)));
  }

  static std::string original(int patient, int study, const std::string& rest) {
    return patientIdOf(patient) + "," + studyUidOf(patient, study) + "," + rest + "\n";
  }

  static std::string pseudonymous(int patient, int study, const std::string& rest) {
    const CatalogueObject object = exampleObject(patient, study);
    return object.patient + "," + object.study + "," + rest + "\n";
  }

  testing::TemporaryFolder folder_;
};

const std::string kOriginal = "patientId,studyInstanceUid,label\n";
const std::string kPseudonymous = "patient,study,label\n";

TEST_F(Labels, AreTheSameByOriginalIdentifiersAndByPseudonyms) {
  const auto byOriginal = read(kOriginal + original(1, 1, "1") + original(2, 1, "0"));
  const auto byPseudonym =
      read(kPseudonymous + pseudonymous(2, 1, "0") + pseudonymous(1, 1, "1"), std::nullopt);
  EXPECT_EQ(byOriginal, byPseudonym);
  EXPECT_EQ(byOriginal.size(), 2u);
  EXPECT_EQ(byOriginal.at(exampleObject(1, 1).study).label, 1);
  EXPECT_EQ(labelsDigest(byOriginal), labelsDigest(byPseudonym));
  EXPECT_NE(labelsDigest(byOriginal),
            labelsDigest(read(kOriginal + original(1, 1, "1") + original(2, 1, "1"))));
}

TEST_F(Labels, BringLaboratoryValuesWhereTheyAreKnown) {
  const auto labels = read("thyroglobulinNgPerMl,patientId,label,studyInstanceUid,tshMilliUnitsPerL,note\n" +
                           ("2.5," + patientIdOf(1) + ",0," + studyUidOf(1, 2) + ",,seen twice\n"));
  const StudyLabel& label = labels.at(exampleObject(1, 2).study);
  EXPECT_EQ(label.thyroglobulinNgPerMl, 2.5);
  EXPECT_EQ(label.tshMilliUnitsPerL, std::nullopt);
}

TEST_F(Labels, ThatMatchNothingAreListedByLineWithoutIdentity) {
  ::testing::internal::CaptureStderr();
  testing::expectRefusal(
      [&] { read(kOriginal + original(1, 1, "1") + original(7, 1, "1") + original(2, 2, "0")); },
      "unmatched-rows", "2 of 3");
  const std::string talk = ::testing::internal::GetCapturedStderr();
  EXPECT_NE(talk.find("line 3"), std::string::npos);
  EXPECT_NE(talk.find("line 4"), std::string::npos);
  EXPECT_EQ(talk.find("line 2"), std::string::npos);
  EXPECT_EQ(talk.find("HOSPITAL"), std::string::npos);
  EXPECT_EQ(talk.find(studyUidOf(7, 1)), std::string::npos);
}

TEST_F(Labels, OfAStudyUnderAnotherPatientMatchNothing) {
  ::testing::internal::CaptureStderr();
  testing::expectRefusal([&] { read(kOriginal + patientIdOf(2) + "," + studyUidOf(1, 1) + ",1\n"); },
                         "unmatched-rows", "1 of 1");
  ::testing::internal::GetCapturedStderr();
}

TEST_F(Labels, OtherThanZeroAndOneAreRefused) {
  for (const char* label : {"2", "", "yes", "1.0", " 1"})
    testing::expectRefusal([&] { read(kOriginal + original(2, 1, "0") + original(1, 1, label)); },
                           "bad-label", "line 3", "label");
}

TEST_F(Labels, OfMistakenColumnsAreRefusedWithoutTheirText) {
  const auto messageOf = [&](const std::string& text) {
    try {
      read(text);
    } catch (const InputError& error) {
      return error.code() + " " + error.what();
    }
    return std::string("taken");
  };
  const std::string identity = "DOE^JANE";
  const std::string label = messageOf(kOriginal + original(1, 1, identity));
  EXPECT_EQ(label.find(identity), std::string::npos) << label;
  EXPECT_TRUE(label.starts_with("bad-label")) << label;
  const std::string number =
      messageOf("patientId,studyInstanceUid,label,tshMilliUnitsPerL\n" + original(1, 1, "1," + identity));
  EXPECT_EQ(number.find(identity), std::string::npos) << number;
  EXPECT_TRUE(number.starts_with("bad-number")) << number;
}

TEST_F(Labels, WithoutARowAreRefused) {
  testing::expectRefusal([&] { read(kOriginal); }, "no-labels", "no row");
}

TEST_F(Labels, WithNegativeLaboratoryValuesAreRefused) {
  for (const char* column : {"tshMilliUnitsPerL", "thyroglobulinNgPerMl"})
    testing::expectRefusal(
        [&] {
          read("patientId,studyInstanceUid,label," + std::string(column) + "\n" + original(1, 1, "1,-3"));
        },
        "bad-value", "line 2", column);
}

TEST_F(Labels, HaveTheirUnusedColumnsNamed) {
  ::testing::internal::CaptureStderr();
  read("patientId,studyInstanceUid,label,tsh,note\n" + original(1, 1, "1,30,seen twice"));
  const std::string talk = ::testing::internal::GetCapturedStderr();
  EXPECT_NE(talk.find("tsh, note"), std::string::npos) << talk;
  EXPECT_EQ(talk.find("seen twice"), std::string::npos) << talk;
}

TEST_F(Labels, ThatContradictOneAnotherAreRefusedAndRepeatedOnesAreNot) {
  testing::expectRefusal([&] { read(kOriginal + original(1, 1, "0") + original(1, 1, "1")); },
                         "contradictory-labels", "line 3");
  EXPECT_EQ(read(kOriginal + original(1, 1, "0") + original(1, 1, "0")).size(), 1u);
}

TEST_F(Labels, NeedTheKeyThatTheArchiveWasIngestedWith) {
  testing::expectRefusal([&] { read(kOriginal + original(1, 1, "0"), std::nullopt); }, "key-needed", "--key");
  testing::expectRefusal([&] { read(kOriginal + original(1, 1, "0"), deid::Key({9})); }, "other-key", "key");
  testing::expectRefusal([&] { read("study,label\nS1,0\n"); }, "missing-column", "patientId");
  testing::expectRefusal([&] { read("patient,study\n" + pseudonymous(1, 1, "").substr(0, 27) + "\n"); },
                         "missing-column", "label");
}

}  // namespace
}  // namespace remnant::dataset
