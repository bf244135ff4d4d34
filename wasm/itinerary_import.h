// The core's connection with the travel.wasm.
#pragma once

namespace meridian::wasm {

/// From now on journeys are made by the function `mer_itinerary` of the host.
void connect_itinerary();

}  // namespace meridian::wasm
