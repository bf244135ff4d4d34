// The core's connection with rouge.wasm.
#pragma once

namespace meridian::wasm {

/// From now on code is coloured by the function `mer_rouge` of the host (rouge.h).
void connect_rouge();

}  // namespace meridian::wasm
