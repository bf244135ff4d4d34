// HTML as a list of tokens, by which two pages are compared.
#pragma once
#include "meridian/base.h"

namespace meridian::patch {

enum class Kind : std::uint8_t {
  /// One character of text, decoded.
  Character,
  /// A run of white space within a block.
  Space,
  Open,
  Close,
  /// An element that is not edited inside: a picture, a footnote's mark, a block of code.
  Atom,
};

struct Token {
  Kind kind = Kind::Character;
  /// Of a tag: it stands within a sentence.
  bool is_inline = true;
  /// Elements that begin in it; a block of code is one, whatever colours it.
  std::uint32_t elements = 0;
  /// The character; of a start tag and an atom its source without an id; of an end tag its name; of
  /// a block of code its tags and its text without colours.
  Str text;
  Str name;
  /// Its first byte in the HTML.
  std::uint32_t begin = 0;

  bool is_tag() const { return kind == Kind::Open || kind == Kind::Close; }
  bool is_block() const { return is_tag() && !is_inline; }
};
using Tokens = List<Token>;

/// Appends the tokens of HTML.
void add_tokens(Str html, Arena& arena, Tokens& tokens);
/// Removes the spaces that a browser does not show: those beside blocks and line breaks.
void drop_unseen_spaces(Tokens& tokens);

/// Behind the end tag that belongs to the start tag at `open`.
std::uint32_t end_of(const Tokens& tokens, std::uint32_t open);

/// The text of a block of code, without the white space at the ends of its lines.
Str code_text(Str html, Arena& arena);
/// A token's block of code with another text, not escaped.
Str with_code(Str html, Str text, Arena& arena);

/// The alignment that a cell's start tag says, as `left`; of another style all of it.
Str alignment_of(Str html);

/// A void element's start tag with the attributes of another tag, which come before its own.
Str with_attributes(Str html, Str others, Arena& arena);

/// Whether readers see no difference: quotes are equal to each other, and so are pictures with the
/// same attributes, and cells with the same alignment.
bool alike(const Token& a, const Token& b);
bool alike(const Tokens& a, const Tokens& b);

}  // namespace meridian::patch
