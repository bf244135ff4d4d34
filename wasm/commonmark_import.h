// The core's connection with commonmark.wasm.
#pragma once

namespace meridian::wasm {

/// From now on CommonMark is parsed by the function `mer_commonmark` of the host (commonmark.h).
void connect_commonmark();

}  // namespace meridian::wasm
