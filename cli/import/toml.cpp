#include "toml.h"

#include <unordered_map>

#include "toml_values.h"

namespace meridian::cli::hugo {

namespace {
/// As JSON's; it bounds our recursion, and that of all who walk over the values.
constexpr int kMaxNesting = 100;

/// How a table came to be, which tells what may still be added to it.
enum class Origin { Implied, Header, Dotted, Inline };

class Reader {
 public:
  Reader(const Source& source, std::size_t offset, std::size_t size, Arena& arena,
         Diagnostics& diagnostics)
      : source_(source),
        s_(source.text.substr(0, offset + size)),
        arena_(arena),
        diagnostics_(diagnostics),
        at_(offset) {}

  bool document(Value& out) {
    Map* root = make_map(arena_);
    out = table_ = root;
    Str bytes = s_.substr(at_);
    if (std::size_t bad = find_invalid_utf8(bytes); bad != Str::npos) {
      at_ += bad;
      return fail("TOML is UTF-8, and this byte is not", "save the file as UTF-8");
    }
    if (starts_with(bytes, "\xEF\xBB\xBF")) at_ += 3;
    while (skip_blank_lines()) {
      if (here() == '[' ? !header(root) : !pair(table_)) return false;
      if (!line_end()) return false;
    }
    return at_ == s_.size();
  }

 private:
  bool fail(const char* message, const char* remedy = "") {
    if (!failed_) diagnostics_.add({Severity::Error, Rule::Data}, source_, at_, message, remedy);
    failed_ = true;
    return false;
  }

  char here() const { return char_at(s_, at_); }
  void skip_spaces() {
    while (is_one_of(here(), " \t")) at_++;
  }
  bool newline() {
    std::size_t size = here() == '\n' ? 1 : here() == '\r' && char_at(s_, at_ + 1) == '\n' ? 2 : 0;
    at_ += size;
    return size > 0;
  }
  /// A control character other than a tab, which may stand nowhere.
  static bool is_control(char c) {
    return (static_cast<unsigned char>(c) < ' ' && c != '\t') || c == '\x7f';
  }
  bool comment() {
    if (here() != '#') return true;
    while (at_ < s_.size() && here() != '\n' && !(here() == '\r' && char_at(s_, at_ + 1) == '\n')) {
      if (is_control(here())) return fail("a comment holds a control character", "delete it");
      at_++;
    }
    return true;
  }
  /// Blanks, comments and ends of lines; false when a comment is wrong.
  bool skip_lines() {
    do {
      skip_spaces();
      if (!comment()) return false;
    } while (newline());
    return true;
  }
  bool skip_blank_lines() { return skip_lines() && at_ < s_.size(); }
  bool line_end() {
    skip_spaces();
    if (!comment()) return false;
    return at_ == s_.size() || newline() ||
           fail("something follows the value on its line", "put each key on a line of its own");
  }

  // ---- keys and tables

  bool key_part(Str& out) {
    if (here() == '"') return basic(out);
    if (here() == '\'') return literal(out);
    std::size_t begin = at_;
    while (is_alnum(here()) || is_one_of(here(), "_-")) at_++;
    out = slice(s_, begin, at_);
    return !out.empty() || fail("a key is missing", "write key = value");
  }

  /// `a."b".c`: the parts but the last go into `above`.
  bool key(List<Str>& above, Str& last) {
    for (;;) {
      skip_spaces();
      if (!key_part(last)) return false;
      skip_spaces();
      if (here() != '.') return true;
      at_++;
      above.add(arena_, last);
      if (above.size > std::uint32_t(kMaxNesting)) return too_deep();
    }
  }

  bool too_deep() { return fail("TOML is nested deeper than 100 levels", "use fewer levels"); }
  bool twice() { return fail("this key is defined already", "remove one of the two"); }

  Map* new_table(Origin origin) {
    Map* map = make_map(arena_);
    origins_[map] = origin;
    return map;
  }

  /// The table at a key, which is made when it is not there; nullptr after an error.
  Map* descend(Map* table, Str name, Origin origin) {
    Value* found = table->find(name);
    if (!found) {
      Map* made = new_table(origin);
      table->set(name, Value(made));
      return made;
    }
    Array* array = found->array();
    if (array && origin == Origin::Implied && tables_.count(array))
      return array->items.back().map();
    Map* map = found->map();
    Origin was = map ? origins_[map] : Origin::Inline;
    bool closed = was == Origin::Inline || (origin == Origin::Dotted && was == Origin::Header);
    if (closed) twice();
    return closed ? nullptr : map;
  }

