// Plugins in Ruby of a site's own: what they define, and which pages ask for it.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "check_site.h"
#include "open_site.h"

namespace meridian::cli {

/// A file of _plugins in Ruby.
struct RubyPlugin {
  std::string path;
  /// Of tags and filters.
  std::set<std::string> names;
  /// Whether it registers filters that are defined elsewhere.
  bool registers_others = false;
  /// Whether it makes something else: pages, data, changes of what is rendered.
  bool makes_more = false;
  /// Whether it runs before all pages or after them alone: no page is another one; `writes` files?
  bool beside = false, writes = false;
  /// Whether it reads files or asks the network, which plugins in JavaScript can't.
  bool reads = false;
};

std::vector<RubyPlugin> ruby_plugins(OpenSite& opened);

/// The tag or filter that a message calls unknown; empty for other messages.
std::string unknown_name(Str message);

/// The pages that use one of a plugin's names, which is not here.
std::set<std::size_t> pages_that_use(const RubyPlugin& plugin, const PagesWith& pages_with);

}  // namespace meridian::cli
