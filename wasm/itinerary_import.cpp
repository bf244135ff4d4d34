#include "itinerary_import.h"

#include <cstdlib>

#include "meridian/site_modules.h"
#include "travel.h"

extern "C" TravelAnswer* mer_itinerary(const char* stops, std::size_t size, unsigned by_date);

namespace meridian::wasm {

namespace {
bool ask(Str stops, bool by_date, Text& out) {
  TravelAnswer* answer = mer_itinerary(stops.data(), stops.size(), by_date);
  if (!answer) return false;
  out.add(reinterpret_cast<const char*>(answer + 1), answer->size);
  std::free(answer);
  return true;
}
}  // namespace

void connect_itinerary() { site::set_itinerary(ask); }

}  // namespace meridian::wasm
