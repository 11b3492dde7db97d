#pragma once

#include <optional>
#include <string>
#include <vector>

#include "remnant/dicom/object.h"
#include "remnant/scintigraphy/view_telling.h"

namespace remnant::scintigraphy {

/// Reads attributes of a header that may be wrong: a value that cannot be read is unknown, and becomes a
/// warning.
class Header {
 public:
  /// The warnings outlive the header.
  Header(dicom::Dataset dataset, std::vector<std::string>& warnings)
      : dataset_(dataset), warnings_(&warnings) {}

  std::string text(dicom::Tag tag) const;  ///< UTF-8; empty where not told
  std::vector<std::string> texts(dicom::Tag tag) const;
  std::optional<double> number(dicom::Tag tag) const;
  std::vector<double> numbers(dicom::Tag tag) const;
  std::optional<std::int64_t> integer(dicom::Tag tag) const;
  std::vector<std::int64_t> integers(dicom::Tag tag) const;
  std::vector<Header> items(dicom::Tag sequence) const;
  std::vector<Code> codes(dicom::Tag sequence) const;
  bool contains(dicom::Tag tag) const { return dataset_.contains(tag); }

  void warn(std::string sentence) const;

 private:
  template <class Read>
  auto orWarn(Read read) const;

  dicom::Dataset dataset_;
  std::vector<std::string>* warnings_;
};

}  // namespace remnant::scintigraphy
