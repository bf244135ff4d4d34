// travel.wasm: the gazetteer behind a C ABI.
#include "meridian/travel.h"

#include <cstdlib>

#include "travel.h"

using meridian::Text;
using meridian::travel::Gazetteer;

namespace {
/// As many names as a journey has, about.
constexpr std::uint32_t kNames = 64;

/// One for the instance.
Gazetteer& gazetteer() {
  static Gazetteer* one = nullptr;
  if (one) return *one;
  void* place = std::malloc(sizeof(Gazetteer));
  if (!place) meridian::fatal();
  return *(one = new (place) Gazetteer({.names = kNames}));
}

TravelAnswer* keep(const Text& out) {
  static TravelAnswer* answer = nullptr;
  std::free(answer);
  answer = static_cast<TravelAnswer*>(std::malloc(sizeof(TravelAnswer) + out.size()));
  if (!answer) meridian::fatal();
  answer->size = std::uint32_t(out.size());
  std::memcpy(answer + 1, out.str().data(), out.size());
  return answer;
}
}  // namespace

extern "C" {

void* travel_alloc(std::size_t size) { return std::malloc(size ? size : 1); }
void travel_free(void* block) { std::free(block); }

void travel_put(const char* file, std::size_t file_size, const char* bytes, std::size_t size) {
  gazetteer().put({file, file_size}, {bytes, size});
}

TravelAnswer* travel_itinerary(std::uint32_t by_date, const char* stops, std::size_t size) {
  Text out;
  meridian::travel::add_itinerary(gazetteer(), {stops, size}, by_date, out);
  return keep(out);
}

TravelAnswer* travel_complete(std::uint32_t exact, const char* begun, std::size_t size) {
  Text out;
  meridian::travel::add_completions(gazetteer(), {begun, size}, exact, out);
  return keep(out);
}
}
