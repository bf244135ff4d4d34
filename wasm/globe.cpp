// globe.wasm: the sphere behind a C ABI.
#include "globe.h"

#include <cstdlib>

using meridian::geo::Globe;
using meridian::geo::GlobeData;

namespace {
Globe& of(GlobeData* data) { return *static_cast<Globe*>(data); }
}  // namespace

static_assert(offsetof(GlobeData, scale) == kGlobeScale &&
              offsetof(GlobeData, layers) == kGlobeLayers);
static_assert(offsetof(GlobeData, layer) == kGlobeLayer && offsetof(GlobeData, xy) == kGlobeXy);
static_assert(offsetof(GlobeData, points) == kGlobePoints &&
              offsetof(GlobeData, dots) == kGlobeDots);
static_assert(offsetof(GlobeData, labels) == kGlobeLabels &&
              offsetof(GlobeData, traveller_xy) == kGlobeTraveller);
static_assert(offsetof(GlobeData, regions) == kGlobeRegions &&
              offsetof(GlobeData, stops) == kGlobeStops);
static_assert(offsetof(GlobeData, stop_flags) == kGlobeStopFlags &&
              offsetof(GlobeData, answer) == kGlobeAnswer);

extern "C" {

void* globe_alloc(std::size_t size) { return std::malloc(size ? size : 1); }
void globe_free(void* block) { std::free(block); }

GlobeData* globe_new() {
  void* place = std::malloc(sizeof(Globe));
  if (!place) meridian::fatal();
  return new (place) Globe;
}

std::int32_t globe_load(GlobeData* globe, std::uint32_t file, const std::uint8_t* data,
                        std::size_t size) {
  return of(globe).load(meridian::geo::File(file), data, size);
}
void globe_reserve(GlobeData* globe, std::uint32_t stops) { of(globe).reserve(stops); }
void globe_update(GlobeData* globe) { of(globe).update(); }
std::int32_t globe_look(GlobeData* globe, double lon, double lat, double roll) {
  return of(globe).look({lon, lat}, roll);
}
void globe_grab(GlobeData* globe, double x, double y) { of(globe).grab(x, y); }
void globe_drag(GlobeData* globe, double x, double y) { of(globe).drag(x, y); }
void globe_frame(GlobeData* globe) { of(globe).frame(); }
std::int32_t globe_pick(GlobeData* globe, double x, double y, double radius) {
  return of(globe).pick(x, y, radius);
}
void globe_place(GlobeData* globe, double x, double y) { of(globe).place(x, y); }
void globe_locate(GlobeData* globe, std::uint32_t stop) { of(globe).locate(stop); }
void globe_open(GlobeData* globe, std::int32_t stop) { of(globe).open(stop); }
}
