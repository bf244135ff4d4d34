// A check of any site (any_site.h), as an editor requests it: the page at / and those that are
// listed, with an author's workspace, which reads front matter on behind a mistake.
#include "any_site.h"
#include "markdown/commonmark_module.h"
#include "meridian/check.h"

using namespace meridian;

namespace {

constexpr std::uint32_t kMaxPages = 4;

/// Requested files are missing; a site's settings may need a time zone.
void answer(Workspace& workspace, Str json) {
  Arena arena;
  Diagnostics diagnostics(arena);
  Value needs;
  fuzz::expect(parse_json(Source{"answer", json}, arena, needs, diagnostics),
               "the answer is not JSON");
  if (Array* zones = get(needs, "zones").array())
    for (const Value& zone : *zones) (void)workspace.zone(zone.str(), fuzz::kZone);
  if (Array* paths = get(needs, "paths").array())
    for (const Value& path : *paths) workspace.put_missing(path.str());
}

void run_check(Workspace& workspace, Str url, Text& json) {
  for (int round = 0; round <= Workspace::kMaxRounds + 2; round++) {
    json.truncate(0);
    site::Status status = check_page(workspace, url, json);
    answer(workspace, json.str());
    if (status == site::Status::Ready) return;
  }
  fuzz::expect(false, "the check asks for ever");
}

/// Whether the page exists, and no diagnostic is about it.
bool is_flawless(Workspace& workspace, Str url, Text& html) {
  Text json;
  return workspace.render(url, html, json) == site::Status::Ready &&
         json.str().find("\"diagnostics\":[]") != Str::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!size) return 0;
  markdown::set_commonmark(markdown::commonmark_parse);
  Workspace workspace;
  Author author(workspace);
  fuzz::open(workspace, data, size);
  Text first, again;
  run_check(workspace, "/", first);
  Arena arena;
  Diagnostics diagnostics(arena);
  site::Needs needs;
  std::uint32_t pages = 0;
  List<Str> urls;
  for (const site::Output& output : workspace.site().outputs(arena, needs, diagnostics))
    if (output.document->kind != site::DocumentKind::Static && pages++ < kMaxPages)
      urls.add(arena, arena.copy(output.document->url));
  for (Str url : urls) run_check(workspace, url, again);
  run_check(workspace, "/nothing/here/", again);
  // The findings about a page do not depend on the pages that were checked before.
  run_check(workspace, "/", first);
  run_check(workspace, "/", again);
  fuzz::expect(first.str() == again.str(), "the second check finds something else");
  // Where an author sees another page than visitors do, there is a diagnostic.
  Text seen, published;
  if (!is_flawless(workspace, "/", seen)) return 0;
  Workspace visitors;
  fuzz::open(visitors, data, size);
  run_check(visitors, "/", again);
  visitors.render("/", published, again);
  fuzz::expect(seen.str() == published.str(),
               "the author's page is another, and nothing tells why");
  return 0;
}
