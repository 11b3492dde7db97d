#include <ATen/Parallel.h>
#include <torch/version.h>

#include <algorithm>
#include <cmath>

#include "remnant/base/error.h"
#include "remnant/nets/initialise.h"
#include "remnant/nets/resnet18.h"
#include "remnant/train/batches.h"
#include "remnant/train/fitter.h"
#include "remnant/train/network_library.h"
#include "remnant/train/schedule.h"

namespace remnant::train {
namespace {

constexpr std::int64_t kClasses = 2;
constexpr std::size_t kScoringBatch = 32;
constexpr std::size_t kSmallestSide = 32;

void checkTrainable(const ExampleSet& training, const FitConfig& config) {
  if (config.architecture != "resnet18")
    throw InputError("unknown-architecture", "there is no network named '" + config.architecture + "'");
  if (training.rows < kSmallestSide || training.columns < kSmallestSide)
    throw InputError("image-too-small", "this network needs images of at least 32 x 32 pixels");
  const auto positives = std::count(training.labels.begin(), training.labels.end(), 1);
  if (positives == 0 || positives == std::ssize(training.labels))
    throw InputError("one-class-only", "the training studies all carry the same label");
}

/// n / (2 n_class): both classes weigh the same in the mean loss.
torch::Tensor classWeights(const std::vector<int>& labels) {
  const auto count = static_cast<float>(labels.size());
  const auto positives = static_cast<float>(std::count(labels.begin(), labels.end(), 1));
  return torch::tensor({count / (2 * (count - positives)), count / (2 * positives)});
}

torch::Tensor emptyBatch(const ExampleSet& examples, std::size_t count) {
  return torch::empty({static_cast<std::int64_t>(count), static_cast<std::int64_t>(examples.channels),
                       static_cast<std::int64_t>(examples.rows),
                       static_cast<std::int64_t>(examples.columns)});
}

/// One network on its way through one fit.
class Fit {
 public:
  Fit(const ExampleSet& training, const FitConfig& config)
      : training_(training),
        config_(config),
        network_(nets::ResNet18Config{static_cast<std::int64_t>(training.channels), kClasses}) {
    nets::initialise(*network_, config.seed);
    for (torch::Tensor& parameter : network_->parameters())
      if (parameter.dim() == 4) parameter.set_data(parameter.contiguous(torch::MemoryFormat::ChannelsLast));
    classWeights_ = classWeights(training.labels);
    optimiser_ = std::make_unique<torch::optim::AdamW>(
        network_->parameters(),
        torch::optim::AdamWOptions(config.learningRate).weight_decay(config.weightDecay));
  }

  double trainEpoch(int epoch) {
    network_->train();
    const auto batches = batchesOfEpoch(training_.labels.size(), static_cast<std::size_t>(config_.batchSize),
                                        config_.seed, epoch);
    double sum = 0;
    for (std::size_t index = 0; index < batches.size(); ++index) {
      setLearningRate(static_cast<std::size_t>(epoch) * batches.size() + index, batches.size());
      sum += trainStep(batches[index], epoch) * static_cast<double>(batches[index].size());
    }
    return sum / static_cast<double>(training_.labels.size());
  }

  /// The running means and variances lag behind weights that still move, badly so after the few hundred steps
  /// of a small training set: they are taken anew with the final weights, each batch weighing the same.
  /// Source: Wu and Johnson, "Rethinking 'batch' in BatchNorm", 2021, section 3.
  void settleNormalisation() {
    const torch::NoGradGuard noGradients;
    network_->train();
    for (const auto& layer : network_->modules())
      if (auto* normalisation = layer->as<torch::nn::BatchNorm2d>()) {
        normalisation->reset_running_stats();
        normalisation->options.momentum(torch::nullopt);
      }
    for (const auto& batch :
         batchesOfEpoch(training_.labels.size(), static_cast<std::size_t>(config_.batchSize), config_.seed,
                        config_.epochs))
      network_->forward(variedImages(batch, config_.epochs));
  }

