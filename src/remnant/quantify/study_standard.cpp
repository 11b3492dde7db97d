#include "remnant/quantify/study_standard.h"

#include <algorithm>
#include <cmath>

#include "remnant/configuration/toml_fields.h"

namespace remnant::quantify {
namespace {

using configuration::TomlFields;

constexpr const char* kBadStandard = "bad-standard";
constexpr double kMostHours = 1000;

Counting countingOf(TomlFields& fields) {
  return {fields.number("counts", 0, 1e12), fields.number("seconds", 0.1, 1e6)};
}

StudyStandard standardOf(TomlFields& fields) {
  StudyStandard standard;
  standard.regionShare = fields.numberOr("regionShare", standard.regionShare, 0.01, 10);
  standard.regionShareSigma = fields.numberOr("regionShareSigma", standard.regionShareSigma, 0, 1);
  StandardCountings& countings = standard.countings;
  TomlFields full = fields.table("full");
  countings.full = countingOf(full);
  countings.fullHoursBefore = full.numberOr("hoursBefore", 0, -kMostHours, kMostHours);
  full.finish();
  if (fields.has("empty")) {
    TomlFields empty = fields.table("empty");
    countings.empty = countingOf(empty);
    countings.emptyHoursBefore = empty.numberOr("hoursBefore", 0, -kMostHours, kMostHours);
    empty.finish();
  }
  if (fields.has("background")) {
    TomlFields background = fields.table("background");
    countings.background = countingOf(background);
    background.finish();
  }
  return standard;
}

/// Net counts a second and MBq of a focus in the disc, at a depth.
double netRate(const StudyProblem& study, const RegionPixels& pixels, const Disc& disc, const Focus& focus,
               double depthMm, const RegionConfig& config) {
  const CalibratedView& view = study.problem.views.front();
  const double skinY = study.optics->columnAt(focus.x, focus.z).anteriorSkinY;
  const image::Point point{focus.x, skinY + depthMm, focus.z};
  const PixelModel model(view, pixels.box(), study.optics->waterAttenuationPerMm());
  std::vector<double> values(model.pixels());
  model.evaluate(seenFocus(study.problem, 0, disc, point, study.optics->ray(point, view.head).opticalDepth,
                           config.sourceWidthMm.value),
                 values.data(), false);
  return pixels.net(values.data()) / view.exposureSeconds;
}

}  // namespace

std::map<std::string, StudyStandard> readStandards(const std::filesystem::path& path) {
  const toml::table table = configuration::readToml(path, kBadStandard);
  TomlFields fields(table, kBadStandard, path.string(), "");
  std::map<std::string, StudyStandard> standards;
  for (TomlFields& entry : fields.tables("standard")) {
    const std::string uid = entry.name("studyInstanceUid");
    if (standards.count(uid) > 0) entry.refuse("studyInstanceUid", "stands here twice");
    standards[uid] = standardOf(entry);
    entry.finish();
  }
  fields.finish();
  return standards;
}

Result uptakeByStandard(const StudyProblem& study, const StudyStandard& standard,
                        std::optional<double> hoursAfter, const Focus& focus, double depthSigmaMm,
                        const std::vector<Disc>& others, const Disc& disc, const RegionConfig& config) {
  if (!hoursAfter) return noDose();
  const CalibratedView& view = study.problem.views.front();
  const physics::Nuclide& nuclide = physics::nuclideNamed(study.nuclide);
  try {
    const RegionPixels pixels(view, disc, others, config);
    const auto inside = static_cast<double>(pixels.discCounts(view.counts)),
               around = static_cast<double>(pixels.ringCounts(view.counts));
    const double ratio = pixels.areaRatio(), seconds = view.exposureSeconds;
    const Corrected neckRate{(inside - ratio * around) / seconds,
                             (inside + ratio * ratio * around) / (seconds * seconds)};
    const double here = netRate(study, pixels, disc, focus, focus.depthMm, config);
    const double deeper = netRate(study, pixels, disc, focus, focus.depthMm + 1, config);
    const double perMBq = view.model.response.coreCpsPerMBq * standard.regionShare;
    const double slopePerMm = std::log(here / deeper);
    const double ofRegion = std::hypot(config.shapeSigma, standard.regionShareSigma / standard.regionShare);
    Estimate uptake =
        uptakeFromStandard(neckRate, standardRate(standard.countings, nuclide), nuclide, *hoursAfter,
                           here / perMBq, std::hypot(slopePerMm * depthSigmaMm, ofRegion));
    uptake.inputs.push_back("depth of the joint fit");
    return uptake;
  } catch (const InputError& error) {
    return Refusal{error.code(), error.what()};
  }
}

}  // namespace remnant::quantify
