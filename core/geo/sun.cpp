// Day and night.
#include "trigonometry.h"
#include "vector.h"

namespace meridian::geo {

LonLat subsolar_point(double time) {
  double days = time / 86400000 - 10957.5;  // since noon of 1 January 2000
  double anomaly = (357.528 + 0.9856003 * days) * kDegree;
  double longitude = (280.460 + 0.9856474 * days + 1.915 * sin_cos(anomaly).sin +
                      0.020 * sin_cos(2 * anomaly).sin) *
                     kDegree;
  SinCos obliquity = sin_cos((23.439 - 0.0000004 * days) * kDegree), ecliptic = sin_cos(longitude);
  double sidereal = 280.46061837 + 360.98564736629 * days;
  Vec equatorial{ecliptic.cos, obliquity.cos * ecliptic.sin, obliquity.sin * ecliptic.sin};
  LonLat place = to_lon_lat(equatorial);
  place.lon -= sidereal;
  place.lon -= 360 * std::floor((place.lon + 180) / 360);
  return place;
}

}  // namespace meridian::geo