  bool header(Map* root) {
    std::size_t begin = at_++;
    bool array = here() == '[';
    at_ += array;
    List<Str> above;
    Str last;
    if (!key(above, last)) return false;
    if (here() != ']' || (array && char_at(s_, at_ + 1) != ']'))
      return fail("the bracket of a table is not closed", "write [name], or [[name]] for a list");
    std::size_t end = at_ + 1 + array;
    at_ = begin;  // where the errors are
    depth_ = int(above.size) + 1 + array;
    Map* table = root;
    for (Str name : above)
      if (table = descend(table, name, Origin::Implied); !table) return false;
    if (array ? !append(table, last) : !open(table, last)) return false;
    at_ = end;
    return true;
  }

  bool open(Map* above, Str name) {
    Value* found = above->find(name);
    if (!found) {
      above->set(name, Value(table_ = new_table(Origin::Header)));
      return true;
    }
    Map* map = found->map();
    if (!map || origins_[map] != Origin::Implied) return twice();
    origins_[map] = Origin::Header;
    table_ = map;
    return true;
  }

  bool append(Map* above, Str name) {
    Value& place = above->set(Value(name));
    if (place.nil()) {
      Array* made = make_array(arena_);
      tables_[made] = true;
      place = made;
    }
    Array* array = place.array();
    if (!array || !tables_.count(array)) return twice();
    table_ = new_table(Origin::Header);
    array->push(Value(table_));
    return true;
  }

  bool pair(Map* table) {
    std::size_t begin = at_;
    List<Str> above;
    Str last;
    if (!key(above, last)) return false;
    if (here() != '=') return fail("= is missing behind a key", "write key = value");
    std::size_t value_at = at_ + 1;
    at_ = begin;
    for (Str name : above)
      if (table = descend(table, name, Origin::Dotted); !table) return false;
    if (table->find(last)) return twice();
    at_ = value_at;
    skip_spaces();
    Value item;
    depth_ += int(above.size);
    bool ok = value(item);
    depth_ -= int(above.size);
    if (ok) table->set(last, item);
    return ok;
  }

  // ---- values

  bool value(Value& out) {
    if (!may_read_on()) return fail(kNoMemoryLeft, kReadLess);
    Str text;
    switch (here()) {
      case '[': return array(out);
      case '{': return inline_table(out);
      case '"': {
        bool long_one = s_.substr(at_, 3) == "\"\"\"";
        if (long_one ? !long_basic(text) : !basic(text)) return false;
        break;
      }
      case '\'': {
        bool long_one = s_.substr(at_, 3) == "'''";
        if (long_one ? !long_literal(text) : !literal(text)) return false;
        break;
      }
      default: return word(out);
    }
    out = text;
    return true;
  }

  bool word(Value& out) {
    auto is_part = [&](std::size_t at) {
      char c = char_at(s_, at);
      return is_alnum(c) || is_one_of(c, "+-_.:");
    };
    std::size_t end = at_;
    while (is_part(end)) end++;
    // A blank between a date and a time.
    constexpr std::size_t kDate = 10;
    if (end - at_ == kDate && char_at(s_, at_ + 4) == '-' && char_at(s_, end) == ' ' &&
        is_digit(char_at(s_, end + 1)))
      for (end++; is_part(end);) end++;
    if (!read_toml_word(slice(s_, at_, end), arena_, out))
      return fail("this is no value of TOML",
                  "texts stand in quotes, numbers have no leading zero, and a time has seconds");
    at_ = end;
    return true;
  }

  bool array(Value& out) {
    if (++depth_ > kMaxNesting) return too_deep();
    Array* items = make_array(arena_);
    at_++;
    for (;;) {
      if (!skip_lines()) return false;
      if (here() == ']') break;
      Value item;
      if (!value(item)) return false;
      items->push(item);
      if (!skip_lines()) return false;
      if (here() == ']') break;
      if (here() != ',') return fail("a comma or ] is missing in a list", "close the list with ]");
      at_++;
    }
    at_++;
    depth_--;
    out = items;
    return true;
  }

