// The base of the core: borrowed strings, the arena allocator, the growing text buffer, sorting,
// and diagnostics about an author's files. It knows nothing of templates, Markdown or sites, and it
// uses no operating system service but malloc.
//
//     Arena arena;                              // owns everything below until its end
//     Diagnostics diagnostics(arena);
//     Source source{"index.md", text};          // borrowed: `text` outlives what is parsed from it
//     diagnostics.add(Severity::Error, source, 42, "unknown filter 'slugfy'",
//                     "did you mean 'slugify'?");
//     Text out;
//     for (const Diagnostic& d : diagnostics) print(d, out);  // index.md:3:5: unknown filter …
//     write(out.str());                         // a view, valid until `out` is changed or
//     destroyed
//
// Strings: `Str` (str.h) borrows bytes. Text is UTF-8; functions that need valid UTF-8 say so. A
// `Str` that a function returns points into the arena or the source that was passed to it, and
// lives as long; where it does not, its comment names the owner.
//
// Ownership: an Arena owns what is made in it. Objects in it are trivially destructible and die
// together in reset(). List, Array and Map live in an arena, too. Text is the only container on the
// heap that frees itself.
//
// Failure: this room knows two kinds. When memory can't be allocated, or an assertion fails,
// fatal() ends the program. When a size limit is reached, the operation stops, keeps what it has
// done, and can be asked: Text::full(), Text::extend() == nullptr, may_read_on(). Nothing here
// throws.
//
// Offsets are bytes from 0. Lines and columns count from 1; columns count characters.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <new>

#include "meridian/str.h"

