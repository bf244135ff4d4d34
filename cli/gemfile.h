// Plugins that a Gemfile makes Jekyll load.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "options.h"

namespace meridian::cli {

struct GemfilePlugin {
  std::string name;
  std::size_t offset;  ///< of the name in the text
};

/// The gems of the group `jekyll_plugins`, which Jekyll loads as if `plugins` listed them
/// (Jekyll::PluginManager.require_from_bundler), and `github-pages` in any group, since GitHub
/// Pages builds the site by it. The text is read by lines, as such files are written; Ruby is not
/// run. Linear.
std::vector<GemfilePlugin> plugins_of_gemfile(std::string_view text);

/// The text of a source's Gemfile; empty: there is none.
std::string gemfile_of(const Options& options);

/// The plugins that a Gemfile adds to `plugins`, with commas between them: those that Meridian has,
/// and for `github-pages` the ones that it switches on (GitHubPages::Plugins::DEFAULT_PLUGINS).
std::string plugins_added_by(std::string_view gemfile);

/// Whether a site's own Ruby loads ActiveSupport, which changes what `x == blank` says in
/// templates. The text is read by lines, and not run.
bool loads_active_support(std::string_view ruby);

/// Those of the source's Gemfile, and `activesupport` where one of its _plugins loads it.
std::string plugins_added_in(const Options& options);

/// Whether Meridian has a plugin, or pages are the same without it.
bool is_known_plugin(std::string_view name);

}  // namespace meridian::cli
