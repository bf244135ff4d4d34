// Tokens as Markdown.
#pragma once
#include "tokens.h"

namespace meridian::patch {

/// How characters that may begin a construct are written.
enum class Escape : std::uint8_t { None, Backslash, Reference };
constexpr int kEscapes = 3;

/// Where Markdown is printed: behind the beginning of a line. A run of tags of blocks becomes
/// `separator`.
struct Around {
  Str line, separator;
};

/// Appends tokens `from` to `to` as Markdown.
void print(const Tokens& tokens, std::uint32_t from, std::uint32_t to, Escape escape, Around around,
           Text& out);

/// What can stand between two blocks, by the line that ends with the first of them: an empty line,
/// the next mark of its list (in a tight list, in a loose one), the marks of its quotes and the
/// indentation of its items, the same without the last item.
constexpr int kSeparators = 5;
Str separator(Str line, int number, Arena& arena);

}  // namespace meridian::patch
