// From kramdown to HTML in one step.
#pragma once
#include "meridian/markdown.h"

namespace meridian::markdown {

/// Appends the HTML of a text; with `smart`, of a line that has typography alone. False, and
/// nothing is written, when it can't: a program that leaves kramdown to a module of its host has a
/// definition of its own (wasm/kramdown_import.cpp).
[[nodiscard]] bool convert_kramdown(Str text, const Options& options, bool smart, LinkVisit links,
                                    Arena& arena, Text& out);

}  // namespace meridian::markdown
