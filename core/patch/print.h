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

/// What can stand between two blocks, by the line that ends with the first of them: nothing but an
/// empty line, the next mark of its list, its quote's mark. `kSeparators` of them.
constexpr int kSeparators = 4;
Str separator(Str line, int number, Arena& arena);

}  // namespace meridian::patch
