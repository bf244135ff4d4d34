// The C ABI of globe.wasm. web/globe/sphere.js is the only script that calls these; the list of
// exports is globe.exports.
//
// A globe is made by globe_new. What it is to show, and what comes out, lies in its GlobeData
// (core/include/meridian/geo.h), whose address globe_new gives: the caller writes the view there
// and calls globe_frame, then reads paths, points and labels in place. Pointers in it are byte
// offsets in the instance's memory. They change with globe_load, globe_reserve and globe_update,
// and those calls may grow the memory, which detaches older views of it. globe_frame and all others
// neither allocate nor move anything.
//
//   const data = globe_new();
//   globe_load(data, 0, bytes, size);
//   globe_look(data, 13.4, 52.5, 0);
//   f64[(data + kGlobeScale) / 8] = 380; …
//   globe_frame(data);
//   // A layer's paths: `at` runs on from layer to layer.
//   for (let k = layer[i], at = k ? ends[k - 1] : 0; k < layer[i + 1]; k++) {
//     context.moveTo(xy[2 * at], xy[2 * at + 1]);
//     for (at++; at < ends[k]; at++) context.lineTo(xy[2 * at], xy[2 * at + 1]);
//   }
#pragma once
#include <cstddef>
#include <cstdint>

#include "meridian/geo.h"

// Byte offsets in GlobeData, as wasm lays it out: numbers of eight bytes (f64), then words of four
// (u32, pointers as p32), then the answer (f64).
enum GlobeOffset : std::uint32_t {
  kGlobeVersor = 0,  ///< f64 × 4: w x y z
  kGlobeScale = 32,
  kGlobeWidth = 40,
  kGlobeHeight = 48,
  kGlobePixelRatio = 56,
  kGlobeLift = 64,
  kGlobeProgress = 72,
  kGlobeSunTime = 80,
  kGlobeCluster = 88,
  kGlobeLabelHeight = 96,
  kGlobeLayers = 104,  ///< u32
  kGlobeDetail = 108,
  kGlobeMaxLabels = 112,
  kGlobeSettle = 116,
  kGlobeLayer = 120,  ///< u32 × 14: where each layer begins, and the last ends
  kGlobeXy = 176,     ///< p32 to f32
  kGlobeEnds = 180,   ///< p32 to u32
  kGlobePoints = 184,
  kGlobePointXy = 188,
  kGlobePointStop = 192,
  kGlobePointSize = 196,
  kGlobeDots = 200,
  kGlobeDotXy = 204,
  kGlobeDotRegion = 208,
  kGlobeLabels = 212,
  kGlobeLabelXy = 216,
  kGlobeLabelStop = 220,
  kGlobeTraveller = 224,  ///< f32 × 2, then u32: seen
  kGlobeRegions = 236,
  kGlobeRegionCode = 240,
  kGlobeRegionFlags = 244,
  kGlobeStops = 248,
  kGlobeStopLon = 252,  ///< p32 to f64, as the next
  kGlobeStopLat = 256,
  kGlobeStopPriority = 260,  ///< p32 to f32, as the next
  kGlobeStopLabel = 264,
  kGlobeStopFlags = 268,  ///< p32 to u8
  kGlobeAnswer = 272,     ///< f64 × 3
};

extern "C" {
/// Room for `size` bytes, to be released by globe_free; 0 when memory is used up.
void* globe_alloc(std::size_t size);
void globe_free(void* block);

meridian::geo::GlobeData* globe_new();

/// A packed file: 0 land, 1 detailed land, 2 countries. The bytes aren't kept. 0 when they are
/// broken; then nothing has changed.
std::int32_t globe_load(meridian::geo::GlobeData* globe, std::uint32_t file,
                        const std::uint8_t* data, std::size_t size);

/// Room for stops, all new; the caller fills their arrays and calls globe_update, and again
/// whenever it has changed them.
void globe_reserve(meridian::geo::GlobeData* globe, std::uint32_t stops);
void globe_update(meridian::geo::GlobeData* globe);

/// Turns λ, φ to the middle, degrees. 0 when that is no place.
std::int32_t globe_look(meridian::geo::GlobeData* globe, double lon, double lat, double roll);
/// Grabs the point at x, y (pixels), and rotates the sphere so that it moves to x, y; north stays
/// up.
void globe_grab(meridian::geo::GlobeData* globe, double x, double y);
void globe_drag(meridian::geo::GlobeData* globe, double x, double y);

void globe_frame(meridian::geo::GlobeData* globe);

/// The nearest stop within `radius` pixels of x, y; -1: none.
std::int32_t globe_pick(meridian::geo::GlobeData* globe, double x, double y, double radius);
/// λ, φ, hit of x, y into the answer.
void globe_place(meridian::geo::GlobeData* globe, double x, double y);
/// x, y, seen of a stop into the answer.
void globe_locate(meridian::geo::GlobeData* globe, std::uint32_t stop);
/// Opens the cluster of a stop; -1 closes it.
void globe_open(meridian::geo::GlobeData* globe, std::int32_t stop);
}
