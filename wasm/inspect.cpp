// live.wasm: what an editor asks about a page.
#include "live.h"
#include "meridian/workspace.h"

using meridian::Str;
using meridian::Text;

#define MERIDIAN_EXPORT __attribute__((used, visibility("default")))

namespace {
MeridianResult* make_result(bool there, Str json) {
  std::size_t size = sizeof(MeridianResult) + json.size();
  auto* result = static_cast<MeridianResult*>(mer_alloc(size));
  if (!result) meridian::fatal();
  *result = {std::uint32_t(size), there ? 0u : 3u, 0, std::uint32_t(json.size())};
  if (json.size()) std::memcpy(result + 1, json.data(), json.size());
  return result;
}
}  // namespace

extern "C" {
MERIDIAN_EXPORT MeridianResult* mer_look(meridian::Workspace* w, const char* url, std::size_t url_size,
                                         const char* path, std::size_t path_size) {
  Text json;
  bool there = w->site().look({url, url_size}, {path, path_size}, json);
  return make_result(there, there ? json.str() : Str("{}"));
}

MERIDIAN_EXPORT MeridianResult* mer_outline(meridian::Workspace* w, const char* url, std::size_t url_size) {
  Text json;
  bool there = w->site().outline({url, url_size}, json);
  return make_result(there, there ? json.str() : Str("{}"));
}
}
