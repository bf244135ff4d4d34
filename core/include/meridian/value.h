// The dynamic value of templates and data: front matter, `_data` files, Liquid's variables.
//
//     Arena arena;
//     Diagnostics diagnostics(arena);
//     Value v;
//     if (!parse_json({"a.json", R"({"tags": ["x", "y"]})"}, arena, v, diagnostics)) return;
//     for (const Value& tag : *get(v, "tags").array()) print(tag, out);   // xy
//     Map* page = make_map(arena);
//     page->set("title", "About");
//     page->set("data", v);                                               // shares v's map
//     print_json(Value(page), out);   // {"title":"About","data":{"tags":["x","y"]}}
//
// A Value has sixteen bytes and is copied freely. Nil, Bool, Int, Float, Range, Date and Time are
// copied with it. String, Array, Map and Drop are pointers: the bytes, items and entries live in an
// arena (or are a literal's) and are shared by all copies of the Value, so that a change to an
// array shows in each of them. Nothing is freed one by one, and no value keeps an arena alive: a
// Value that outlives a render must not point into the render's arena (copy() moves one).
//
// Semantics are Ruby's, because Jekyll's templates depend on them: truthiness, ==, to_s, inspect,
// the order of a Hash's entries. Walks over nested values are bounded by kMaxDepth and kMaxNodes.
//
// Failure: look-ups never fail; what is absent is nil or nullptr. Parsers return false, add a
// diagnostic of severity error, and leave in `out` what their comment says.
#pragma once
#include "meridian/base.h"
#include "meridian/text.h"

namespace meridian {

/// The kinds of values. `Empty` and `Blank` are Liquid's literals of those names: equal to anything
/// that is empty or blank. Comparisons rely on their place at the end.
enum class Kind : std::uint8_t {
  Nil,
  Bool,
  Int,
  Float,
  String,
  Array,
  Map,
  Range,
  Date,
  Time,
  Drop,
  Empty,
  Blank
};

struct Array;
struct Map;
class Drop;

/// One value. Read `kind` before a member of the union, or use the accessors, which return an empty
/// string, nullptr or false when the kind is another.
struct Value {
  Kind kind = Kind::Nil;
  /// Of a Time: Ruby's Time#utc?. Of a String: it is an integer too large for Int, as its digits.
  bool utc : 1 = false;
  /// Of a Time: the clock's offset, east of UTC; seconds beyond the minutes.
  std::int8_t offset_seconds : 7 = 0;
  std::int16_t offset_minutes = 0;
  /// Bytes of a String, nanoseconds of a Time.
  std::uint32_t length = 0;
  union {
    /// By kind: Bool; Int, also seconds since the epoch of a Date (at midnight UTC) and of a Time;
    /// Float; String (not terminated by a NUL), Array, Map, Drop.
    bool b;
    std::int64_t i;  // also seconds since the epoch of a Date (midnight UTC) or a Time
    double d;
    const char* s;
    Array* a;
    Map* m;
    Drop* drop;
    struct {
      /// Of a Range: both ends are included.
      std::int32_t first, last;
    } range;
  };

  constexpr Value() : i(0) {}
  Value(std::nullptr_t) : i(0) {}
  MERIDIAN_SMALL Value(bool x) : kind(Kind::Bool), i(0) { b = x; }
  Value(int x) : kind(Kind::Int), i(x) {}
  Value(std::int64_t x) : kind(Kind::Int), i(x) {}
  Value(double x) : kind(Kind::Float), d(x) {}
  /// The bytes are borrowed and must live as long as the value. Strings over 4 GB are cut.
  MERIDIAN_SMALL Value(Str x) : kind(Kind::String), length(std::uint32_t(x.size())), s(x.data()) {}
  Value(const char* literal) : Value(Str(literal)) {}
  MERIDIAN_SMALL Value(Array* x) : kind(Kind::Array), a(x) {}
  MERIDIAN_SMALL Value(Map* x) : kind(Kind::Map), m(x) {}
  /// Sets all of `i`, which is wider than a pointer in wasm and is compared as a whole.
  MERIDIAN_SMALL Value(Drop* x) : kind(Kind::Drop), i(0) {
    drop = x;
  }  // all of `i` is compared, wider than a pointer in wasm
  MERIDIAN_SMALL Value(const meridian::Time& t)
      : kind(Kind::Time),
        utc(t.utc),
        offset_seconds(t.offset_seconds),
        offset_minutes(t.offset_minutes),
        length(std::uint32_t(t.nanoseconds)),
        i(t.seconds) {}
  template <class T>
  /// A pointer to anything else must not become a Bool.
  Value(T*) = delete;

