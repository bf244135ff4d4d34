// The findings about one page, for an editor that has it in view.
#include "meridian/check.h"

namespace meridian {

using site::Status;

namespace {
// The editor waits for the answer; targets of most pages have been rendered before.
constexpr std::uint32_t kMaxTargets = 8;

/// `arena` outlives `needs`, whose names are in it.
void show_page(Workspace& workspace, Check& check, Str url, Arena& arena, site::Needs& needs) {
  Diagnostics ignored(arena);
  List<Str> used;
  const OutputFile* output = check.at(url);
  if (!output || output->kind != OutputFile::Page) return;
  check.page(*output, workspace.site().render(url, arena, needs, ignored, &used).html);
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
}  // namespace

Status check_page(Workspace& workspace, Str url, Text& json) {
  Arena arena;
  Diagnostics diagnostics(arena), ignored(arena), found(arena);
  site::Needs needs;
  List<OutputFile> outputs = Writer(workspace).files(arena, needs, ignored);
  Map* answer = nullptr;
  if (!needs.any()) {
    Check check(workspace, outputs);
    show_page(workspace, check, url, arena, needs);
    check.finish(found);
    add_placed(workspace, found, diagnostics);
    Diagnostics left(arena);
    // A page's own diagnostics are not among these, so that no comment is told to be of no use.
    leave_out_ignored(workspace.files(), diagnostics, false, left);
    answer = make_map(arena);
    answer->set("diagnostics", to_value(arena, left));
  }
  if (needs.any()) answer = to_value(arena, needs);
  print_json(Value(answer), json);
  return needs.any() ? Status::Needs : Status::Ready;
}

}  // namespace meridian
