#include "plugins.h"

#include "disk.h"
#include "meridian/plugin_scripts.h"
#include "plugin_engine.h"

namespace meridian::cli {

namespace {
std::unique_ptr<PluginEngine> engine;

bool call(Str request, Text& answer) { return engine->call(request, answer); }
}  // namespace

void load_plugins(OpenSite& opened, const Options& options) {
  List<Str> paths;
  for (site::File* f = opened.workspace.files().first(); f; f = f->next)
    if (f->presence >= site::Presence::Listed && site::is_plugin_script(f->source.path))
      paths.add(opened.arena, f->source.path);
  if (paths.empty()) return;
  engine = std::make_unique<PluginEngine>([&](const std::string& path, std::string& text) {
    return opened.workspace.files().find(path) && read_source(opened.place_of(options, path), text);
  });
  Text json;
  for (Str path : paths) {
    json.add(json.empty() ? R"({"plugins":{)" : ",");
    print_json(Value(path), json);
    json.add(':');
    engine->load(std::string(path), json);
  }
  json.add("}}");
  site::set_plugin_function(call);
  (void)opened.workspace.options(json.str());
}

}  // namespace meridian::cli