  /// A Date; `seconds` since the epoch, at midnight UTC.
  static Value date(std::int64_t seconds) {
    Value v(seconds);
    v.kind = Kind::Date;
    return v;
  }
  static Value make_range(std::int32_t first, std::int32_t last) {
    Value v;
    v.kind = Kind::Range;
    v.range.first = first;
    v.range.last = last;
    return v;
  }
  /// Liquid's `empty` (Kind::Empty) or `blank` (Kind::Blank).
  static Value literal(Kind kind) {
    Value v;
    v.kind = kind;
    return v;
  }

  /// An integer from its decimal digits with an optional sign, which are borrowed: an Int, or,
  /// beyond 64 bits, a String that holds the digits exactly (is_big_integer()).
  static Value integer(Str digits);
  bool is_big_integer() const { return kind == Kind::String && utc; }

  bool is(Kind k) const { return kind == k; }
  bool nil() const { return kind == Kind::Nil; }
  /// Liquid's truth: everything but nil and false.
  MERIDIAN_SMALL bool truthy() const { return kind != Kind::Nil && !(kind == Kind::Bool && !b); }
  bool is_number() const { return kind == Kind::Int || kind == Kind::Float; }
  bool is_string() const { return kind == Kind::String; }
  /// The string's bytes; empty, without an address, for every other kind.
  MERIDIAN_SMALL Str str() const { return is(Kind::String) ? Str(s, length) : Str(); }
  /// The map or the array; nullptr for every other kind.
  MERIDIAN_SMALL Map* map() const { return is(Kind::Map) ? m : nullptr; }
  MERIDIAN_SMALL Array* array() const { return is(Kind::Array) ? a : nullptr; }
  /// The point in time of a Date or a Time.
  meridian::Time time() const {
    return {i, is(Kind::Time) ? std::int32_t(length) : 0, offset_minutes, offset_seconds, utc};
  }
};

/// A growing list of values. It grows in the arena that it was made in, and is shared by all Values
/// that point to it. Pointers to items are valid until the next push().
struct Array {
  Arena* arena;
  List<Value> items = {};
  void push(const Value& v) { items.add(*arena, v); }
  std::uint32_t size() const { return items.size; }
  Value& operator[](std::uint32_t i) const { return items[i]; }
  Value* begin() const { return items.begin(); }
  Value* end() const { return items.end(); }
};
inline Array* make_array(Arena& arena) { return arena.make<Array>(&arena); }
/// The items of both lists, in an array of its own; Arena::grow() says when they are not copied.
Array* grow_array(Arena& arena, const List<Value>& first, const List<Value>& second);

/// Ruby's Hash: keeps the order of insertion. Keys are mostly strings; YAML also has numbers, dates
/// and others. Small maps are searched in order, larger ones by a hash index whose seed changes
/// when keys collide, so that find() and set() are O(1) on average also for hostile keys. Pointers
/// to values are valid until an entry is added. There is no removal.
struct Map {
  struct Entry {
    Value key, value;
  };
  Arena* arena;
  List<Entry> entries = {};
  /// Twice the capacity of `entries`: numbers of entries + 1, 0 for a free slot. nullptr while
  /// small.
  std::uint32_t* index = nullptr;
  /// Of the hash; changed when keys collide too often.
  std::uint32_t seed = 0;
  /// The value of a key; nullptr when there is no such entry. Keys are compared as by Ruby's eql?:
  /// 1 is not 1.0, and the string "1" is neither.
  MERIDIAN_NOINLINE Value* find(Str key) const;
  MERIDIAN_SMALL Value* find(const char* literal) const { return find(Str(literal)); }
  Value* find(const Value& key) const;
  /// The value of a key; nil when there is no such entry.
  const Value& get(Str key) const;
  MERIDIAN_SMALL const Value& get(const char* literal) const { return get(Str(literal)); }
  /// The value of a key, which is added with nil when absent. The key's bytes must live as long as
  /// the map; they are not copied.
  Value& set(const Value& key);
  Value& set(Str key) { return set(Value(key)); }
  MERIDIAN_SMALL Value& set(const char* literal) { return set(Value(literal)); }
  MERIDIAN_SMALL void set(Str key, const Value& v) { set(Value(key)) = v; }
  MERIDIAN_SMALL void set(const char* literal, const Value& v) { set(Str(literal), v); }
  std::uint32_t size() const { return entries.size; }
  Entry* begin() const { return entries.begin(); }
  Entry* end() const { return entries.end(); }
};
inline Map* make_map(Arena& arena) { return arena.make<Map>(&arena); }

/// A map whose entries are computed when they are requested: Liquid's drops (`site`, `page`, a
/// document, `forloop`). Lives in an arena and is never destroyed. To make one, derive from it and
/// override get(); override to_map() when templates may iterate over it.
class Drop {
 public:
  /// The entry of a key; nil when there is none.
  virtual Value get(Str key) = 0;
  /// All entries, for iteration, `jsonify` and printing; nullptr when the drop has no such form.
  virtual Map* to_map() { return nullptr; }
  /// What iteration takes instead of the entries: Jekyll's drops yield their keys. nullptr: the
  /// drop is a hash in Ruby, which yields pairs.
  virtual Array* keys() { return nullptr; }
  /// The same for JSON, inside so many lists and maps.
  virtual Map* to_json(std::uint32_t) { return to_map(); }
  /// Prints it as `{{ drop }}` does. (Defined in the class, so that tests with run-time type
  /// information find Drop's.)
  virtual void print(Text& out) { print_entries(out); }
  /// Prints it as Ruby's inspect does, in a list.
  virtual void inspect(Text& out) { print(out); }

