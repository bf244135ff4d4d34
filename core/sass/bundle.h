// A style sheet with the files that it imports as bytes, and its CSS with diagnostics as bytes:
// what the core and the Sass module hand to each other.
//
//   sheet   = style:number indented:number path:text load_paths:texts source:text
//             files:number (path:text source:text){files}
//   result  = css:text diagnostics:number (severity:number line:number column:number
//             file:text message:text remedy:text excerpt:text){diagnostics}
//   number  = four bytes, the lowest first
//   text    = size:number byte{size}
//   texts   = count:number text{count}
//
// Both sides are ours, yet a reader never goes past the end: what is missing is 0 or empty.
#pragma once
#include "meridian/sass.h"

namespace meridian::sass {

/// A sheet, and all files that it imports; views into the bytes it was read from.
struct Bundle {
  Str text;
  Options options;
  List<Source> files;
};

void pack(const Bundle& bundle, Text& out);
Bundle unpack(Arena& arena, Str bytes);

void pack_result(Str css, const Diagnostics& diagnostics, Text& out);
/// The CSS, a view into `bytes`; diagnostics are added to `diagnostics`.
Str unpack_result(Str bytes, Diagnostics& diagnostics);

/// Compiles a sheet whose imports are all in the bundle.
[[nodiscard]] bool compile(const Bundle& bundle, Text& css, Diagnostics& diagnostics);

}  // namespace meridian::sass