namespace meridian {

/// Ends the program: an assertion failed or no memory is left. In wasm this is a trap; the shell
/// then discards the instance and makes a new one from the files that it keeps.
[[noreturn]] void fatal();

/// Checks a precondition of our own code, never an author's input. Compiled out with NDEBUG, which
/// all delivered programs define; the sanitizer presets keep it.
#ifdef NDEBUG
#define MERIDIAN_ASSERT(condition) ((void)0)
#else
#define MERIDIAN_ASSERT(condition) ((condition) ? (void)0 : ::meridian::fatal())
#endif

/// For small member functions with many callers: without it the compiler copies their code to each
/// call.
#define MERIDIAN_NOINLINE __attribute__((noinline))

// ---- limits of memory and work ----
//
// memory_held, max_memory, limits, work_done and stack_held are variables of the process, to which
// memory belongs: its bound is compared with what all sites and texts hold. Work is counted by
// functions that have no context (every comparison of strings, every block of an arena); a pointer
// to one would be a further argument of each of these calls. The core has no threads: one instance
// of the module, or one run of the command, renders one page at a time. A host sets max_memory and
// limits before it puts the first file, and not afterwards.

/// Bytes that all arenas, texts and files hold now.
inline std::size_t memory_held = 0;
/// Bytes that they may hold before the work that fills them stops with an error. The default is
/// half of wasm's gigabyte: a list that grows may double what is held, and the module's allocator
/// rounds up. A host that has more memory may raise it at its start.
inline std::size_t max_memory = std::size_t(512) << 20;
/// Whether another file may be read: files may fill three quarters of max_memory, so that memory is
/// left to report a file that is too large.
[[nodiscard]] inline bool may_read_on() { return memory_held <= max_memory / 4 * 3; }
/// Diagnostic and remedy for a file that was not read because may_read_on() is false.
inline constexpr char kNoMemoryLeft[] = "this takes more than the memory that is left";
inline constexpr char kReadLess[] = "split the file, or use less of it on one page";

/// An upper bound, and the diagnostic when it is exceeded. `most` has the unit that the member of
/// Limits names; `message` is a literal.
struct Limit {
  std::size_t most;
  const char* message;
};
/// The bounds beside max_memory. The defaults suit the files of a trusted author; a host that
/// renders files of unknown origin sets lower ones (use_untrusted_limits() in live.h).
struct Limits {
  /// Bytes of one source that is rendered: a browser can hold several copies of it.
  Limit source{std::size_t(16) << 20, "the file is larger than 16 MB"};
  /// Bytes of all files together: half of max_memory. The other half is for what is made of them.
  Limit files{std::size_t(256) << 20, "the site's files are more than half of the memory there is"};
  /// Bytes of one rendered page, or of one string on it.
  Limit output{std::size_t(64) << 20, "a text on the page has more than 64 MB"};
  /// Characters of one text at which Markdown may begin a construct; line breaks count twice. Each
  /// can take some 300 bytes of tree: a large file of nothing else would need more memory than
  /// there is.
  Limit marks{2'500'000,
              "more than 2.5 million marks of Markdown, or than the memory that is left"};
  /// Steps of one render: nodes rendered, items looped over or filtered, and work_done /
  /// kBytesOfStep.
  Limit steps{100'000'000, "the page takes too many steps to render"};
  /// Whether a document that a page shows has those steps for itself: then it does not matter which
  /// page shows it first. Else a page and all that it shows take no longer than one.
  bool steps_of_each = true;
};
/// The bounds in force.
inline Limits limits;

/// Work of the process so far, in bytes compared, searched or hashed. A step of a template counts
/// as kBytesOfStep bytes, an item of a list that is walked over as kBytesOfItem. A render compares
/// it with the value at its start, so that work counts whichever function does it.
inline std::uint64_t work_done = 0;
/// The part of it that does not count for the renders that are under way: of documents that they
/// show (Limits::steps_of_each).
inline std::uint64_t work_of_others = 0;
constexpr unsigned kBytesOfStep = 16, kBytesOfItem = 4;

/// Bytes of the stack that nested templates hold now: each level counts what it takes at most in a
/// module that the browser has not optimised yet. Blocks, includes, and documents that show each
/// other add up, so that each may not have a bound of its own.
inline std::size_t stack_held = 0;
/// Chromium gives a worker 480 KB. The rest is for what the innermost template prints or converts.
constexpr std::size_t kMaxStack = std::size_t(256) << 10;
/// Set when something was nested deeper than that.
inline bool stack_exceeded = false;

/// Bump allocator. What is made in it lives until reset() or the arena's end; all of it dies
/// together and no destructor runs. Allocation is a few instructions; blocks grow from 1 KB to 64
/// KB, and a piece larger than a quarter of a block gets a block of its own. What outlives a render
/// (files, parsed templates, data) has an arena of its own.
///
///     Arena arena;
///     Node* node = arena.make<Node>();
///     Str path = arena.join("_layouts/", name, ".html");
///     arena.reset();  // `node` and `path` are invalid now
class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() { reset(); }

  /// Uninitialised bytes, aligned to 8. Never nullptr: fatal() when malloc fails.
  MERIDIAN_SMALL void* alloc(std::size_t bytes) {
    bytes = (bytes + 7) & ~std::size_t(7);
    if (std::size_t(end_ - at_) < bytes) return alloc_block(bytes);
    at_ += bytes;
    return at_ - bytes;
  }
  /// Frees everything that was made in the arena, which can be used again.
  void reset();
  /// Bytes that it has of the machine.
  std::size_t held() const { return held_; }
  /// The bytes, copied into the arena.
  Str copy(const char* data, std::size_t size);
  Str copy(Str s) { return copy(s.data(), s.size()); }
  /// The parts, concatenated in the arena.
  Str join(std::initializer_list<Str> parts);
  MERIDIAN_SMALL Str join(Str a, Str b, Str c = {}, Str d = {}) { return join({a, b, c, d}); }

  /// The parts, concatenated. A part that this made before is not copied again while it ends (or
  /// begins) where its free bytes are: a loop that makes a text longer takes a few times its size,
  /// not the square of it.
  Str grow(Str first, Str second);
  /// A text, copied but for `old` in it: one of this arena, or that lives as long.
  Str grow_copy(Str old, Str s);

