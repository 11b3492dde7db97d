#pragma once

namespace remnant::montecarlo {

/// A point of a plane across the holes, mm.
struct PlanePoint {
  double x = 0;
  double y = 0;
};

/// Hexagonal holes in a hexagonal lattice, a hole's centre at the origin; neighbours lie at 0, 60, ... 300
/// degrees behind the flat sides.
class HexagonalLattice {
 public:
  HexagonalLattice(double holeMm, double septumMm) : halfHole_(holeMm / 2), pitch_(holeMm + septumMm) {}

  double pitchMm() const { return pitch_; }
  /// Centre of the cell around a point.
  PlanePoint cellCentre(const PlanePoint& point) const;
  bool inHole(const PlanePoint& point) const;
  /// Both points lie in one and the same hole, and with them all of the line between them.
  bool inOneHole(const PlanePoint& a, const PlanePoint& b) const;

 private:
  bool holds(const PlanePoint& centre, const PlanePoint& point) const;

  double halfHole_;
  double pitch_;
};

}  // namespace remnant::montecarlo
