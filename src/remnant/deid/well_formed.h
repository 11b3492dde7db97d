#pragma once

#include "remnant/dicom/object.h"

namespace remnant::deid {

/// What becomes of an element that the profile keeps: a value that its VR does not allow (PS3.5, table 6.2-1)
/// may be anything, a name that was typed or written into the wrong field too.
///   DS, IS      emptied unless every value is a decimal number; IS may have a fraction, which some makers
///               write
///   TM, AS      emptied unless every value is a time of day, an age
///   CS          a value is emptied that has more than 16 characters or others than A-Z, 0-9, space and
///               underscore; PatientSex unless it is F, M or O
///   UI          kept
///   others      kept
/// Throws InputError "bad-uid", naming the tag, where a value of VR UI is more than 64 characters or others
/// than digits and dots.
dicom::ElementAction keptIfWellFormed(const dicom::ElementView& element);

/// An AS: three digits and one of D, W, M, Y.
bool isAge(std::string_view text);

/// "", or a sign and four digits: what may follow the time in a DT.
bool isZone(std::string_view text);

/// The text without white space and NUL at its ends.
std::string_view withoutPadding(std::string_view text);

}  // namespace remnant::deid
