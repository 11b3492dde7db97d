#include "remnant/quantify/point_source_fit.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <Eigen/Cholesky>
#include <Eigen/LU>

#include "remnant/base/error.h"

namespace remnant::quantify {
namespace {

constexpr int kMost = 8;
constexpr double kThreshold = 3.841458820694124;  ///< chi-squared, one degree of freedom, 95 %
constexpr double kBeyondSkinMm = 40;
constexpr double kLeastActivityShare = 1e-9;

using Vector = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, kMost, 1>;
using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, kMost, kMost>;

/// Responses and their common relative errors at one depth.
struct Local {
  Vector response;
  Matrix errors;
};

class Statistic {
 public:
  Statistic(const DepthNodes& nodes, const std::vector<SourceObservation>& observations, bool systematic)
      : nodes_(nodes), net_(static_cast<Eigen::Index>(observations.size())), background_(net_.size()) {
    for (Eigen::Index i = 0; i < net_.size(); ++i) {
      const SourceObservation& one = observations[static_cast<std::size_t>(i)];
      net_(i) = one.net();
      background_(i) = one.countingVariance() + (systematic ? one.unlevelVariance() : 0);
    }
    for (std::size_t node = 0; node < nodes.count; ++node) addNode(node, observations, systematic);
  }

  Local at(double depthMm) const {
    const double place = depthMm / nodes_.stepMm;
    const auto below =
        static_cast<std::size_t>(std::clamp(std::floor(place), 0.0, static_cast<double>(nodes_.count - 2)));
    const double fraction = place - static_cast<double>(below), inside = std::clamp(fraction, 0.0, 1.0);
    Local local;
    local.response = (logs_[below] + fraction * (logs_[below + 1] - logs_[below])).array().exp();
    local.errors = errors_[below] + inside * (errors_[below + 1] - errors_[below]);
    return local;
  }

  /// d ln response / d depth over one step about the depth.
  Vector slopes(double depthMm) const {
    const double half = nodes_.stepMm / 2;
    const Local below = at(depthMm - half), above = at(depthMm + half);
    return (above.response.array() / below.response.array()).log() / nodes_.stepMm;
  }

  Matrix covariance(const Local& local, double activity) const {
    const Vector expected = activity * local.response;
    Matrix covariance = (expected * expected.transpose()).cwiseProduct(local.errors);
    covariance.diagonal() += expected + background_;
    return covariance;
  }

  double operator()(const Local& local, double activity) const {
    const Vector left = net_ - activity * local.response;
    return left.dot(covariance(local, activity).llt().solve(left));
  }

  double bestActivity(const Local& local) const {
    const double scale = std::max(net_.sum(), 1.0) / local.response.sum();
    double activity = scale;
    for (int step = 0; step < 8; ++step) {
      const Vector weights = covariance(local, activity).llt().solve(local.response);
      const double next = weights.dot(net_) / weights.dot(local.response);
      const double bounded = std::max(next, kLeastActivityShare * scale);
      const bool settled = std::abs(bounded - activity) < 1e-10 * activity;
      activity = bounded;
      if (settled) break;
    }
    return activity;
  }

  double profile(double depthMm) const {
    const Local local = at(depthMm);
    return (*this)(local, bestActivity(local));
  }

  /// Covariance of (ln a, d) from the information that the counts hold.
  Eigen::Matrix2d bound(double depthMm, double activity) const {
    const Local local = at(depthMm);
    Eigen::Matrix<double, Eigen::Dynamic, 2, 0, kMost, 2> gradient(net_.size(), 2);
    gradient.col(0) = activity * local.response;
    gradient.col(1) = gradient.col(0).cwiseProduct(slopes(depthMm));
    Eigen::Matrix2d information = gradient.transpose() * covariance(local, activity).llt().solve(gradient);
    // Where the responses hardly depend on depth it is known no better than to lie in the neck.
    information(1, 1) += 12 / (nodes_.lastMm() * nodes_.lastMm());
    return information.inverse();
  }

 private:
  void addNode(std::size_t node, const std::vector<SourceObservation>& observations, bool systematic) {
    Vector logs(net_.size());
    Matrix errors = Matrix::Zero(net_.size(), net_.size());
    for (Eigen::Index i = 0; i < net_.size(); ++i) {
      const SourceObservation& one = observations[static_cast<std::size_t>(i)];
      logs(i) = one.logResponse[node];
      for (Eigen::Index j = 0; systematic && j < net_.size(); ++j) {
        const SourceObservation& other = observations[static_cast<std::size_t>(j)];
        if (!one.logErrors.empty() && !other.logErrors.empty())
          errors(i, j) = one.logErrors[node].dot(other.logErrors[node]);
      }
    }
    logs_.push_back(logs);
    errors_.push_back(errors);
  }

