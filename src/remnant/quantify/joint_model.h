#pragma once

#include <Eigen/Core>
#include <optional>
#include <vector>

#include "remnant/quantify/calibrated_view.h"
#include "remnant/quantify/joint_config.h"
#include "remnant/quantify/joint_layout.h"
#include "remnant/quantify/joint_optics.h"
#include "remnant/quantify/joint_patches.h"
#include "remnant/quantify/joint_sight.h"
#include "remnant/quantify/pixel_model.h"

/// The likelihood of all pictures of a problem together, as a function of foci, backgrounds and nuisances.
namespace remnant::quantify {

/// At one point of the parameters. Of the sum of m - n ln m (against m = n) and the priors, z^2/2 each:
struct JointEvaluation {
  double misfit = 0;   ///< of the counts
  double penalty = 0;  ///< of the priors
  Eigen::VectorXd gradient;
  Eigen::MatrixXd information;  ///< Fisher's, and the priors' precision
  double objective() const { return misfit + penalty; }
};

/// Logarithm of the activity (MBq) of a focus that is not there, the least that a fit takes.
inline constexpr double kNoLogActivity = -30;

class JointModel {
 public:
  /// Keeps references to problem and optics. Throws InputError "no-views", "negative-counts", "bad-shape".
  /// A head or window that the nuisances do not state is taken as known.
  JointModel(const PlanarProblem& problem, const NeckOptics& optics, std::size_t foci,
             std::vector<JointPatch> patches, const JointConfig& config);

  const JointLayout& layout() const { return layout_; }
  const PlanarProblem& problem() const { return *problem_; }
  const JointConfig& config() const { return config_; }
  SampledOptics& optics() { return optics_; }
  const SampledOptics& optics() const { return optics_; }
  const JointPatch& patch(std::size_t patch) const { return patches_[patch]; }
  const PixelModel& picture(std::size_t patch) const { return pictures_[patch]; }
  const CalibratedView& viewOf(std::size_t patch) const { return problem_->views[patches_[patch].view]; }

  /// Not const: it works in memory of its own.
  JointEvaluation evaluate(const Eigen::VectorXd& parameters, bool derivatives = true);
  /// Expected counts of the pixels of a patch's window, row by row, those that are not taken too.
  Eigen::VectorXd expected(std::size_t patch, const Eigen::VectorXd& parameters);
  Eigen::VectorXd expectedBackground(std::size_t patch, const Eigen::VectorXd& parameters) const;
  /// Derivatives of the expected counts, pixels x parameters.
  Eigen::MatrixXd slopes(std::size_t patch, const Eigen::VectorXd& parameters);
  /// From here on pixels weigh less where foci add much, by the model's error (JointConfig).
  void weigh(const Eigen::VectorXd& parameters);
  /// From here on the bumps of a patch's irregularity are so many times as high; their deviates in the
  /// parameters shrink as much.
  void scaleIrregularity(std::size_t patch, double factor, Eigen::VectorXd& parameters);
  /// Of its bumps: 1 of those far from all foci, else 0.
  const Eigen::VectorXd& bumpsAway(std::size_t patch) const { return away_[patch]; }
  /// Of all scalings so far.
  double irregularityScale(std::size_t patch) const { return scales_[patch]; }
  /// Counts as used; in place of those of the problem where simulated.
  const Eigen::VectorXd& counts(std::size_t patch) const { return counts_[patch]; }
  void setCounts(std::size_t patch, Eigen::VectorXd counts) { counts_[patch] = std::move(counts); }

  /// Focus k as the head of a patch sees it.
  SeenFocus seen(std::size_t patch, std::size_t k, const Eigen::VectorXd& parameters);
  Focus focusOf(std::size_t k, const Eigen::VectorXd& parameters) const;
  void setFocus(std::size_t k, const Focus& focus, Eigen::VectorXd& parameters) const;
  /// Every parameter into its bounds: depth between the skins, position in the pictures.
  void bound(Eigen::VectorXd& parameters);
  void bounds(const Eigen::VectorXd& parameters, Eigen::VectorXd& lower, Eigen::VectorXd& upper);

  /// Keeps a focus within so many millimetres of a place, so that foci do not change places, and gives it the
  /// prior of the config about it.
  void keepNear(std::size_t k, const FocusSeed& seed, double reachMm);
  const FocusSeed& seed(std::size_t k) const { return seeds_[k]; }
  double reachMm(std::size_t k) const { return reachMm_[k]; }
  std::size_t pixels() const;

 private:
  /// Of an element of the resolution, a disc as wide as the response.
  double elementPixels(std::size_t patch) const;
  Sight sight(std::size_t view, std::size_t k, const Eigen::VectorXd& parameters, const SampledRay& ray,
              const Sampled& skin) const;
  /// Of each view, of each focus.
  std::vector<std::vector<Sight>> sights(const Eigen::VectorXd& parameters);
  void addPatch(std::size_t patch, const std::vector<Sight>& sights, const Eigen::VectorXd& parameters,
                bool derivatives, JointEvaluation& evaluation);
  /// Fisher's of the patch's own columns; roots: of weight over expected counts, of each pixel.
  Eigen::MatrixXd informationOf(const Eigen::VectorXd& roots);
  /// Adds what the patch's own columns tell (their slope and information) to that of the parameters.
  void addToParameters(std::size_t patch, const std::vector<Sight>& sights, const Eigen::VectorXd& slope,
                       const Eigen::MatrixXd& information, JointEvaluation& evaluation) const;
  /// From a patch's own columns (of each focus, then of the background) to the parameters.
  Eigen::MatrixXd jacobianOf(std::size_t patch, const std::vector<Sight>& sights) const;
  /// Fills columns_ and gives the expected counts.
  Eigen::VectorXd fillColumns(std::size_t patch, const std::vector<Sight>& sights,
                              const Eigen::VectorXd& parameters, bool derivatives);
  void addBasis(const JointPatch& patch, double pixelMm);
  void addPriors(const Eigen::VectorXd& parameters, JointEvaluation& evaluation) const;

  const PlanarProblem* problem_;
  JointConfig config_;
  JointLayout layout_;
  SampledOptics optics_;
  std::vector<FocusSeed> seeds_;
  std::vector<double> reachMm_;  ///< around each seed
  std::vector<JointPatch> patches_;
  std::vector<PixelModel> pictures_;
  std::vector<Eigen::VectorXd> counts_;
  std::vector<Eigen::VectorXd> weights_;  ///< of the pixels: 0 where not taken, else 1 before weigh()
  std::vector<Eigen::MatrixXd> basis_;    ///< of the logarithm of the background
  std::vector<Eigen::VectorXd> away_;     ///< of the bumps
  std::vector<double> scales_;            ///< of the bumps in the basis
  std::vector<Eigen::VectorXd> offset_;   ///< logarithm of its shape
  Eigen::MatrixXd columns_;
  Eigen::MatrixXf weighted_;
};

}  // namespace remnant::quantify
