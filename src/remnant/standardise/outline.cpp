#include "remnant/standardise/outline.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace remnant::standardise {
namespace {

using image::Counts;
using image::Grid;
using image::Image;
using image::Mask;

std::vector<float> gaussianWeights(double sigma) {
  const auto reach = static_cast<std::ptrdiff_t>(std::ceil(3 * sigma));
  std::vector<float> weights;
  for (std::ptrdiff_t offset = -reach; offset <= reach; ++offset)
    weights.push_back(static_cast<float>(std::exp(-0.5 * std::pow(static_cast<double>(offset) / sigma, 2))));
  const float total = std::accumulate(weights.begin(), weights.end(), 0.0F);
  for (float& weight : weights) weight /= total;
  return weights;
}

/// The field goes on with zeros beyond its edges: outside it nothing was counted.
Image blurredAlongRows(const Image& image, const std::vector<float>& weights) {
  const auto reach = static_cast<std::ptrdiff_t>(weights.size() / 2);
  const auto columns = static_cast<std::ptrdiff_t>(image.columns());
  Image result(image.rows(), image.columns());
  for (std::size_t row = 0; row < image.rows(); ++row)
    for (std::ptrdiff_t column = 0; column < columns; ++column) {
      float sum = 0;
      for (std::ptrdiff_t offset = std::max(-reach, -column); offset <= std::min(reach, columns - 1 - column);
           ++offset)
        sum += weights[static_cast<std::size_t>(offset + reach)] *
               image.at(row, static_cast<std::size_t>(column + offset));
      result.at(row, static_cast<std::size_t>(column)) = sum;
    }
  return result;
}

Image blurredAlongColumns(const Image& image, const std::vector<float>& weights) {
  const auto reach = static_cast<std::ptrdiff_t>(weights.size() / 2);
  const auto rows = static_cast<std::ptrdiff_t>(image.rows());
  Image result(image.rows(), image.columns());
  for (std::ptrdiff_t row = 0; row < rows; ++row)
    for (std::ptrdiff_t offset = std::max(-reach, -row); offset <= std::min(reach, rows - 1 - row); ++offset)
      for (std::size_t column = 0; column < image.columns(); ++column)
        result.at(static_cast<std::size_t>(row), column) +=
            weights[static_cast<std::size_t>(offset + reach)] *
            image.at(static_cast<std::size_t>(row + offset), column);
  return result;
}

/// The cut that parts the values into two classes of the least variance within. Source: Otsu 1979, IEEE
/// Trans. SMC 9:62.
double otsuCut(const std::vector<float>& values, double most) {
  constexpr std::size_t kBins = 256;
  std::vector<double> histogram(kBins);
  for (const float value : values)
    ++histogram[std::min(kBins - 1, static_cast<std::size_t>(static_cast<double>(value) / most * kBins))];
  double totalMoment = 0;
  for (std::size_t bin = 0; bin < kBins; ++bin) totalMoment += static_cast<double>(bin) * histogram[bin];
  double below = 0, moment = 0, best = -1;
  std::size_t cut = 0;
  for (std::size_t bin = 0; bin + 1 < kBins; ++bin) {
    below += histogram[bin];
    moment += static_cast<double>(bin) * histogram[bin];
    const double above = static_cast<double>(values.size()) - below;
    if (below == 0 || above == 0) continue;
    const double between = below * above * std::pow(moment / below - (totalMoment - moment) / above, 2);
    if (between > best) best = between, cut = bin + 1;
  }
  return static_cast<double>(cut) / kBins * most;
}

/// The value that the given share of the values does not exceed. The values must not be none.
double quantileOf(std::vector<float> values, double share) {
  const auto place =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), place, values.end());
  return static_cast<double>(*place);
}

double medianAbove(const std::vector<float>& values, double cut) {
  std::vector<float> above;
  for (const float value : values)
    if (static_cast<double>(value) >= cut) above.push_back(value);
  return above.empty() ? 0 : quantileOf(std::move(above), 0.5);
}

