// The page that an editor has in view, in parts: after a change of its source only the parts that
// are new. Most keystrokes change one paragraph of Markdown: that alone is parsed again.
//
//     Live live(workspace);
//     live.follow("_posts/2026-01-31-news.md");
//     Text json;
//     live.view("/2026/01/31/news.html", json);  // shell() and all parts()
//     if (live.edit(120, 121, "x")) replace(live.first(), live.gone(), live.parts());
//     else live.view(url, json);                 // what the change did to the rest of the page
//
// Positions are UTF-16 code units, as in JavaScript's strings. Live borrows the workspace, which
// outlives it; at most one Live renders at a time. Views that it returns are valid until its next
// call.
#pragma once
#include "meridian/workspace.h"

namespace meridian {

/// Memory that a project from elsewhere may take in all; half of it may be held (max_memory).
inline constexpr std::size_t kUntrustedMemory = std::size_t(128) << 20;
/// Sets `limits` and max_memory for files that anyone may have written: those of a page that opens
/// in a moment on a phone. Called before the first file. There is no way back, so that nothing in a
/// project can take it.
void use_untrusted_limits();

/// A page in two: the shell around its content, and the content in parts
/// (markdown::LiveDocument).
class Live {
 public:
  using Part = markdown::LiveDocument::Part;

  explicit Live(Workspace& workspace) : workspace_(workspace) {}
  Live(const Live&) = delete;
  Live& operator=(const Live&) = delete;

  /// Makes `path` the file that edit() changes. False when the workspace does not have it, or it is
  /// not UTF-8.
  bool follow(Str path);
  /// Replaces code units `begin` to `end` of the followed file by `insert`. True when the page
  /// changes by parts alone: first(), gone() and parts() have them. Templates around the content
  /// may still make something else of the text (a count of words): the next view() has that. False
  /// when only view() can tell what changed. Linear in the paragraphs that change.
  bool edit(std::uint32_t begin, std::uint32_t end, Str insert);
  /// Renders the page at a URL with all edits, as Workspace::render() does; `json` as there. The
  /// parts are those that differ from the last view or edit.
  site::Status view(Str url, Text& json);
  /// Writes pending edits to the workspace.
  void flush();
  /// Called before a file or a setting of the workspace changes: writes pending edits, and stops
  /// following.
  void forget();

  /// The page without its content, empty unless is_new_shell().
  Str shell() const { return shell_.str(); }
  /// Where the content belongs in it, in code units; npos when the page could not be divided and is
  /// all in the shell.
  std::size_t content_at() const { return content_at_; }
  bool is_new_shell() const { return new_shell_; }
  /// The new parts can't be put into the page by themselves: tags in them may begin or end
  /// elsewhere.
  bool is_whole() const { return whole_; }
  /// parts() replace the `gone` parts of the last view from `first` on; all ones: all of them.
  std::uint32_t first() const { return first_; }
  std::uint32_t gone() const { return gone_; }
  const List<Part>& parts() const { return made_; }
  /// Adds, for each part of the page in view, the line of its file at which it begins, from 1.
  /// Where the file has Liquid that is a guess: the line that the part's first line is found at.
  void add_lines(Str path, Arena& arena, List<std::uint32_t>& lines) const;

 private:
  std::size_t byte_of(std::uint32_t unit) const;
  void compare_parts(bool rendered);
  void send_all();
  void cut(Str html);
  void look_directly();
  bool align(Str page, std::size_t begin, std::size_t& end);
  static bool convert(const markdown::Options& options, Str text, markdown::LinkVisit links,
                      Text& out);

  static Live* current_;  ///< the one that renders: a converter has no context

  Workspace& workspace_;
  Text path_, file_;  ///< followed, and its text
  bool following_ = false;
  bool changed_ = false;  ///< edits are pending
  bool direct_ =
      false;  ///< the text of the document in view stands in the file as it is, from `body_` on
  std::size_t body_ = 0;      ///< bytes before it
  std::uint32_t body16_ = 0;  ///< the same in UTF-16 code units

  markdown::LiveDocument document_;
  Text url_;  ///< of the last view

  Arena finals_arena_;
  /// A part as it stands in the page after layouts; a null view where they left it as it was.
  struct Final {
    Str html;
    std::uint64_t hash;
  };
  List<Final> finals_;  ///< for each part

  Text shell_;
  std::uint64_t shell_hash_ = 0;
  bool new_shell_ = false, whole_ = false;
  std::size_t content_at_ = Str::npos;
  Arena arenas_[2];
  int arena_ = 0;
  /// Hashes of a part as it was given out last.
  struct Sent {
    std::uint64_t own, final;  ///< as the parser made it, as it stands in the page
    bool raw;
  };
  List<Sent> sent_;
  bool all_ = true;  ///< the next parts are all
  std::uint32_t first_ = 0, gone_ = 0;
  List<Part> made_;
};

}  // namespace meridian
