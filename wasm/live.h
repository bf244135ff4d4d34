// The C ABI of live.wasm beyond that of abi.h: what an editor asks. Pointers and strings as there.
#pragma once
#include "abi.h"