/// The cut between empty field and body on square roots of the scanned rows. It begins with what is surely
/// body, not an organ, and each round lowers the clip to what the round before found the body to be, so that
/// the hot organs have no say.
double bodyCut(const std::vector<float>& roots, const OutlineConfig& config) {
  double most = config.clipAtBodyMedian * quantileOf(roots, config.surelyBodyQuantile);
  double cut = 0;
  for (int round = 0; round < 8 && most > 0; ++round) {
    std::vector<float> clipped = roots;
    for (float& root : clipped) root = std::min(root, static_cast<float>(most));
    cut = otsuCut(clipped, most);
    const double clip = config.clipAtBodyMedian * medianAbove(clipped, cut);
    if (clip >= 0.99 * most) break;
    most = clip;
  }
  return cut;
}

/// The rows between the first and the last that counted anything; beyond them the camera did not look.
std::pair<std::size_t, std::size_t> scannedRows(const Counts& counts) {
  std::size_t first = counts.rows(), end = 0;
  for (std::size_t row = 0; row < counts.rows(); ++row)
    for (std::size_t column = 0; column < counts.columns(); ++column)
      if (counts.at(row, column) > 0) first = std::min(first, row), end = row + 1;
  return {std::min(first, end), end};
}

/// Marks the connected region (four neighbours) that holds the pixel and returns its size.
std::size_t markRegion(const Mask& mask, std::size_t start, Grid<std::int32_t>& region, std::int32_t number) {
  std::vector<std::size_t> waiting{start};
  region.pixels()[start] = number;
  std::size_t size = 0;
  const std::size_t columns = mask.columns();
  const auto visit = [&](std::size_t pixel) {
    if (!mask.pixels()[pixel] || region.pixels()[pixel] != 0) return;
    region.pixels()[pixel] = number;
    waiting.push_back(pixel);
  };
  while (!waiting.empty()) {
    const std::size_t pixel = waiting.back();
    waiting.pop_back();
    ++size;
    if (pixel % columns > 0) visit(pixel - 1);
    if (pixel % columns + 1 < columns) visit(pixel + 1);
    if (pixel >= columns) visit(pixel - columns);
    if (pixel + columns < mask.pixels().size()) visit(pixel + columns);
  }
  return size;
}

Mask largeRegions(const Mask& mask, double smallestPixels) {
  Grid<std::int32_t> region(mask.rows(), mask.columns());
  std::vector<bool> large{false};
  for (std::size_t pixel = 0; pixel < mask.pixels().size(); ++pixel) {
    if (!mask.pixels()[pixel] || region.pixels()[pixel] != 0) continue;
    const std::size_t size = markRegion(mask, pixel, region, static_cast<std::int32_t>(large.size()));
    large.push_back(static_cast<double>(size) >= smallestPixels);
  }
  Mask result(mask.rows(), mask.columns());
  for (std::size_t pixel = 0; pixel < mask.pixels().size(); ++pixel)
    result.pixels()[pixel] = large[static_cast<std::size_t>(region.pixels()[pixel])];
  return result;
}

/// The column that halves the body's area, which must not be nothing.
double midlineOf(const Mask& body) {
  std::vector<std::size_t> perColumn(body.columns());
  for (std::size_t pixel = 0; pixel < body.pixels().size(); ++pixel)
    perColumn[pixel % body.columns()] += body.pixels()[pixel];
  const std::size_t total = std::accumulate(perColumn.begin(), perColumn.end(), std::size_t{0});
  std::size_t column = 0;
  for (std::size_t before = 0; 2 * (before + perColumn[column]) < total; ++column)
    before += perColumn[column];
  return static_cast<double>(column);
}