 protected:
  Drop() = default;
  ~Drop() = default;
  /// Prints the entries as inspect() prints a map; nothing when to_map() is nullptr.
  void print_entries(Text& out);
};

/// The entry `key` of a map or a drop; nil for every other kind.
Value get(const Value& v, Str key);
/// The value at a path of keys such as "a.b.c"; nil when a part is absent.
Value dig(const Value& v, Str dotted_path);

/// Ruby's ==: 1 == 1.0, arrays and maps by content, Liquid's empty and blank by what they stand
/// for. Values nested deeper than kMaxDepth are unequal. Linear in the nodes.
bool equal(const Value& a, const Value& b);
/// Deep copy into another arena, strings included; a Drop stays the same pointer. A part that is
/// shared is copied each time it is met; what lies beyond kMaxDepth or kMaxNodes becomes nil.
Value copy(Arena& arena, const Value& v);

/// Of nested arrays and maps: deeper data is an author's accident or an attack.
constexpr int kMaxDepth = 1000;

/// Arrays and maps that one walk (printing, comparing, copying) visits at most. A shared part is
/// visited each time it is met, so that a few lines of template (`push` an array to itself) would
/// otherwise grow without end.
constexpr std::uint32_t kMaxNodes = 10000000;

/// Ruby's to_s as Liquid prints it: nothing for nil, the items of an array one after the other,
/// maps as by inspect(), a Time as `2020-01-02 03:04:05 +0000`.
void print(const Value& v, Text& out);
/// Ruby's inspect: `{"a"=>1, "b"=>[nil, "x"]}`.
void inspect(const Value& v, Text& out);
/// The bytes that print() writes: a String's own, anything else's in the arena.
Str to_str(Arena& arena, const Value& v);

// ---- JSON and CSV ----
/// Parses JSON (RFC 8259); strings of `out` point into the source or the arena. False with a
/// diagnostic, and `out` nil, when it is not JSON. Linear.
[[nodiscard]] bool parse_json(const Source& source, Arena& arena, Value& out,
                              Diagnostics& diagnostics);
/// Writes JSON as Ruby's JSON.generate does, or with an `indent` as JSON.pretty_generate; times as
/// to_s, drops by their map.
void print_json(const Value& v, Text& out, int indent = 0);
/// Parses RFC 4180 with a header row into an array of maps whose values are strings, as Jekyll
/// reads `_data/*.csv` (and `.tsv` with a tab). An empty field is nil when unquoted, as in Ruby's
/// CSV. Of columns with the same name the first one counts. False with a diagnostic, and `out` nil,
/// when a quote is misplaced or not closed, rows lack more than a million fields in all, or memory
/// is low; the first two are known before anything is allocated.
/// With `begins`, which get the offset of each row, it reads as pandas.read_csv does: a quote
/// inside a field is text, as is what follows a closing one, and there are no empty rows. Linear.
[[nodiscard]] bool parse_csv(const Source& source, char separator, Arena& arena, Value& out,
                             Diagnostics& diagnostics, List<std::uint32_t>* begins = nullptr);

}  // namespace meridian
