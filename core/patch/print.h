// Tokens as Markdown.
#pragma once
#include "tokens.h"

namespace meridian::patch {

/// How characters that may begin a construct are written.
enum class Escape : std::uint8_t { None, Backslash, Reference };
constexpr int kEscapes = 3;

/// Appends tokens `from` to `to` as Markdown. A run of tags of blocks becomes `separator`.
void print(const Tokens& tokens, std::uint32_t from, std::uint32_t to, Escape escape, Str separator,
           Text& out);

/// What can stand between two blocks, by the line that ends with the first of them: an empty line,
/// the next mark of its list (in a tight list, in a loose one), the indentation of its item, the
/// mark of its quote.
constexpr int kSeparators = 5;
Str separator(Str line, int number, Arena& arena);

}  // namespace meridian::patch
