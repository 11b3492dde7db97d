#include <gtest/gtest.h>

#include <map>

#include "remnant/base/error.h"
#include "remnant/dicom/pixels.h"
#include "support/shared_folder.h"
#include "support/temporary_folder.h"

namespace remnant::dicom {
namespace {

std::filesystem::path badFile(const std::string& name) {
  return testing::sharedFolder() / "baddicom" / name;
}

/// The code of the refusal of header or pixels; empty for a sound reading.
std::string refusalOf(const std::filesystem::path& path) {
  try {
    decodePixels(Object::read(path));
  } catch (const InputError& error) {
    EXPECT_FALSE(std::string(error.what()).empty());
    return error.code();
  }
  return {};
}

TEST(BadFiles, EachIsRefusedClearlyOrReadSoundly) {
  REMNANT_REQUIRE_SHARED("baddicom");
  const std::map<std::string, std::string> expected = {
      {"2026-05-26-oob-monochrome-65535.dcm", "over-limit"},
      {"3gb-bulk-data-truncated", "truncated"},
      {"TC0339_mf_nf_million.dcm", "over-limit"},
      {"TC0381_preamble_127.dcm", "not-dicom"},
      {"TC0709_encap_frag_len_maxuint.dcm", "truncated"},
      {"TC0727_encap_no_delim.dcm", "truncated"},
      {"TC0901_truncated_meta_group.dcm", "truncated"},
      {"TC0935_minmax_hb255.dcm", "bad-pixel-data"},
      {"TC0279_stray_seq_delim.dcm", "malformed"},
      {"badVR.dcm", "bad-value"},
      {"rtplan_truncated.dcm", "truncated"},
      {"BASELINE_valid_ct.dcm", ""},
      {"MR_small_padded.dcm", ""},
      {"MR_small_bigendian.dcm", ""},
      {"D_CLUNIE_CT1_RLE_FRAGS.dcm", ""},
      {"GH177_D_CLUNIE_CT1_IVRLE_BigEndian_undefined_length.dcm", ""},
      {"UN_sequence.dcm", ""},
      {"explicitVRwithinUNsequence.dcm", ""},
      {"no_meta_group_length.dcm", ""},
      {"ExplVR_BigEndNoMeta.dcm", ""},
      {"ExplVR_LitEndNoMeta.dcm", ""},
  };
  for (const auto& [name, code] : expected) EXPECT_EQ(refusalOf(badFile(name)), code) << name;
}

TEST(BadFiles, AllAreSurvivedAndRewritten) {
  REMNANT_REQUIRE_SHARED("baddicom");
  const testing::TemporaryFolder folder;
  std::size_t read = 0;
  for (const auto& entry : std::filesystem::directory_iterator(badFile(""))) {
    try {
      const Object object = Object::read(entry.path());
      object.dataset().walk([](const ElementView&) {});
      object.write(folder / "a.dcm");
      Object::read(folder / "a.dcm").dataset().walk([](const ElementView&) {});
      ++read;
    } catch (const InputError&) {
    }
  }
  EXPECT_GT(read, 10u);
}

TEST(BadFiles, OneImageInTwoEncodingsIsTheSame) {
  REMNANT_REQUIRE_SHARED("baddicom");
  // Both carry the SOP instance UID of David Clunie's CT1.
  const auto fragments = decodePixels(Object::read(badFile("D_CLUNIE_CT1_RLE_FRAGS.dcm")));
  const auto bigEndian =
      decodePixels(Object::read(badFile("GH177_D_CLUNIE_CT1_IVRLE_BigEndian_undefined_length.dcm")));
  EXPECT_EQ(fragments->frames, bigEndian->frames);
  EXPECT_EQ(decodePixels(Object::read(badFile("MR_small_padded.dcm")))->frames,
            decodePixels(Object::read(badFile("MR_small_bigendian.dcm")))->frames);
}

TEST(BadFiles, ThePrivateNestedSequenceIsReached) {
  REMNANT_REQUIRE_SHARED("baddicom");
  std::size_t deepest = 0;
  Object::read(badFile("nested_priv_SQ.dcm")).dataset().walk([&](const ElementView& view) {
    deepest = std::max(deepest, view.path.size());
  });
  EXPECT_EQ(deepest, 2u);
}

}  // namespace
}  // namespace remnant::dicom
