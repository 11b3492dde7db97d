#pragma once

#include "remnant/nets/torch.h"

/// The 18-layer residual network. Source: He, Zhang, Ren, Sun, "Deep residual learning for image
/// recognition", CVPR 2016, table 1 (18-layer column) and section 4.1. Parameter names and layout are
/// torchvision's, so that its published weights fit.
namespace remnant::nets {

/// Two 3x3 convolutions around which the input is added: out = relu(bn2(conv2(relu(bn1(conv1(x))))) + x).
/// Where the stride or the number of channels changes, x goes through a 1x1 convolution first ("option B" of
/// the paper).
class BasicBlockImpl : public torch::nn::Module {
 public:
  BasicBlockImpl(std::int64_t inputChannels, std::int64_t outputChannels, std::int64_t stride);
  torch::Tensor forward(const torch::Tensor& input);

 private:
  torch::nn::Conv2d conv1_{nullptr}, conv2_{nullptr};
  torch::nn::BatchNorm2d bn1_{nullptr}, bn2_{nullptr};
  torch::nn::Sequential downsample_{nullptr};
};
TORCH_MODULE(BasicBlock);

struct ResNet18Config {
  std::int64_t inputChannels = 3;
  std::int64_t classes = 1000;
};

/// Input [batch, inputChannels, rows, columns] of at least 32 x 32 (five halvings), output logits [batch,
/// classes].
class ResNet18Impl : public torch::nn::Module {
 public:
  explicit ResNet18Impl(const ResNet18Config& config = {});
  torch::Tensor forward(const torch::Tensor& images);

 private:
  torch::nn::Sequential stage(const std::string& name, std::int64_t inputChannels,
                              std::int64_t outputChannels, std::int64_t stride);

  torch::nn::Conv2d conv1_{nullptr};
  torch::nn::BatchNorm2d bn1_{nullptr};
  torch::nn::Sequential layer1_{nullptr}, layer2_{nullptr}, layer3_{nullptr}, layer4_{nullptr};
  torch::nn::Linear fc_{nullptr};
};
TORCH_MODULE(ResNet18);

}  // namespace remnant::nets
