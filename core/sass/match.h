// What the tokens of Sass look like. Each function gives the end of the token that begins at `p`,
// or nullptr when there is none. Texts end with NUL. All are linear in what they read.
#pragma once
#include "quotes.h"

namespace meridian::sass::match {

using Matcher = const char* (*)(const char*);

/// A bit for each byte of a text.
struct Bits {
  const char *from = nullptr, *to = nullptr;
  std::uint8_t* bytes = nullptr;
  bool has(const char* p) const {
    if (!bytes || p < from || p >= to) return false;
    auto at = std::size_t(p - from);
    return bytes[at / 8] >> at % 8 & 1;
  }
  void add(const char* p) {
    auto at = std::size_t(p - from);
    bytes[at / 8] = std::uint8_t(bytes[at / 8] | 1 << at % 8);
  }
};

/// Text in which something was looked for in vain, part by part. What begins at one of these parts
/// has been read with them, so that it is not there either.
struct Known {
  const char *from = nullptr, *to = nullptr;
  /// The part for which it was asked last; in a long text, in which is asked back and forth, all.
  const char *at = nullptr, *behind = nullptr;
  Bits parts = {};
  bool covers(const char* p) const { return p >= from && p < to; }
};
/// Whether one of the parts, whose end `part` gives, begins at `p`.
bool begins_part(Known& known, const char* p, Matcher part);

/// What spares matchers from reading the same text in vain again and again. The context of a
/// compilation makes it new: it refers to texts by address.
struct Progress {
  Known no_interpolant, no_comment_end, no_quote[2], no_functional, no_identifier, no_value,
      no_branches;
  /// Selectors, which end as the first one that was read with them.
  Known selectors;
  /// Where scopes begin that are not closed, of `#{` and of `(`.
  Bits unclosed[2];
  /// Of the compilation.
  Arena* arena = nullptr;
};
inline Progress progress;

/// Whether a byte is a part of a name wherever it stands: letters but `u`, which may begin a range
/// (`u+26`), digits, `-`, `_`, and what is not ASCII. One look-up where comparisons would be many.
struct NameParts {
  bool is[256] = {};
  constexpr NameParts() {
    for (int c = 0; c < 256; c++)
      is[c] = c >= 0x80 || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
              ((c | 32) >= 'a' && (c | 32) <= 'z' && (c | 32) != 'u');
  }
};
inline constexpr NameParts kNameParts;
inline bool name_part(char c) { return kNameParts.is[static_cast<unsigned char>(c)]; }

inline bool alpha(char c) { return is_alpha(c); }
inline bool digit(char c) { return is_digit(c); }
inline bool hex(char c) { return digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f'); }
inline bool nonascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

/// Any number of them.
const char* hyphens(const char* p);
/// A literal.
const char* text(const char* p, const char* literal);
/// A literal in lower case, ignoring the case of the text.
const char* text_ignoring_case(const char* p, const char* literal);
/// Whether no letter, digit, hyphen or `#` stands at `p`.
bool word_ends(const char* p);
/// A literal that ends a word; `keyword` ignores the case.
const char* word(const char* p, const char* literal);
const char* keyword(const char* p, const char* literal);

// ---- white space and comments ----
/// At least one.
const char* spaces(const char* p);
/// Any number: these never fail.
const char* optional_spaces(const char* p);
const char* skip_whitespace(const char* p);
const char* skip_comments(const char* p);
/// Whether neither white space nor a comment begins there: mostly that is all to look at.
inline bool no_space(const char* p) { return *p > ' ' && *p != '/'; }
/// White space and `//` comments.
inline const char* optional_whitespace(const char* p) {
  return no_space(p) ? p : skip_whitespace(p);
}
/// The same and `/* */` comments.
inline const char* optional_comments(const char* p) { return no_space(p) ? p : skip_comments(p); }
/// At least one of them.
const char* whitespace(const char* p);
const char* comments(const char* p);
const char* line_comment(const char* p);
const char* block_comment(const char* p);
const char* line_break(const char* p);
/// Whether a line ends behind blanks and comments.
bool line_ends(const char* p);

// ---- scopes ----
/// The end of what `open` begins; `p` is behind the opening one. Brackets in quotes don't count.
const char* skip_scope(const char* p, const char* open, char close, const char* end = nullptr);
/// `#{…}` and `(…)`.
const char* interpolant(const char* p);
const char* parentheses(const char* p);
/// The first `#{` from `p` on that no backslash escapes; with `skip_comments`, in no comment.
const char* find_interpolant(const char* p, const char* end, bool skip_comments);

// ---- tokens ----
const char* escape(const char* p);
const char* identifier(const char* p);
const char* strict_identifier(const char* p);
const char* variable(const char* p);
const char* digits(const char* p);
const char* unsigned_number(const char* p);
const char* number(const char* p);
const char* percentage(const char* p);
const char* unit(const char* p);
const char* dimension(const char* p);
/// `#fff` or `#ffffff`; with alpha; `0xfff`.
const char* hex_color(const char* p);
const char* hex_color_alpha(const char* p);
const char* hex_number(const char* p);
const char* quoted_string(const char* p);
/// A quoted string without interpolations.
const char* static_string(const char* p);
const char* at_keyword(const char* p);
const char* class_name(const char* p);
const char* id_name(const char* p);
const char* placeholder(const char* p);
const char* attribute_name(const char* p);
const char* binomial(const char* p);
const char* type_selector(const char* p);
const char* reference_combinator(const char* p);
const char* important(const char* p);
const char* optional_flag(const char* p);
const char* default_flag(const char* p);
const char* global_flag(const char* p);
/// `name(`, `:not(`, `calc`, a name that no function may have.
/// `ns|`, `*|`, `|`; an identifier or an interpolation.
const char* name_space(const char* p);
const char* name_or_interpolant(const char* p);
const char* functional(const char* p);
const char* calc(const char* p);
bool special_function(const char* p);

// ---- urls ----
/// `url(`, `url-prefix(`.
const char* uri_prefix(const char* p);
const char* uri_value(const char* p);
const char* uri_suffix(const char* p);
const char* uri(const char* p);
/// `url(` up to an interpolation or the end, and what follows an interpolation.
const char* uri_open(const char* p);
const char* uri_close(const char* p);
/// The same of strings.
const char* double_open(const char* p);
const char* double_close(const char* p);
const char* single_open(const char* p);
const char* single_close(const char* p);

// ---- what has interpolations ----
const char* identifier_schema(const char* p);
const char* value_schema(const char* p);
const char* functional_schema(const char* p);

// ---- lookahead ----
const char* static_value(const char* p);
const char* selector_list(const char* p);
const char* value_end(const char* p);
const char* custom_value(const char* p);
const char* custom_top_value(const char* p);
const char* ie_property(const char* p);
const char* ie_keyword_argument(const char* p);
const char* ie_keyword_value(const char* p);
/// `1/2`, as it is.
const char* division(const char* p);
bool list_ends(const char* p);
bool space_list_ends(const char* p);

}  // namespace meridian::sass::match
