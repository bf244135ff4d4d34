// The findings about single pages, for an editor: the one that it has in view, and others.
#include "meridian/check.h"

namespace meridian {

using site::Status;

namespace {
// The editor waits for the answer; targets of most pages have been rendered before.
constexpr std::uint32_t kMaxTargets = 8;

/// `arena` outlives `needs`, whose names are in it.
void show_page(Workspace& workspace, Check& check, Str url, Arena& arena, site::Needs& needs,
               Diagnostics& of_page) {
  List<Str> used;
  const OutputFile* output = check.at(url);
  if (!output || output->kind != OutputFile::Page) return;
  check.page(*output, workspace.site().render(url, arena, needs, of_page, &used).html);
  std::uint32_t targets = 0;
  for (const OutputFile* target : check.wanted(arena)) {
    if (targets++ == kMaxTargets) break;
    Arena page_arena;
    Diagnostics of_target(page_arena);
    site::Needs missing;
    site::Page page = workspace.site().render_output(target->path, page_arena, missing, of_target);
    if (page.status == Status::Ready) check.page(*target, page.html, true);
  }
}

/// Prints what was found; or what is needed for that.
Status print_found(Arena& arena, const site::Needs& needs, Str key, Value found, Text& json) {
  Map* answer = needs.any() ? to_value(arena, needs) : make_map(arena);
  if (!needs.any()) answer->set(key, found);
  print_json(Value(answer), json);
  return needs.any() ? Status::Needs : Status::Ready;
}
}  // namespace

Status check_page(Workspace& workspace, Str url, Text& json) {
  Arena arena;
  Diagnostics diagnostics(arena), ignored(arena), found(arena), left(arena);
  site::Needs needs;
  List<OutputFile> outputs = Writer(workspace).files(arena, needs, ignored);
  if (!needs.any()) {
    Check check(workspace, outputs);
    show_page(workspace, check, url, arena, needs, ignored);
    check.finish(found);
    add_placed(workspace, found, diagnostics);
    // A page's own diagnostics are not among these, so that no comment is told to be of no use.
    leave_out_ignored(workspace.files(), diagnostics, false, left);
  }
  return print_found(arena, needs, "diagnostics", to_value(arena, left), json);
}

Status check_pages(Workspace& workspace, Str urls, Text& json) {
  Arena arena;
  Diagnostics ignored(arena), found(arena), placed(arena), diagnostics(arena);
  site::Needs needs;
  List<OutputFile> outputs = Writer(workspace).files(arena, needs, ignored);
  Check check(workspace, outputs);
  Array* pages = make_array(arena);
  Map made_of{&arena};  // source → index in `pages`
  while (!urls.empty() && !needs.any()) {
    std::size_t end = urls.find('\n');
    Str url = urls.substr(0, end);
    Diagnostics of_page(arena);
    show_page(workspace, check, url, arena, needs, of_page);
    if (const OutputFile* output = check.at(url))
      made_of.set(arena.copy(output->source)) = std::int64_t(pages->items.size);
    pages->items.add(arena, to_value(arena, of_page));
    urls = end == Str::npos ? Str() : urls.substr(end + 1);
  }
  if (!needs.any()) {
    check.finish_pages(found);
    add_placed(workspace, found, placed);
    leave_out_ignored(workspace.files(), placed, false, diagnostics);
    Array* all = to_value(arena, diagnostics).a;
    for (const Value& one : all->items) {
      // What stands in a file that pages share is the first one's.
      const Value* number = made_of.find(get(one, "file").str());
      Value& of = pages->items[number ? std::uint32_t(number->i) : 0];
      of.a->items.add(arena, one);
    }
  }
  return print_found(arena, needs, "pages", Value(pages), json);
}

}  // namespace meridian
