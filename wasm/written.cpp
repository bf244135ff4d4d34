// live.wasm: the site as files, for export.
#include "live.h"
#include "meridian/base.h"
#include "meridian/writer.h"
#include "result.h"

using meridian::Text;
using meridian::Workspace;
using meridian::Writer;

/// An instance has one workspace; what the writer has read of its notes is there for all pages.
static Writer& writer_of(Workspace& workspace) {
  static Writer writer(workspace);
  return writer;
}

extern "C" {

MERIDIAN_EXPORT MeridianResult* mer_files(Workspace* w) {
  Text json;
  meridian::site::Status status = writer_of(*w).files(json);
  return meridian::wasm::make_result(status, {}, json.str());
}

MERIDIAN_EXPORT MeridianResult* mer_page(Workspace* w, const char* path, std::size_t path_size) {
  Text html, json;
  meridian::site::Status status = writer_of(*w).page({path, path_size}, html, json);
  return meridian::wasm::make_result(status, html.str(), json.str());
}

MERIDIAN_EXPORT void mer_limit_steps(Workspace*, std::uint32_t most) {
  meridian::limits.steps.most = most;
}

MERIDIAN_EXPORT MeridianResult* mer_profile(Workspace* w, const char* wanted,
                                            std::size_t wanted_size) {
  Text sections, json;
  meridian::site::Status status = writer_of(*w).profile({wanted, wanted_size}, sections, json);
  return meridian::wasm::make_result(status, sections.str(), json.str());
}
}
