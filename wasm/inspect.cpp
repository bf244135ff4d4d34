// live.wasm: inspection of a page by an editor.
#include "meridian/inspect.h"

#include "live.h"
#include "meridian/check.h"
#include "result.h"

using meridian::Str;
using meridian::Text;
using meridian::site::Status;

namespace {
MeridianResult* answer(bool there, const Text& json) {
  return there ? meridian::wasm::make_result(Status::Ready, {}, json.str())
               : meridian::wasm::make_result(Status::NotFound, {}, "{}");
}
}  // namespace

extern "C" {
MERIDIAN_EXPORT MeridianResult* mer_look(meridian::Workspace* w, const char* url,
                                         std::size_t url_size, const char* path,
                                         std::size_t path_size) {
  Text json;
  bool there = meridian::site::inspect_data(w->site(), {url, url_size}, {path, path_size}, json);
  return answer(there, json);
}

MERIDIAN_EXPORT MeridianResult* mer_check(meridian::Workspace* w, const char* url,
                                          std::size_t url_size) {
  Text json;
  Status status = meridian::check_page(*w, {url, url_size}, json);
  return meridian::wasm::make_result(status, {}, json.str());
}

MERIDIAN_EXPORT MeridianResult* mer_check_pages(meridian::Workspace* w, const char* urls,
                                                std::size_t urls_size) {
  Text json;
  Status status = meridian::check_pages(*w, {urls, urls_size}, json);
  return meridian::wasm::make_result(status, {}, json.str());
}

MERIDIAN_EXPORT MeridianResult* mer_outline(meridian::Workspace* w, const char* url,
                                            std::size_t url_size) {
  Text json;
  bool there = meridian::site::inspect_markdown(w->site(), {url, url_size}, json);
  return answer(there, json);
}
}
