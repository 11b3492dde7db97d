#include "remnant/base/sha256.h"

#include <gtest/gtest.h>

#include "remnant/base/atomic_file.h"
#include "remnant/base/error.h"
#include "support/temporary_folder.h"

namespace remnant {
namespace {

std::vector<std::uint8_t> repeated(std::uint8_t byte, std::size_t count) {
  return std::vector<std::uint8_t>(count, byte);
}

// FIPS 180-4 examples, published by NIST (SHA256.pdf), and the message of a million times 'a'.
TEST(Sha256, MatchesTheExamplesOfTheStandard) {
  EXPECT_EQ(toHex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(toHex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(toHex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(toHex(sha256(std::string(1000000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DoesNotDependOnHowTheBytesArriveAroundBlockEdges) {
  for (const std::size_t length : {55u, 56u, 63u, 64u, 65u, 119u, 120u, 128u}) {
    const std::string message(length, 'x');
    Sha256 inPieces;
    for (const char character : message) inPieces.update(std::string_view(&character, 1));
    EXPECT_EQ(inPieces.finish(), sha256(message)) << length;
  }
}

// RFC 4231, test cases 1, 2 and 6 (a key longer than a block).
TEST(HmacSha256, MatchesRfc4231) {
  EXPECT_EQ(toHex(hmacSha256(repeated(0x0b, 20), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  const std::vector<std::uint8_t> jefe = {'J', 'e', 'f', 'e'};
  EXPECT_EQ(toHex(hmacSha256(jefe, "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(toHex(hmacSha256(repeated(0xaa, 131), "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Sha256OfFile, HashesTheFilesBytes) {
  const testing::TemporaryFolder folder;
  writeWholeFile(folder / "message", std::string(100000, 'q'));
  EXPECT_EQ(sha256OfFile(folder / "message"), sha256(std::string(100000, 'q')));
  EXPECT_THROW(sha256OfFile(folder / "absent"), InputError);
}

}  // namespace
}  // namespace remnant
