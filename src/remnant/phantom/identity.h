#pragma once

#include <string>

#include "remnant/base/random.h"
#include "remnant/base/time.h"
#include "remnant/dicom/object.h"
#include "remnant/phantom/patient.h"

/// Identities that are complete and obviously fictitious, so that de-identification has something to remove.
namespace remnant::phantom {

struct Identity {
  std::string patientId;  ///< SIM-000123
  std::string name;       ///< TEST^PHANTOM..., DICOM form
  std::string otherPatientId;
  std::string insuranceNumber;
  std::string address;
  std::string telephone;
  std::string motherBirthName;
  std::string referringPhysician;
  std::string performingPhysician;
  std::string operatorName;
  CivilDate birthDate;
};

/// The identity of a patient, whose first study was at the given time.
Identity sampleIdentity(std::size_t patientIndex, const Person& person, CivilTime firstStudy,
                        RandomStream& random);

/// What hospital systems write of a person beside the plain attributes: other identifiers, address, comments,
/// a private group. Valid by the NM Image IOD.
void writeIdentity(dicom::Dataset data, const Identity& identity);

/// The same identity planted where de-identification by a list of plain attributes does not look: nested
/// sequences, free text, protocol names, private elements, unknown VR.
void plantIdentity(dicom::Dataset data, const Identity& identity);

}  // namespace remnant::phantom