  bool inline_table(Value& out) {
    if (++depth_ > kMaxNesting) return too_deep();
    Map* table = new_table(Origin::Dotted);
    at_++;
    skip_spaces();
    if (here() != '}') do {
        skip_spaces();
        if (!pair(table)) return false;
        skip_spaces();
      } while (here() == ',' && ++at_);
    if (here() != '}')
      return fail("a comma or } is missing in a table",
                  "an inline table is on one line, with no comma at its end");
    at_++;
    depth_--;
    close(table);
    out = table;
    return true;
  }

  /// Nothing can be added to an inline table, nor to those that its dotted keys made.
  void close(Map* table) {
    Origin& origin = origins_[table];
    if (origin == Origin::Inline) return;
    origin = Origin::Inline;
    for (const Map::Entry& entry : *table)
      if (entry.value.map()) close(entry.value.map());
  }

  // ---- strings

  bool unclosed() {
    return fail("a text is not closed", "close it with the quotes it begins with");
  }

  bool literal(Str& out) {
    std::size_t begin = ++at_;
    while (at_ < s_.size() && here() != '\'' && !is_control(here())) at_++;
    if (here() != '\'') return unclosed();
    out = slice(s_, begin, at_++);
    return true;
  }

  bool basic(Str& out) {
    at_++;
    Text text;
    while (here() != '"') {
      if (at_ >= s_.size() || is_control(here())) return unclosed();
      if (here() != '\\')
        text.add(s_[at_++]);
      else if (!escape(text))
        return false;
    }
    at_++;
    out = arena_.copy(text.str());
    return true;
  }

  /// Behind `\`: a letter, or the number of a character.
  bool escape(Text& text) {
    char letter = char_at(s_, at_ + 1);
    int which = index_in("btnfr\"\\", letter);
    if (which >= 0) {
      text.add("\b\t\n\f\r\"\\"[which]);
      at_ += 2;
      return true;
    }
    std::size_t digits = letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
    std::uint32_t code = 0;
    for (std::size_t i = 0; i < digits; i++) {
      int digit = hex_digit(char_at(s_, at_ + 2 + i));
      if (digit < 0) digits = 0;
      code = code << 4 | std::uint32_t(digit & 15);
    }
    if (digits == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
      return fail("unknown escape in a text", "write a backslash as \\\\, or use single quotes");
    add_utf8(text, code);
    at_ += 2 + digits;
    return true;
  }

  /// The closing quotes of a long text: three, before which two more may stand as text.
  bool long_end(char quote, Text& text) {
    std::size_t count = 0;
    while (count < 5 && char_at(s_, at_ + count) == quote) count++;
    if (count < 3) return false;
    text.add(count - 3, quote);
    at_ += count;
    return true;
  }

  /// A character of a long text as it stands there; false for a control character, and at the end.
  bool long_character(Text& text) {
    std::size_t begin = at_;
    if (at_ >= s_.size() || (!newline() && is_control(here()))) return unclosed();
    at_ += at_ == begin;
    text.add(slice(s_, begin, at_));
    return true;
  }

  bool long_literal(Str& out) {
    at_ += 3;
    newline();
    Text text;
    while (!long_end('\'', text))
      if (!long_character(text)) return false;
    out = arena_.copy(text.str());
    return true;
  }

  bool long_basic(Str& out) {
    at_ += 3;
    newline();
    Text text;
    while (!long_end('"', text)) {
      if (here() != '\\') {
        if (!long_character(text)) return false;
      } else if (!continued_line() && !escape(text)) {
        return false;
      }
    }
    out = arena_.copy(text.str());
    return true;
  }

  /// `\` at the end of a line: all white space up to the next character is left out.
  bool continued_line() {
    std::size_t begin = at_++;
    skip_spaces();
    if (!newline()) {
      at_ = begin;
      return false;
    }
    do skip_spaces();
    while (newline());
    return true;
  }

  const Source& source_;
  Str s_;
  Arena& arena_;
  Diagnostics& diagnostics_;
  std::size_t at_;
  Map* table_ = nullptr;  // of the last header
  std::unordered_map<const Map*, Origin> origins_;
  std::unordered_map<const Array*, bool> tables_;  // arrays that [[headers]] made
  int depth_ = 0;
  bool failed_ = false;
};
}  // namespace

bool read_toml(const Source& source, std::size_t offset, std::size_t size, Arena& arena, Value& out,
               Diagnostics& diagnostics) {
  bool ok = Reader(source, offset, size, arena, diagnostics).document(out);
  if (!ok) out = nullptr;
  return ok;
}

}  // namespace meridian::cli::hugo
