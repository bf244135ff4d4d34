// The tokens of a file of a built site. What makes no difference to a browser makes none here: the
// order of attributes and classes, white space that is not shown, character references, end tags
// that may be left out, comments.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace meridian::cli::comparison {

/// How a file is read. Lines: as text without a syntax.
enum class Syntax { Html, Xml, Css, Json, Lines };

/// Texts of tokens, each held once, and known by its number.
class Texts {
 public:
  std::uint32_t number_of(std::string_view text);
  const std::string& operator[](std::uint32_t number) const { return *texts_[number]; }

 private:
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::vector<const std::string*> texts_;
};

/// A start or end tag, a word, a line of preformatted text, a punctuation mark of CSS or JSON.
struct Token {
  std::uint32_t text;    ///< its number; of a word with the space that is shown before it
  std::uint32_t line;    ///< from 1
  std::int32_t element;  ///< the one that it stands in; -1: none
  bool begins_block;     ///< a tag at which a line of text ends
};

/// An element, as a selector of CSS has it: `p`, `div.page`, `main#content`.
struct Element {
  std::string name;
  std::int32_t parent;  ///< -1: none
};

struct Tokens {
  std::vector<Token> list;
  std::vector<Element> elements;
};

/// Linear in the text but for sorting. Elements beyond the depth that browsers keep stand in the
/// last one before it.
Tokens read_tokens(std::string_view text, Syntax syntax, Texts& texts);

}  // namespace meridian::cli::comparison
