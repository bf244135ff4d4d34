// The core's connection with commonmark.wasm.
#pragma once

namespace meridian::wasm {

/// From now on CommonMark is parsed by the function `mer_commonmark` that the host gives
/// (commonmark.h).
void connect_commonmark();

}  // namespace meridian::wasm
