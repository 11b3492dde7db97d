#pragma once

#include <optional>
#include <string>
#include <vector>

#include "remnant/dicom/object.h"

namespace remnant::deid {

/// The identities that an object names outright (names of people, ids, birth date, institution, station), to
/// look for in whatever text is left after cleaning: a technician may have typed them anywhere.
class KnownIdentity {
 public:
  /// Reads them from an object that is not cleaned yet.
  explicit KnownIdentity(const dicom::Dataset& source);

  /// The first tag whose text repeats one of them, whatever the case and the separators; nullopt where none
  /// does. Manufacturer and model, codes, numbers, dates and UIDs (CS, DS, IS, DA, TM, DT, UI, ...) are not
  /// looked at.
  std::optional<dicom::Tag> findIn(const dicom::Dataset& cleaned) const;

  /// Whether one element's text repeats one of them.
  bool isRepeatedBy(const dicom::ElementView& element) const;

  /// Whether one text repeats one of them.
  bool occursIn(const std::string& text) const;

 private:
  void collect(const dicom::ElementView& element);
  void addPhrase(const std::string& text, std::size_t leastLength);
  void addBirthDate(const std::string& date);

  std::vector<std::string> phrases_;    ///< " word word ", matched between word boundaries
  std::vector<std::string> fragments_;  ///< long ids with digits, matched anywhere
};

}  // namespace remnant::deid
