// The C ABI of live.wasm beyond that of abi.h: what an editor asks. Pointers and strings as there.
#pragma once
#include "abi.h"

namespace meridian {
class Live;
}

/// The page in view, as far as it is new (meridian/live.h): this header, then `count` sizes in
/// UTF-16 code units, the JSON of mer_render, the shell, and the HTML of the parts. One block,
/// released by one mer_free.
struct MeridianView {
  std::uint32_t size;    ///< of the whole block
  std::uint32_t status;  ///< as MeridianResult has it
  std::uint32_t direct;  ///< 1: of mer_live_edit, without JSON and shell
  std::uint32_t json_size, shell_size, html_size;
  std::uint32_t
      is_new;  ///< 1: the shell is another than before; 2: the page is to be shown as a whole
  std::uint32_t
      content_at;  ///< in the shell, in UTF-16 code units; all ones: the shell is all of the page
  std::uint32_t first, gone,
      count;  ///< parts from `first` on: so many go (all ones: all that there are), so many come
};

extern "C" {
/// It lives as long as the instance.
meridian::Live* mer_live_new(meridian::Workspace* workspace);
/// The instance is for a project that nobody has reason to trust: meridian::use_untrusted_limits(),
/// and so much memory in all. Before anything is put.
void mer_live_stranger(meridian::Workspace* workspace);
/// The workspace is an author's (meridian/check.h). Before anything is put; it lives as long as the
/// instance.
void mer_live_author(meridian::Workspace* workspace);
/// The file that is edited from now on. 0 when the workspace has no such text.
std::int32_t mer_live_follow(meridian::Live* live, const char* path, std::size_t path_size);
/// UTF-16 code units `begin` to `end` of that file become `text`. 0: only mer_live_view tells what
/// that means.
MeridianView* mer_live_edit(meridian::Live* live, std::uint32_t begin, std::uint32_t end,
                            const char* text, std::size_t text_size);
MeridianView* mer_live_view(meridian::Live* live, const char* url, std::size_t url_size);
/// The workspace gets what was edited.
void mer_live_flush(meridian::Live* live);
/// Something else will be told to the workspace.
void mer_live_forget(meridian::Live* live);
/// Lines of the file in which the parts of the page in view begin: their count, then each from 1.
std::uint32_t* mer_live_lines(meridian::Live* live, const char* path, std::size_t path_size);

/// The files that the site writes: JSON `{files: [{path, kind, source}], diagnostics}`, no HTML; or
/// what it lacks.
MeridianResult* mer_files(meridian::Workspace* workspace);
/// A page as it is written but for the pictures of its globes, by its path among those files: JSON
/// `{source, title, shell, diagnostics}`, of which `shell` says that it takes the folder
/// `meridian/`; or what it lacks.
MeridianResult* mer_page(meridian::Workspace* workspace, const char* path, std::size_t path_size);
/// Writer::profile: a list of sections as HTML, in JSON, and the person's JSON; or what it lacks.
MeridianResult* mer_profile(meridian::Workspace* workspace, const char* wanted,
                            std::size_t wanted_size);
/// meridian::check_page: JSON `{diagnostics}`, or what it lacks.
MeridianResult* mer_check(meridian::Workspace* workspace, const char* url, std::size_t url_size);
/// site::inspect_data and inspect_markdown: a MeridianResult without HTML, its status 0, or 3 when
/// there is no answer.
MeridianResult* mer_look(meridian::Workspace* workspace, const char* url, std::size_t url_size,
                         const char* path, std::size_t path_size);
MeridianResult* mer_outline(meridian::Workspace* workspace, const char* url, std::size_t url_size);
}
