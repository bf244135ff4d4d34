// An author's tools beyond rendering. Author continues where Jekyll gives up, so that a
// page with a mistake in its front matter stays in place while it is edited. Check looks for what
// renders but is surely a mistake. Nothing of this is in meridian.wasm: visitors don't load it.
//
//     Workspace workspace;
//     Author author(workspace);                    // before the first question
//     …                                            // put files
//     List<OutputFile> outputs = Writer(workspace).files(arena, needs, diagnostics);
//     Check check(workspace, outputs);
//     for (const OutputFile& output : outputs)
//       if (output.kind == OutputFile::Page) check.page(output, html_of(output));
//     check.finish(diagnostics);
//
// Ownership: Author and Check borrow the workspace. Check copies all strings that it is given.
//
// Failure: findings are diagnostics; where it is uncertain whether something is a mistake, there is
// none. Time is linear in the pages and files, and the search for similar names is bounded.
#pragma once
#include "meridian/writer.h"

namespace meridian {

/// A workspace of an author, whose mistakes are tolerated and reported. Of front matter that can't
/// be parsed, every entry counts that can be parsed by itself; a `_config.yml` that can't be parsed
/// leaves the settings as they were. Without an Author a workspace does what Jekyll does with the
/// same files.
class Author : site::Mender {
 public:
  /// The Author outlives the workspace's questions, and is made before the first one.
  explicit Author(Workspace& workspace);
  Author(const Author&) = delete;
  Author& operator=(const Author&) = delete;

 private:
  static Map* keep_settings(Mender& self, site::File& config, Map* read, Arena& arena);

  /// `_config.yml` as it was when it could be parsed last.
  Text settings_;
  bool has_settings_ = false;
};

/// Looks through a site for links, anchors and pictures that lead nowhere, variables that nothing
/// sets, misspelt keys of front matter, posts that Jekyll skips, plugins that are not there, and
/// files that the theme in use ignores.
class Check {
 public:
  /// `outputs` is everything that the site writes: Writer::files().
  Check(Workspace& workspace, const List<OutputFile>& outputs);
  Check(const Check&) = delete;
  Check& operator=(const Check&) = delete;

  /// Reads a page as it is written. Before finish(), pass all pages; or those that are to be
  /// checked, and with `places_only` those that they link to, of which only the anchors are read.
  void page(const OutputFile& output, Str html, bool places_only = false);
  /// The output at a URL of the site; nullptr when there is none.
  const OutputFile* at(Str url) const;
  /// Pages that were not passed yet and in which anchors are looked for, in the order of the links.
  List<const OutputFile*> wanted(Arena& arena) const;
  /// Adds the diagnostics about the pages that were passed, and about the sources. Once.
  void finish(Diagnostics& diagnostics);

 private:
  /// A page that was passed.
  struct Page {
    Str path, source;
    Map* ids;
    /// Scripts of its own may create more ids.
    bool scripted;
  };
  /// A link whose target was not found, or whose anchor is looked for in finish().
  struct Link {
    const Page* page;
    /// As written, without character references.
    Str href;
    /// Path of an output, or where one would be.
    Str target;
    /// Empty: the target itself is missing.
    Str anchor;
    bool is_file;
  };

  const OutputFile* find(Str path) const;
  void link(const Page& page, Str address, bool is_file);
  bool resolve(const Page& page, Str address, Str& target, Str& anchor);
  void report(const Link& link, Diagnostics& diagnostics);
  void report_anchor(const Link& link, Diagnostics& diagnostics);
  bool locate(const Link& link, const Source*& source, std::size_t& at);
  Str nearest_output(Str target);

  Workspace& workspace_;
  Arena arena_;
  /// Path → index in `output_files_`.
  Map outputs_{&arena_};
  List<OutputFile> output_files_;
  List<Page*> pages_;
  /// Path → index in `pages_`.
  Map by_path_{&arena_};
  List<Link> missing_, anchors_;
  /// Source and address of links that were checked.
  Map seen_{&arena_};
  int searches_ = 0;
  /// Bytes that were searched for addresses.
  std::uint64_t looked_ = 0;
};

/// Checks one page and the sources. `json` gets `{diagnostics}`, or, with Status::Needs, `{paths,
/// zones, modules}`.
site::Status check_page(Workspace& workspace, Str url, Text& json);

}  // namespace meridian
