// JSON to values: RFC 8259, strictly.
#include "meridian/value.h"

namespace meridian {

namespace {
/// Ruby's JSON.parse refuses deeper nesting as well; it bounds our recursion.
constexpr int kMaxNesting = 100;

class Parser {
 public:
  Parser(const Source& source, Arena& arena, Diagnostics& diagnostics)
      : source_(source), s_(source.text), arena_(arena), diagnostics_(diagnostics) {}

  bool document(Value& out) {
    if (starts_with(s_, "\xEF\xBB\xBF")) at_ = 3;
    if (!value(out)) return false;
    skip_space();
    return at_ == s_.size() || fail("something follows the end of the JSON value",
                                    "delete it, or put the values into a list: [1, 2]");
  }

 private:
  MERIDIAN_NOINLINE bool fail(const char* message, const char* remedy = "") {
    diagnostics_.add({Severity::Error, Rule::Data}, source_, at_, message, remedy);
    return false;
  }

  /// The next character that is not white space, NUL at the end.
  MERIDIAN_NOINLINE char skip_space() {
    while (is_one_of(here(), " \n\t\r")) at_++;
    return here();
  }
  char here() const { return char_at(s_, at_); }
  MERIDIAN_NOINLINE bool accept(char c) {
    bool found = skip_space() == c;
    at_ += found;
    return found;
  }

  bool value(Value& out) {
    if (!may_read_on()) return fail(kNoMemoryLeft, kReadLess);
    switch (skip_space()) {
      case '{':
      case '[': return nested(out);
      case '"': {
        Str text;
        if (!string(text)) return false;
        out = text;
        return true;
      }
      default: return word(out) || number(out);
    }
  }

  bool word(Value& out) {
    std::size_t end = at_;
    while (is_alpha(char_at(s_, end))) end++;
    int which = one_of(slice(s_, at_, end), "null true false");
    if (which < 0) return false;
    if (which) out = which == 1;
    at_ = end;
    return true;
  }

  bool nested(Value& out) {
    if (++depth_ > kMaxNesting)
      return fail("JSON is nested deeper than 100 levels", "use fewer levels");
    bool is_map = here() == '{';
    char close = is_map ? '}' : ']';
    Map* map = nullptr;
    Array* array = nullptr;
    if (is_map)
      out = map = make_map(arena_);
    else
      out = array = make_array(arena_);
    at_++;
    if (skip_space() != close) do {
        if (skip_space() == close) return fail("a value is missing", "remove the comma before it");
        Value item;
        Str name;
        if (is_map && !string(name)) return false;
        if (is_map && !accept(':')) return fail("expected : after a name", "write \"name\": value");
        if (!value(item)) return false;
        is_map ? map->set(name, item) : array->push(item);
      } while (accept(','));
    depth_--;
    return accept(close) || fail("expected a comma or the closing bracket",
                                 "put a comma between two entries, and close what is open");
  }

  MERIDIAN_NOINLINE bool digits() {
    std::size_t first = at_;
    while (is_digit(here())) at_++;
    return at_ > first;
  }

  bool number(Value& out) {
    std::size_t start = at_;
    if (here() == '-') at_++;
    bool zero = here() == '0', whole = true;
    std::size_t first = at_;
    if (!digits()) return fail_at_word();
    bool good = !zero || at_ == first + 1;
    if (here() == '.') {
      at_++;
      whole = false;
      good = digits() && good;
    }
    if ((here() | 32) == 'e') {
      at_++;
      whole = false;
      if (is_one_of(here(), "+-")) at_++;
      good = digits() && good;
    }
    if (!good) return fail("this is not a JSON number", "write it like 1, 0.5 or 1e3");
    Str text = slice(s_, start, at_);
    out = whole ? Value::integer(text) : Value(parse_float(text));
    return true;
  }

  bool fail_at_word() {
    if (at_ == s_.size()) return fail("the JSON text ends too early", "close what is open");
    return fail("this is not a JSON value", is_one_of(here(), ",]}")
                                                ? "write a value, or delete what comes before it"
                                                : kDoubleQuotes);
  }

  /// Borrowed from the source when nothing in it is escaped.
  bool string(Str& out) {
    if (here() != '"') return fail("a name is missing", kDoubleQuotes);
    std::size_t kept = ++at_;
    Text text;
    for (; here() != '"'; at_++) {
      if (at_ >= s_.size()) return fail("a string is not closed", "close it with a double quote");
      if (static_cast<unsigned char>(here()) < ' ')
        return fail("a string holds a control character",
                    "write a line break as \\n, a tab as \\t");
      if (here() != '\\') continue;
      text.add(slice(s_, kept, at_));
      if (!escape(text)) return fail("unknown escape in a string", "write a backslash as \\\\");
      kept = at_ + 1;
    }
    out = slice(s_, kept, at_++);
    if (text.empty()) return true;
    text.add(out);
    out = arena_.copy(text.str());
    return true;
  }

  /// The escape at the current backslash; leaves its last character current.
  bool escape(Text& text) {
    char letter = char_at(s_, ++at_);
    int which = index_in("bfnrt\"\\/", letter);
    std::uint32_t c, low;
    if (which >= 0) {
      text.add("\b\f\n\r\t\"\\/"[which]);
      return true;
    }
    if (letter != 'u' || !hex(at_ + 1, c)) return false;
    at_ += 4;
    bool high = c - 0xD800 < 0x400;
    if (high && char_at(s_, at_ + 1) == '\\' && char_at(s_, at_ + 2) == 'u' && hex(at_ + 3, low) &&
        low - 0xDC00 < 0x400) {
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      at_ += 6;
    }
    add_utf8(text, c);
    return true;
  }

  MERIDIAN_NOINLINE bool hex(std::size_t at, std::uint32_t& out) const {
    out = 0;
    for (std::size_t i = at; i < at + 4; i++) {
      int digit = hex_digit(char_at(s_, i));
      if (digit < 0) return false;
      out = out << 4 | std::uint32_t(digit);
    }
    return true;
  }

  static constexpr char kDoubleQuotes[] = "put names and strings in double quotes";

  const Source& source_;
  Str s_;
  Arena& arena_;
  Diagnostics& diagnostics_;
  std::size_t at_ = 0;
  int depth_ = 0;
};
}  // namespace

bool parse_json(const Source& source, Arena& arena, Value& out, Diagnostics& diagnostics) {
  bool ok = Parser(source, arena, diagnostics).document(out);
  if (!ok) out = nullptr;
  return ok;
}

}  // namespace meridian
