// Writes JSON: objects and lists of texts.
#pragma once
#include "meridian/text.h"

namespace meridian::scholar {

class Json {
 public:
  explicit Json(Text& out) : out_(out) {}
  void begin(char bracket) {
    separate();
    out_.add(bracket);
    first_ = true;
  }
  void end(char bracket) {
    out_.add(bracket);
    first_ = false;
  }
  void text(Str s);
  void number(std::int64_t n) {
    separate();
    out_.add_int(n);
  }
  /// The key of what comes next, from up to three parts.
  void key(Str a, Str b = {}, Str c = {});
  void field(Str name, Str value) {
    key(name);
    text(value);
  }

 private:
  void separate() {
    if (!first_) out_.add(',');
    first_ = false;
  }
  void escaped(Str s);

  Text& out_;
  bool first_ = true;
};

/// Depth of objects in each other that are read; what lies deeper is passed over.
constexpr int kMaxJsonDepth = 4;

/// Reads JSON that the core printed: calls `found` with the path of each text, number or boolean,
/// `path.key.key`, and with lists of them as their items with commas between. Stops where it is no
/// JSON. Linear.
template <class Found>
void read_json(Arena& arena, Str json, Str path, Found found);

/// The steps of read_json().
class JsonReader {
 public:
  JsonReader(Arena& arena, Str json) : arena_(arena), s_(json) {}
  /// The next character that is no space.
  char next();
  /// A text, with its escapes replaced, or a number, `true`, `false`; without an address for null.
  Str scalar();
  /// A list of those, with commas between; nested values are passed over.
  Str list();
  void pass_over();
  bool take(char c);

 private:
  Arena& arena_;
  Str s_;
  std::size_t at_ = 0;
};

template <class Found>
void read_object(Arena& arena, JsonReader& reader, Str path, int depth, Found& found) {
  while (reader.take('{') || reader.take(',')) {
    if (reader.next() != '"') break;
    Str name = arena.join(path, ".", reader.scalar());
    if (!reader.take(':')) break;
    char c = reader.next();
    if (c == '{' && depth < kMaxJsonDepth)
      read_object(arena, reader, name, depth + 1, found);
    else if (c == '{')
      reader.pass_over();
    else if (Str text = c == '[' ? reader.list() : reader.scalar(); text.data())
      found(name, text);
  }
  reader.take('}');
}

template <class Found>
void read_json(Arena& arena, Str json, Str path, Found found) {
  JsonReader reader(arena, json);
  if (reader.next() == '[')
    found(path, reader.list());
  else
    read_object(arena, reader, path, 0, found);
}

}  // namespace meridian::scholar
