// Reading characters as the regular expressions of kramdown do.
#pragma once
#include "meridian/markdown.h"

namespace meridian::markdown::kramdown {

constexpr std::size_t npos = Str::npos;

// Positions: skip_… return `at` itself when there is nothing to skip; searches return npos when
// there is no match. They have many callers, so they are not inline.

inline bool is_word_byte(char c) { return is_alnum(c) || c == '_'; }  // \w
inline bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_escapable(char c);  ///< whether a backslash makes it literal
bool starts_at(Str s, std::size_t at, const char* word);
bool starts_at(Str s, std::size_t at, Str word);

/// Behind the next newline, or the end.
std::size_t line_end(Str s, std::size_t at);
std::size_t skip_blanks(Str s, std::size_t at);
std::size_t skip_space(Str s, std::size_t at);
/// ` {0,most}`
std::size_t skip_spaces(Str s, std::size_t at, std::size_t most);
/// The begin of the character that ends before `at`.
std::size_t previous_character(Str s, std::size_t at);
std::size_t next_character(Str s, std::size_t at);
bool is_alpha_at(Str s, std::size_t at);  ///< [[:alpha:]]
bool is_alnum_at(Str s, std::size_t at);  ///< [[:alnum:]]
bool is_word_at(Str s, std::size_t at);   ///< \p{Word}
/// The end of \p{Word}* at `at`.
std::size_t skip_word(Str s, std::size_t at);

/// The end of the name of an element or attribute at `at` (REXML's UNAME_STR), `at` when there is
/// none.
std::size_t skip_name(Str s, std::size_t at);
/// `\w[\w-]*`
std::size_t skip_id(Str s, std::size_t at);

/// The first `}` from `at` on without a backslash before it, npos when there is none.
std::size_t find_brace(Str s, std::size_t at);

/// A start tag as kramdown's HTML_TAG_RE reads it.
struct HtmlTag {
  Str name, attributes;
  bool closed;
  std::size_t end;
};
/// The next attribute from `at` on, white space before it included; returns its end, npos when
/// there is none.
std::size_t next_attribute(Str s, std::size_t at, Str& name, Str& value);
bool match_tag(Str s, std::size_t at, HtmlTag& tag);
/// Matches `</name\s*>`; returns the end, npos when it does not match.
std::size_t match_close_tag(Str s, std::size_t at, Str& name);
/// The same of one element; `fold` leaves case aside.
std::size_t match_close_tag_of(Str s, std::size_t at, Str name, bool fold);
/// Whether ` {0,3}` and an HTML tag that ends a paragraph are at `at`: any but those of running
/// text.
bool match_block_tag(Str s, std::size_t at, std::size_t most_spaces = 3);

/// Remembers where something was found last, so that looking for it again and again from further on
/// stays linear.
struct Finder {
  std::size_t from = 0,
              /// No search begins behind its result at the start of a text, so zeros know nothing.
      found = 0;
  bool knows(std::size_t at) const { return from <= at && at <= found; }
};
std::size_t find(Str s, std::size_t at, const char* text, Finder& finder);

/// The common part of the block parser and the span parser: a text, the position in it, and the
/// node that is being filled.
class Scanner {
 protected:
  Scanner(Arena& arena, Options& options, Str s) : s_(s), arena_(arena), options_(options) {}

  // The functions above, of this text.
  MERIDIAN_SMALL char peek(std::size_t at) const { return char_at(s_, at); }
  bool starts(std::size_t at, const char* word) const;
  std::size_t next_line(std::size_t at) const;
  std::size_t skip_indent(std::size_t at) const;  ///< ` {0,3}`
  MERIDIAN_SMALL Str between(std::size_t from, std::size_t end) const {
    return slice(s_, from, end);
  }
  std::size_t stop_end(std::size_t at, Str name) const;
  Node* make(Type type, Str text = {}) const;
  Node* add_to(Node* parent, Type type, Str text = {}) const;
  Node* add(Type type, Str text = {}) const;  ///< to the node that is filled
  /// As kramdown's add_text: texts that meet become one.
  void add_text(Node* node, Str text, Type type = Type::RawText) const;
  void set(Node* node, const char* attribute, Str value) const;
  /// Whether the node that is filled is an HTML element whose content is HTML.
  bool in_raw_element() const;
  /// `\s*?\n`: behind the newline, npos when other text precedes it.
  std::size_t skip_to_line_end(std::size_t at) const;

  Str s_;
  std::size_t pos_ = 0;
  Node* node_ = nullptr;
  Arena& arena_;
  Options& options_;
};

}  // namespace meridian::markdown::kramdown
