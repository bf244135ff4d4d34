// Connects a site with the room that makes bibliographies (scholar.h).
#pragma once
#include "meridian/base.h"

namespace meridian::site {

/// scholar::Engine::answer(): a request in, JSON out. False when the module that has it is not
/// loaded. The host connects it once at its start: the command links the room scholar, in the
/// browser it is a module of its own.
using Scholar = bool (*)(Str request, Text& json);
void set_scholar(Scholar function);

}  // namespace meridian::site
