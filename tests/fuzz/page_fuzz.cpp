// Whole pages: any bytes are a site. A line `=== PATH` begins a file; what stands before the first one is index.md.
// The page at / and those that are listed are rendered, what they lack is missing, and the manifest is made. A file
// named meridian.json is the host's list.
#include "fuzz.h"
#include "markdown/commonmark_module.h"
#include "meridian/workspace.h"

using namespace meridian;

namespace {

const Str kFence = "\n=== ";
constexpr std::uint32_t kMaxPages = 4;

void put_files(Workspace& workspace, Str text) {
  Str path = "index.md";
  if (starts_with(text, kFence.substr(1))) {
    std::size_t end = text.find('\n');
    path = text.substr(4, end == Str::npos ? end : end - 4);
    text = end == Str::npos ? Str() : text.substr(end + 1);
  }
  while (true) {
    std::size_t end = text.find(kFence);
    Str file = text.substr(0, end);
    if (path == "meridian.json")
      workspace.list(file);
    else
      workspace.put(path, file);
    if (end == Str::npos) return;
    text = text.substr(end + kFence.size());
    end = text.find('\n');
    path = text.substr(0, end);
    text = end == Str::npos ? Str() : text.substr(end + 1);
  }
}

/// As the shell does: what is asked for does not come.
void render(Workspace& workspace, Str url, Text& html) {
  for (int round = 0; round <= Workspace::kMaxRounds + 2; round++) {
    html.truncate(0);
    Text json;
    site::Status status = workspace.render(url, html, json);
    Arena arena;
    Diagnostics diagnostics(arena);
    Value answer;
    fuzz::expect(parse_json(Source{"answer", json.str()}, arena, answer, diagnostics), "the answer is not JSON");
    if (status != site::Status::Needs) return;
    if (Array* zones = get(answer, "zones").array())
      for (const Value& zone : *zones) workspace.zone(zone.str(), "[[0,60,\"CET\"],[86400,120,\"CEST\"]]");
  }
  fuzz::expect(false, "the page asks for ever");
}

void open(Workspace& workspace, const std::uint8_t* data, std::size_t size) {
  put_files(workspace, fuzz::text(data + 1, size - 1));
  workspace.files().complete = data[0] & 1;
  workspace.options(data[0] & 2 ? "{\"time\":\"2024-06-01T12:00:00Z\"}"
                                : "{\"baseurl\":\"/b\",\"drafts\":true,\"future\":true}");
  // Our theme's templates take most of the time, so that they are not always there.
  workspace.options(data[0] & 4 ? "{\"theme\":\"auto\"}" : "{\"theme\":\"site\"}");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!size) return 0;
  markdown::set_commonmark(markdown::commonmark_parse);
  Workspace workspace;
  open(workspace, data, size);
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
  // What a page is does not depend on what was rendered before it.
  if (!urls.empty()) {
    Workspace other;
    open(other, data, size);
    Text first;
    render(other, urls.back(), first);
    render(workspace, urls.back(), page);
    fuzz::expect(first.str() == page.str(), "the page is another when it is the first");
  }
  Text manifest;
  workspace.manifest(manifest, diagnostics);
  return 0;
}
