// The C ABI of live.wasm beyond that of abi.h: the editor's functions. Pointers and strings as
// there.
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
  std::uint32_t status;  ///< as in MeridianResult
  std::uint32_t direct;  ///< 1: of mer_live_edit, without JSON and shell
  std::uint32_t json_size, shell_size, html_size;
  std::uint32_t
      is_new;  ///< 1: the shell is another than before; 2: the page is to be shown as a whole
  std::uint32_t
      content_at;  ///< in the shell, in UTF-16 code units; all ones: the shell is all of the page
  std::uint32_t first, gone,
      count;  ///< `gone` parts from `first` on (all ones: all parts) are replaced by `count` parts
};

extern "C" {
/// It lives as long as the instance.
meridian::Live* mer_live_new(meridian::Workspace* workspace);
/// The instance is for a project of unknown origin: meridian::use_untrusted_limits(), and a limit
/// of memory for the module. Called before the first file.
void mer_live_stranger(meridian::Workspace* workspace);
/// The workspace is an author's (meridian/check.h). Before anything is put; it lives as long as the
/// instance.
void mer_live_author(meridian::Workspace* workspace);
/// The file that is edited from now on. 0 when the workspace has no such text.
std::int32_t mer_live_follow(meridian::Live* live, const char* path, std::size_t path_size);
/// Replaces UTF-16 code units `begin` to `end` of that file by `text`. 0: the page has to be
/// rendered by mer_live_view.
MeridianView* mer_live_edit(meridian::Live* live, std::uint32_t begin, std::uint32_t end,
                            const char* text, std::size_t text_size);
MeridianView* mer_live_view(meridian::Live* live, const char* url, std::size_t url_size);
/// meridian::patch::Edit as arguments; Live::find_patch. The outcome (patch::Outcome), the patch's
/// begin and end in UTF-16 code units (of a refused one its patch::Reason and the line of the
/// file), the size of its text in bytes, and the text.
std::uint32_t* mer_live_patch(meridian::Live* live, std::uint32_t first_part, const char* first_tag,
                              std::size_t first_size, std::uint32_t first_number,
                              std::uint32_t last_part, const char* last_tag, std::size_t last_size,
                              std::uint32_t last_number, std::uint32_t elements, const char* html,
                              std::size_t size);
/// Writes pending edits to the workspace.
void mer_live_flush(meridian::Live* live);
/// To be called before the workspace gets another file or setting.
void mer_live_forget(meridian::Live* live);
/// Lines of the file in which the parts of the page in view begin: their count, then each from 1.
std::uint32_t* mer_live_lines(meridian::Live* live, const char* path, std::size_t path_size);

/// The files that the site writes: JSON `{files: [{path, kind, source}], baseurl, url, search,
/// diagnostics}` (Writer::files), no HTML; or what they need.
MeridianResult* mer_files(meridian::Workspace* workspace);
/// A page as it is written, except for the pictures of its globes, by its path among those files:
/// JSON `{source, title, shell, url, dependencies, diagnostics}` (Writer::page), where `shell` says
/// that it uses the folder `meridian/`; or what it needs.
MeridianResult* mer_page(meridian::Workspace* workspace, const char* path, std::size_t path_size);
/// Steps that the core counts of one render at most, instead of Limits::steps. For the whole
/// instance, before the first render.
void mer_limit_steps(meridian::Workspace* workspace, std::uint32_t most);
/// Writer::profile: a list of sections as HTML, in JSON, and the person's JSON; or what it needs.
MeridianResult* mer_profile(meridian::Workspace* workspace, const char* wanted,
                            std::size_t wanted_size);
/// meridian::check_page: JSON `{diagnostics}`, or what it needs.
MeridianResult* mer_check(meridian::Workspace* workspace, const char* url, std::size_t url_size);
/// meridian::check_pages: JSON `{pages}`, or what it needs.
MeridianResult* mer_check_pages(meridian::Workspace* workspace, const char* urls,
                                std::size_t urls_size);
/// site::inspect_data and inspect_markdown: a MeridianResult without HTML, its status 0, or 3 when
/// there is no answer.
MeridianResult* mer_look(meridian::Workspace* workspace, const char* url, std::size_t url_size,
                         const char* path, std::size_t path_size);
MeridianResult* mer_outline(meridian::Workspace* workspace, const char* url, std::size_t url_size);
}
