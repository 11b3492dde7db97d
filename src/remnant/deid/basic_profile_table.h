#pragma once

#include <cstdint>
#include <span>

#include "remnant/dicom/tag.h"

/// Table E.1-1 of DICOM PS3.15, edition 2024b: what the Basic Application Level Confidentiality Profile and
/// its options do with each attribute.
namespace remnant::deid {

/// The column "Basic Profile". Where the standard leaves a choice, it depends on the type that the attribute
/// has in the object.
enum class BasicAction : std::uint8_t {
  kX,    ///< remove
  kZ,    ///< replace by zero length, or a dummy
  kD,    ///< replace by a non-empty dummy
  kU,    ///< replace by a UID that is the same wherever the old one stood
  kXZ,   ///< X/Z
  kXD,   ///< X/D
  kZD,   ///< Z/D
  kXZD,  ///< X/Z/D
  kXZU,  ///< X/Z/U*: the UIDs inside the sequence are replaced
};

/// One attribute, with the columns of the options that remnant takes part in.
struct ProfileRow {
  dicom::Tag tag;
  BasicAction basic;
  char patientCharacteristics;  ///< Retain Patient Characteristics: 'K' keep, 'C' clean, ' ' not touched
  char modifiedDates;           ///< Retain Longitudinal Temporal Information, Modified Dates: 'C' or ' '
};

/// All rows that name one attribute, ordered by tag. The rows for private attributes, curves (50xx),
/// overlay data (60xx,3000) and overlay comments (60xx,4000) are not among them: profile.cpp removes these
/// groups whole.
std::span<const ProfileRow> basicProfileTable();

/// The row of an attribute; nullptr where the table does not name it.
const ProfileRow* findProfileRow(dicom::Tag tag);

}  // namespace remnant::deid
