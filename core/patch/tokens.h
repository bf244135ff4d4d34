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
  /// Elements that begin in it.
  std::uint32_t elements = 0;
  /// The character; of a start tag and an atom its source without an id; of an end tag its name.
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

/// A void element's start tag with the attributes of another tag, which come before its own.
Str with_attributes(Str html, Str others, Arena& arena);

/// Whether readers see no difference: quotes are equal to each other, and so are pictures with the
/// same attributes.
bool alike(const Token& a, const Token& b);
bool alike(const Tokens& a, const Tokens& b);

}  // namespace meridian::patch
