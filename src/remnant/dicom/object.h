#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "remnant/dicom/tag.h"

class DcmItem;
class DcmFileFormat;

/// The one door to DCMTK: DICOM objects read within stated limits, looked at, changed and written whole.
namespace remnant::dicom {

/// Limits that hold before anything is allocated. What exceeds them is refused with InputError "over-limit".
struct ReadLimits {
  std::uint64_t fileBytes = std::uint64_t{4} << 30;  ///< largest file opened
  std::uint64_t valueBytes = std::uint64_t{1}
                             << 20;  ///< largest value read with the header; pixels wait on disk
  std::uint64_t headerBytes = std::uint64_t{64} << 20;  ///< all that is read with the header
  std::uint64_t pixelBytes = std::uint64_t{1} << 30;    ///< rows x columns x frames x bytes, decoded
  unsigned sequenceDepth = 32;                          ///< deepest nesting of sequences
};

/// One element as a walk over an object shows it; the text of its values is given where they are short.
struct ElementView {
  Tag tag;
  std::string vr;              ///< two letters
  std::string privateCreator;  ///< of a private element; empty otherwise
  std::vector<Tag> path;       ///< the sequences around it, outermost first
  std::string value;   ///< all values joined by '\\', as stored; empty for sequences and binary values
  bool empty = false;  ///< of length zero
};

/// What a walk does with an element.
struct ElementAction {
  enum class Kind { kKeep, kRemove, kEmpty, kReplace };
  Kind kind = Kind::kKeep;
  std::string value;  ///< for kReplace: all values joined by '\\'
};

/// A view of a data set or of one item of a sequence; it lives as long as the Object it came from.
class Dataset {
 public:
  explicit Dataset(DcmItem& item) : item_(&item) {}

  bool contains(Tag tag) const;
  /// First value, white space at the ends removed; nullopt where absent or empty. As stored (see
  /// SpecificCharacterSet).
  std::optional<std::string> text(Tag tag) const;
  std::vector<std::string> texts(Tag tag) const;
  /// The first value in UTF-8: turned from the character set that the object declares, with U+FFFD for what
  /// that set does not hold. Always valid UTF-8.
  std::optional<std::string> utf8Text(Tag tag) const;
  std::vector<std::string> utf8Texts(Tag tag) const;
  /// Numbers from DS, IS, US, SS, UL, SL, FL, FD. Throws InputError "bad-value" with the tag where one cannot
  /// be read.
  std::optional<double> number(Tag tag) const;
  std::vector<double> numbers(Tag tag) const;
  std::optional<std::int64_t> integer(Tag tag) const;
  std::vector<std::int64_t> integers(Tag tag) const;
  /// The items of a sequence; empty where absent.
  std::vector<Dataset> items(Tag sequence) const;

  /// Sets a value of the VR that the dictionary gives the tag; several values are joined by '\\'. "" sets
  /// length zero.
  void setText(Tag tag, const std::string& value);
  void setIntegers(Tag tag, const std::vector<std::int64_t>& values);
  void setNumbers(Tag tag, const std::vector<double>& values);  ///< DS is written with at most 16 characters
  void setTags(Tag tag, const std::vector<Tag>& values);        ///< VR AT
  /// An element of a VR of one's choice, for private attributes (privateCreator is written with it).
  void setPrivateText(Tag tag, const std::string& privateCreator, const std::string& vr,
                      const std::string& value);
  /// A sequence of length zero, or one more item at its end.
  void setEmptySequence(Tag sequence);
  Dataset appendItem(Tag sequence);
  void remove(Tag tag);

  /// Shows every element, nested ones too, before its contents, and does what the visitor says. A removed or
  /// emptied sequence is not entered.
  void transform(const std::function<ElementAction(const ElementView&)>& visitor);
  void walk(const std::function<void(const ElementView&)>& visitor) const;

  DcmItem& dcmtkItem() const { return *item_; }

 private:
  DcmItem* item_;
};

/// A DICOM object: its meta header and its data set.
class Object {
 public:
  /// Reads a file; values larger than limits.valueBytes stay in it until they are asked for. Safe to call
  /// from several threads. Throws InputError: "not-dicom", "truncated", "malformed", "over-limit",
  /// "unsupported-transfer-syntax" (deflated), "unreadable-file".
  static Object read(const std::filesystem::path& path, const ReadLimits& limits = {});
  /// An empty object to be filled and written; the SOP class and instance UIDs are set in it.
  static Object create(const std::string& sopClassUid, const std::string& sopInstanceUid);

  Object(Object&&) noexcept;
  Object& operator=(Object&&) noexcept;
  ~Object();

  Dataset dataset() const;
  std::string transferSyntaxUid() const;
  const ReadLimits& limits() const { return limits_; }
  DcmFileFormat& dcmtkFile() const { return *file_; }

  /// Writes by rename, Explicit VR Little Endian where pixels are native, else in the transfer syntax they
  /// came in; the meta header is made anew from the data set. The same object gives the same bytes. Throws
  /// InputError "unwritable-file".
  void write(const std::filesystem::path& path) const;

 private:
  Object(std::unique_ptr<DcmFileFormat> file, ReadLimits limits);
  std::unique_ptr<DcmFileFormat> file_;
  ReadLimits limits_;
};

}  // namespace remnant::dicom
