// The ground everything stands on: borrowed strings, the arena, the one growing text, sorting,
// and what is said when an author's file is wrong. Knows nothing of templates, Markdown or sites.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <new>

#include "meridian/str.h"

namespace meridian {

/// Stops the program: our code is wrong, or memory is used up. In wasm the shell throws the
/// instance away and makes a new one from the files it keeps.
[[noreturn]] void fatal();

#ifdef NDEBUG
#define MERIDIAN_ASSERT(condition) ((void)0)
#else
#define MERIDIAN_ASSERT(condition) ((condition) ? (void)0 : ::meridian::fatal())
#endif

/// For small functions of a class that are called in many places, where the compiler would copy
/// their code to each.
#define MERIDIAN_NOINLINE __attribute__((noinline))

// ---- limits of memory and work
// ------------------------------------------------------------------------------
//
// memory_held, max_memory, limits and work_done are variables of the process. Memory belongs to the
// process, so what all sites and texts hold together is what has to be compared with it; and what
// counts (every comparison of strings, every block of an arena) is called without a context at
// hand, so that a pointer to one would be an argument of each of these calls. The core has no
// threads: one instance of the module, or one run of the command, renders one page at a time.
// max_memory and limits are set before the first file comes, and not after.

/// Bytes that all arenas, texts and files hold now.
inline std::size_t memory_held = 0;
/// What they may hold before the work that fills them stops with an error. Half of wasm's gigabyte:
/// one growing list may double what is held, and the module's allocator rounds up. A host that has
/// more memory may raise it at its start.
inline std::size_t max_memory = std::size_t(512) << 20;
/// Reading files may take three quarters of it, so that a page can still say what is wrong with one
/// that is too much.
inline bool may_read_on() { return memory_held <= max_memory / 4 * 3; }
/// Diagnostic for a file that was not read because memory ran low.
inline constexpr char kNoMemoryLeft[] = "this takes more than the memory that is left";
inline constexpr char kReadLess[] = "split the file, or use less of it on one page";

/// An upper bound, and the diagnostic when it is exceeded.
struct Limit {
  std::size_t most;
  const char* message;
};
/// What is taken on beside max_memory. These are for a trusted author's files; a host that takes
/// anybody's sets others at its start (use_untrusted_limits() in live.h).
struct Limits {
  /// Bytes of a source that is rendered: what a browser can hold several times over.
  Limit source{std::size_t(16) << 20, "the file is larger than 16 MB"};
  /// Bytes of all files: half of max_memory, which leaves as much for what is made of them.
  Limit files{std::size_t(256) << 20, "the site's files are more than half of the memory there is"};
  /// Bytes of one page, or of one string on it.
  Limit output{std::size_t(64) << 20, "a text on the page has more than 64 MB"};
  /// Signs of one text at which Markdown may begin something, line breaks twice. Each can take some
  /// 300 bytes: a large file of nothing else would need more memory than there is.
  Limit marks{2'500'000,
              "more than 2.5 million marks of Markdown, or than the memory that is left"};
  /// Of a template: nodes rendered, items looped over or filtered, and all other work_done.
#ifdef MERIDIAN_FUZZ  // a fuzzer has no time for loops that are merely long
  Limit steps{100'000, "the page takes too many steps to render"};
#else
  Limit steps{100'000'000, "the page takes too many steps to render"};
#endif
};
inline Limits limits;

/// Bytes that were compared, searched or hashed, and kBytesOfStep for each step of a template and
/// each item of a list that was walked over: what a render has done so far is counted here,
/// whatever called for it.
inline std::uint64_t work_done = 0;
constexpr unsigned kBytesOfStep = 16, kBytesOfItem = 4;

/// Bump allocator: things made in it live until reset() or its end, and die together without
/// destructors. What outlives a render (files, parsed templates, data) has an arena of its own.
class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() { reset(); }

  /// Uninitialised bytes, aligned to 8.
  MERIDIAN_SMALL void* alloc(std::size_t bytes) {
    bytes = (bytes + 7) & ~std::size_t(7);
    if (std::size_t(end_ - at_) < bytes) return alloc_block(bytes);
    at_ += bytes;
    return at_ - bytes;
  }
  /// Gives everything back.
  void reset();
  Str copy(const char* data, std::size_t size);
  Str copy(Str s) { return copy(s.data(), s.size()); }
  /// The parts one after the other, in the arena.
  Str join(std::initializer_list<Str> parts);
  MERIDIAN_SMALL Str join(Str a, Str b, Str c = {}, Str d = {}) { return join({a, b, c, d}); }

  /// A value-initialised T, which must not need its destructor.
  template <class T, class... A>
  T* make(A&&... arguments) {
    return new (alloc(sizeof(T))) T{static_cast<A&&>(arguments)...};
  }

 private:
  struct Block {
    Block* next;
    std::size_t size;
  };
  void* alloc_block(std::size_t bytes);

