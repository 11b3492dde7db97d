#pragma once

#include <Eigen/Core>
#include <vector>

#include "remnant/quantify/focus_detector.h"
#include "remnant/quantify/joint_model.h"

/// The score test of a further focus at every place of a grid.
namespace remnant::quantify {

/// Places to try: x fastest, then z.
struct PlaceGrid {
  std::vector<double> x, z;
};

/// A place and how much speaks for a focus there.
struct ScoredPlace {
  FocusSeed place;
  double depthMm = 0;
  double deviate = 0;  ///< U / sqrt(I); negative for a lack of counts
};

/// The test of all places against one fitted model; counts may then be any.
class FocusScore {
 public:
  FocusScore(JointModel& model, const Eigen::VectorXd& parameters, const PlaceGrid& grid,
             const DetectorConfig& config);

  /// The best of all places; counts: one vector a view, in the pixels of the model.
  ScoredPlace best(const std::vector<Eigen::VectorXd>& counts, const std::vector<FocusSeed>& taken,
                   double separationMm) const;
  const Eigen::VectorXd& expected(std::size_t view) const { return expected_[view]; }

 private:
  /// The response to a focus at one depth, separately along columns and rows.
  struct Template {
    std::vector<Eigen::MatrixXd> across;     ///< a view: columns x places
    std::vector<Eigen::MatrixXd> along;      ///< a view: rows x places, with the amplitude
    Eigen::MatrixXd deviation;               ///< sqrt(I), places along x x along z
    std::vector<Eigen::MatrixXd> explained;  ///< a parameter: its slope's projection on the places
    std::vector<std::size_t> parameters;     ///< of `explained`
  };
  Template makeTemplate(JointModel& model, const PlaceGrid& grid, double depthMm) const;
  void addInformation(JointModel& model, Template& made) const;

  PlaceGrid grid_;
  std::vector<double> depthsMm_;
  std::vector<Eigen::Index> columns_;  ///< of each view's window
  std::vector<Eigen::VectorXd> expected_;
  std::vector<Eigen::VectorXd> weight_;  ///< 1 / variance
  std::vector<Eigen::MatrixXd> slopes_;  ///< pixels x parameters
  Eigen::MatrixXd covariance_;           ///< of the parameters
  std::vector<Template> templates_;      ///< a depth
};

}  // namespace remnant::quantify
