// Under Node there is one process: wasm can't be copied while it runs.
#include "processes.h"

namespace meridian::cli {

std::size_t processes_for(const Options&, std::size_t) { return 1; }

Shared share(const Job&, std::size_t) { return Shared::NotBegun; }

}  // namespace meridian::cli
