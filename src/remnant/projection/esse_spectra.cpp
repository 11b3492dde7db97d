#include "remnant/projection/esse_spectra.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <mutex>
#include <optional>

#include "remnant/projection/esse_kernel.h"
#include "remnant/projection/fourier_grid.h"
#include "remnant/projection/water_way.h"

namespace remnant::projection {
namespace {

using Values = FourierVolume::Values;
using Size = FourierVolume::Size;

Size sizeOf(const image::VoxelGrid& cells) {
  return {cells.slices, cells.rows, cells.columns};
}

/// How far a kernel is laid out along each axis.
Size reachOf(const image::VoxelGrid& cells, double reachMm) {
  Size reach = sizeOf(cells);
  for (std::size_t& along : reach)
    along = std::min(along - 1, static_cast<std::size_t>(std::ceil(reachMm / cells.voxelMm)));
  return reach;
}

/// So large that what wraps around does not reach a cell of the volume.
Size transformSize(const image::VoxelGrid& cells, double reachMm) {
  Size size = sizeOf(cells);
  const Size reach = reachOf(cells, reachMm);
  for (std::size_t axis = 0; axis < 3; ++axis) size[axis] = FourierGrid::goodSize(size[axis] + reach[axis]);
  return size;
}

/// The transform of a kernel that is even along rows and columns.
Values transformed(const FourierVolume& fourier, const Size& reach,
                   const std::function<std::complex<float>(double, double, double)>& kernel) {
  const auto wrapped = [&](std::ptrdiff_t offset, std::size_t axis) {
    const auto size = static_cast<std::ptrdiff_t>(fourier.size()[axis]);
    return static_cast<std::size_t>((offset + size) % size);
  };
  const auto slices = static_cast<std::ptrdiff_t>(reach[0]), rows = static_cast<std::ptrdiff_t>(reach[1]),
             columns = static_cast<std::ptrdiff_t>(reach[2]);
  Values values(fourier.count());
  for (std::ptrdiff_t slice = -slices; slice <= slices; ++slice)
    for (std::ptrdiff_t row = 0; row <= rows; ++row)
      for (std::ptrdiff_t column = 0; column <= columns; ++column) {
        const std::complex<float> value =
            kernel(static_cast<double>(slice), static_cast<double>(row), static_cast<double>(column));
        for (const std::ptrdiff_t mirroredRow : {row, -row})
          for (const std::ptrdiff_t mirroredColumn : {column, -column})
            values[fourier.index(wrapped(slice, 0), wrapped(mirroredRow, 1), wrapped(mirroredColumn, 2))] =
                value;
      }
  fourier.forward(values);
  return values;
}

/// Calls work(index of a frequency, index of the opposite one) for all.
template <class Work>
void forEachFrequency(const FourierVolume& fourier, Work work) {
  const Size& size = fourier.size();
  for (std::size_t slice = 0; slice < size[0]; ++slice)
    for (std::size_t row = 0; row < size[1]; ++row) {
      const std::size_t here = fourier.index(slice, row, 0);
      const std::size_t opposite = fourier.index((size[0] - slice) % size[0], (size[1] - row) % size[1], 0);
      work(here, opposite);
      for (std::size_t column = 1; column < size[2]; ++column)
        work(here + column, opposite + size[2] - column);
    }
}

/// The transforms of real and imaginary part, from those of two real volumes at once.
struct Pair {
  std::complex<float> real, imaginary;
};
Pair parted(std::complex<float> here, std::complex<float> opposite) {
  const float sumReal = 0.5F * (here.real() + opposite.real()),
              sumImaginary = 0.5F * (here.imag() - opposite.imag());
  return {{sumReal, sumImaginary},
          {0.5F * (here.imag() + opposite.imag()), -0.5F * (here.real() - opposite.real())}};
}

/// By components: the operator of std::complex looks for infinities.
std::complex<float> product(std::complex<float> a, std::complex<float> b) {
  return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

void addVolume(const image::Volume& volume, std::complex<float> unit, const FourierVolume& fourier,
               Values& values) {
  const image::VoxelGrid& cells = volume.grid();
  const float* from = volume.values().data();
  for (std::size_t slice = 0; slice < cells.slices; ++slice)
    for (std::size_t row = 0; row < cells.rows; ++row) {
      std::complex<float>* to = &values[fourier.index(slice, row, 0)];
      for (std::size_t column = 0; column < cells.columns; ++column) to[column] += *from++ * unit;
    }
}

using Key = std::vector<double>;

/// Emptied when it has grown too large: what is needed now is soon there again.
template <class Kept>
class Store {
 public:
  using Entry = std::shared_ptr<const Kept>;

  /// What is kept may be null.
  std::optional<Entry> find(const Key& key) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(key);
    return found == entries_.end() ? std::nullopt : std::optional(found->second);
  }
  Entry keep(const Key& key, const Entry& entry, std::size_t values) {
    constexpr std::size_t kMostValues = 16'000'000;
    const std::lock_guard lock(mutex_);
    if (values_ + values > kMostValues) {
      entries_.clear();
      values_ = 0;
    }
    if (entries_.emplace(key, entry).second) values_ += values;
    return entry;
  }

 private:
  std::mutex mutex_;
  std::map<Key, Entry> entries_;
  std::size_t values_ = 0;
};

Key keyOf(const image::VoxelGrid& cells) {
  return {static_cast<double>(cells.slices), static_cast<double>(cells.rows),
          static_cast<double>(cells.columns), cells.voxelMm};
}

Key keyOf(const physics::ScatterKernel& kernel, HalfSpace half, const image::VoxelGrid& cells,
          const EsseConfig& config) {
  Key key = keyOf(cells);
  key.push_back(static_cast<double>(half));
  const physics::Detector& detector = kernel.detector();
  for (const double value :
       {kernel.emittedKeV(), kernel.window().lowerKeV, kernel.window().upperKeV, detector.widthOffsetKeV,
        detector.widthSlope, detector.widthCurvaturePerKeV, config.reachMm})
    key.push_back(value);
  return key;
}

struct SurroundSpectrum {
  FourierVolume fourier;
  Values values;
};

std::shared_ptr<const SurroundSpectrum> surroundSpectrum(double perMm, const image::VoxelGrid& cells,
                                                         const EsseConfig& config) {
  static Store<SurroundSpectrum> store;
  Key key = keyOf(cells);
  key.insert(key.end(), {perMm, config.surroundMm});
  if (const auto kept = store.find(key)) return *kept;
  const SurroundKernel kernel(perMm, config.surroundMm, cells.voxelMm);
  const FourierVolume fourier(transformSize(cells, config.surroundMm));
  Values values =
      transformed(fourier, reachOf(cells, config.surroundMm),
                  [&](double slice, double row, double column) { return kernel.at(slice, row, column); });
  const std::size_t count = values.size();
  return store.keep(key, std::make_shared<SurroundSpectrum>(SurroundSpectrum{fourier, std::move(values)}),
                    count);
}

}  // namespace

EsseSpectra::EsseSpectra(const EsseKernel& kernel, const image::VoxelGrid& cells, const EsseConfig& config)
    : fourier(transformSize(cells, config.reachMm)),
      values(transformed(
          fourier, reachOf(cells, config.reachMm),
          [&](double slice, double row, double column) { return kernel.at(slice, row, column); })),
      meanPerMm(kernel.meanPerMm()) {}

std::shared_ptr<const EsseSpectra> esseSpectra(const physics::ScatterKernel& kernel, HalfSpace half,
                                               const image::VoxelGrid& cells, const EsseConfig& config) {
  constexpr double kLeastShare = 0.005;
  static Store<EsseSpectra> store;
  const Key key = keyOf(kernel, half, cells, config);
  if (const auto kept = store.find(key)) return *kept;
  const EsseKernel mean(kernel, half, cells.voxelMm);
  if (mean.share() < kLeastShare) return store.keep(key, nullptr, 0);
  const auto made = std::make_shared<EsseSpectra>(mean, cells, config);
  return store.keep(key, made, made->values.size());
}

Values convolved(const image::Volume& first, const image::Volume& second, const EsseSpectra& spectra) {
  const FourierVolume& fourier = spectra.fourier;
  const Size filled = sizeOf(first.grid());
  Values values(fourier.count()), products(fourier.count());
  addVolume(first, {1, 0}, fourier, values);
  addVolume(second, {0, 1}, fourier, values);
  fourier.forward(values, filled);
  forEachFrequency(fourier, [&](std::size_t here, std::size_t opposite) {
    const Pair volumes = parted(values[here], values[opposite]),
               kernels = parted(spectra.values[here], spectra.values[opposite]);
    const std::complex<float> real = product(volumes.real, kernels.real),
                              imaginary = product(volumes.imaginary, kernels.imaginary);
    products[here] = {real.real() - imaginary.imag(), real.imag() + imaginary.real()};
  });
  fourier.inverse(products, filled);
  return products;
}

ExcessAround excessAround(const Medium& medium, const EsseConfig& config) {
  const image::Volume excess = excessDensity(medium);
  const image::VoxelGrid& cells = excess.grid();
  const auto spectrum = surroundSpectrum(medium.attenuationOfWaterPerMm(), cells, config);
  const FourierVolume& fourier = spectrum->fourier;
  Values values(fourier.count());
  addVolume(excess, {1, 0}, fourier, values);
  fourier.forward(values, sizeOf(cells));
  for (std::size_t index = 0; index < values.size(); ++index)
    values[index] = product(values[index], spectrum->values[index]);
  fourier.inverse(values, sizeOf(cells));
  ExcessAround around{image::Volume(cells), image::Volume(cells)};
  std::size_t cell = 0;
  for (std::size_t slice = 0; slice < cells.slices; ++slice)
    for (std::size_t row = 0; row < cells.rows; ++row)
      for (std::size_t column = 0; column < cells.columns; ++column, ++cell) {
        const std::complex<float> value = values[fourier.index(slice, row, column)];
        around.beforeMm.values()[cell] = value.real();
        around.behindMm.values()[cell] = value.imag();
      }
  return around;
}

}  // namespace remnant::projection
