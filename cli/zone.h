// Time zones as the machine knows them.
#pragma once
#include <string_view>

#include "meridian/workspace.h"

namespace meridian::cli {

/// The transitions of a zone in the workspace's format; false when the system does not know it.
bool load_zone(Workspace& workspace, std::string_view name);

}  // namespace meridian::cli
