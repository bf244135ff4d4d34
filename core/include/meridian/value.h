// The dynamic value of templates and data. Sixteen bytes, copied freely; strings, arrays and maps
// live in an arena and are shared by all copies. Nothing is freed one by one. Equality and printing
// are Ruby's.
#pragma once
#include "meridian/base.h"
#include "meridian/text.h"

namespace meridian {

/// `Empty` and `Blank` are Liquid's literals of that name: equal to anything empty or blank.
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

struct Value {
  Kind kind = Kind::Nil;
  bool utc = false;  // of a Time; of a String: an integer too large for Int, as its digits
  std::int16_t offset_minutes = 0;  // of a Time
  std::uint32_t length = 0;         // bytes of a String, nanoseconds of a Time
  union {
    bool b;
    std::int64_t i;  // also seconds since the epoch of a Date (midnight UTC) or a Time
    double d;
    const char* s;
    Array* a;
    Map* m;
    Drop* drop;
    struct {
      std::int32_t first, last;  // of a Range; both ends included
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
  MERIDIAN_SMALL Value(Drop* x) : kind(Kind::Drop), i(0) {
    drop = x;
  }  // all of `i` is compared, wider than a pointer in wasm
  MERIDIAN_SMALL Value(const meridian::Time& t)
      : kind(Kind::Time),
        utc(t.utc),
        offset_minutes(t.offset_minutes),
        length(std::uint32_t(t.nanoseconds)),
        i(t.seconds) {}
  template <class T>
  Value(T*) = delete;  // a stray pointer must not become a bool

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
  static Value literal(Kind kind) {  // Empty, Blank
    Value v;
    v.kind = kind;
    return v;
  }

  /// An integer from its decimal digits (borrowed): an Int, or beyond 64 bits a String that holds
  /// the digits exactly.
  static Value integer(Str digits);
  bool is_big_integer() const { return kind == Kind::String && utc; }

  bool is(Kind k) const { return kind == k; }
  bool nil() const { return kind == Kind::Nil; }
  MERIDIAN_SMALL bool truthy() const { return kind != Kind::Nil && !(kind == Kind::Bool && !b); }
  bool is_number() const { return kind == Kind::Int || kind == Kind::Float; }
  bool is_string() const { return kind == Kind::String; }
  /// The string, or empty when it is none.
  MERIDIAN_SMALL Str str() const { return is(Kind::String) ? Str(s, length) : Str(); }
  /// The map or array, or nullptr when it is none.
  MERIDIAN_SMALL Map* map() const { return is(Kind::Map) ? m : nullptr; }
  MERIDIAN_SMALL Array* array() const { return is(Kind::Array) ? a : nullptr; }
  meridian::Time time() const {
    return {i, is(Kind::Time) ? std::int32_t(length) : 0, offset_minutes, utc};
  }
};

/// Grows in the arena that it was made in.
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

/// Keeps the order of insertion, as Ruby's Hash. Keys are mostly strings, but YAML also gives
/// numbers, dates, … . Small maps are searched in order, larger ones through a hash index: always
/// O(1) in effect.
struct Map {
  struct Entry {
    Value key, value;
  };
  Arena* arena;
  List<Entry> entries = {};
  std::uint32_t* index = nullptr;  // twice the capacity of entries, of entry number + 1
  std::uint32_t seed = 0;          // of the hash; changes when keys collide too often
  /// nullptr when absent.
  MERIDIAN_NOINLINE Value* find(Str key) const;
  MERIDIAN_SMALL Value* find(const char* literal) const { return find(Str(literal)); }
  Value* find(const Value& key) const;
  /// Nil when absent. Valid until something is added to the map.
  const Value& get(Str key) const;
  MERIDIAN_SMALL const Value& get(const char* literal) const { return get(Str(literal)); }
  /// The value of `key`, added as nil when absent. The key's bytes must live as long as the map.
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

/// A map whose entries are computed when they are asked for: Liquid's drops (`site`, `page`, a
/// document, `forloop`). Lives in an arena; never destroyed.
class Drop {
 public:
  /// Nil when there is no such entry.
  virtual Value get(Str key) = 0;
  /// All entries, for iteration, `jsonify` and printing; nullptr when the drop has no such form.
  virtual Map* to_map() { return nullptr; }
  /// What `{{ drop }}` prints. (Defined here, so that tests with run-time types find Drop's.)
  virtual void print(Text& out) { print_entries(out); }

 protected:
  Drop() = default;
  ~Drop() = default;
  /// The entries as inspect() shows a map.
  void print_entries(Text& out);
};

/// Entry `key` of a map or a drop; nil for everything else.
Value get(const Value& v, Str key);
/// Walks `a.b.c`.
Value dig(const Value& v, Str dotted_path);

bool equal(const Value& a,
           const Value&
               b);  ///< Ruby's ==: 1 == 1.0, "a" != :a, arrays and hashes by content; bounded depth
/// Deep copy into another arena, strings included. Values shared inside stay shared no deeper than
/// kMaxDepth.
Value copy(Arena& arena, const Value& v);

constexpr int kMaxDepth =
    1000;  ///< of nested arrays and maps: deeper data is an author's accident or an attack

/// Arrays and maps that one walk (printing, comparing, copying) visits at most. Shared parts are
/// visited each time they are met, so that a few lines of template (`push` an array to itself)
/// would otherwise grow without end.
constexpr std::uint32_t kMaxNodes = 10000000;

/// Ruby's to_s as Liquid prints it: nil is empty, arrays run together, hashes as inspect, Time as
/// `2020-01-02 03:04:05 +0000`.
void print(const Value& v, Text& out);
/// Ruby's inspect: `{"a"=>1, "b"=>[nil, "x"]}`.
void inspect(const Value& v, Text& out);
/// print() as a string in the arena (a String is returned as it is).
Str to_str(Arena& arena, const Value& v);

// ---- JSON and CSV
// -----------------------------------------------------------------------------------
/// RFC 8259. False with a diagnostic when it is not JSON.
bool parse_json(const Source& source, Arena& arena, Value& out, Diagnostics& diagnostics);
/// As Ruby's JSON.generate (indent 0), or as JSON.pretty_generate; times as to_s, drops by their
/// map.
void print_json(const Value& v, Text& out, int indent = 0);
/// RFC 4180 with a header row: an array of maps, all values strings, as Jekyll reads `_data/*.csv`
/// (and `.tsv` with a tab); an empty field is nil when unquoted, as in Ruby's CSV.
bool parse_csv(const Source& source, char separator, Arena& arena, Value& out,
               Diagnostics& diagnostics);

}  // namespace meridian
