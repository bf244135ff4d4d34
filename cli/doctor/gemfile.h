// Plugins that a Gemfile makes Jekyll load.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace meridian::cli {

struct GemfilePlugin {
  std::string name;
  std::size_t offset;  ///< of the name in the text
};

/// The gems of the group `jekyll_plugins`, which Jekyll loads as if `plugins` listed them
/// (Jekyll::PluginManager.require_from_bundler). The text is read by lines, as such files are
/// written; Ruby is not run. Linear.
std::vector<GemfilePlugin> plugins_of_gemfile(std::string_view text);

}  // namespace meridian::cli
