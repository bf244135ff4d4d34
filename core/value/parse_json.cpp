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
  bool fail(Str message, Str remedy = {}) {
    diagnostics_.add(Severity::Error, source_, at_, message, remedy);
    return false;
  }

  void skip_space() {
    while (at_ < s_.size() && (s_[at_] == ' ' || s_[at_] == '\n' || s_[at_] == '\t' || s_[at_] == '\r')) at_++;
  }
  /// The next character that is not white space, 0 at the end.
  char peek() {
    skip_space();
    return at_ < s_.size() ? s_[at_] : '\0';
  }
  bool accept(char c) {
    if (peek() != c || at_ == s_.size()) return false;
    at_++;
    return true;
  }

  bool value(Value& out) {
    switch (peek()) {
      case '{': return nested(out, &Parser::object);
      case '[': return nested(out, &Parser::array);
      case '"': {
        Str string_value;
        if (!string(string_value)) return false;
        out = string_value;
        return true;
      }
      case 't': out = true; return word("true");
      case 'f': out = false; return word("false");
      case 'n': out = nullptr; return word("null");
      default: return number(out);
    }
  }

  bool word(Str name) {
    if (!starts_with(s_.substr(at_), name)) return fail_at_word();
    at_ += name.size();
    return true;
  }
  bool fail_at_word() {
    if (at_ == s_.size()) return fail("the JSON text ends too early");
    return fail("this is not a JSON value", s_[at_] == '\'' ? "strings stand in double quotes" : "");
  }

  bool nested(Value& out, bool (Parser::*read)(Value&)) {
    if (++depth_ > kMaxNesting) return fail("JSON is nested deeper than 100 levels");
    at_++;
    bool ok = (this->*read)(out);
    depth_--;
    return ok;
  }

  bool array(Value& out) {
    Array* array = make_array(arena_);
    out = array;
    if (accept(']')) return true;
    do {
      if (peek() == ']') return fail("a value is missing before ]", "remove the comma before it");
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
      if (peek() == '}') return fail("a name is missing before }", "remove the comma before it");
      if (peek() != '"') return fail("expected a name in double quotes");
      Str name;
      if (!string(name)) return false;
      if (!accept(':')) return fail("expected : after a name");
      Value item;
      if (!value(item)) return false;
      map->set(name, item);
    } while (accept(','));
    return accept('}') || fail("expected , or } in an object");
  }

  bool number(Value& out) {
    std::size_t start = at_, i = at_;
    auto digits = [&] {
      std::size_t first = i;
      while (i < s_.size() && is_digit(s_[i])) i++;
      return i > first;
    };
    if (i < s_.size() && s_[i] == '-') i++;
    std::size_t first = i;
    if (!digits()) return fail_at_word();
    if (s_[first] == '0' && i > first + 1) return fail("a number must not begin with 0");
    bool fraction = false;
    if (i < s_.size() && s_[i] == '.') {
      i++;
      fraction = true;
      if (!digits()) return fail("a digit is missing after the point");
    }
    if (i < s_.size() && (s_[i] | 32) == 'e') {
      i++;
      fraction = true;
      if (i < s_.size() && (s_[i] == '+' || s_[i] == '-')) i++;
      if (!digits()) return fail("a digit is missing in the exponent");
    }
    Str text = s_.substr(start, i - start);
    at_ = i;
    out = fraction ? Value(parse_float(text)) : Value::integer(text);
    return true;
  }

  /// Borrowed from the source when nothing in it is escaped.
  bool string(Str& out) {
    std::size_t start = ++at_;
    for (; at_ < s_.size(); at_++) {
      if (s_[at_] == '"') {
        out = s_.substr(start, at_++ - start);
        return true;
      }
      if (s_[at_] == '\\') return escaped_string(start, out);
      if (is_control()) return fail_at_control();
    }
    return fail("a string is not closed");
  }

  bool is_control() const { return static_cast<unsigned char>(s_[at_]) < 0x20; }
  bool fail_at_control() { return fail("a string holds a control character", "write a line break as \\n, a tab as \\t"); }

  bool escaped_string(std::size_t start, Str& out) {
    Text text;
    std::size_t kept = start;
    while (at_ < s_.size()) {
      char c = s_[at_];
      if (is_control()) return fail_at_control();
      if (c != '"' && c != '\\') {
        at_++;
        continue;
      }
      text.add(s_.substr(kept, at_++ - kept));
      if (c == '"') {
        out = arena_.copy(text.str());
        return true;
      }
      if (!escape(text)) return false;
      kept = at_;
    }
    return fail("a string is not closed");
  }

  bool escape(Text& text) {
    constexpr Str kLetters = "bfnrt\"\\/";
    constexpr char kMeanings[] = "\b\f\n\r\t\"\\/";
    char letter = at_ < s_.size() ? s_[at_] : '\0';
    if (letter == 'u') {
      std::uint32_t c;
      if (!hex(at_ + 1, c)) return fail("\\u needs four hexadecimal digits");
      at_ += 5;
      std::uint32_t low;
      bool pair = c >= 0xD800 && c < 0xDC00 && s_.substr(at_, 2) == "\\u" && hex(at_ + 2, low) && low >= 0xDC00 && low < 0xE000;
      if (pair) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        at_ += 6;
      }
      add_utf8(text, c);
      return true;
    }
    std::size_t which = kLetters.find(letter);
    if (which == Str::npos) return fail("unknown escape in a string", "write a backslash as \\\\");
    text.add(kMeanings[which]);
    at_++;
    return true;
  }

  bool hex(std::size_t at, std::uint32_t& out) const {
    if (s_.size() < 4 || at > s_.size() - 4) return false;
    out = 0;
    for (std::size_t i = at; i < at + 4; i++) {
      char c = lower(s_[i]);
      if (!is_digit(c) && !(c >= 'a' && c <= 'f')) return false;
      out = out << 4 | std::uint32_t(is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return true;
  }

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
