#include "remnant/configuration/toml_fields.h"

#include <gtest/gtest.h>

#include "remnant/base/atomic_file.h"
#include "support/temporary_folder.h"

namespace remnant::configuration {
namespace {

/// The refusal of what `read` does with the text, as a file "settings.toml" with code "bad-settings".
template <class Read>
InputError refusalOf(const std::string& text, Read read) {
  const toml::table table = toml::parse(text);
  TomlFields fields(table, "bad-settings", "settings.toml", "");
  try {
    read(fields);
  } catch (const InputError& error) {
    return error;
  }
  ADD_FAILURE() << "accepted: " << text;
  return InputError("none", "none");
}

TEST(TomlFields, RefusesANumberOutsideItsRangeNamingLineAndKey) {
  const InputError error =
      refusalOf("# settings\nlength = 7\n", [](TomlFields& fields) { fields.number("length", 0, 5); });
  EXPECT_EQ(error.code(), "bad-settings");
  EXPECT_EQ(error.file(), "settings.toml");
  EXPECT_EQ(error.tag(), "length");
  EXPECT_EQ(std::string(error.what()), "line 2: must be a number from 0 to 5");
}

TEST(TomlFields, RefusesKeysThatWereNeverAskedFor) {
  const InputError error = refusalOf("length = 1\nwidht = 2\n", [](TomlFields& fields) {
    fields.number("length", 0, 5);
    fields.finish();
  });
  EXPECT_EQ(error.tag(), "widht");
}

TEST(TomlFields, RefusesWhatIsMissingOrOfAnotherKind) {
  EXPECT_EQ(refusalOf("", [](TomlFields& fields) { fields.number("length", 0, 5); }).tag(), "length");
  EXPECT_EQ(refusalOf("length = 'x'", [](TomlFields& fields) { fields.number("length", 0, 5); }).tag(),
            "length");
  EXPECT_EQ(refusalOf("length = nan", [](TomlFields& fields) { fields.number("length", 0, 5); }).tag(),
            "length");
}

TEST(TomlFields, ReadsListsOfNumbersAndKeysThatMayBeLeftOut) {
  const toml::table table = toml::parse("edges = [328, 328, 401.5]\nlength = 3\n");
  TomlFields fields(table, "bad-settings", "settings.toml", "");
  EXPECT_EQ(fields.numbers("edges", 0, 1000), (std::vector<double>{328, 328, 401.5}));
  EXPECT_EQ(fields.numberOr("length", 7, 0, 5), 3);
  EXPECT_EQ(fields.numberOr("width", 7, 0, 5), 7);
  fields.finish();
  EXPECT_EQ(refusalOf("length = 6", [](TomlFields& other) { other.numberOr("length", 1, 0, 5); }).tag(),
            "length");
  EXPECT_EQ(refusalOf("edges = [1, 2000]", [](TomlFields& other) { other.numbers("edges", 0, 1000); }).tag(),
            "edges");
}

TEST(TomlFields, ReadsNamesWithSpacesAndSigns) {
  const toml::table table = toml::parse("name = 'GE Optima NM/CT 640 (5/8\")'\n");
  TomlFields fields(table, "bad-settings", "settings.toml", "");
  EXPECT_EQ(fields.name("name"), "GE Optima NM/CT 640 (5/8\")");
  auto read = [](TomlFields& other) { other.name("name"); };
  EXPECT_EQ(refusalOf("name = ''", read).tag(), "name");
  EXPECT_EQ(refusalOf("name = \"two\\nlines\"", read).tag(), "name");
  EXPECT_EQ(refusalOf("name = '" + std::string(65, 'x') + "'", read).tag(), "name");
}

TEST(TomlFields, ReadsPathsLongerThanNames) {
  const std::string path = "2012/" + std::string(200, 'x') + ".dcm";
  const toml::table table = toml::parse("file = '" + path + "'\n");
  EXPECT_EQ(TomlFields(table, "bad-settings", "settings.toml", "").path("file"), path);
  auto read = [](TomlFields& other) { other.path("file"); };
  EXPECT_EQ(refusalOf("file = ''", read).tag(), "file");
  EXPECT_EQ(refusalOf("file = \"two\\nlines\"", read).tag(), "file");
}

TEST(ReadToml, RefusesWhatIsNotTomlWithItsLine) {
  const testing::TemporaryFolder folder;
  writeWholeFile(folder / "settings.toml", "a = 1\nb = \n");
  try {
    readToml(folder / "settings.toml", "bad-settings");
    FAIL() << "accepted";
  } catch (const InputError& error) {
    EXPECT_EQ(error.code(), "bad-settings");
    EXPECT_EQ(std::string(error.what()).substr(0, 7), "line 2:");
  }
}

}  // namespace
}  // namespace remnant::configuration
