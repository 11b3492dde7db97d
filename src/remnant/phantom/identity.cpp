#include "remnant/phantom/identity.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cmath>

namespace remnant::phantom {
namespace {

// Surnames and given names that nobody can take for real; letters beyond ASCII are kept out, because the
// objects declare Latin-1.
constexpr std::array kFamilyNames{"TESTPHANTOM", "ELLIPSOID",    "SCINTILLATOR", "COLLIMATORSON",
                                  "PHOTOPEAK",   "GAMMARAY",     "HALFLIFE",     "DEADTIME",
                                  "POISSONIAN",  "BACKGROUNDER", "ISOTOPIA",     "SEPTALTHICK",
                                  "CRYSTALINE",  "PINHOLESKI",   "MONTECARLO"};
constexpr std::array kFemaleNames{"TESTA", "PHANTOMINA", "SIMULIA", "FICTITIA", "ARTIFICIA", "SAMPLINA"};
constexpr std::array kMaleNames{"TESTUS", "PHANTOMAS", "SIMULUS", "FICTITIUS", "ARTIFICIUS", "SAMPLUS"};
constexpr std::array kPhysicians{"INVENTED^DOCTOR^^DR", "MADEUP^PHYSICIAN^^PROF", "NOBODY^REFERRING^^DR",
                                 "IMAGINARY^CONSULTANT^^DR"};
constexpr std::array kOperators{"UNREAL^OPERATOR", "PRETEND^TECHNOLOGIST", "NOTIONAL^RADIOGRAPHER"};
constexpr std::array kStreets{"Nowhere Street", "Imaginary Lane", "Fictitious Avenue", "Example Road"};
constexpr const char* kPrivateCreator = "REMNANT SIMULATOR";

template <class Names>
std::string pick(const Names& names, RandomStream& random) {
  return names[random.below(static_cast<std::uint32_t>(names.size()))];
}

CivilDate birthDateOf(double ageYears, CivilTime firstStudy) {
  using namespace std::chrono;
  return floor<days>(firstStudy) - days(std::lround(ageYears * 365.2425));
}

}  // namespace

Identity sampleIdentity(std::size_t patientIndex, const Person& person, CivilTime firstStudy,
                        RandomStream& random) {
  const bool female = person.sex == Sex::kFemale;
  Identity identity;
  identity.patientId = fmt::format("SIM-{:06}", patientIndex + 1);
  identity.name = fmt::format("TEST-{}^{}", pick(kFamilyNames, random),
                              female ? pick(kFemaleNames, random) : pick(kMaleNames, random));
  identity.otherPatientId = fmt::format("OLD-SIM-{:08}", random.below(100000000));
  identity.insuranceNumber = fmt::format("INS-{:09}", random.below(1000000000));
  identity.address = fmt::format("{} {}, 00000 Phantomville", 1 + random.below(99), pick(kStreets, random));
  identity.telephone = fmt::format("+00 555 {:07}", random.below(10000000));
  identity.motherBirthName = fmt::format("TESTMOTHER-{}^^^^", pick(kFamilyNames, random));
  identity.referringPhysician = pick(kPhysicians, random);
  identity.performingPhysician = pick(kPhysicians, random);
  identity.operatorName = pick(kOperators, random);
  identity.birthDate = birthDateOf(person.ageYears, firstStudy);
  return identity;
}

void writeIdentity(dicom::Dataset data, const Identity& identity) {
  data.setText({0x0010, 0x1000}, identity.otherPatientId);
  data.setText({0x0010, 0x1040}, identity.address);
  data.setText({0x0010, 0x1060}, identity.motherBirthName);
  data.setText({0x0010, 0x2154}, identity.telephone);
  data.setText({0x0010, 0x4000}, fmt::format("Simulated patient {}, no real person", identity.patientId));
  data.setPrivateText({0x0009, 0x1010}, kPrivateCreator, "LO", identity.name);
}

void plantIdentity(dicom::Dataset data, const Identity& identity) {
  data.setText({0x0020, 0x4000}, fmt::format("Seen {} ({})", identity.name, identity.patientId));
  data.setText({0x0018, 0x1030}, fmt::format("WB I131 {}", identity.patientId));
  data.setText({0x0008, 0x103E}, fmt::format("I-131 whole body {}", identity.name));
  data.setText({0x0008, 0x1030}, fmt::format("I-131 {}", identity.patientId));
  data.setText({0x0010, 0x21B0}, fmt::format("Mother {}", identity.motherBirthName));
  data.setText({0x0032, 0x4000}, fmt::format("Call {}", identity.telephone));
  data.setText({0x0040, 0x0254}, fmt::format("Scan of {}", identity.name));
  data.setText({0x0040, 0x0280}, fmt::format("Born {}", dateText(identity.birthDate)));
  dicom::Dataset other = data.appendItem({0x0010, 0x1002});
  other.setText({0x0010, 0x0020}, identity.insuranceNumber);
  other.setText({0x0010, 0x0022}, "TEXT");
  dicom::Dataset request = data.appendItem({0x0040, 0x0275});
  request.setText({0x0040, 0x0007}, fmt::format("Whole body {}", identity.name));
  request.setText({0x0040, 0x0009}, identity.otherPatientId);
  request.setText({0x0040, 0x1001}, identity.patientId);
  const auto windows = data.items({0x0054, 0x0012});
  if (!windows.empty()) dicom::Dataset(windows.front()).setText({0x0054, 0x0018}, identity.patientId);
  data.setPrivateText({0x0009, 0x1011}, kPrivateCreator, "UN", identity.name);
  data.setPrivateText({0x0009, 0x1012}, kPrivateCreator, "ST", identity.address);
  request.setPrivateText({0x0041, 0x1010}, kPrivateCreator, "LO", identity.name);
}

}  // namespace remnant::phantom
