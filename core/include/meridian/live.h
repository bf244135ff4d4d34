// What an editor asks beyond pages: the page in view again after each change of a file, and of it
// only what is new.
#pragma once
#include "meridian/workspace.h"

namespace meridian {

/// What all of a project may take that nobody has reason to trust; half of it may be held
/// (max_memory).
inline constexpr std::size_t kStrangersMemory = std::size_t(128) << 20;
/// From now on files are taken from anyone: `limits` and max_memory become those of a page that
/// opens in a moment on a phone. Said before the first file; there is no way back, so that nothing
/// a project holds can find it.
void limit_stranger();

/// A page in two: what stands around its content, and the content in parts
/// (markdown::LiveDocument). Only what is another than in the last view is told.
class Live {
 public:
  using Part = markdown::LiveDocument::Part;

  explicit Live(Workspace& workspace) : workspace_(workspace) {}
  Live(const Live&) = delete;
  Live& operator=(const Live&) = delete;

  /// From now on edit() changes this file, which the workspace has. False when it has not, or when
  /// it is no UTF-8.
  bool follow(Str path);
  /// UTF-16 code units `begin` to `end` of the followed file become `insert`. True when the page in
  /// view changes by parts alone, which first(), gone() and parts() tell now, as far as one can
  /// know without rendering it: what the rest of the page makes of the text (a count of words, say)
  /// the next view() tells. False: only that does.
  bool edit(std::uint32_t begin, std::uint32_t end, Str insert);
  /// The page at a URL with the changes up to now, as Workspace::render() answers. `json` as there.
  site::Status view(Str url, Text& json);
  /// The workspace gets what was edited.
  void flush();
  /// A file or a setting will be told to the workspace: nothing is kept of the text.
  void forget();

  /// The page without its content, empty when it is as it was; and where the content belongs, in
  /// UTF-16 code units: npos when it is all in here.
  Str shell() const { return shell_.str(); }
  std::size_t content_at() const { return content_at_; }
  bool is_new_shell() const { return new_shell_; }
  /// What is new is not to be put into the page by itself: tags of it may begin or end elsewhere.
  bool is_whole() const { return whole_; }
  /// Parts from `first` on take the place of `gone` ones of the last view; all ones: of all that
  /// there are.
  std::uint32_t first() const { return first_; }
  std::uint32_t gone() const { return gone_; }
  const List<Part>& parts() const { return made_; }
  /// For each part of the page in view, in which line of the file that it is made of it begins,
  /// from 1: as far as that can be told where the file has Liquid.
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

  static Live* current_;  ///< for which a page is rendered

  Workspace& workspace_;
  Text path_, file_;  ///< followed, and its text
  bool following_ = false;
  bool changed_ = false;  ///< the workspace does not know it yet
  bool direct_ =
      false;  ///< the text of the document in view stands in the file as it is, from `body_` on
  std::size_t body_ = 0;      ///< bytes before it
  std::uint32_t body16_ = 0;  ///< the same in UTF-16 code units

  markdown::LiveDocument document_;
  Text url_;  ///< of the last view

  Arena finals_arena_;
  /// What layouts made of a part of the page; without an address where it is as it was.
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
  /// Hashes of a part that the editor has.
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
