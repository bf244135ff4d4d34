// Vectors of three.
#pragma once
#include <cmath>

#include "meridian/geo.h"

namespace meridian::geo {

inline double dot(const Vec& a, const Vec& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline Vec cross(const Vec& a, const Vec& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline Vec scaled(const Vec& a, double k) { return {a.x * k, a.y * k, a.z * k}; }
/// a·s + b·t
inline Vec mixed(const Vec& a, double s, const Vec& b, double t) {
  return {a.x * s + b.x * t, a.y * s + b.y * t, a.z * s + b.z * t};
}
inline double length(const Vec& a) { return std::sqrt(dot(a, a)); }
/// A vector without a direction is returned unchanged.
inline Vec unit(const Vec& a) {
  double size = length(a);
  return size > 0 ? scaled(a, 1 / size) : a;
}

/// World to view.
inline Vec turned(const Axes& axes, const Vec& v) {
  return {dot(axes.right, v), dot(axes.up, v), dot(axes.front, v)};
}
/// View to world.
inline Vec turned_back(const Axes& axes, const Vec& v) {
  return {axes.right.x * v.x + axes.up.x * v.y + axes.front.x * v.z,
          axes.right.y * v.x + axes.up.y * v.y + axes.front.y * v.z,
          axes.right.z * v.x + axes.up.z * v.y + axes.front.z * v.z};
}

}  // namespace meridian::geo
