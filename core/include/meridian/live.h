// The page in an editor's view, in parts. After a change of its source only the parts that are new
// are sent: most keystrokes change one paragraph of Markdown, and that alone is parsed again.
//
//     Live live(workspace);
//     if (!live.follow("_posts/2026-01-31-news.md")) return;
//     Text json;
//     live.view("/2026/01/31/news.html", json);    // shell() and all parts()
//     if (live.edit(120, 121, "x"))
//       replace(live.first(), live.gone(), live.parts());
//     else
//       live.view(url, json);                      // the change has effects on the rest of the
//       page
//
// Positions are UTF-16 code units, as in JavaScript's strings.
//
// Ownership: Live borrows the workspace, which outlives it, and keeps a copy of the followed file.
// Views that it returns are valid until its next call. At most one Live renders at a time.
//
// Failure: edit() never loses text: when it returns false, the text is changed all the same, and
// only the page has to be rendered by view(). Errors of the page are in `json`, as in
// Workspace::render().
#pragma once
#include "meridian/patch.h"
#include "meridian/workspace.h"

namespace meridian {

/// Bytes that a project of unknown origin may take in all; max_memory becomes half of it.
inline constexpr std::size_t kUntrustedMemory = std::size_t(128) << 20;
/// Sets `limits` and max_memory for files that anyone may have written, to the size of a page that
/// opens in a moment on a phone. Called before the first file. It can't be undone, so that nothing
/// in a project can undo it.
void use_untrusted_limits();

/// A change of a file: code units `begin` to `end`, and what replaces them. Of a refused edit: why,
/// and the line of the file, from 1.
struct FilePatch {
  std::uint32_t begin = 0, end = 0;
  Text insert;
  patch::Reason reason = patch::Reason::Form;
  std::uint32_t line = 0;
};

/// A page in two: the shell around its content, and the content in parts (markdown::LiveDocument).
class Live {
 public:
  using Part = markdown::LiveDocument::Part;

  explicit Live(Workspace& workspace) : workspace_(workspace) {}
  Live(const Live&) = delete;
  Live& operator=(const Live&) = delete;

  /// Makes `path` the file that edit() changes. False when the workspace does not have it, or when
  /// it is not UTF-8.
  [[nodiscard]] bool follow(Str path);
  /// Replaces code units `begin` to `end` of the followed file by `insert`. True when only parts of
  /// the page change: first(), gone() and parts() describe them. Templates around the content may
  /// still depend on the text (a count of words): the next view() has that. False when the page has
  /// to be rendered by view(), and when no file is followed. Linear in the paragraphs that change.
  [[nodiscard]] bool edit(std::uint32_t begin, std::uint32_t end, Str insert);
  /// Renders the page at a URL with all edits; `json` as in Workspace::render(). parts() are those
  /// that differ from the last view or edit.
  site::Status view(Str url, Text& json);
  /// Finds the change of the followed file that makes the page in view what an edit in place has
  /// made of it; nothing is changed. The text may come from Liquid, if the part itself is in the
  /// file as it stands on the page.
  [[nodiscard]] patch::Outcome find_patch(const patch::Edit& edit, FilePatch& found);
  /// To be called before the workspace renders for others: writes pending edits.
  void flush();
  /// To be called before a file or a setting of the workspace changes: writes pending edits, and
  /// stops following.
  void forget();

  /// The page without its content; empty unless is_new_shell().
  Str shell() const { return shell_.str(); }
  /// Position of the content in the shell, in code units; npos when the page could not be divided
  /// and is all in the shell.
  std::size_t content_at() const { return content_at_; }
  bool is_new_shell() const { return new_shell_; }
  /// The new parts can't be replaced one by one, since tags in them may begin or end in other
  /// parts.
  bool is_whole() const { return whole_; }
  /// parts() replace the gone() parts of the last view from number first() on; when gone() is
  /// UINT32_MAX, all of them.
  std::uint32_t first() const { return first_; }
  std::uint32_t gone() const { return gone_; }
  const List<Part>& parts() const { return made_; }
  /// Adds, for each part of the page in view, the line of its file at which it begins, from 1.
  /// Where the file has Liquid this is a guess: the line in which the part's first line is found.
  void add_lines(Str path, Arena& arena, List<std::uint32_t>& lines) const;

 private:
  std::size_t byte_of(std::uint32_t unit) const;
  struct Sent;
  bool may_stand_as_parsed(const List<Sent>& sent) const;
  void compare_parts(bool rendered);
  void send_all();
  void cut(Str html);
  void look_directly();
  bool align(Str page, std::size_t begin, std::size_t& end);
  bool find_in_file(std::size_t& begin, std::size_t& end, Str body) const;
  std::uint32_t source_line(std::size_t at, Str body, bool& same) const;
  bool renders(Str file, Str wanted);
  void reopen();
  void write();
  site::Status render(site::MarkdownConverter converter, Text& html, Text& json);
  static bool convert(const markdown::Options& options, Str text, markdown::LinkVisit links,
                      Text& out);

  /// The one that renders: a converter has no context.
  static Live* current_;

  Workspace& workspace_;
  /// Of the followed file.
  Text path_, file_;
  bool following_ = false;
  /// Edits are pending.
  bool changed_ = false;
  /// The last edit is in view; others may have rendered it before.
  bool viewed_ = true, shared_ = false;
  /// The text of the document in view stands in the file unchanged, from `body_` on.
  bool direct_ = false;
  /// Its links may be replaced, which takes the site's pages.
  bool visits_links_ = false;
  /// Bytes before it.
  std::size_t body_ = 0;
  /// The same in UTF-16 code units.
  std::uint32_t body16_ = 0;

  markdown::LiveDocument document_;
  /// Of the last view.
  Text url_;

  Arena finals_arena_;
  /// A part as it stands in the page after layouts; a null view where they left it unchanged.
  struct Final {
    Str html;
    std::uint64_t hash;
  };
  /// One for each part.
  List<Final> finals_;

  Text shell_;
  std::uint64_t shell_hash_ = 0;
  bool new_shell_ = false, whole_ = false;
  std::size_t content_at_ = Str::npos;
  Arena arenas_[2];
  int arena_ = 0;
  /// Hashes of a part as it was sent last.
  struct Sent {
    /// As the parser made it; as it stands in the page.
    std::uint64_t own, final;
    bool raw;
  };
  List<Sent> sent_;
  /// The next parts are all parts.
  bool all_ = true;
  std::uint32_t first_ = 0, gone_ = 0;
  List<Part> made_;
};

}  // namespace meridian
