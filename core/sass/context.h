// What all parts of one compilation share: the arena, the files, names, limits, and failure.
#pragma once
#include "budget.h"
#include "statements.h"

namespace meridian::sass {

// ---- limits ----
/// Nested blocks, lists and selectors in one sheet; libsass stops at 512. Each level is a few
/// frames of the parser, and wasm's stack has a megabyte.
constexpr int kMaxNesting = 200;
/// Nested calls of functions and mixins: libsass has 1024 and 500.
constexpr int kMaxCalls = 250;
/// Sheets that import each other, one in the other.
constexpr int kMaxImports = 60;
/// Units that a number may have, above and below its line: CSS has one.
constexpr std::uint32_t kMaxUnits = 100;
/// Complex selectors that one may become by @extend: libsass gives up there.
constexpr std::uint32_t kMaxExtended = 500;

/// Digits behind the point, as sassc-ruby sets it, and those of messages and plain CSS calls.
constexpr int kPrecision = 10, kShortPrecision = 5;

/// The four styles, and those that only strings within the compiler have.
enum class Form : std::uint8_t { Nested, Expanded, Compact, Compressed, Inspect, ToSass, ToCss };

/// Nested with kShortPrecision: libsass's to_string() without options.
struct Print {
  Form form = Form::Nested;
  int precision = kShortPrecision;
};

/// Whose Sass it is. A sheet with @use or @forward, in it or in what it imports, has the rules and
/// the notation of dart-sass; all others have libsass's.
enum class Dialect : std::uint8_t { Libsass, Dart };

/// The names of a compilation, each kept once.
class Symbols {
 public:
  explicit Symbols(Arena& arena) : arena_(arena) {}
  /// The symbol of a name, in which underscores become hyphens.
  const Symbol* get(Str name);

 private:
  void grow();

  Arena& arena_;
  List<const Symbol*> slots_;
  std::uint32_t count_ = 0;
};

/// A sheet that has been parsed.
struct ParsedSheet {
  Str path;
  Block* root;
};

class Context {
 public:
  Context(Arena& arena, const Options& options, const Files& files, Diagnostics& diagnostics);
  bool dart() const { return dialect == Dialect::Dart; }

  Arena& arena;
  const Options& options;
  const Files& files;
  Diagnostics& diagnostics;
  Symbols symbols;
  Dialect dialect = Dialect::Libsass;
  Print print;
  /// By path, in the order in which they were first imported.
  List<ParsedSheet> sheets;
  /// The paths of the sheets that are being parsed.
  List<Str> importing;
  /// Set by the first error: whoever sees it returns, with whatever value.
  bool failed = false;
  int depth = 0, calls = 0;

  void fail(const Place& at, Str message, Str remedy = {});
  void note(Severity severity, const Place& at, Str message, Str remedy = {});
  /// Counts work, in steps; false once the sheet takes too many, or too much memory.
  MERIDIAN_INLINE bool step(const Place& at, std::uint64_t steps = 1) {
    work_done += steps * kBytesOfStep;
    return failed || budget.exhausted() ? stop(at) : true;
  }
  /// What step() does at its end: false, after a failure.
  bool stop(const Place& at);
  /// Reads a sheet's text into the arena, converted when it is indented.
  Sheet* sheet(Str path, Str text, bool indented);
  /// The sheet at `path`, parsed once; nullptr after a failure.
  Block* import(const Place& at, Str path);
  /// Finds the file for an address as libsass does; empty after a failure.
  Str resolve(const Place& at, Str address);
  /// The files that an address may mean, seen from the sheet `from`.
  List<Str> find(Str from, Str address);
  Str copy(const Text& text) { return arena.copy(text.str()); }
  /// Whether a text of this size may be made; a failure otherwise.
  bool may_make(const Place& at, std::size_t size);
  /// Whether a number may have these units.
  bool may_have(const Place& at, const Units* units);
};

/// Counts a level of recursion while it lives.
class Deeper {
 public:
  Deeper(Context& context, const Place& at) : context_(context) {
    if (++context.depth > kMaxDepth) too_deep(at);
  }
  ~Deeper() { context_.depth--; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;

 private:
  void too_deep(const Place& at);
  Context& context_;
};

}  // namespace meridian::sass
