#include "remnant/nets/initialise.h"

#include <cmath>

#include "remnant/base/random.h"

namespace remnant::nets {
namespace {

constexpr std::uint32_t kInitialisationPlace = 0x494E4954;

void fillNormal(torch::Tensor& weights, double standardDeviation, RandomStream random) {
  float* values = weights.data_ptr<float>();
  for (std::int64_t index = 0; index < weights.numel(); ++index)
    values[index] = static_cast<float>(standardDeviation * random.normal());
}

void fillUniform(torch::Tensor& weights, double bound, RandomStream random) {
  float* values = weights.data_ptr<float>();
  for (std::int64_t index = 0; index < weights.numel(); ++index)
    values[index] = static_cast<float>(random.uniform(-bound, bound));
}

void initialiseConvolution(torch::Tensor& weights, RandomStream random) {
  const auto fanOut = static_cast<double>(weights.size(0) * weights.size(2) * weights.size(3));
  fillNormal(weights, std::sqrt(2 / fanOut), random);
}

}  // namespace

void initialise(torch::nn::Module& network, std::uint64_t seed) {
  const torch::NoGradGuard noGradients;
  std::uint32_t place = 0;
  const auto nextStream = [&] { return RandomStream(seed, kInitialisationPlace, place++); };
  for (const auto& layer : network.modules()) {
    if (auto* convolution = layer->as<torch::nn::Conv2d>()) {
      initialiseConvolution(convolution->weight, nextStream());
    } else if (auto* normalisation = layer->as<torch::nn::BatchNorm2d>()) {
      normalisation->weight.fill_(1);
      normalisation->bias.zero_();
    } else if (auto* linear = layer->as<torch::nn::Linear>()) {
      const double bound = 1 / std::sqrt(static_cast<double>(linear->weight.size(1)));
      fillUniform(linear->weight, bound, nextStream());
      fillUniform(linear->bias, bound, nextStream());
    }
  }
}

}  // namespace remnant::nets
