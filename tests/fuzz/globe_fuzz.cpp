// The globe: any bytes are a packed file, any numbers a view, any places stops. No output exceeds
// its arrays.
#include <cmath>

#include "fuzz.h"
#include "meridian/geo.h"

using namespace meridian::geo;

namespace {
/// Reads numbers from the end of the input, so that the front stays a file.
struct Numbers {
  const std::uint8_t* data;
  std::size_t size;
  unsigned byte() { return size ? data[--size] : 0; }
  double wide() {
    static constexpr double kOdd[] = {NAN, INFINITY, -INFINITY, 0,      -0.0, 90,
                                      -90, 180,      1e300,     1e-300, 1e6,  360};
    unsigned kind = byte();
    if (kind < 12) return kOdd[kind];
    return (int(byte() << 8 | byte()) - 32768) / (kind & 1 ? 100.0 : 3.0);
  }
};

void check(const Globe& globe) {
  std::uint32_t end = 0, paths = globe.layer[kLayers];
  for (std::uint32_t i = 0; i < kLayers; i++)
    fuzz::expect(globe.layer[i] <= globe.layer[i + 1], "layers in order");
  for (std::uint32_t i = 0; i < paths; i++) {
    fuzz::expect(globe.ends[i] >= end + 2, "a path has two points");
    end = globe.ends[i];
  }
  for (std::uint32_t i = 0; i < 2 * end; i++)
    fuzz::expect(std::isfinite(globe.xy[i]), "points are finite");
  for (std::uint32_t i = 0; i < globe.points; i++)
    fuzz::expect(globe.point_stop[i] < globe.stops, "a stop");
  for (std::uint32_t i = 0; i < globe.labels; i++)
    fuzz::expect(globe.label_stop[i] < globe.stops, "a stop");
  for (std::uint32_t i = 0; i < globe.dots; i++)
    fuzz::expect(globe.dot_region[i] < globe.regions, "a region");
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Globe globe;
  Numbers numbers{data, size};
  unsigned flags = numbers.byte();
  (void)globe.load(File::kLand, data, size);
  // The same without the bytes of the numbers.
  (void)globe.load(File::kCountries, data, size > 64 ? size - 64 : size);
  (void)globe.load(File::kLand, data, size > 64 ? size - 64 : size);
  for (std::uint32_t i = 0; i < globe.regions; i++) globe.region_flags[i] = std::uint8_t(i & 3);
  globe.reserve(flags & 15);
  for (std::uint32_t i = 0; i < globe.stops; i++) {
    globe.stop_lon[i] = numbers.wide();
    globe.stop_lat[i] = numbers.wide();
    globe.stop_label[i] = float(numbers.byte());
    globe.stop_flags[i] = std::uint8_t(numbers.byte() & 3);
  }
  globe.update();
  for (int i = 0; i < 3; i++) {
    globe.look({numbers.wide(), numbers.wide()}, numbers.wide());
    globe.scale = numbers.wide();
    if (i == 2) {
      globe.width = numbers.wide();
      globe.height = numbers.wide();
      globe.pixel_ratio = numbers.wide();
      globe.lift = numbers.wide();
      globe.progress = numbers.wide();
      globe.sun_time = numbers.wide() * 1e9;
      globe.cluster = numbers.wide();
      globe.open(std::int32_t(numbers.byte()));
    }
    globe.grab(numbers.wide(), numbers.wide());
    globe.drag(numbers.wide(), numbers.wide());
    globe.frame();
    check(globe);
    double x = numbers.wide(), y = numbers.wide();
    fuzz::expect(globe.pick(x, y, 20) < std::int32_t(globe.stops), "a stop or none");
  }
  return 0;
}