  Block* blocks_ = nullptr;
  char* at_ = nullptr;
  char* end_ = nullptr;
  std::size_t next_size_ = 1024;  ///< of blocks, which grow: most arenas are a small file's
};

/// A growing array of trivially copyable things in an arena; the outgrown block stays behind until
/// the arena's reset. Copies share the items (and must not both grow).
struct ListBase {
  std::uint32_t size = 0, capacity = 0;
  void* data = nullptr;
  /// Makes room for one more item of `item` bytes and returns its address.
  void* extend(Arena& arena, std::size_t item);
  /// Copies an item to the end; it may lie in the list, as an outgrown block stays as it is.
  void* append(Arena& arena, const void* item, std::size_t item_size);
};
template <class T>
struct List : ListBase {
  T& add(Arena& arena, const T& item) { return *static_cast<T*>(append(arena, &item, sizeof(T))); }
  T* begin() const { return static_cast<T*>(data); }
  T* end() const { return begin() + size; }
  T& operator[](std::uint32_t i) const {
    MERIDIAN_ASSERT(i < size);
    return begin()[i];
  }
  T& back() const { return begin()[size - 1]; }
  bool empty() const { return size == 0; }
};

/// Append-only text on the heap: the one growing buffer of the core. Freed at its end of life.
class Text {
 public:
  /// A text ends here, and what is added to it then is dropped: twice the largest output, so that
  /// whoever asks for the size afterwards finds that it is too much.
  static constexpr std::size_t kMax = std::size_t(128) << 20;

  Text() = default;
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;
  ~Text();

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
  bool full() const { return size_ == kMax; }
  char back() const { return size_ ? data_[size_ - 1] : '\0'; }
  void truncate(std::size_t size) { size_ = size < size_ ? size : size_; }
  void insert(std::size_t at, Str s);
  /// Bytes `begin` to `end` become `s`.
  void replace(std::size_t begin, std::size_t end, Str s);
  void reserve(std::size_t size);
  /// `size` more bytes for the caller to write; nullptr when they are too many. The caller may
  /// write up to kWordBytes - 1 beyond them, which don't count: so texts are copied in words,
  /// whatever their size.
  MERIDIAN_SMALL char* extend(std::size_t size) {
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

/// Sorts `count` items of `size` bytes in place, stably, by merging; O(n log n) whatever the order.
/// `less(a, b, context)` tells whether *a must come before *b.
void stable_sort(void* items, std::size_t count, std::size_t size,
                 bool (*less)(const void*, const void*, void*), void* context);
template <class T, class Less>
void stable_sort(T* items, std::size_t count, Less less) {
  stable_sort(
      items, count, sizeof(T),
      [](const void* a, const void* b, void* f) {
        return (*static_cast<Less*>(f))(*static_cast<const T*>(a), *static_cast<const T*>(b));
      },
      &less);
}

// ---- where things came from, and what is wrong with them ----

/// A file as the core sees it. Both views outlive whatever was parsed from them.
struct Source {
  Str path;  ///< from the site's root, with `/`, without a leading one: `_includes/head.html`
  Str text;
};

/// Tells for each piece of a generated text from which source it came. Segments lie in order of
/// `begin`; each reaches to the next one's begin.
struct Segment {
  std::uint32_t begin;   ///< byte offset in the generated text
  std::uint32_t offset;  ///< byte offset in the source
  const Source* source;  ///< nullptr: made up
  bool verbatim;  ///< copied byte for byte (offsets run along), else computed by what stands at
                  ///< `offset`
};
struct SourceMap {
  List<Segment> segments;
  static void add(SourceMap& map, Arena& arena, const Segment& segment);
  /// What makes output calls this: a program that makes no SourceMap does without the code behind
  /// it.
  void (*record)(SourceMap& map, Arena& arena, const Segment& segment) = add;
  /// Source and offset of byte `at` of the generated text; null source when it is not known.
  const Source* find(std::size_t at, std::size_t& offset) const;
};

enum class Severity : std::uint8_t { Info, Warning, Error };

/// Something an author can mend. All strings live in the arena of the Diagnostics that holds it.
struct Diagnostic {
  Severity severity = Severity::Error;
  Str file;
  std::uint32_t line = 0,
                column =
                    0;  ///< from 1, columns in characters (a tab is one); 0: the file as a whole
  Str message;          ///< what is wrong, one sentence without a full stop
  Str remedy;           ///< what to do about it, may be empty
  Str excerpt;          ///< the line at fault, without its newline
};

/// Collects diagnostics in the order they are found. The same message at the same place is kept
/// once, and no more than kMax in all, so that hostile input can't make reports the bulk of the
/// work; the last place is kept for an error.
class Diagnostics {
 public:
  static constexpr std::uint32_t kMax = 200;
  static constexpr std::size_t kMaxExcerpt =
      200;  ///< bytes; a minified file has lines of megabytes

  explicit Diagnostics(Arena& arena) : arena_(arena) {}
  /// Line, column and excerpt are found from the byte `offset` in the source.
  void add(Severity severity, const Source& source, std::size_t offset, Str message,
           Str remedy = {});
  /// About a file as a whole.
  void add(Severity severity, Str file, Str message, Str remedy = {});
  void add(const Diagnostic& diagnostic);
  void clear() { list_ = {}; }

  bool has_errors() const;
  const Diagnostic* begin() const { return list_.begin(); }
  const Diagnostic* end() const { return list_.end(); }
  std::uint32_t size() const { return list_.size; }
  Arena& arena() { return arena_; }

 private:
  bool takes(Severity severity) const;

  Arena& arena_;
  List<Diagnostic> list_;
};

/// As a compiler prints it: `file:line:column: message`, the line, a caret, the remedy.
void print(const Diagnostic& diagnostic, Text& out);

/// Line and column (both from 1, columns in characters) of byte `offset`.
void locate(Str text, std::size_t offset, std::uint32_t& line, std::uint32_t& column);

}  // namespace meridian
