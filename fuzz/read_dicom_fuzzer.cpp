// Any bytes at all, read as a DICOM object with its pixels and its meaning, and stripped of its private
// attributes: the only way out is an InputError.

#include <string>

#include "memory_file.h"
#include "remnant/base/error.h"
#include "remnant/dicom/object.h"
#include "remnant/scintigraphy/inspection_json.h"

namespace {

using namespace remnant;

/// Small, so that a limit that does not hold shows as memory.
dicom::ReadLimits fuzzLimits() {
  dicom::ReadLimits limits;
  limits.pixelBytes = std::uint64_t{16} << 20;
  limits.headerBytes = std::uint64_t{4} << 20;
  return limits;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const fuzz::MemoryFile file(bytes, size);
  try {
    dicom::Object object = dicom::Object::read(file.path(), fuzzLimits());
    object.dataset().walk([](const dicom::ElementView&) {});
    const std::string json = scintigraphy::jsonOf("a.dcm", scintigraphy::inspectObject(object));
    if (json.empty()) std::abort();
    object.dataset().transform([](const dicom::ElementView& view) {
      return dicom::ElementAction{
          view.tag.isPrivate() ? dicom::ElementAction::Kind::kRemove : dicom::ElementAction::Kind::kKeep, {}};
    });
  } catch (const InputError&) {
    // The one honest answer to bytes that are no object.
  }
  return 0;
}
