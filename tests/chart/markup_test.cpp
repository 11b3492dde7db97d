#include "remnant/chart/markup.h"

#include <gtest/gtest.h>

#include "support/markup_check.h"

namespace remnant::chart::markup {
namespace {

TEST(Escaped, LeavesNothingThatOpensATagOrEndsAnAttribute) {
  EXPECT_EQ(escaped("<a href=\"x\">'&'</a>"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  EXPECT_EQ(escaped("Müller, µSv\n"), "Müller, µSv\n");
}

TEST(Escaped, ReplacesCharactersThatNoPageMayHold) {
  EXPECT_EQ(escaped(std::string("a\x01", 2) + std::string("\0b", 2)),
            "a\xEF\xBF\xBD\xEF\xBF\xBD"
            "b");
}

TEST(Fixed, WritesWithAFullStopAndWithoutNegativeZero) {
  EXPECT_EQ(fixed(0.125, 3), "0.125");
  EXPECT_EQ(fixed(-1.5, 1), "-1.5");
  EXPECT_EQ(fixed(-0.04, 1), "0.0");
  EXPECT_EQ(fixed(1e6, 0), "1000000");
}

TEST(Base64, AgreesWithTheVectorsOfTheStandard) {  // RFC 4648, section 10
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64("\xFF\xFE"), "//4=");
}

TEST(Element, KeepsHostileTextInside) {
  const std::string text = textElement("p", {{"title", "\"><script>"}}, "</p><script>");
  EXPECT_EQ(text, "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;/p&gt;&lt;script&gt;</p>");
  EXPECT_EQ(testing::MarkupCheck::faultIn(text), "");
}

TEST(MarkupCheck, FindsTheFaultsItLooksFor) {
  for (const char* faulty : {"<p>", "<p></q>", "</p>", "<p a=b></p>", "a & b", "<p a=\"<\"></p>", "a < b"})
    EXPECT_NE(testing::MarkupCheck::faultIn(faulty), "") << faulty;
  EXPECT_EQ(testing::MarkupCheck::faultIn("<!DOCTYPE html>\n<p a=\"b\">c &amp; d<br/></p>\n"), "");
}

}  // namespace
}  // namespace remnant::chart::markup
