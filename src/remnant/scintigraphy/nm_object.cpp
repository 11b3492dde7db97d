#include "remnant/scintigraphy/nm_object.h"

#include <fmt/format.h>

#include <algorithm>

#include "remnant/base/error.h"
#include "remnant/scintigraphy/frame_meaning.h"
#include "remnant/scintigraphy/header.h"
#include "remnant/scintigraphy/radionuclide.h"
#include "remnant/scintigraphy/study_time.h"

namespace remnant::scintigraphy {
namespace {

using dicom::Tag;

constexpr std::string_view kNmImageStorage = "1.2.840.10008.5.1.4.1.1.20";
constexpr std::string_view kRetiredNmImageStorage = "1.2.840.10008.5.1.4.1.1.5";

/// RadionuclideTotalDose is in MBq for NM, but some write Bq. No diagnostic or therapeutic activity comes
/// near 10^5 MBq, and none is below 10^5 Bq.
constexpr double kLargestDoseMBq = 1e5;

struct NamedAcquisition {
  std::string_view imageType, text;
  Acquisition acquisition;
};

constexpr NamedAcquisition kAcquisitions[] = {
    {"STATIC", "static", Acquisition::kStatic},
    {"WHOLE BODY", "whole-body", Acquisition::kWholeBody},
    {"DYNAMIC", "dynamic", Acquisition::kDynamic},
    {"GATED", "gated", Acquisition::kGated},
    {"TOMO", "tomo", Acquisition::kTomo},
    {"GATED TOMO", "gated-tomo", Acquisition::kGatedTomo},
    {"RECON TOMO", "recon-tomo", Acquisition::kReconTomo},
    {"RECON GATED TOMO", "recon-gated-tomo", Acquisition::kReconGatedTomo},
};

bool isNm(const NmObject& object) {
  return object.modality == "NM" || object.sopClassUid == kNmImageStorage ||
         object.sopClassUid == kRetiredNmImageStorage;
}

std::optional<Acquisition> acquisitionOf(const Header& header, const NmObject& object) {
  for (const NamedAcquisition& named : kAcquisitions)
    if (object.imageType.size() > 2 && object.imageType[2] == named.imageType) return named.acquisition;
  header.warn("the image type does not say which kind of acquisition this is");
  return std::nullopt;
}

std::optional<std::pair<double, double>> pixelSpacingOf(const Header& header) {
  const std::vector<double> spacing = header.numbers({0x0028, 0x0030});
  if (spacing.size() == 2 && spacing[0] > 0 && spacing[1] > 0) return std::pair{spacing[0], spacing[1]};
  return std::nullopt;
}

bool hasCode(const std::vector<Code>& codes, std::initializer_list<std::string_view> values) {
  return std::any_of(codes.begin(), codes.end(), [&](const Code& code) {
    return std::find(values.begin(), values.end(), code.value) != values.end();
  });
}

/// How the patient lies, by codes of PS3.16, CID 20.
struct Lying {
  bool supine = false, prone = false;
};

Lying lyingOf(const Header& header) {
  std::vector<Code> modifiers;
  for (const Header& orientation : header.items({0x0054, 0x0410}))
    for (Code& code : orientation.codes({0x0054, 0x0412})) modifiers.push_back(std::move(code));
  return {hasCode(modifiers, {"F-10340", "40199007"}), hasCode(modifiers, {"F-10310", "1240000"})};
}

/// Head first and feet first by codes of PS3.16, CID 21; G-5190 and G-5191 are those that Siemens writes.
std::string positionFromCodes(const Header& header) {
  const auto [supine, prone] = lyingOf(header);
  const std::vector<Code> gantry = header.codes({0x0054, 0x0414});
  const bool headFirst = hasCode(gantry, {"F-10470", "G-5190", "102540008"});
  const bool feetFirst = hasCode(gantry, {"F-10480", "G-5191", "102541007"});
  if (supine == prone || headFirst == feetFirst) return {};
  return std::string(headFirst ? "HF" : "FF") + (supine ? "S" : "P");
}

std::string patientPositionOf(const Header& header) {
  const std::string told = header.text({0x0018, 0x5100});
  const std::string coded = positionFromCodes(header);
  if (!told.empty() && !coded.empty() && told != coded)
    header.warn(fmt::format("the patient position is {}, but the orientation codes say {}", told, coded));
  return told.empty() ? coded : told;
}

bool liesSupine(const Header& header, const std::string& patientPosition) {
  if (!patientPosition.empty()) return patientPosition == "HFS" || patientPosition == "FFS";
  const auto [supine, prone] = lyingOf(header);
  return supine && !prone;
}

std::string radionuclideOf(const Header& radiopharmaceutical) {
  for (const Code& code : radiopharmaceutical.codes({0x0054, 0x0300})) {
    if (std::string known = radionuclideOfCode(code.value); !known.empty()) return known;
    if (std::string known = radionuclideOfName(code.meaning); !known.empty()) return known;
    if (!code.value.empty() || !code.meaning.empty())
      radiopharmaceutical.warn("the code of the radionuclide is not known, and its name tells none");
  }
  return radionuclideOfName(radiopharmaceutical.text({0x0018, 0x0031}));
}

std::optional<double> doseOf(const Header& radiopharmaceutical) {
  const std::optional<double> dose = radiopharmaceutical.number({0x0018, 0x1074});
  if (!dose || *dose == 0) return std::nullopt;  // 0 is what an unanswered form leaves
  if (*dose < 0) {
    radiopharmaceutical.warn(fmt::format("the administered activity of {} is negative and left out", *dose));
    return std::nullopt;
  }
  if (*dose <= kLargestDoseMBq) return dose;
  radiopharmaceutical.warn(
      fmt::format("the administered activity of {} cannot be in MBq and is taken as Bq", *dose));
  return *dose / 1e6;
}

void readRadiopharmaceutical(const Header& header, NmObject& object) {
  const std::vector<Header> radiopharmaceuticals = header.items({0x0054, 0x0016});
  for (const Header& radiopharmaceutical : radiopharmaceuticals) {
    const std::string radionuclide = radionuclideOf(radiopharmaceutical);
    if (object.radionuclide.empty()) object.radionuclide = radionuclide;
    if (!radionuclide.empty() && radionuclide != object.radionuclide)
      header.warn(
          fmt::format("more than one radionuclide is given: {} and {}", object.radionuclide, radionuclide));
    if (!object.doseMBq) object.doseMBq = doseOf(radiopharmaceutical);
  }
  if (object.radionuclide.empty()) header.warn("no radionuclide is given");
}

void readPlainAttributes(const Header& header, NmObject& object) {
  object.sopClassUid = header.text({0x0008, 0x0016});
  object.modality = header.text({0x0008, 0x0060});
  object.imageType = header.texts({0x0008, 0x0008});
  object.manufacturer = header.text({0x0008, 0x0070});
  object.model = header.text({0x0008, 0x1090});
  object.serialNumber = header.text({0x0018, 0x1000});
  object.rows =
      static_cast<std::size_t>(std::max<std::int64_t>(header.integer({0x0028, 0x0010}).value_or(0), 0));
  object.columns =
      static_cast<std::size_t>(std::max<std::int64_t>(header.integer({0x0028, 0x0011}).value_or(0), 0));
  object.pixelSpacingMm = pixelSpacingOf(header);
}

std::optional<CivilTime> startOf(const dicom::Dataset& dataset, const Header& header) {
  try {
    return acquisitionStart(dataset);
  } catch (const InputError& error) {
    header.warn(fmt::format("the start of the acquisition cannot be read: {}", error.what()));
    return std::nullopt;
  }
}

void readNmAttributes(const Header& header, NmObject& object) {
  object.acquisition = acquisitionOf(header, object);
  object.patientPosition = patientPositionOf(header);
  readRadiopharmaceutical(header, object);
  object.frames = readFrames(header, object.acquisition);
  tellViews(object.frames, header, object.acquisition, liesSupine(header, object.patientPosition));
  if (!object.pixelSpacingMm) header.warn("no sound pixel spacing is given");
  if (const auto counts = header.integer({0x0018, 0x0070}))
    object.countsAccumulatedTag = static_cast<long>(*counts);
}

}  // namespace

std::string_view acquisitionText(Acquisition acquisition) {
  return std::find_if(std::begin(kAcquisitions), std::end(kAcquisitions),
                      [&](const NamedAcquisition& named) { return named.acquisition == acquisition; })
      ->text;
}

std::string_view viewText(View view) {
  switch (view) {
    case View::kAnterior:
      return "anterior";
    case View::kPosterior:
      return "posterior";
    case View::kLeftLateral:
      return "left-lateral";
    case View::kRightLateral:
      return "right-lateral";
    case View::kOblique:
      return "oblique";
    case View::kUnknown:
      break;
  }
  return "unknown";
}

void warnOfCountsAccumulated(const NmObject& object, std::int64_t pixelSum,
                             std::vector<std::string>& warnings) {
  if (object.acquisition && object.countsAccumulatedTag && *object.countsAccumulatedTag != pixelSum)
    warnings.push_back(fmt::format("CountsAccumulated says {}, but the pixels sum to {}",
                                   *object.countsAccumulatedTag, pixelSum));
}

NmObject interpret(const dicom::Object& object) {
  NmObject meaning;
  const Header header(object.dataset(), meaning.warnings);
  readPlainAttributes(header, meaning);
  meaning.start = startOf(object.dataset(), header);
  if (isNm(meaning))
    readNmAttributes(header, meaning);
  else
    meaning.patientPosition = header.text({0x0018, 0x5100});
  return meaning;
}

}  // namespace remnant::scintigraphy
