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
    return at_ == s_.size() || fail("something follows the end of the JSON value");
  }

 private:
  MERIDIAN_NOINLINE bool fail(const char* message, const char* remedy = "") {
    diagnostics_.add(Severity::Error, source_, at_, message, remedy);
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
    switch (skip_space()) {
      case '{':
      case '[': return nested(out);
      case '"': {
        Str text;
        if (!string(text)) return false;
        out = text;
        return true;
      }
      default: return word("null", nullptr, out) || word("true", true, out) || word("false", false, out) || number(out);
    }
  }

  bool word(Str name, const Value& meaning, Value& out) {
    if (!starts_with(slice(s_, at_), name)) return false;
    at_ += name.size();
    out = meaning;
    return true;
  }

  bool nested(Value& out) {
    if (++depth_ > kMaxNesting) return fail("JSON is nested deeper than 100 levels");
    bool ok = s_[at_++] == '[' ? array(out) : object(out);
    depth_--;
    return ok;
  }

  bool array(Value& out) {
    Array* array = make_array(arena_);
    out = array;
    if (accept(']')) return true;
    do {
      if (skip_space() == ']') return fail("a value is missing before ]", kSpareComma);
      Value item;
      if (!value(item)) return false;
      array->push(item);
    } while (accept(','));
    return accept(']') || fail("expected , or ] in an array");
  }

  bool object(Value& out) {
    Map* map = make_map(arena_);
    out = map;
    if (accept('}')) return true;
    do {
      char c = skip_space();
      if (c != '"') return fail("expected a name in double quotes", c == '}' ? kSpareComma : "");
      Str name;
      if (!string(name)) return false;
      if (!accept(':')) return fail("expected : after a name");
      Value item;
      if (!value(item)) return false;
      map->set(name, item);
    } while (accept(','));
    return accept('}') || fail("expected , or } in an object");
  }

  MERIDIAN_NOINLINE bool digits() {
    std::size_t first = at_;
    while (is_digit(here())) at_++;
    return at_ > first;
  }

  bool number(Value& out) {
    std::size_t start = at_;
    if (here() == '-') at_++;
    std::size_t first = at_;
    if (!digits()) return fail_at_word();
    if (s_[first] == '0' && at_ > first + 1) return fail("a number must not begin with 0");
    bool whole = true, complete = true;
    if (here() == '.') {
      at_++;
      whole = false;
      complete = digits();
    }
    if ((here() | 32) == 'e') {
      at_++;
      whole = false;
      if (is_one_of(here(), "+-")) at_++;
      complete = digits() && complete;
    }
    if (!complete) return fail("a digit is missing in a number");
    Str text = slice(s_, start, at_);
    out = whole ? Value::integer(text) : Value(parse_float(text));
    return true;
  }

  bool fail_at_word() {
    if (at_ == s_.size()) return fail("the JSON text ends too early");
    return fail("this is not a JSON value", here() == '\'' ? "strings stand in double quotes" : "");
  }

  /// Borrowed from the source when nothing in it is escaped.
  bool string(Str& out) {
    std::size_t start = ++at_;
    bool escaped = false;
    for (; here() != '"'; at_++) {
      if (at_ >= s_.size()) return fail("a string is not closed");
      if (static_cast<unsigned char>(here()) < 0x20)
        return fail("a string holds a control character", "write a line break as \\n, a tab as \\t");
      if (here() != '\\') continue;
      escaped = true;
      at_++;
    }
    out = slice(s_, start, at_++);
    return !escaped || unescape(out);
  }

  bool unescape(Str& string) {
    Text text;
    std::size_t end = at_;
    for (at_ = std::size_t(string.data() - s_.data()); at_ < end - 1; at_++) {
      if (here() != '\\')
        text.add(here());
      else if (!escape(text))
        return false;
    }
    at_ = end;
    string = arena_.copy(text.str());
    return true;
  }

  /// The escape at the current backslash; leaves its last character current.
  bool escape(Text& text) {
    char letter = s_[++at_];
    int which = index_in("bfnrt\"\\/", letter);
    std::uint32_t c, low;
    if (which >= 0) {
      text.add("\b\f\n\r\t\"\\/"[which]);
      return true;
    }
    if (letter != 'u') return fail("unknown escape in a string", "write a backslash as \\\\");
    if (!hex(at_ + 1, c)) return fail("\\u needs four hexadecimal digits");
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
      int digit = index_in("0123456789abcdef", lower(char_at(s_, i)));
      if (digit < 0) return false;
      out = out << 4 | std::uint32_t(digit);
    }
    return true;
  }

  static constexpr char kSpareComma[] = "remove the comma before it";

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
