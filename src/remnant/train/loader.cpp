#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <mutex>

#include "remnant/base/error.h"
#include "remnant/train/fitter.h"
#include "remnant/train/network_library.h"

namespace remnant::train {
namespace {

namespace fs = std::filesystem;

/// libgomp and OpenBLAS read these once, as they are loaded. One thread a fit is part of the protocol,
/// because sums over several threads differ in their last bits; fits share the cores side by side instead.
void fixThreadsPerFit() {
  ::setenv("OMP_NUM_THREADS", "1", 1);
  ::setenv("OPENBLAS_NUM_THREADS", "1", 1);
  ::setenv("OMP_WAIT_POLICY", "passive", 0);
}

fs::path besideProgram() {
  std::error_code unreadable;
  return fs::read_symlink("/proc/self/exe", unreadable).parent_path() / kNetworkLibraryName;
}

fs::path libraryPath() {
  for (const fs::path& path : {besideProgram(), fs::path(REMNANT_LIBRARY_FOLDER) / kNetworkLibraryName})
    if (fs::exists(path)) return path;
  throw InputError("networks-unavailable",
                   "the library with the networks is not here; build with REMNANT_NETWORKS=ON",
                   besideProgram().string());
}

[[noreturn]] void refuse(const fs::path& path) {
  const char* reason = ::dlerror();
  throw InputError(
      "networks-unavailable",
      std::string("the library with the networks cannot be loaded: ") + (reason ? reason : "unknown"),
      path.string());
}

/// Never closed again: libtorch keeps threads and static state.
MakeFitter openLibrary() {
  fixThreadsPerFit();
  const fs::path path = libraryPath();
  void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (!library) refuse(path);
  void* symbol = ::dlsym(library, kMakeFitterName);
  if (!symbol) refuse(path);
  return reinterpret_cast<MakeFitter>(symbol);
}

}  // namespace

std::shared_ptr<const Fitter> loadFitter() {
  static std::mutex mutex;
  static MakeFitter makeFitter = nullptr;
  const std::lock_guard lock(mutex);
  if (!makeFitter) makeFitter = openLibrary();
  return std::shared_ptr<const Fitter>(makeFitter());
}

}  // namespace remnant::train
