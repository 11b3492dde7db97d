#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

/// dataset.json and README.txt: what a dataset is, and what it was made from.
namespace remnant::dataset {

/// All that decides the bytes of a dataset; two builds with the same provenance give the same dataset.
struct Provenance {
  std::string softwareVersion;
  std::uint64_t seed = 0;
  std::string catalogueSha256;  ///< of the studies and objects in the catalogue
  std::string labelsSha256;     ///< of the labels by pseudonym
  std::string regionsSha256;    ///< of the regions' table; empty where none was given
  bool operator==(const Provenance&) const = default;
};

struct Description {
  std::string name;
  std::string version;
  bool simulated = false;  ///< every study comes from the simulator
  std::size_t studies = 0;
  std::size_t patients = 0;
  std::size_t positives = 0;
  std::map<std::string, std::size_t> leftOut;  ///< by reason
  std::size_t severalAcquisitions = 0;
  Provenance provenance;
};

/// The text of dataset.json.
std::string descriptionText(const Description& description);
/// What a dataset.json says; other keys are not looked at. Throws InputError "bad-dataset".
Description readDescription(const std::filesystem::path& path);

/// The text of the file that marks an unfinished dataset, from which it is known again.
std::string provenanceText(const std::string& name, const Provenance& provenance);

/// The text of README.txt.
std::string readMeText(const Description& description);

}  // namespace remnant::dataset
