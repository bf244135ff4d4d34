// Whole pages of any site (any_site.h). The page at / and those that are listed are rendered,
// requested files are missing, and the manifest is made.
#include "any_site.h"
#include "markdown/commonmark_module.h"

using namespace meridian;

namespace {

constexpr std::uint32_t kMaxPages = 4;

/// As the shell does; requested files never come.
void render(Workspace& workspace, Str url, Text& html) {
  for (int round = 0; round <= Workspace::kMaxRounds + 2; round++) {
    html.truncate(0);
    Text json;
    site::Status status = workspace.render(url, html, json);
    Arena arena;
    Diagnostics diagnostics(arena);
    Value answer;
    fuzz::expect(parse_json(Source{"answer", json.str()}, arena, answer, diagnostics),
                 "the answer is not JSON");
    if (status != site::Status::Needs) return;
    if (Array* zones = get(answer, "zones").array())
      for (const Value& zone : *zones) (void)workspace.zone(zone.str(), fuzz::kZone);
  }
  fuzz::expect(false, "the page asks for ever");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!size) return 0;
  markdown::set_commonmark(markdown::commonmark_parse);
  Workspace workspace;
  fuzz::open(workspace, data, size);
  Text page;
  render(workspace, "/", page);
  Arena arena;
  Diagnostics diagnostics(arena);
  site::Needs needs;
  std::uint32_t pages = 0;
  List<Str> urls;
  for (const site::Output& output : workspace.site().outputs(arena, needs, diagnostics))
    if (output.document->kind != site::DocumentKind::Static && pages++ < kMaxPages)
      urls.add(arena, arena.copy(output.document->url));
  for (Str url : urls) render(workspace, url, page);
  render(workspace, "/nothing/here/", page);
  // A page does not depend on the pages that were rendered before it.
  if (!urls.empty()) {
    Workspace other;
    fuzz::open(other, data, size);
    Text first;
    render(other, urls.back(), first);
    render(workspace, urls.back(), page);
    fuzz::expect(first.str() == page.str(), "the page is another when it is the first");
  }
  Text manifest;
  (void)workspace.manifest(manifest, diagnostics);
  return 0;
}
