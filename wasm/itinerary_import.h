// The core's connection with the travel.wasm.
#pragma once

namespace meridian::wasm {

/// From now on journeys are made by the function `mer_itinerary` that the host gives.
void connect_itinerary();

}  // namespace meridian::wasm
