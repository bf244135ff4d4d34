// The paths of the files that a site writes, a line for each.
#pragma once
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "meridian/workspace.h"

inline std::string outputs(meridian::Workspace& w) {
  meridian::Arena arena;
  meridian::site::Needs needs;
  meridian::Diagnostics diagnostics(arena);
  std::string all;
  for (const meridian::site::Output& o : w.site().outputs(arena, needs, diagnostics))
    all += std::string(o.path) + "\n";
  CHECK_FALSE(needs.any());
  return all;
}
