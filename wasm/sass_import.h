// The core's connection with sass.wasm.
#pragma once

namespace meridian::wasm {

/// From now on style sheets are compiled by the function `mer_sass` of the host (sass.h).
void connect_sass();

}  // namespace meridian::wasm
