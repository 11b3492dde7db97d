#include "remnant/scintigraphy/view_telling.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "remnant/scintigraphy/view_name.h"

namespace remnant::scintigraphy {
namespace {

struct CodedView {
  std::string_view code;
  View view;
};

// SNOMED RT first, SNOMED CT second.
constexpr CodedView kCoded[] = {
    {"G-5215", View::kAnterior},      {"399321004", View::kAnterior},      // anterior projection
    {"R-10206", View::kAnterior},     {"399348003", View::kAnterior},      // antero-posterior
    {"G-5216", View::kPosterior},     {"399001007", View::kPosterior},     // posterior projection
    {"R-10214", View::kPosterior},    {"272479007", View::kPosterior},     // postero-anterior
    {"R-40888", View::kPosterior},                                         // postero-anterior
    {"G-5223", View::kLeftLateral},   {"399118008", View::kLeftLateral},   // left lateral projection
    {"R-10236", View::kLeftLateral},  {"399173006", View::kLeftLateral},   // left lateral
    {"G-5222", View::kRightLateral},  {"399297009", View::kRightLateral},  // right lateral projection
    {"R-10232", View::kRightLateral}, {"399198007", View::kRightLateral},  // right lateral
    {"G-5206", View::kOblique},       {"399108003", View::kOblique},       // right anterior oblique
    {"R-40985", View::kOblique},      {"399356000", View::kOblique},       // right anterior oblique
    {"G-5207", View::kOblique},       {"399074003", View::kOblique},       // left anterior oblique
    {"R-10220", View::kOblique},      {"399135007", View::kOblique},       // left anterior oblique
    {"G-5208", View::kOblique},       {"399075002", View::kOblique},       // right posterior oblique
    {"R-10210", View::kOblique},      {"399038007", View::kOblique},       // right posterior oblique
    {"G-5209", View::kOblique},       {"399136008", View::kOblique},       // left posterior oblique
    {"R-10212", View::kOblique},      {"399006002", View::kOblique},       // left posterior oblique
};

ViewFinding toldByCode(const ViewClues& clues) {
  for (const Code& code : clues.codes)
    if (const View view = viewOfCode(code.value); view != View::kUnknown)
      return {view, fmt::format("view code {}", code.value)};
  return {};
}

ViewFinding toldByAngle(const ViewClues& clues, const ViewTellingConfig& config) {
  if (!clues.angleDegrees || !clues.supine) return {};
  const std::string detector = clues.detector ? fmt::format("detector {}", *clues.detector) : "detector";
  return {viewOfAngle(*clues.angleDegrees, config.toleranceDegrees),
          fmt::format("{} at {} degrees, supine", detector, std::round(10 * *clues.angleDegrees) / 10)};
}

ViewFinding toldByName(const ViewClues& clues) {
  for (const NameClue& name : clues.names) {
    const ViewFinding found = viewOfName(name.text);
    if (found.view != View::kUnknown)
      return {found.view, fmt::format("{} '{}'", name.source, found.evidence)};
  }
  return {};
}

bool contradict(const ViewFinding& one, const ViewFinding& other) {
  return one.view != View::kUnknown && other.view != View::kUnknown && one.view != other.view;
}

}  // namespace

View viewOfCode(const std::string& codeValue) {
  for (const CodedView& coded : kCoded)
    if (coded.code == codeValue) return coded.view;
  return View::kUnknown;
}

View viewOfAngle(double angleDegrees, double toleranceDegrees) {
  constexpr View kQuarters[] = {View::kPosterior, View::kLeftLateral, View::kAnterior, View::kRightLateral};
  const double turn = std::fmod(std::fmod(angleDegrees, 360.0) + 360.0, 360.0);
  const double quarter = std::round(turn / 90.0);
  if (std::abs(turn - 90.0 * quarter) > toleranceDegrees) return View::kOblique;
  return kQuarters[static_cast<std::size_t>(quarter) % std::size(kQuarters)];
}

ViewFinding tellView(const ViewClues& clues, const ViewTellingConfig& config) {
  const ViewFinding angle = toldByAngle(clues, config);
  const ViewFinding name = toldByName(clues);
  if (ViewFinding code = toldByCode(clues); code.view != View::kUnknown) {
    // Names are often those of the whole object or of a protocol; only an angle is worth a warning against a
    // code.
    if (contradict(code, angle))
      code.contradiction = fmt::format("{} says {}", angle.evidence, viewText(angle.view));
    return code;
  }
  if (contradict(angle, name))
    return {View::kUnknown, fmt::format("{} says {}, but {} says {}", angle.evidence, viewText(angle.view),
                                        name.evidence, viewText(name.view))};
  return angle.view != View::kUnknown ? angle : name;
}

}  // namespace remnant::scintigraphy
