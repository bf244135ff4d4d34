// Quotes, escapes and white space of strings, as libsass treats them. Results are views of the
// argument where nothing changes, else they lie in the arena.
#pragma once
#include "context.h"

namespace meridian::sass {

/// ASCII white space, with \v.
inline bool space(char c) { return is_space(c); }

/// Drops escaped line breaks.
Str read_css_string(Arena& arena, Str s);
/// Replaces `\41` by what it stands for.
Str read_hex_escapes(Arena& arena, Str s);
/// Doubles the backslashes of escapes.
Str evacuate_escapes(Arena& arena, Str s);
/// A line break, and white space behind it, becomes a blank.
Str string_to_output(Arena& arena, Str s);
/// Takes quotes off when there are any; `mark` gets which. With `strict`, not when the same quote
/// stands within.
Str unquote(Arena& arena, Str s, char* mark = nullptr, bool strict = true);
/// Puts quotes around: `"` or `'` as asked for and as fits what stands within.
void add_quoted(Text& out, Str s, char mark = 0);
Str quote(Arena& arena, Str s, char mark = 0);
/// Without white space at the end.
Str right_trim(Str s);
/// Without a vendor's prefix: `-moz-any` is `any`.
Str unvendor(Str name);
Str lower_case(Arena& arena, Str s);
/// Whether `s` begins with a literal in lower case, ignoring the case of `s`: libsass's
/// equalsLiteral, which compares no further than the literal reaches.
bool begins_like(Str s, Str literal);

/// A value of the kind Quoted, of text that may have quotes: `"a"` is a with quotes.
String* quoted(Context& context, const Place& at, Str text);
/// The same of text that is taken as it is.
String* verbatim(Context& context, const Place& at, Str text, char mark = 0);
/// A string without quotes.
String* constant(Context& context, const Place& at, Str text, bool css = true);

}  // namespace meridian::sass
