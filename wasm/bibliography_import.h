// The core's connection with bibliography.wasm.
#pragma once

namespace meridian::wasm {

/// From now on bibliographies are made by the function `mer_bibliography` of the host
/// (bibliography.h).
void connect_bibliography();

}  // namespace meridian::wasm
