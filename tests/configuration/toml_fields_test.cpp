#include "remnant/configuration/toml_fields.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace remnant::configuration
