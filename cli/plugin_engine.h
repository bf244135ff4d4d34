// The engine that runs a site's plugins in JavaScript: QuickJS with the language alone. A plugin
// reads no other files than scripts of the site, and no address; what leaves it is its answer and
// the lines of console.log().
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "meridian/base.h"

namespace meridian::cli {

class PluginEngine {
 public:
  /// Reads a script of the site by its path (`_plugins/lib/a.js`); false if there is none.
  using Read = std::function<bool(const std::string& path, std::string& text)>;

  explicit PluginEngine(Read read);
  ~PluginEngine();

  /// Loads a plugin with what it imports. Adds as JSON what Workspace::options() takes for it: the
  /// names of its functions, or why it has none.
  void load(const std::string& path, Text& json);
  /// Runs a function: see PluginFunction (plugin_scripts.h).
  bool call(Str request, Text& answer);

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace meridian::cli
