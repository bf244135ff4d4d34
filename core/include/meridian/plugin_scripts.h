// Plugins of a site in JavaScript: tags, blocks and filters whose functions the host calls, since
// the core has no engine. A part of the room site (site.h).
//
//     set_plugin_function(call);                     // once; call(request, answer) runs a function
//     page = site.render(url, arena, needs, found);  // needs.packs names `_plugins/a.js`
//     // … the host loads it, and tells the names of its functions:
//     workspace.options(R"({"plugins": {"_plugins/a.js": {"tags": ["video"]}}})");
//
// Failure: what a function throws is a diagnostic at the tag that uses it; the rest is rendered.
#pragma once
#include "meridian/site.h"

namespace meridian::site {

/// A function of a plugin in JavaScript.
struct PluginName {
  File* file;
  Str name;
  /// Filter, block or tag (plugin_scripts.cpp).
  std::uint8_t kind;
};

/// Whether a path is that of a plugin in JavaScript: `_plugins/NAME.js`.
bool is_plugin_script(Str path);
/// Calls a function of a plugin. The request is JSON, `["_plugins/a.js", KIND, NAME, [argument,
/// …]]` with the kinds `filters`, `blocks` and `tags`; the answer is a PluginAnswer and what it
/// says. False: it is not run here, and whoever sees the page has it run. The host connects it once
/// at its start, and tells the names in each plugin by Workspace::options(). Without it no plugin
/// is run.
using PluginFunction = bool (*)(Str request, Text& answer);
void set_plugin_function(PluginFunction function);
/// The first byte of an answer: JSON, a text, or why there is none.
enum PluginAnswer : char { kPluginValue = '=', kPluginText = '\'', kPluginError = '!' };
/// While a function of a plugin is called: the value of a Liquid expression as JSON, of `page` its
/// data without the content, of `site` the configuration. Nothing when it is larger than 1 MB, or
/// no function is being called.
void look_up_for_plugin(Str expression, Text& json);

}  // namespace meridian::site
