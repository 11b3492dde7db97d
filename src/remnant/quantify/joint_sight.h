#pragma once

#include <Eigen/Core>

#include "remnant/quantify/calibrated_view.h"
#include "remnant/quantify/joint_config.h"
#include "remnant/quantify/joint_layout.h"
#include "remnant/quantify/joint_optics.h"
#include "remnant/quantify/pixel_model.h"

/// How one head sees one focus, and how that depends on the parameters of a joint fit.
namespace remnant::quantify {

struct Sight {
  SeenFocus seen;
  Eigen::MatrixXd jacobian;  ///< kFocusColumns x parameters
};

/// What is looked at, and with which parameters.
struct SightContext {
  const CalibratedView& view;
  const Nuisances& nuisances;
  const JointLayout& layout;
  const Eigen::VectorXd& parameters;
};

/// Focus number k of the layout. ray: between the focus and this head; skin: before it.
Sight sightOf(const SightContext& context, std::size_t k, const Focus& focus, const SampledRay& ray,
              const Sampled& skin);

}  // namespace remnant::quantify