/// Of the row's runs (gaps bridged) the one that holds the midline, else the widest.
std::optional<RowExtent> extentOfRow(const Mask& body, std::size_t row, double midline, double bridged) {
  std::optional<RowExtent> current, chosen;
  const auto consider = [&](const RowExtent& run) {
    const auto holds = [&](const RowExtent& extent) {
      return extent.left <= midline && midline < extent.right;
    };
    if (!chosen || holds(run) || (!holds(*chosen) && run.width() > chosen->width())) chosen = run;
  };
  for (std::size_t column = 0; column < body.columns(); ++column) {
    if (!body.at(row, column)) continue;
    const auto place = static_cast<double>(column);
    if (current && place - current->right > bridged) {
      consider(*current);
      current.reset();
    }
    current = RowExtent{current ? current->left : place, place + 1};
  }
  if (current) consider(*current);
  return chosen;
}

std::vector<float> pixelsOfRows(const Image& image, std::size_t first, std::size_t end) {
  const auto columns = static_cast<std::ptrdiff_t>(image.columns());
  return {image.pixels().begin() + static_cast<std::ptrdiff_t>(first) * columns,
          image.pixels().begin() + static_cast<std::ptrdiff_t>(end) * columns};
}

/// Smooths a second time, and wider, where the first shows that the body has few counts.
Image smoothedEnough(const Counts& counts, double rowSpacingMm, double columnSpacingMm, std::size_t firstRow,
                     std::size_t endRow, const OutlineConfig& config) {
  const auto smoothed = [&](double sigmaMm) {
    return smoothedCounts(counts, sigmaMm / rowSpacingMm, sigmaMm / columnSpacingMm);
  };
  Image level = smoothed(config.smallestSmoothingMm);
  const double countsPerMm2 = quantileOf(pixelsOfRows(level, firstRow, endRow), config.surelyBodyQuantile) /
                              (rowSpacingMm * columnSpacingMm);
  if (countsPerMm2 <= 0) return level;
  const double wantedMm = std::sqrt(config.countsGathered / (4 * std::numbers::pi * countsPerMm2));
  if (wantedMm <= config.smallestSmoothingMm) return level;
  return smoothed(std::min(wantedMm, config.largestSmoothingMm));
}

}  // namespace

Image smoothedCounts(const Counts& counts, double sigmaRows, double sigmaColumns) {
  Image level(counts.rows(), counts.columns());
  std::transform(counts.pixels().begin(), counts.pixels().end(), level.pixels().begin(),
                 [](std::int32_t count) { return static_cast<float>(std::max(count, 0)); });
  return blurredAlongColumns(blurredAlongRows(level, gaussianWeights(sigmaColumns)),
                             gaussianWeights(sigmaRows));
}

std::optional<Outline> findOutline(const Counts& counts, double rowSpacingMm, double columnSpacingMm,
                                   const OutlineConfig& config) {
  if (counts.empty()) return std::nullopt;
  const auto [firstRow, endRow] = scannedRows(counts);
  if (firstRow == endRow) return std::nullopt;
  Image roots = smoothedEnough(counts, rowSpacingMm, columnSpacingMm, firstRow, endRow, config);
  for (float& value : roots.pixels()) value = std::sqrt(value);
  const double cut = bodyCut(pixelsOfRows(roots, firstRow, endRow), config);
  if (cut <= 0) return std::nullopt;
  Mask above(counts.rows(), counts.columns());
  for (std::size_t pixel = 0; pixel < above.pixels().size(); ++pixel)
    above.pixels()[pixel] = static_cast<double>(roots.pixels()[pixel]) >= cut;
  const double pixelMm2 = rowSpacingMm * columnSpacingMm;
  Outline outline{
      .threshold = cut * cut, .body = largeRegions(above, config.smallestPartMm2 / pixelMm2), .rows = {}};
  if (std::none_of(outline.body.pixels().begin(), outline.body.pixels().end(),
                   [](auto in) { return in != 0; }))
    return std::nullopt;
  const double midline = midlineOf(outline.body);
  for (std::size_t row = 0; row < counts.rows(); ++row)
    outline.rows.push_back(extentOfRow(outline.body, row, midline, config.bridgedGapMm / columnSpacingMm));
  return outline;
}

}  // namespace remnant::standardise
