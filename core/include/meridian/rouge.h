// Code as Jekyll colours it: lexers whose tokens, and so whose HTML, are those of Rouge 3.30.0.
//
//     Text html;
//     if (!rouge::add_highlighted(html, "python", "def f(): pass"))
//       …                                     // Rouge's lexer is not here, or gave up
//     // <span class="k">def</span> <span class="nf">f</span><span class="p">():</span> …
//
// What stands around the code (`<div class="highlight">`, `<figure>`, tables with line numbers) is
// made by its callers, core/markdown and core/site.
//
// Languages: those that sites of Jekyll use most; the other names that Rouge knows are left to the
// caller, which shows the code without colours. A language is a table of states and patterns
// (core/rouge/lexer.h), read once for a process and kept, some 30 KB for each.
//
// Ownership: the result is appended to the caller's text; nothing of the code is kept.
//
// Failure: false, and the text as it was. Where Rouge raises an error (a lexer whose stack is
// empty), it is false as well.
//
// Limits and complexity: linear. Patterns are matched by backtracking, so the steps of one call are
// counted, and bounded by a multiple of the code's size that real code stays below; a text made to
// be slow ends there, without colours. Lexers within lexers (Markdown in Markdown) nest at most 8
// deep.
//
// Source: the lexers of Rouge (https://github.com/rouge-ruby/rouge, MIT), compared token by token
// in tests/spec/rouge.txt. Differences: letters outside ASCII are told from other characters by
// core/text's tables, which do not tell letters from marks.
#pragma once
#include "meridian/base.h"

namespace meridian::rouge {

/// Whether there is a lexer by this name, which is Rouge's tag or an alias; case counts. Options
/// behind a `?`, as in `console?comments=true`, are for Rouge's lexers that read them, which are
/// not here.
bool has_lexer(Str name);

/// Appends the code as HTML. False when there is no lexer, or when it gave up.
[[nodiscard]] bool add_highlighted(Text& out, Str name, Str code);

/// What colours the code of pages: add_highlighted, or nullptr for nothing. A host sets it at its
/// start. It is a pointer so that a program which leaves colours to the browser links no lexer.
inline bool (*highlighter)(Text& out, Str name, Str code) = nullptr;

/// Appends what a filter of a plugin in Ruby makes of a text. `request`: two arguments, each with
/// a zero byte behind it, and the text.
///
///     replace, once    gsub and sub; replace_lines: `.` matches line feeds, too
///     match            `1` where a pattern matches
///     scan, scan_lines  matches, or their groups, with a zero byte behind each
///     google_fonts, regex_strip, remove_accents, md5, hideCustomBibtex (a list of keys in
///     JSON)
///
/// False, and a part may have been added, for another name, and for a pattern that is not in the
/// matcher's notation or takes too many steps. Linear.
[[nodiscard]] bool add_filtered(Text& out, Str name, Str request);

/// The answer of a host's `filter`.
enum class Filtered : std::uint8_t { Made, Failed, NotLoaded };
/// What makes such texts: set as `highlighter` is; nullptr for nothing.
inline Filtered (*filter)(Text& out, Str name, Str request) = nullptr;

/// Whether code was written without colours because the host has not loaded its lexers yet. The
/// host's highlighter sets it; core/site resets it with the pages that it has made.
inline bool lacks_lexers = false;

/// Whether Rouge has a lexer by this name, here or not. One in 180 other names is mistaken for one.
bool is_known(Str name);

/// The files of languages that few sites use (core/rouge/lexers), a zero byte behind each. The
/// command has all of them (core/rouge/embedded.cpp); rouge.wasm has a function of its own instead,
/// with those that its host has given it.
Str lexer_files();

/// Reads every table. False when a line of one is wrong, which `line` gets: for tests.
[[nodiscard]] bool tables_are_right(Text& line);

}  // namespace meridian::rouge
