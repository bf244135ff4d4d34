// The C ABI of travel.wasm: the gazetteer, and the evaluation of journeys. web/engine/abi.js is the
// only script that calls these; the list of exports is travel.exports.
#pragma once
#include <cstddef>
#include <cstdint>

/// `size` bytes of text follow.
struct TravelAnswer {
  std::uint32_t size;
};

extern "C" {
/// Room for `size` bytes, to be released by travel_free; 0 when memory is used up.
void* travel_alloc(std::size_t size);
void travel_free(void* block);

/// Adds a file of the gazetteer, by its name; empty bytes: it is unavailable. They are not kept.
void travel_put(const char* file, std::size_t file_size, const char* bytes, std::size_t size);
/// travel::add_itinerary (core/include/meridian/travel.h); the answer stays until the next one.
TravelAnswer* travel_itinerary(std::uint32_t by_date, const char* stops, std::size_t size);
/// travel::add_completions, likewise.
TravelAnswer* travel_complete(std::uint32_t exact, const char* begun, std::size_t size);
}
