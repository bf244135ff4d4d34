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

namespace check {
class Addresses;
struct Lines;
}  // namespace check

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

/// The name of a rule, such as `broken-link`.
Str rule_name(Rule rule);
/// The rule of a diagnostic; where none was named, the one that its file tells.
Rule rule_of(const Diagnostic& diagnostic);

/// Adds diagnostics; those that name a setting without its place get it (of a list that is none, of
/// a layout that only `_config.yml` names), errors in YAML the place where they began. Linear in
/// the diagnostics, `_config.yml`, and the files with errors.
void add_placed(Workspace& workspace, const Diagnostics& found, Diagnostics& to);

/// Leaves out the diagnostics that a comment in their file asks to leave out:
///
///     <!-- meridian-ignore-next-line broken-link -->
///     # meridian-ignore-file unused-key, misspelt-key
///
/// `-line` is that of the comment, `-next-line` the next one that is not blank, `-file` the whole
/// file. The comment is one of HTML, of Liquid, or begins with `#`, `//`, `/*` or `%`; behind the
/// names of rules there may be a reason after ` -- `. A name that no rule has is reported; with
/// `all`, which has all diagnostics of the files, also a comment that silenced nothing. Linear.
void leave_out_ignored(const site::Files& files, const Diagnostics& found, bool all,
                       Diagnostics& left);

/// Looks through a site for links, anchors and pictures that lead nowhere, ids that stand twice,
/// pictures without a text, variables that nothing sets, misspelt keys of front matter, posts that
/// Jekyll skips, plugins that are not there, and files that the theme in use ignores.
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
  /// The same without the sources.
  void finish_pages(Diagnostics& diagnostics);

 private:
  bool has_model();
  /// A page that was passed.
  struct Page {
    Str path, source;
    /// Folder of its relative links: of its `base`, else its own.
    Str folder;
    Map* ids;
    /// Its `base` leads elsewhere.
    bool is_elsewhere;
    /// Addresses that lack the baseurl and that a template makes: they have one cause.
    std::uint32_t lacking;
  };
  enum class Kind : std::uint8_t {
    Link,
    File,
    Mail,
    Host,
    Scheme,
    Backslash,
    NoAddress,
    NoText,
    Id
  };
  /// Something of pages that is wrong; or an anchor that is looked for once its page was passed.
  struct Fault {
    Kind kind;
    /// As written, without character references; of an Id the id.
    Str href;
    /// Path of an output, or where one would be.
    Str target;
    /// Empty: the target itself is missing.
    Str anchor;
    /// The target is in the site, but the address lacks the baseurl.
    bool lacks_base;
    /// In a layout, an include or data.
    const Source* source;
    std::size_t at;
    /// Pages in whose own source it does not stand.
    std::uint32_t pages;
    bool reported;
  };
  struct Use {
    std::uint32_t page;
    Fault* fault;
    /// In the page's own source.
    const Source* source;
    std::size_t at;
  };

  const OutputFile* find(Str path) const;
  bool has_folder(Str path) const;
  void read_tag(Page& page, std::uint32_t number, const Tag& tag, Map& seen);
  void link(const Page& page, std::uint32_t number, Str address, Kind kind, Map& seen);
  void links_of_srcset(const Page& page, std::uint32_t number, Str list, Map& seen);
  bool resolve(const Page& page, Fault& fault);
  void drop_language(const Page& page, Fault& fault);
  void note(std::uint32_t page, const Fault& fault);
  bool has_anchor(const Fault& fault) const;
  void report_pages(Diagnostics& diagnostics);
  void settle_anchors();
  void locate_in_pages();
  void locate_in_shared();
  void find_same_names();
  bool report_same_names(const Fault& fault, Diagnostics& diagnostics);
  void add_forms(check::Addresses& addresses, std::uint32_t who, const Fault& fault);
  void report(const Page& page, const Fault& fault, check::Lines& lines, const Source* source,
              std::size_t at, Diagnostics& diagnostics);
  bool is_expected(const Fault& fault, const site::File*& hidden) const;
  Str remedy_of(const Fault& fault, const Source* source, std::size_t at, const site::File* hidden);
  const OutputFile* page_made_of(Str source) const;
  Str address_instead(const OutputFile& made, const Fault& fault);
  Str why_hidden(const site::File& file);
  Str nearest_output(Str target);

  Workspace& workspace_;
  Arena arena_;
  /// Path, and source of a page → index in `output_files_`.
  Map outputs_{&arena_}, made_of_{&arena_};
  /// The same without case; first folders of outputs.
  Map uncased_{&arena_}, folders_{&arena_};
  List<OutputFile> output_files_;
  List<Page*> pages_;
  /// Path → index in `pages_`.
  Map by_path_{&arena_};
  List<Use> uses_, anchors_;
  List<Fault*> faults_;
  /// Kind, page of a relative address, and address → index in `faults_`.
  Map fault_at_{&arena_};
  /// A document of a collection that has a document with its slug before it, whose id it gets in
  /// lists.
  struct SameName {
    Str slug;
    const site::File *file, *before;
  };
  List<SameName> same_names_;
  int searches_ = 0, anchor_searches_ = 0;
  /// Bytes that were compared with addresses.
  std::uint64_t looked_ = 0;
  /// More faults were found than are kept.
  bool left_out_ = false;
};

/// Reports what only a look at the whole site finds: outputs that differ by case, includes that no
/// template includes, keys of front matter that none reads. After Check::finish(); linear.
void check_whole_site(Workspace& workspace, const List<OutputFile>& outputs,
                      Diagnostics& diagnostics);

/// Checks one page and the sources. `json` gets `{diagnostics}`, or, with Status::Needs, `{paths,
/// zones, modules}`.
site::Status check_page(Workspace& workspace, Str url, Text& json);

/// Renders and checks pages, and not the sources. `urls`: one a line. `json` gets `{pages}`, for
/// each the list of its diagnostics, those of its rendering first, and for the first page those in
/// files that pages share; or what it needs.
site::Status check_pages(Workspace& workspace, Str urls, Text& json);

}  // namespace meridian