  /// A value-initialised T. Its destructor never runs, so it must not need one.
  template <class T, class... A>
  T* make(A&&... arguments) {
    return new (alloc(sizeof(T))) T{static_cast<A&&>(arguments)...};
  }

 private:
  struct Block {
    Block* next;
    std::size_t size;
  };
  struct Growing;
  void* alloc_block(std::size_t bytes);

  Block* blocks_ = nullptr;
  char* at_ = nullptr;
  char* end_ = nullptr;
  std::size_t held_ = 0;
  Growing* growing_ = nullptr;   ///< made by the first use of grow()
  std::size_t next_size_ = 512;  ///< of blocks, which grow: most arenas are a small file's
};

/// The untyped part of List, so that all lists share one copy of the code.
struct ListBase {
  std::uint32_t size = 0, capacity = 0;
  void* data = nullptr;
  /// Makes room for one more item of `item` bytes and returns its address. Amortised O(1).
  void* extend(Arena& arena, std::size_t item);
  /// Copies an item to the end. The item may lie in the list itself, since an outgrown block stays.
  void* append(Arena& arena, const void* item, std::size_t item_size);
};
/// A growing array of trivially copyable items in an arena. The arena is an argument of each call
/// that adds, so that the list needs no pointer to it; it must be the same one each time. An
/// outgrown block stays in the arena until its reset. A copy of a List shares the items: at most
/// one of the copies may grow. Pointers to items are valid until the next add().
///
///     List<Str> paths;
///     paths.add(arena, "index.md");
///     for (Str path : paths) …
template <class T>
struct List : ListBase {
  T& add(Arena& arena, const T& item) { return *static_cast<T*>(append(arena, &item, sizeof(T))); }
  /// Room for so many items, in an empty list: one that grows leaves what it outgrows.
  void reserve(Arena& arena, std::uint32_t count) {
    data = arena.alloc(count * sizeof(T));
    capacity = count;
  }
  T* begin() const { return static_cast<T*>(data); }
  T* end() const { return begin() + size; }
  T& operator[](std::uint32_t i) const {
    MERIDIAN_ASSERT(i < size);
    return begin()[i];
  }
  T& back() const { return begin()[size - 1]; }
  bool empty() const { return size == 0; }
};

/// Append-only text on the heap: the core's one growing buffer, which frees itself. Appending is
/// amortised O(1) for each byte; insert() and replace() move all bytes behind them. Views from
/// str() are valid until the text is changed or destroyed.
///
///     Text out;
///     out.add("<p>");
///     add_escaped_html(out, title);
///     out.add("</p>\n");
///     if (out.full()) report_limit();
class Text {
 public:
  /// Bytes that a text may have; what is added beyond is dropped. It is twice the largest output
  /// (Limits::output), so that a check of size() afterwards still finds the output too large.
  static constexpr std::size_t kMax = std::size_t(128) << 20;

  Text() = default;
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;
  ~Text();

  /// Appends bytes, a literal, a character, `count` times the same character, a decimal number.
  void add(const char* data, std::size_t size);
  void add(Str s) { add(s.data(), s.size()); }
  MERIDIAN_SMALL void add(const char* literal) { add(Str(literal)); }
  MERIDIAN_SMALL void add(char c) {
    if (size_ == capacity_) reserve(size_ + 1);
    if (size_ < capacity_) data_[size_++] = c;
  }
  void add(std::size_t count, char c);
  void add_int(std::int64_t i);

