#pragma once

/// The only door to libtorch's headers: 13 s a translation unit, so it is precompiled, and no header outside
/// nets/ includes it.
#include <torch/nn.h>
#include <torch/optim.h>
#include <torch/utils.h>
