// Sass as Jekyll 4.3 compiles it: libsass 3.6.5, SCSS and the indented syntax, byte for byte. A
// sheet with @use or @forward, in it or in what it imports, is compiled as dart-sass 1.108 does it,
// in its notation: Compressed as asked for, Expanded for the three other styles. So is a sheet that
// libsass refuses and dart-sass does not, with a warning; both compilations share one budget.
//
//     bool read(void* site, Str path, Str* text);   // what there is: a folder, a map of files
//
//     Arena arena;
//     Diagnostics diagnostics(arena);
//     sass::Options options;
//     options.path = "assets/main.scss";
//     options.load_paths.add(arena, "_sass");
//     Text css;
//     if (!sass::compile(text, options, {read, &site}, css, diagnostics)) report(diagnostics);
//
// A host that reads files over a network asks find_imports() what a text imports and candidates()
// where that may lie, until nothing is missing, and compiles then, with all files at hand.
//
// Ownership: all views are borrowed for the call; what `read` gives lives until compile() returns.
// What find_imports() and candidates() return lies in the arena.
//
// Failure: compile() returns false and has added a diagnostic with Severity::Error, whose sentence
// is libsass's or dart-sass's where it has one; `css` is as it was. @warn, @debug and what is
// deprecated are diagnostics with Severity::Warning and Severity::Info; they are no failure.
//
// random() and unique-id() are made from a fixed seed for each call of compile(): the same files
// give the same bytes.
//
// Limits: a sheet has at most limits.source bytes; the CSS, or a string, at most kMaxOutput and
// limits.output; work is counted in work_done, up to kMaxSteps and limits.steps; memory is bounded
// by max_memory (base.h). Nesting of blocks, values, calls and imports is bounded as well
// (sass/context.h).
//
// A module is loaded once; loops of modules are errors.
//
// Complexity: parsing is linear in the sheet; what was read ahead in vain is remembered (match.h).
// Evaluation is linear in the steps that the sheet asks for: strings, lists and maps that a loop
// appends to grow in place. A compilation holds at most 256 MB. @extend is bounded by libsass's own
// limit of selectors, and by steps.
#pragma once
#include "meridian/text.h"

namespace meridian::sass {

/// Steps of one compilation: statements, values and selectors, and work_done / kBytesOfStep.
/// Bootstrap 5 takes 1.3 million.
constexpr std::size_t kMaxSteps = 32'000'000;
/// Bytes of the CSS, or of one string. Bootstrap makes 0.2 MB.
constexpr std::size_t kMaxOutput = std::size_t(16) << 20;

/// The output styles of libsass. Jekyll's default is Compact.
enum class Style : std::uint8_t { Nested, Expanded, Compact, Compressed };

/// How a sheet is compiled.
struct Options {
  Style style = Style::Compact;
  /// Of the sheet, from the site's root: relative imports begin in its folder, and diagnostics name
  /// it.
  Str path = "stdin";
  /// Whether the sheet itself has the indented syntax. Imported files tell by their names.
  bool indented = false;
  /// Folders that are searched for imports after the importing file's own; with or without a final
  /// `/`.
  List<Str> load_paths;
};

/// The files there are. `read` tells whether there is a file at `path` (normalised, without a
/// leading `/`) and, unless `text` is nullptr, gives its text.
struct Files {
  bool (*read)(void* context, Str path, Str* text);
  void* context;
};

/// Compiles a sheet and appends its CSS.
[[nodiscard]] bool compile(Str text, const Options& options, const Files& files, Text& css,
                           Diagnostics& diagnostics);

/// A file that a sheet imports.
struct Import {
  /// As written, without quotes: `base/variables`.
  Str address;
};

/// The files that @import, @use, @forward and meta.load-css() of a sheet name, in order, without
/// evaluating it: those within @if are listed as well, and those that are left to the browser
/// (`url()`, `.css`, `http://`, with media queries) are not. Linear.
///
/// Returns whether there is @use or @forward.
bool find_imports(Arena& arena, Str text, bool indented, List<Import>& imports);

/// The paths at which the file for an address may lie, in the order in which libsass looks for
/// them: for the folder of the file `from`, then for each load path, the name as it is, as a
/// partial, with extensions, as the index of a folder. The first that exists is the one; two in the
/// same folder are an error.
void candidates(Arena& arena, Str from, Str address, const List<Str>& load_paths, List<Str>& paths);

}  // namespace meridian::sass
