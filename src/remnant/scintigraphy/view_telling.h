#pragma once

#include <optional>
#include <string>
#include <vector>

#include "remnant/scintigraphy/nm_object.h"

namespace remnant::scintigraphy {

/// An entry of a code sequence (PS3.3, section 8.8), in UTF-8.
struct Code {
  std::string value;
  std::string scheme;
  std::string meaning;
};

/// A text that may name the view, and where it stands ("image ID").
struct NameClue {
  std::string source;
  std::string text;
};

/// All that an object says about the direction a frame was taken from.
struct ViewClues {
  std::vector<Code> codes;  ///< View Code Sequence (0054,0220) of the frame's detector
  std::optional<int> detector;
  std::optional<double> angleDegrees;  ///< detector angle as DICOM counts it
  bool supine = false;                 ///< told to lie on the back
  std::vector<NameClue> names;         ///< most telling first
};

struct ViewTellingConfig {
  /// How far the angle may be off and still be anterior, posterior or lateral; further off is oblique.
  double toleranceDegrees = 10;
};

/// Tells the view by a standard code (noting where the angle says otherwise), then by the detector's angle,
/// then by names; the finding says which. Where the angle and a name contradict one another the view is
/// unknown, and the evidence gives both. Angles count only for a patient told to be supine. Sources: codes of
/// PS3.16, CID 26 (Nuclear Medicine Projections) and CID 4010 (the older antero-posterior and
/// postero-anterior); Start Angle of PS3.3, section C.8.4.10: 0 degrees at the patient's back, 90 at the left
/// side, 180 at the front.
ViewFinding tellView(const ViewClues& clues, const ViewTellingConfig& config = {});

/// The view of a standard code alone; kUnknown for others.
View viewOfCode(const std::string& codeValue);

/// The view from an angle of [0, 360) degrees.
View viewOfAngle(double angleDegrees, double toleranceDegrees);

}  // namespace remnant::scintigraphy
