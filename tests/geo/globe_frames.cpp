// Draws frames natively: globe_frames LAND COUNTRIES < VIEWS > FRAMES
//
// A view is eight doubles: λ, φ, roll, scale, size, pixel ratio, sun time, progress. A frame is the
// layers' table, the number of points of all paths, their ends and coordinates, the number of
// points of stops and their coordinates, all as they are in memory. Stops are made here and in
// native.mjs by the same rule.
#include <cstdio>
#include <vector>

#include "meridian/geo.h"

using namespace meridian::geo;

namespace {
std::vector<std::uint8_t> read(const char* path) {
  std::vector<std::uint8_t> bytes;
  if (std::FILE* file = std::fopen(path, "rb")) {
    for (int c; (c = std::fgetc(file)) != EOF;) bytes.push_back(std::uint8_t(c));
    std::fclose(file);
  }
  return bytes;
}
void write(const void* data, std::size_t size) { std::fwrite(data, 1, size, stdout); }
}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  Globe globe;
  for (int i = 0; i < 2; i++) {
    std::vector<std::uint8_t> bytes = read(argv[1 + i]);
    if (!globe.load(i ? File::kCountries : File::kLand, bytes.data(), bytes.size())) return 1;
  }
  for (std::uint32_t i = 0; i < globe.regions; i += 3) globe.region_flags[i] = kRegionVisited;
  constexpr std::uint32_t kStops = 500;
  globe.reserve(kStops);
  for (std::uint32_t i = 0; i < kStops; i++) {
    globe.stop_lon[i] = i * 137 % 360 - 180.0;
    globe.stop_lat[i] = i * 61 % 170 - 85.0;
  }
  globe.update();
  double view[8];
  while (std::fread(view, sizeof view, 1, stdin) == 1) {
    globe.look({view[0], view[1]}, view[2]);
    globe.scale = view[3];
    globe.width = globe.height = view[4];
    globe.pixel_ratio = view[5];
    globe.sun_time = view[6];
    globe.progress = view[7];
    globe.frame();
    std::uint32_t paths = globe.layer[kLayers], points = paths ? globe.ends[paths - 1] : 0;
    write(globe.layer, sizeof globe.layer);
    write(&points, sizeof points);
    write(globe.ends, paths * sizeof(std::uint32_t));
    write(globe.xy, points * 2 * sizeof(float));
    write(&globe.points, sizeof globe.points);
    write(globe.point_xy, globe.points * 2 * sizeof(float));
  }
}