  Str str() const { return {data_, size_}; }
  char* data() { return data_; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  /// Whether kMax was reached, so that bytes may have been dropped.
  bool full() const { return size_ == kMax; }
  /// The last byte; NUL when the text is empty.
  char back() const { return size_ ? data_[size_ - 1] : '\0'; }
  /// Drops all behind the first `size` bytes; the capacity stays.
  void truncate(std::size_t size) { size_ = size < size_ ? size : size_; }
  /// Inserts `s` at byte `at`, which is at most size(). `s` must not be a view of this text.
  void insert(std::size_t at, Str s);
  /// Replaces bytes `begin` to `end` (both cut to the size) by `s`, which must not be a view of it.
  void replace(std::size_t begin, std::size_t end, Str s);
  /// Makes room for `size` bytes in all.
  void reserve(std::size_t size);
  /// Appends `size` bytes for the caller to write, and returns the first; nullptr, and nothing has
  /// changed, when the text would exceed kMax. The caller may write up to kWordBytes - 1 bytes
  /// beyond them, which don't count: so texts are copied in words whatever their size.
  [[nodiscard]] MERIDIAN_SMALL char* extend(std::size_t size) {
    if (size > capacity_ - size_ && !grow(size)) return nullptr;
    char* end = data_ + size_;
    size_ += size;
    return end;
  }

 private:
  bool grow(std::size_t size);

  char* data_ = nullptr;
  std::size_t size_ = 0, capacity_ = 0;
};

/// Sorts `count` items of `size` bytes in place, stably, by merging: O(n log n) comparisons for
/// every order, O(n) more memory. `less(a, b, context)` tells whether *a comes before *b. Halves
/// are split and merged as glibc's qsort_r does it, so that Jekyll's result is reproduced where an
/// order contradicts itself.
void stable_sort(void* items, std::size_t count, std::size_t size,
                 bool (*less)(const void*, const void*, void*), void* context);
template <class T, class Less>
/// The same with a function object, as in `stable_sort(documents.begin(), documents.size,
/// by_date)`.
void stable_sort(T* items, std::size_t count, Less less) {
  stable_sort(
      items, count, sizeof(T),
      [](const void* a, const void* b, void* f) {
        return (*static_cast<Less*>(f))(*static_cast<const T*>(a), *static_cast<const T*>(b));
      },
      &less);
}

// ---- where things came from, and what is wrong with them ----

/// A file as the core sees it. Both views are borrowed and outlive what is parsed from the file.
struct Source {
  /// From the site's root, with `/`, without a leading one: `_includes/head.html`.
  Str path;
  Str text;
};

/// Maps a piece of a generated text to the source that it came from.
struct Segment {
  /// First byte in the generated text; the piece reaches to the next segment's begin.
  std::uint32_t begin;
  /// Byte offset in the source.
  std::uint32_t offset;
  /// Where it came from; nullptr: generated, by no file.
  const Source* source;
  /// Copied byte for byte, so that offsets advance with it; else computed by what stands at
  /// `offset`.
  bool verbatim;
};
/// The segments of a generated text, in ascending order of `begin`. Liquid fills one when a caller
/// asks for positions, as an editor does.
struct SourceMap {
  List<Segment> segments;
  /// Appends a segment, in the arena. It replaces a last one that has the same `begin`, which was
  /// empty.
  static void add(SourceMap& map, Arena& arena, const Segment& segment);
  /// The function that writers of output call. A pointer, so that a program which makes no
  /// SourceMap links none of the code behind it.
  void (*record)(SourceMap& map, Arena& arena, const Segment& segment) = add;
  /// Source of byte `at` of the generated text, its place there in `offset`; nullptr, and `offset`
  /// as it was, when it is not known. O(log n).
  const Source* find(std::size_t at, std::size_t& offset) const;
};

/// How serious a diagnostic is. With Error, Jekyll would have failed, or content is missing from
/// the page.
enum class Severity : std::uint8_t { Info, Warning, Error };

/// What a diagnostic is about. `meridian check` prints its name (rule_name() of check.h), by which
/// a comment in a file silences it. A new one goes before Count and into kRuleNames.
enum class Rule : std::uint8_t {
  General,
  Liquid,
  Yaml,
  Data,
  FrontMatter,
  Limit,
  MissingLayout,
  DuplicateAddress,
  BadAddress,
  Settings,
  Plugin,
  Place,
  Bibliography,
  StyleSheet,
  Unreadable,
  NoFirstPage,
  // of check.h
  BrokenLink,
  BrokenAnchor,
  MissingFile,
  OutsideBaseurl,
  RedirectLoop,
  MissingAlt,
  DuplicateId,
  HeadingSkip,
  FileCase,
  Portability,
  Encoding,
  UnsetVariable,
  MisspeltKey,
  UnusedKey,
  UnusedInclude,
  IgnoredFile,
  IgnoredDefault,
  PostName,
  PrivateNote,
  Cv,
  StaleManifest,
  UnusedIgnore,
  // of `meridian check --external`: what other hosts answer, which may be otherwise tomorrow
  DeadLink,
  MovedLink,
  UncheckedLink,
  Count
};

/// Severity and rule of a diagnostic that is added. One word: a struct of two would go through
/// memory at each call.
struct Report {
  std::uint16_t bits;
  constexpr Report(Severity severity, Rule rule = Rule::General)
      : bits(std::uint16_t(unsigned(rule) << 8 | unsigned(severity))) {}
  constexpr Severity severity() const { return Severity(bits & 255); }
  constexpr Rule rule() const { return Rule(bits >> 8); }
};

/// A problem in an author's file, with its remedy. Its strings live in the arena of the Diagnostics
/// that holds it.
struct Diagnostic {
  Severity severity = Severity::Error;
  Rule rule = Rule::General;
  Str file;
  /// Both from 1; columns in characters, a tab is one. 0: the file as a whole.
  std::uint32_t line = 0, column = 0;
  /// The problem: one sentence without a full stop.
  Str message;
  /// How to mend it, may be empty.
  Str remedy;
  /// The line at fault without its newline, cut to kMaxExcerpt bytes around the place.
  Str excerpt;
};

/// Collects diagnostics in the order in which they are found. The same message at the same place is
/// kept once. At most kMax are kept, or as many as its maker says, so that hostile input can't make
/// reports the bulk of the work; the last place is kept for an error. Strings that are added are
/// copied into the arena.
class Diagnostics {
 public:
  static constexpr std::uint32_t kMax = 200;
  /// In bytes: a minified file has lines of megabytes.
  static constexpr std::size_t kMaxExcerpt = 200;