  DepthNodes nodes_;
  Vector net_, background_;
  std::vector<Vector> logs_;
  std::vector<Matrix> errors_;
};

/// The least of a function near the best of a scan, by golden section.
template <class Function>
double leastWithin(double low, double high, const Function& function) {
  constexpr double kGolden = 0.6180339887498949;
  double left = high - kGolden * (high - low), right = low + kGolden * (high - low);
  double atLeft = function(left), atRight = function(right);
  for (int step = 0; step < 40; ++step) {
    if (atLeft < atRight) {
      high = right, right = left, atRight = atLeft;
      left = high - kGolden * (high - low), atLeft = function(left);
    } else {
      low = left, left = right, atLeft = atRight;
      right = low + kGolden * (high - low), atRight = function(right);
    }
  }
  return (low + high) / 2;
}

/// Between a place inside and one outside, the border.
template <class Function>
double border(double inside, double outside, const Function& accepted) {
  for (int step = 0; step < 40; ++step) {
    const double middle = (inside + outside) / 2;
    (accepted(middle) ? inside : outside) = middle;
  }
  return inside;
}

struct Interval {
  double lower, upper;
};

/// All depths accepted, the hull of them where they are apart. Outside the neck as well.
Interval acceptedDepths(const Statistic& statistic, double best, double limit, double last) {
  const auto accepted = [&](double depth) { return statistic.profile(depth) <= limit; };
  const double least = -kBeyondSkinMm, most = last + kBeyondSkinMm;
  Interval found{best, best};
  for (int below = 0; best - below > least; ++below)
    if (accepted(best - below)) found.lower = best - below;
  for (int above = 0; best + above < most; ++above)
    if (accepted(best + above)) found.upper = best + above;
  found.lower = border(found.lower, found.lower - 1, accepted);
  found.upper = border(found.upper, found.upper + 1, accepted);
  return found;
}

/// Least and greatest activity accepted at any of the depths.
Interval acceptedActivities(const Statistic& statistic, const Interval& depths, double best, double limit) {
  constexpr int kSteps = 40;
  Interval found{best, best};
  for (int step = 0; step <= kSteps; ++step) {
    const Local local = statistic.at(depths.lower + (depths.upper - depths.lower) * step / kSteps);
    const auto accepted = [&](double logActivity) {
      return statistic(local, std::exp(logActivity)) <= limit;
    };
    const double middle = std::log(statistic.bestActivity(local));
    if (!accepted(middle)) continue;
    double reach = 0.01;
    while (accepted(middle - reach) && reach < 20) reach *= 2;
    found.lower = std::min(found.lower, std::exp(border(middle, middle - reach, accepted)));
    reach = 0.01;
    while (accepted(middle + reach) && reach < 20) reach *= 2;
    found.upper = std::max(found.upper, std::exp(border(middle, middle + reach, accepted)));
  }
  return found;
}

double freeDepth(const Statistic& statistic, double last) {
  double best = 0, least = std::numeric_limits<double>::infinity();
  for (int step = 0; step - kBeyondSkinMm <= last + kBeyondSkinMm; ++step) {
    const double depth = step - kBeyondSkinMm;
    const double value = statistic.profile(depth);
    if (value < least) least = value, best = depth;
  }
  return leastWithin(best - 1, best + 1, [&](double depth) { return statistic.profile(depth); });
}

void requireSound(const DepthNodes& nodes, const std::vector<SourceObservation>& observations) {
  const auto sound = [&](const SourceObservation& one) {
    return one.logResponse.size() == nodes.count &&
           (one.logErrors.empty() || one.logErrors.size() == nodes.count);
  };
  if (nodes.count < 2 || observations.size() < 2 || observations.size() > kMost ||
      !std::all_of(observations.begin(), observations.end(), sound))
    throw ProgramError("a source was to be fitted to observations of the wrong number or size");
  if (std::none_of(observations.begin(), observations.end(), [](const auto& one) { return one.net() > 0; }))
    throw ProgramError("a source was to be fitted where no region has counts");
}

}  // namespace

PointSourceFit fitPointSource(const DepthNodes& nodes, const std::vector<SourceObservation>& observations) {
  requireSound(nodes, observations);
  const Statistic counting(nodes, observations, false), all(nodes, observations, true);
  const double last = nodes.lastMm();
  PointSourceFit fit;
  fit.freeDepthMm = freeDepth(all, last);
  const double depth = std::clamp(fit.freeDepthMm, 0.0, last);
  const double activity = all.bestActivity(all.at(depth));
  const double limit = all.profile(fit.freeDepthMm) + kThreshold;
  const Interval free = acceptedDepths(all, fit.freeDepthMm, limit, last);
  const Interval inside{std::clamp(free.lower, 0.0, last), std::clamp(free.upper, 0.0, last)};
  // At the skin the least q may be reached outside only; the activity is judged from the neck's best.
  const double inNeck = std::max(limit, all.profile(depth) + kThreshold);
  const Interval activities = acceptedActivities(all, inside, activity, inNeck);
  const Eigen::Matrix2d statistical = counting.bound(depth, activity), total = all.bound(depth, activity);
  const auto rest = [&](int i) { return std::sqrt(std::max(0.0, total(i, i) - statistical(i, i))); };
  fit.depthMm = {depth, std::sqrt(statistical(1, 1)), rest(1), inside.lower, inside.upper, {}, {}};
  fit.activityMBq = {activity,
                     activity * std::sqrt(statistical(0, 0)),
                     activity * rest(0),
                     activities.lower,
                     activities.upper,
                     {},
                     {}};
  fit.correlation = total(0, 1) / std::sqrt(total(0, 0) * total(1, 1));
  return fit;
}

}  // namespace remnant::quantify
