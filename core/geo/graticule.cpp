#include "graticule.h"

#include "cap.h"

namespace meridian::geo {

namespace {
/// Parallels aren't great circles: between points this far apart a line stays within 0.1 pixels of
/// them on a sphere of 1,000.
constexpr double kStep = 2.5;

/// A line from λ, φ in steps of this many degrees.
void add_line(Arena& arena, Shapes& shapes, LonLat at, LonLat step, std::uint32_t steps) {
  Ring line{shapes.vertices.size, steps + 1, {}, 0, false};
  for (std::uint32_t i = 0; i <= steps; i++)
    shapes.vertices.add(arena, to_vector({at.lon + i * step.lon, at.lat + i * step.lat}));
  make_cap(shapes, line);
  shapes.borders.add(arena, line);
}
}  // namespace

void make_graticule(Arena& arena, Shapes& shapes) {
  for (int lon = 0; lon < 360; lon += 10) {
    double reach = lon % 90 ? 80 : 90;
    add_line(arena, shapes, {double(lon), -reach}, {0, reach / 2}, 4);
  }
  for (int lat = -80; lat <= 80; lat += 10)
    add_line(arena, shapes, {0, double(lat)}, {kStep, 0}, std::uint32_t(360 / kStep));
}

}  // namespace meridian::geo
