#include "remnant/scintigraphy/inspection.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "remnant/base/error.h"
#include "remnant/dicom/pixels.h"
#include "remnant/scintigraphy/acquired_frames.h"

namespace remnant::scintigraphy {
namespace {

struct PixelSums {
  std::vector<std::int64_t> sums;
  std::int32_t least = 0;
};

void warnOfPixels(const dicom::Pixels& pixels, const PixelSums& found, std::vector<std::string>& warnings) {
  if (pixels.lossy) warnings.push_back("the pixels were compressed with loss: they are not counts");
  if (pixels.saturatedPixels > 0)
    warnings.push_back(fmt::format("{} pixels hold the largest value that {} bits can, and may be saturated",
                                   pixels.saturatedPixels, pixels.bitsStored));
  if (found.least < 0) warnings.push_back(fmt::format("pixels go down to {}, below zero", found.least));
  const double slope = pixels.rescaleSlope.value_or(1), intercept = pixels.rescaleIntercept.value_or(0);
  if (slope != 1 || intercept != 0)
    warnings.push_back(fmt::format("a rescale by {} and {} is given and not applied", slope, intercept));
}

std::optional<dicom::Pixels> sumFrames(const dicom::Object& object, PixelSums& found) {
  return dicom::visitFrames(object, [&](std::size_t, image::Counts&& counts) {
    found.sums.push_back(sumOf(counts));
    found.least = std::min(found.least, *std::min_element(counts.pixels().begin(), counts.pixels().end()));
  });
}

bool isImage(const dicom::Dataset& dataset) {
  return dataset.contains({0x0028, 0x0010}) || dataset.contains({0x0028, 0x0011});
}

/// Colour, exotic depths, and pixel data in an object that is no image hold no counts; the header is worth
/// telling all the same.
std::optional<dicom::Pixels> sumFramesOrWarn(const dicom::Object& object, PixelSums& found,
                                             std::vector<std::string>& warnings) {
  try {
    return sumFrames(object, found);
  } catch (const InputError& error) {
    if (error.code() != "unsupported-pixels" && isImage(object.dataset())) throw;
    warnings.push_back(fmt::format("the object {}", error.what()));
    return std::nullopt;
  }
}

bool isTimed(const NmObject& object) {
  const auto kind = object.acquisition;
  return kind == Acquisition::kStatic || kind == Acquisition::kWholeBody || kind == Acquisition::kDynamic ||
         kind == Acquisition::kTomo;
}

std::optional<double> durationOf(const dicom::Object& object, const NmObject& meaning) {
  if (!isTimed(meaning)) return std::nullopt;
  std::vector<std::string> ofGeometry;  // which is not asked for here
  const double seconds = describeAcquired(object, meaning, *meaning.acquisition, ofGeometry).durationSeconds;
  return seconds > 0 ? std::optional(seconds) : std::nullopt;
}

}  // namespace

Inspection inspectObject(const dicom::Object& object) {
  Inspection inspection;
  inspection.object = interpret(object);
  inspection.durationSeconds = durationOf(object, inspection.object);
  std::vector<std::string>& warnings = inspection.object.warnings;
  PixelSums found;
  const std::optional<dicom::Pixels> pixels = sumFramesOrWarn(object, found, warnings);
  for (std::size_t i = inspection.object.frames.size(); i < found.sums.size(); ++i)
    inspection.object.frames.emplace_back().index = i;
  inspection.counts.resize(inspection.object.frames.size());
  if (!pixels) {
    if (isImage(object.dataset()) && warnings.empty()) warnings.push_back("the object holds no pixels");
    return inspection;
  }
  warnOfPixels(*pixels, found, warnings);
  if (pixels->lossy) return inspection;
  std::copy(found.sums.begin(), found.sums.end(), inspection.counts.begin());
  warnOfCountsAccumulated(inspection.object,
                          std::accumulate(found.sums.begin(), found.sums.end(), std::int64_t{0}), warnings);
  return inspection;
}

Inspection inspectFile(const std::filesystem::path& path, const dicom::ReadLimits& limits) {
  try {
    return inspectObject(dicom::Object::read(path, limits));
  } catch (const InputError& error) {
    throw error.inFile(path.string());
  }
}

}  // namespace remnant::scintigraphy