  std::vector<double> scores(const ExampleSet& examples) {
    const torch::NoGradGuard noGradients;
    network_->eval();
    std::vector<double> scores;
    for (std::size_t first = 0; first < examples.labels.size(); first += kScoringBatch)
      appendScores(examples, first, std::min(kScoringBatch, examples.labels.size() - first), scores);
    return scores;
  }

 private:
  void setLearningRate(std::size_t step, std::size_t stepsPerEpoch) {
    const std::size_t steps = stepsPerEpoch * static_cast<std::size_t>(config_.epochs);
    const std::size_t warmUp = config_.epochs > 1 ? stepsPerEpoch : 0;
    optimiser_->param_groups()[0].options().set_lr(learningRateAt(config_.learningRate, step, steps, warmUp));
  }

  double trainStep(const std::vector<std::size_t>& batch, int epoch) {
    optimiser_->zero_grad();
    const torch::Tensor logits = network_->forward(variedImages(batch, epoch));
    const torch::Tensor loss = torch::nn::functional::cross_entropy(
        logits, labels(batch), torch::nn::functional::CrossEntropyFuncOptions().weight(classWeights_));
    const double value = loss.item<double>();
    if (!std::isfinite(value))
      throw InputError("loss-not-finite", "the loss is no longer a number in epoch " +
                                              std::to_string(epoch + 1) +
                                              "; a smaller learning rate may help");
    loss.backward();
    optimiser_->step();
    return value;
  }

  torch::Tensor variedImages(const std::vector<std::size_t>& batch, int epoch) const {
    const torch::Tensor images = emptyBatch(training_, batch.size());
    const std::size_t size = training_.channels * training_.rows * training_.columns;
    for (std::size_t place = 0; place < batch.size(); ++place)
      writeShifted(training_, batch[place], drawShift(config_, epoch, batch[place]),
                   {images.data_ptr<float>() + place * size, size});
    return images.contiguous(torch::MemoryFormat::ChannelsLast);
  }

  torch::Tensor labels(const std::vector<std::size_t>& batch) const {
    std::vector<std::int64_t> labels;
    for (const std::size_t example : batch) labels.push_back(training_.labels[example]);
    return torch::tensor(labels);
  }

  void appendScores(const ExampleSet& examples, std::size_t first, std::size_t count,
                    std::vector<double>& scores) {
    const torch::Tensor images = emptyBatch(examples, count);
    const std::size_t size = examples.channels * examples.rows * examples.columns;
    std::copy_n(examples.pixels.data() + first * size, count * size, images.data_ptr<float>());
    const torch::Tensor logits =
        network_->forward(images.contiguous(torch::MemoryFormat::ChannelsLast)).to(torch::kFloat64);
    const torch::Tensor positive = torch::softmax(logits, 1).select(1, 1).contiguous();
    scores.insert(scores.end(), positive.data_ptr<double>(), positive.data_ptr<double>() + count);
  }

  const ExampleSet& training_;
  const FitConfig& config_;
  nets::ResNet18 network_;
  torch::Tensor classWeights_;
  std::unique_ptr<torch::optim::AdamW> optimiser_;
};

class TorchFitter : public Fitter {
 public:
  FitResult fit(const ExampleSet& training, const ExampleSet& test, const FitConfig& config,
                const FitProgress& progress) const override {
    // The number of threads is a setting of each calling thread.
    at::set_num_threads(1);
    checkTrainable(training, config);
    Fit fit(training, config);
    FitResult result;
    for (int epoch = 0; epoch < config.epochs; ++epoch) {
      result.epochLoss.push_back(fit.trainEpoch(epoch));
      if (progress && !progress(epoch, result.epochLoss.back())) throw Interrupted();
    }
    fit.settleNormalisation();
    result.trainScores = fit.scores(training);
    result.testScores = fit.scores(test);
    return result;
  }

  std::string version() const override { return std::string("libtorch ") + TORCH_VERSION; }
};

}  // namespace
}  // namespace remnant::train

extern "C" __attribute__((visibility("default"))) remnant::train::Fitter* remnantMakeFitter() {
  return new remnant::train::TorchFitter;
}
