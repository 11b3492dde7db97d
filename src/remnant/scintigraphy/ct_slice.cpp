#include "remnant/scintigraphy/ct_slice.h"

#include <fmt/format.h>

#include <cmath>

#include "remnant/base/error.h"
#include "remnant/dicom/pixels.h"

namespace remnant::scintigraphy {
namespace {

using dicom::Dataset;
using dicom::Tag;

constexpr Tag kRescaleType{0x0028, 0x1054};
constexpr double kDirectionTolerance = 1e-3;
constexpr double kPlaceToleranceMm = 0.01;
/// Beyond any body and any scanner.
constexpr double kLargestPlaceMm = 1e5;
constexpr double kLargestIntercept = 1e5;
constexpr double kLargestSlope = 100;

[[noreturn]] void refuse(Tag tag, const std::string& sentence) {
  throw InputError("unsupported-ct", sentence, {}, dicom::tagText(tag));
}

std::vector<double> finiteNumbers(const Dataset& data, Tag tag, std::size_t count, double largest) {
  std::vector<double> numbers = data.numbers(tag);
  if (numbers.size() != count) refuse(tag, fmt::format("a CT slice needs {} numbers here", count));
  for (const double number : numbers)
    if (!(std::abs(number) <= largest)) refuse(tag, fmt::format("{} cannot be", number));
  return numbers;
}

bool near(double one, double other, double tolerance) {
  return std::abs(one - other) <= tolerance;
}

/// Rows and columns must run along x and y.
void readDirections(const Dataset& data, CtSlice& slice) {
  constexpr Tag kOrientation{0x0020, 0x0037};
  const std::vector<double> cosines = finiteNumbers(data, kOrientation, 6, 1.001);
  slice.alongX = cosines[0] < 0 ? -1 : 1;
  slice.alongY = cosines[4] < 0 ? -1 : 1;
  const double axial[6] = {double(slice.alongX), 0, 0, 0, double(slice.alongY), 0};
  for (std::size_t i = 0; i < 6; ++i)
    if (!near(cosines[i], axial[i], kDirectionTolerance))
      refuse(kOrientation, "only axial CT slices, not tilted, can be read");
}

void readPlace(const Dataset& data, const CtReadingConfig& config, CtSlice& slice) {
  constexpr Tag kSpacing{0x0028, 0x0030};
  const std::vector<double> position = finiteNumbers(data, {0x0020, 0x0032}, 3, kLargestPlaceMm);
  const std::vector<double> spacing = finiteNumbers(data, kSpacing, 2, config.largestGapMm);
  if (!(spacing[0] >= 0.05 && spacing[1] >= 0.05))
    refuse(kSpacing, fmt::format("a pixel spacing of {} x {} mm cannot be", spacing[0], spacing[1]));
  slice.x = position[0];
  slice.y = position[1];
  slice.z = -position[2];
  slice.rowSpacingMm = spacing[0];
  slice.columnSpacingMm = spacing[1];
}

void readScale(const Dataset& data, CtSlice& slice) {
  const std::string type = data.text(kRescaleType).value_or("HU");
  if (type != "HU") refuse(kRescaleType, "the CT is not in Hounsfield units");
  slice.intercept = finiteNumbers(data, {0x0028, 0x1052}, 1, kLargestIntercept)[0];
  slice.slope = finiteNumbers(data, {0x0028, 0x1053}, 1, kLargestSlope)[0];
}

void readSize(const Dataset& data, const CtReadingConfig& config, CtSlice& slice) {
  const auto size = [&](Tag tag) {
    const std::int64_t pixels = data.integer(tag).value_or(0);
    if (pixels < 1) refuse(tag, fmt::format("a CT slice of {} pixels cannot be", pixels));
    if (static_cast<std::size_t>(pixels) > config.mostRows)
      throw InputError("over-limit", fmt::format("{} pixels are more than {}", pixels, config.mostRows), {},
                       dicom::tagText(tag));
    return static_cast<std::size_t>(pixels);
  };
  slice.rows = size({0x0028, 0x0010});
  slice.columns = size({0x0028, 0x0011});
}

image::Image hounsfieldOf(const CtSlice& slice, const dicom::Object& object) {
  const auto pixels = dicom::decodePixels(object);
  if (!pixels || pixels->frames.size() != 1 || pixels->frames[0].rows() != slice.rows ||
      pixels->frames[0].columns() != slice.columns)
    throw InputError("unsupported-ct", "a CT slice needs one picture");
  image::Image image(slice.rows, slice.columns);
  for (std::size_t i = 0; i < image.pixels().size(); ++i)
    image.pixels()[i] = static_cast<float>(pixels->frames[0].pixels()[i] * slice.slope + slice.intercept);
  return image;
}

/// What action() gives; its errors name the file.
template <class Action>
auto naming(const std::filesystem::path& file, Action action) {
  try {
    return action();
  } catch (const InputError& error) {
    throw error.inFile(file.string());
  }
}

}  // namespace

bool CtSlice::liesOver(const CtSlice& other) const {
  return rows == other.rows && columns == other.columns && alongX == other.alongX && alongY == other.alongY &&
         near(rowSpacingMm, other.rowSpacingMm, 1e-4) && near(columnSpacingMm, other.columnSpacingMm, 1e-4) &&
         near(x, other.x, kPlaceToleranceMm) && near(y, other.y, kPlaceToleranceMm);
}

CtSlice readCtSlice(const std::filesystem::path& file, const CtReadingConfig& config,
                    const dicom::ReadLimits& limits) {
  return naming(file, [&] {
    const dicom::Object object = dicom::Object::read(file, limits);
    const Dataset data = object.dataset();
    CtSlice slice;
    slice.file = file;
    readSize(data, config, slice);
    readDirections(data, slice);
    readPlace(data, config, slice);
    readScale(data, slice);
    return slice;
  });
}

image::Image readHounsfield(const CtSlice& slice, const dicom::ReadLimits& limits) {
  return naming(slice.file, [&] { return hounsfieldOf(slice, dicom::Object::read(slice.file, limits)); });
}

}  // namespace remnant::scintigraphy
