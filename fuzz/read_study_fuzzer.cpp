// Any bytes at all, read as a study of one object and as a slice of a CT series: the only way out is an
// InputError.

#include <cmath>

#include "memory_file.h"
#include "remnant/base/error.h"
#include "remnant/scintigraphy/acquired_study.h"
#include "remnant/scintigraphy/ct_slice.h"

namespace {

using namespace remnant;

/// Small, so that a limit that does not hold shows as memory.
dicom::ReadLimits fuzzLimits() {
  dicom::ReadLimits limits;
  limits.pixelBytes = std::uint64_t{4} << 20;
  limits.headerBytes = std::uint64_t{4} << 20;
  return limits;
}

void readStudy(const std::filesystem::path& file) {
  for (const scintigraphy::AcquiredStudy& study : scintigraphy::readStudies({file}, fuzzLimits()))
    for (const scintigraphy::AcquiredObject& object : study.objects)
      for (const scintigraphy::AcquiredFrame& frame : object.frames)
        if (frame.counts.empty() || !(frame.exposureSeconds >= 0)) std::abort();
}

void readSlice(const std::filesystem::path& file) {
  const auto slice = scintigraphy::readCtSlice(file, {}, fuzzLimits());
  const image::Image hounsfield = scintigraphy::readHounsfield(slice, fuzzLimits());
  for (const float value : hounsfield.pixels())
    if (!std::isfinite(value)) std::abort();
}

/// An InputError is the one honest answer to bytes that are no study.
void tryReading(const std::filesystem::path& file, void (*read)(const std::filesystem::path&)) {
  try {
    read(file);
  } catch (const InputError&) {
    return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const fuzz::MemoryFile file(bytes, size);
  tryReading(file.path(), readStudy);
  tryReading(file.path(), readSlice);
  return 0;
}
