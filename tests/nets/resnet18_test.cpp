#include "remnant/nets/resnet18.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "remnant/nets/initialise.h"
#include "support/shared_folder.h"

namespace remnant::nets {
namespace {

using nlohmann::json;

/// The rule by which the golden's weights can be made anywhere: splitmix64 from the name's FNV-1a.
std::vector<float> uniformValues(const std::string& name, std::int64_t count) {
  std::uint64_t seed = 0xCBF29CE484222325;
  for (const unsigned char byte : name) seed = (seed ^ byte) * 0x100000001B3;
  std::vector<float> values;
  for (std::int64_t index = 0; index < count; ++index) {
    std::uint64_t word = seed + static_cast<std::uint64_t>(index) + 0x9E3779B97F4A7C15;
    word = (word ^ word >> 30) * 0xBF58476D1CE4E5B9;
    word = (word ^ word >> 27) * 0x94D049BB133111EB;
    values.push_back(static_cast<float>((word ^ word >> 31) >> 40) / static_cast<float>(1 << 24));
  }
  return values;
}

float scaled(const std::string& lastName, const torch::Tensor& tensor, float value) {
  if (lastName == "weight" && tensor.dim() >= 2) {
    const auto fanIn = static_cast<double>(tensor.numel() / tensor.size(0));
    return (2.0F * value - 1.0F) * static_cast<float>(std::sqrt(6.0 / fanIn));
  }
  if (lastName == "bias" || lastName == "running_mean") return 0.2F * value - 0.1F;
  return 0.5F + value;
}

void fillByRule(const std::string& name, torch::Tensor& tensor) {
  const std::string lastName = name.substr(name.rfind('.') + 1);
  if (lastName == "num_batches_tracked") return;
  std::vector<float> values = uniformValues(name, tensor.numel());
  for (float& value : values) value = scaled(lastName, tensor, value);
  tensor.copy_(torch::tensor(values).reshape(tensor.sizes()));
}

std::map<std::string, torch::Tensor> stateOf(const torch::nn::Module& network) {
  std::map<std::string, torch::Tensor> state;
  for (const auto& entry : network.named_parameters()) state[entry.key()] = entry.value();
  for (const auto& entry : network.named_buffers()) state[entry.key()] = entry.value();
  return state;
}

json readGolden() {
  std::ifstream file(remnant::testing::sharedFolder() / "goldens/torchvision.json");
  return json::parse(file).at("architectures").at("resnet18");
}

TEST(ResNet18, HasTorchvisionsNamesAndShapes) {
  REMNANT_REQUIRE_SHARED("goldens/torchvision.json");
  const json golden = readGolden();
  ResNet18 network;
  json state;
  for (const auto& [name, tensor] : stateOf(*network)) state[name] = tensor.sizes().vec();
  EXPECT_EQ(state, golden.at("state"));
}

TEST(ResNet18, ComputesTorchvisionsLogits) {
  REMNANT_REQUIRE_SHARED("goldens/torchvision.json");
  const json golden = readGolden();
  const torch::NoGradGuard noGradients;
  ResNet18 network;
  network->eval();
  for (auto& [name, tensor] : stateOf(*network)) fillByRule(name, tensor);
  const std::int64_t size = golden.at("input_size");
  const torch::Tensor input = 2 * torch::tensor(uniformValues("input", 3 * size * size)) - 1;
  const torch::Tensor logits = network->forward(input.reshape({1, 3, size, size}))[0].to(torch::kFloat64);
  const double norm = golden.at("logits_l2");
  EXPECT_NEAR(logits.norm().item<double>(), norm, 1e-4 * norm);
  EXPECT_EQ(logits.argmax().item<int>(), golden.at("argmax").get<int>());
  const std::vector<double> expected = golden.at("logits_first_16");
  for (std::size_t place = 0; place < expected.size(); ++place)
    EXPECT_NEAR(logits[static_cast<std::int64_t>(place)].item<double>(), expected[place],
                1e-4 * std::abs(expected[place]) + 1e-4);
}

TEST(ResNet18, TakesAsManyChannelsAndClassesAsAsked) {
  const torch::NoGradGuard noGradients;
  ResNet18 network(ResNet18Config{.inputChannels = 2, .classes = 5});
  EXPECT_EQ(network->forward(torch::zeros({3, 2, 64, 32})).sizes(), (std::vector<std::int64_t>{3, 5}));
}

TEST(Initialise, GivesConvolutionsHesSpread) {
  ResNet18 network(ResNet18Config{.inputChannels = 2, .classes = 2});
  initialise(*network, 3);
  // 512 x 512 x 3 x 3 draws: the standard error of the spread is 1 / sqrt(2 x 2.4 million), 0.05 %.
  const torch::Tensor weights = stateOf(*network).at("layer4.1.conv2.weight");
  EXPECT_NEAR(weights.std().item<double>(), std::sqrt(2.0 / (512 * 9)), 0.003 * std::sqrt(2.0 / (512 * 9)));
  EXPECT_NEAR(weights.mean().item<double>(), 0, 1e-4);
  EXPECT_LE(stateOf(*network).at("fc.weight").abs().max().item<double>(), 1 / std::sqrt(512.0));
}

TEST(Initialise, DependsOnTheSeedAlone) {
  ResNet18 first(ResNet18Config{.inputChannels = 2, .classes = 2});
  ResNet18 second(ResNet18Config{.inputChannels = 2, .classes = 2});
  ResNet18 other(ResNet18Config{.inputChannels = 2, .classes = 2});
  initialise(*first, 3);
  initialise(*second, 3);
  initialise(*other, 4);
  const auto state = stateOf(*first), same = stateOf(*second), different = stateOf(*other);
  for (const auto& [name, tensor] : state) EXPECT_TRUE(torch::equal(tensor, same.at(name))) << name;
  EXPECT_FALSE(torch::equal(state.at("conv1.weight"), different.at("conv1.weight")));
}

}  // namespace
}  // namespace remnant::nets
