// live.wasm: what an editor asks of the core beyond pages.
#include "live.h"
