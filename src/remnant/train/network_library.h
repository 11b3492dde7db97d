#pragma once

#include "remnant/train/fitter.h"

namespace remnant::train {

/// What the library with the networks exports: makes a Fitter, to be owned by the caller.
using MakeFitter = Fitter* (*)();
constexpr const char* kNetworkLibraryName = "libremnant_networks.so";
constexpr const char* kMakeFitterName = "remnantMakeFitter";

}  // namespace remnant::train
