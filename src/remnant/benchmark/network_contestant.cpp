#include <algorithm>

#include "remnant/base/interrupt.h"
#include "remnant/base/parallel.h"
#include "remnant/benchmark/contestant.h"
#include "remnant/standardise/study_images.h"

namespace remnant::benchmark {
namespace {

constexpr std::size_t kChannels = 2;

class NetworkContestant : public Contestant {
 public:
  NetworkContestant(const NetworkSettings& settings, const Arena& arena,
                    std::shared_ptr<const train::Fitter> fitter)
      : settings_(settings),
        size_(settings.inputs.at(dataset::imageSetText(arena.imageSet))),
        cases_(arena.cases),
        images_(arena.cases.size()),
        fitter_(std::move(fitter)) {
    const standardise::ModelInputConfig config{.rows = size_.rows, .columns = size_.columns};
    parallelFor(cases_.size(), arena.threads, [&](std::size_t place) {
      images_[place] =
          standardise::modelInput(arena.dataset.views(cases_[place].study, arena.imageSet), config);
    });
  }

  std::size_t stepsPerFit() const override { return static_cast<std::size_t>(settings_.epochs); }

  FoldScores score(const Fold& fold, std::uint64_t seed,
                   const std::function<void()>& stepDone) const override {
    const auto result =
        fitter_->fit(examples(fold.train), examples(fold.test), config(seed), [&](int, double) {
          stepDone();
          return !interruptRequested();
        });
    return {result.trainScores, result.testScores};
  }

 private:
  train::FitConfig config(std::uint64_t seed) const {
    return {.architecture = settings_.architecture,
            .epochs = settings_.epochs,
            .batchSize = settings_.batchSize,
            .learningRate = settings_.learningRate,
            .weightDecay = settings_.weightDecay,
            .seed = seed,
            .maximumShiftPixels = settings_.maximumShiftPixels,
            .mirror = settings_.mirror};
  }

  train::ExampleSet examples(const std::vector<std::size_t>& places) const {
    train::ExampleSet set{
        .channels = kChannels, .rows = size_.rows, .columns = size_.columns, .pixels = {}, .labels = {}};
    for (const std::size_t place : places) {
      set.pixels.insert(set.pixels.end(), images_[place].begin(), images_[place].end());
      set.labels.push_back(cases_[place].label);
    }
    return set;
  }

  NetworkSettings settings_;
  InputSize size_;
  const std::vector<Case>& cases_;
  std::vector<std::vector<float>> images_;
  std::shared_ptr<const train::Fitter> fitter_;
};

}  // namespace

std::unique_ptr<const Contestant> prepare(const NetworkSettings& settings, const Arena& arena,
                                          std::shared_ptr<const train::Fitter> fitter) {
  return std::make_unique<NetworkContestant>(settings, arena, std::move(fitter));
}

std::string contestantDescription(const ContestantSettings& settings) {
  if (std::holds_alternative<RatioSettings>(settings))
    return "Mean counts per pixel in the automatic thyroid box over those in the shoulder box of the "
           "anterior view; "
           "its logarithm into a logistic regression fitted on the training studies.";
  return "ResNet-18 (He 2016) trained from random weights; the anterior and the mirrored posterior view as "
         "its two "
         "channels.";
}

}  // namespace remnant::benchmark
