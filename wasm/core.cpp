// meridian.wasm: the workspace behind a C ABI.
#include <cstdlib>

#include "bibliography_import.h"
#include "commonmark_import.h"
#include "itinerary_import.h"
#include "meridian/workspace.h"
#include "plugin_import.h"
#include "result.h"
#include "rouge_import.h"
#include "sass_import.h"

using meridian::Str;
using meridian::Text;
using meridian::Workspace;

// The theme is loaded by mer_theme: this definition keeps the one that is linked into the command
// out of the module.
Str meridian::theme::embedded() { return {}; }

extern "C" {

MERIDIAN_EXPORT void* mer_alloc(std::size_t size) { return std::malloc(size ? size : 1); }
MERIDIAN_EXPORT void mer_free(void* block) { std::free(block); }

MERIDIAN_EXPORT Workspace* mer_workspace_new() {
  void* place = std::malloc(sizeof(Workspace));
  if (!place) meridian::fatal();
  meridian::wasm::connect_bibliography();
  meridian::wasm::connect_commonmark();
  meridian::wasm::connect_sass();
  meridian::wasm::connect_rouge();
  meridian::wasm::connect_itinerary();
  meridian::wasm::connect_plugins();
  return new (place) Workspace;
}

MERIDIAN_EXPORT std::int32_t mer_put(Workspace* w, const char* path, std::size_t path_size,
                                     const char* data, std::size_t data_size) {
  return w->put({path, path_size}, {data, data_size});
}
MERIDIAN_EXPORT std::int32_t mer_put_missing(Workspace* w, const char* path,
                                             std::size_t path_size) {
  return w->put_missing({path, path_size});
}
MERIDIAN_EXPORT std::int32_t mer_list(Workspace* w, const char* json, std::size_t size) {
  return w->list({json, size});
}
MERIDIAN_EXPORT std::int32_t mer_options(Workspace* w, const char* json, std::size_t size) {
  return w->options({json, size});
}
MERIDIAN_EXPORT std::int32_t mer_zone(Workspace* w, const char* name, std::size_t name_size,
                                      const char* json, std::size_t json_size) {
  return w->zone({name, name_size}, {json, json_size});
}

MERIDIAN_EXPORT void mer_theme(Workspace*, const char* files, std::size_t size) {
  // Kept as long as the instance: one workspace or many, there is one theme.
  static meridian::Arena arena;
  meridian::theme::add(arena.copy(Str(files, size)));
}

MERIDIAN_EXPORT MeridianResult* mer_search(Workspace* w, const char* path, std::size_t size) {
  Text html, json;
  meridian::site::Status status = w->search({path, size}, html, json);
  return meridian::wasm::make_result(status, html.str(), json.str());
}

MERIDIAN_EXPORT MeridianResult* mer_render(Workspace* w, const char* url, std::size_t url_size) {
  Text html, json;
  meridian::site::Status status = w->render({url, url_size}, html, json);
  return meridian::wasm::make_result(status, html.str(), json.str());
}
}
