#include "remnant/nets/resnet18.h"

namespace remnant::nets {
namespace {

namespace nn = torch::nn;

/// Convolutions carry no bias: the batch normalisation after each has its own.
nn::Conv2d convolution(std::int64_t inputChannels, std::int64_t outputChannels, std::int64_t size,
                       std::int64_t stride) {
  return nn::Conv2d(
      nn::Conv2dOptions(inputChannels, outputChannels, size).stride(stride).padding(size / 2).bias(false));
}

}  // namespace

BasicBlockImpl::BasicBlockImpl(std::int64_t inputChannels, std::int64_t outputChannels, std::int64_t stride) {
  conv1_ = register_module("conv1", convolution(inputChannels, outputChannels, 3, stride));
  bn1_ = register_module("bn1", nn::BatchNorm2d(outputChannels));
  conv2_ = register_module("conv2", convolution(outputChannels, outputChannels, 3, 1));
  bn2_ = register_module("bn2", nn::BatchNorm2d(outputChannels));
  if (stride == 1 && inputChannels == outputChannels) return;
  downsample_ = register_module(
      "downsample",
      nn::Sequential(convolution(inputChannels, outputChannels, 1, stride), nn::BatchNorm2d(outputChannels)));
}

torch::Tensor BasicBlockImpl::forward(const torch::Tensor& input) {
  const torch::Tensor shortcut = downsample_.is_empty() ? input : downsample_->forward(input);
  const torch::Tensor inner = torch::relu(bn1_->forward(conv1_->forward(input)));
  return torch::relu(bn2_->forward(conv2_->forward(inner)) + shortcut);
}

ResNet18Impl::ResNet18Impl(const ResNet18Config& config) {
  conv1_ = register_module("conv1", convolution(config.inputChannels, 64, 7, 2));
  bn1_ = register_module("bn1", nn::BatchNorm2d(64));
  layer1_ = stage("layer1", 64, 64, 1);
  layer2_ = stage("layer2", 64, 128, 2);
  layer3_ = stage("layer3", 128, 256, 2);
  layer4_ = stage("layer4", 256, 512, 2);
  fc_ = register_module("fc", nn::Linear(512, config.classes));
}

nn::Sequential ResNet18Impl::stage(const std::string& name, std::int64_t inputChannels,
                                   std::int64_t outputChannels, std::int64_t stride) {
  return register_module(name, nn::Sequential(BasicBlock(inputChannels, outputChannels, stride),
                                              BasicBlock(outputChannels, outputChannels, 1)));
}

torch::Tensor ResNet18Impl::forward(const torch::Tensor& images) {
  torch::Tensor features = torch::relu(bn1_->forward(conv1_->forward(images)));
  features = torch::max_pool2d(features, 3, 2, 1);
  features = layer4_->forward(layer3_->forward(layer2_->forward(layer1_->forward(features))));
  return fc_->forward(torch::flatten(torch::adaptive_avg_pool2d(features, {1, 1}), 1));
}

}  // namespace remnant::nets
