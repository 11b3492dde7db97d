#pragma once

#include <cstdint>

#include "remnant/nets/torch.h"

namespace remnant::nets {

/// Fills a network's parameters from our own generator, so that fits running side by side do not share
/// libtorch's global one. Convolutions: normal with standard deviation sqrt(2 / (output channels x kernel
/// size)); batch normalisation: scale 1, shift 0; linear layers: uniform within +-1 / sqrt(inputs), weight
/// and bias. This is torchvision's rule. Source: He et al., "Delving deep into rectifiers", ICCV 2015,
/// section 2.2 (fan out). The values depend on the seed and the order of the parameters alone.
void initialise(torch::nn::Module& network, std::uint64_t seed);

}  // namespace remnant::nets
