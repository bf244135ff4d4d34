// What the core and the playground's core answer with.
#pragma once
#include "abi.h"
#include "meridian/workspace.h"

namespace meridian::wasm {

/// One block, to be released by mer_free.
MeridianResult* make_result(site::Status status, const Text& html, const Text& json);

}  // namespace meridian::wasm
