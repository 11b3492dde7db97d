#pragma once

#include <string>

#include "remnant/deid/basic_profile_table.h"
#include "remnant/deid/key.h"
#include "remnant/dicom/object.h"

namespace remnant::deid {

/// Whom an object is about, before it is cleaned. Both are secret.
struct PatientKeys {
  std::string patientPseudonym;
  int dateShiftDays = 0;
};

/// What the profile does with one element, nested or not:
///   the row of Table E.1-1 with the options Retain Patient Characteristics and Retain Longitudinal Temporal
///   Information with Modified Dates; of the choices the standard leaves, the one that keeps NM and Secondary
///   Capture objects valid (X/Z: empty, but a sequence is removed; X/D, X/Z/D: remove; Z/D: empty; X/Z/U*:
///   the UIDs inside are mapped)
///   private groups, curves (50xx) and overlays (60xx) go whole
///   patient name and id become the pseudonym; ages above 89 become 090Y
///   dates move by whole days, times of day stay, so intervals stay to the second; a date that cannot be read
///   is emptied
///   what the table does not name: ImageID, which technicians type, is removed, person names are emptied,
///   free text (LT, ST, UT) and unknown VRs removed, dates moved, UIDs mapped unless they are the standard's
///   own or name a class or a coding scheme
///   of what would be kept, values that their VR does not allow are emptied (see keptIfWellFormed)
/// Throws InputError "bad-uid", naming the tag, where a UID that is kept is none.
dicom::ElementAction actionFor(const dicom::ElementView& element, const PatientKeys& patient, const Key& key);

/// De-identifies an object in place and writes down how (PS3.15, section E.1.1): PatientIdentityRemoved, the
/// method and its codes, LongitudinalTemporalInformationModified. A label that the profile keeps (the name of
/// an energy window, say) is emptied where it repeats an identity named elsewhere in the object.
///
/// Throws InputError, each naming the tag and never a value:
///   "no-patient-id"         there is nothing to make a pseudonym and a date shift of
///   "no-uid"                study, series or SOP instance UID is missing
///   "bad-uid"               a UID to be kept is none
///   "already-de-identified" this program has made the object; what others de-identified is taken
///   "burned-in-annotation"  the pixels are said to hold an identity
///   "identity-left"         a coded entry repeats the patient's or the staff's identity
void deidentify(dicom::Object& object, const Key& key);

}  // namespace remnant::deid