  explicit Diagnostics(Arena& arena, std::uint32_t most = kMax) : arena_(arena), most_(most) {}
  /// Adds a diagnostic about the byte `offset` of a source; line, column and excerpt are computed
  /// from it, in time linear in the offset.
  void add(Report report, const Source& source, std::size_t offset, Str message, Str remedy = {});
  /// About a file as a whole.
  void add(Report report, Str file, Str message, Str remedy = {});
  void add(const Diagnostic& diagnostic);
  /// Forgets all; their bytes stay in the arena.
  void clear() { list_ = {}; }
  /// Changes places with those of another list.
  void swap(List<Diagnostic>& others) {
    List<Diagnostic> own = list_;
    list_ = others;
    others = own;
  }
  /// Forgets all but the first ones.
  void truncate(std::uint32_t size) { list_.size = size; }

  /// Whether one of them has Severity::Error. Linear.
  bool has_errors() const;
  const Diagnostic* begin() const { return list_.begin(); }
  const Diagnostic* end() const { return list_.end(); }
  Diagnostic* begin() { return list_.begin(); }
  Diagnostic* end() { return list_.end(); }
  std::uint32_t size() const { return list_.size; }
  /// Whether only an error would be kept from now on.
  bool full() const { return !takes(Severity::Warning); }
  Arena& arena() { return arena_; }

 private:
  /// Whether there is room for one more.
  bool takes(Severity severity) const;

  Arena& arena_;
  std::uint32_t most_;
  List<Diagnostic> list_;
};

/// Prints it as a compiler does: `file:line:column: message`, the line, a caret, the remedy.
void print(const Diagnostic& diagnostic, Text& out);

/// Line and column (from 1, columns in characters) of byte `offset`, which is cut to the size.
/// Linear in the offset.
void locate(Str text, std::size_t offset, std::uint32_t& line, std::uint32_t& column);
/// The line of a text around byte `offset`: Diagnostic::excerpt.
Str line_around(Str text, std::size_t offset);

}  // namespace meridian
