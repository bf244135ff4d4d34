// What an author's tools do beyond rendering: they read on where Jekyll gives up, so that a page
// with a mistake in its front matter stays where it is while it is mended, and they look for what
// renders, but surely isn't meant. Nothing of this is in meridian.wasm: visitors don't pay for it.
#pragma once
#include "meridian/writer.h"

namespace meridian {

/// A workspace of an author, whose mistakes are told: of front matter that can't be read every
/// entry counts that can be read by itself, and a `_config.yml` that can't be read leaves the
/// settings as they were. What Jekyll would make of the same files is what a workspace without an
/// Author makes.
class Author : site::Mender {
 public:
  /// Outlives the workspace, which has been asked nothing yet.
  explicit Author(Workspace& workspace);
  Author(const Author&) = delete;
  Author& operator=(const Author&) = delete;

 private:
  static Map* keep_settings(Mender& self, site::File& config, Map* read, Arena& arena);

  Text settings_;  ///< `_config.yml` as it was when it could be read last
  bool has_settings_ = false;
};

/// Looks through a site for links, anchors and pictures that lead nowhere, variables that nobody
/// sets, keys of front matter that are misspelt, posts that Jekyll skips, and files that the theme
/// in use ignores. Where it can't be sure it is silent. Linear in the pages and files; all strings
/// are copied.
class Check {
 public:
  /// `outputs` is all that the site writes: Writer::files().
  Check(Workspace& workspace, const List<Written>& outputs);
  Check(const Check&) = delete;
  Check& operator=(const Check&) = delete;

  /// A page as it is written. All of them are shown before finish(); or those that one wants to
  /// know about, and of the ones that they link to the places alone.
  void page(const Written& output, Str html, bool places_only = false);
  /// What is written at an address of the site; nullptr when nothing is.
  const Written* at(Str url) const;
  /// Pages in which anchors are looked for that were not shown yet, in the order of the links.
  List<const Written*> wanted(Arena& arena) const;
  /// What the links of those pages lack, and the sources.
  void finish(Diagnostics& diagnostics);

 private:
  struct Page {
    Str path, source;
    Map* ids;
    bool scripted;  ///< scripts of its own may make more ids
  };
  struct Link {
    const Page* page;
    Str href;    ///< as written, without character references
    Str target;  ///< path of an output, or where one would be
    Str anchor;  ///< empty: it is the target that is missing
    bool is_file;
  };

  const Written* find(Str path) const;
  void link(const Page& page, Str address, bool is_file);
  bool resolve(const Page& page, Str address, Str& target, Str& anchor);
  void report(const Link& link, Diagnostics& diagnostics);
  void report_anchor(const Link& link, Diagnostics& diagnostics);
  bool locate(const Link& link, const Source*& source, std::size_t& at);
  Str nearest_output(Str target);

  Workspace& workspace_;
  Arena arena_;
  Map outputs_{&arena_};  ///< path -> number in `written_`
  List<Written> written_;
  List<Page*> pages_;
  Map by_path_{&arena_};  ///< path -> number in `pages_`
  List<Link> missing_, anchors_;
  Map seen_{&arena_};  ///< source and address of links that were looked at
  int searches_ = 0;
  std::uint64_t looked_ = 0;  ///< bytes in which addresses were looked for
};

/// What a check finds about one page and the sources, as JSON `{diagnostics}`; or what is missing
/// to tell, `{paths, zones, modules}`.
site::Status check_page(Workspace& workspace, Str url, Text& json);

}  // namespace meridian
