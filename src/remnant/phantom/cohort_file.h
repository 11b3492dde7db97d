#pragma once

#include <toml++/toml.h>
#include <set>
#include <string>

#include "remnant/phantom/cohort_fields.h"

namespace remnant::phantom {

/// A cohort's TOML text while it is read; all refusals are InputError "bad-cohort" with file, line and key.
class CohortFile {
 public:
  CohortFile(const toml::table& table, std::string file) : table_(table), file_(std::move(file)) {}

  const toml::table& table() const { return table_; }
  const std::string& name() const { return file_; }
  /// Where a key stands; where it was left out, the table that would hold it, at last the file's beginning.
  const toml::source_region& placeOf(const std::string& key) const;
  [[noreturn]] void refuse(const toml::source_region& where, const std::string& key,
                           const std::string& problem) const;
  [[noreturn]] void refuse(const std::string& key, const std::string& problem) const {
    refuse(placeOf(key), key, problem);
  }

  void readNumber(const toml::table& table, const CohortField& field, const std::string& shownKey) const;
  void readText(const toml::table& table, const CohortText& text, const std::string& shownKey) const;
  void readFlag(const CohortFlag& flag) const;
  void readWindows(std::vector<std::string>& windows) const;
  /// Every key of the table must be known; `prefix` is the path to it.
  void refuseUnknown(const toml::table& table, const std::set<std::string>& known,
                     const std::string& prefix) const;

 private:
  const toml::table& table_;
  std::string file_;
};

/// What no single value can tell: ends of ranges in order, shares that leave room, foci and organs that fit,
/// windows and collimators that suit the nuclide. Throws as CohortFile does.
void checkTogether(const CohortFile& file, Cohort& cohort);
/// A centre's serial number, camera and collimator. `table` is that of the centre.
void checkCentre(const CohortFile& file, const toml::table& table, const Cohort& cohort,
                 const Centre& centre);
/// No two centres have one serial number, after which their calibrations are named. `tables` are those of the
/// centres, in their order.
void checkSerials(const CohortFile& file, const toml::array& tables, const std::vector<Centre>& centres);

}  // namespace remnant::phantom
