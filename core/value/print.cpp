// to_s and inspect, as Ruby has them; and JSON, as Ruby's JSON.generate and JSON.pretty_generate
// write it.
#include "meridian/value.h"
#include "walk.h"

namespace meridian {

namespace {
/// A string in quotes.
void add_quoted(Text& out, Str s, bool json) {
  constexpr char kNamed[] = "\a\v\x1b#\b\t\n\f\r\"\\", kLetters[] = "ave#btnfr\"\\";
  constexpr int kUnknownToJson = 4;
  const int skipped = json ? kUnknownToJson : 0;
  const char* hex = json ? "0123456789abcdef" : "0123456789ABCDEF";
  std::size_t kept = 0;
  out.add('"');
  for (std::size_t at = 0; at < s.size();) {
    std::size_t start = at;
    std::uint32_t c = decode(s, at);
    if (c >= ' ' && c < 0x7F && c != '"' && c != '\\' && c != '#') continue;
    int named = c < 0x80 ? index_in(kNamed + skipped, char(c)) : -1;
    if (c == '#' && !is_one_of(char_at(s, at), "{$@")) named = -1;
    bool invalid = c == 0xFFFD && at - start == 1;
    bool control = c < ' ' || (!json && ((c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029));
    if (named < 0 && !invalid && !control) continue;
    out.add(slice(s, kept, start));
    kept = at;
    if (invalid && json) {
      add_utf8(out, c);
      continue;
    }
    out.add('\\');
    if (named >= 0) {
      out.add(kLetters[named + skipped]);
      continue;
    }
    out.add(invalid ? 'x' : 'u');
    if (invalid) c = static_cast<unsigned char>(s[start]);
    for (int shift = invalid ? 4 : 12; shift >= 0; shift -= 4) out.add(hex[c >> shift & 15]);
  }
  out.add(slice(s, kept));
  out.add('"');
}

class Printer {
 public:
  enum class Form { Inspect, Json };
  Printer(Text& out, Form form, int indent)
      : out_(out), json_(form == Form::Json), indent_(indent) {}

  void value(const Value& v) {
    if (out_.full()) return;
    if (v.is(Kind::Array)) return array(*v.a);
    if (v.is(Kind::Map)) return map(*v.m);
    if (v.is_big_integer()) return out_.add(v.str());
    json_ ? json_scalar(v) : inspect_scalar(v);
  }

  /// Liquid joins the items of arrays, however deep, without a separator.
  void print(const Value& v) {
    if (out_.full()) return;
    if (v.is(Kind::Map)) return map(*v.m);
    if (!v.is(Kind::Array)) return print_scalar(v);
    Walk::Level level(walk_, v.a->size());
    if (!level.allowed) return;
    for (const Value& item : *v.a) print(item);
  }

 private:
  MERIDIAN_NOINLINE void print_scalar(const Value& v) {
    switch (v.kind) {
      case Kind::Bool: return out_.add(v.b ? "true" : "false");
      case Kind::Int: return out_.add_int(v.i);
      case Kind::Float: return add_float(out_, v.d);
      case Kind::String: return out_.add(v.str());
      case Kind::Range:
        out_.add_int(v.range.first);
        out_.add("..");
        return out_.add_int(v.range.last);
      case Kind::Date: return time(v, "%Y-%m-%d");
      case Kind::Time: return time(v, v.utc ? "%Y-%m-%d %H:%M:%S UTC" : "%Y-%m-%d %H:%M:%S %z");
      case Kind::Drop: return v.drop->print(out_);
      default: return;
    }
  }
  void time(const Value& v, const char* format) { add_strftime(out_, v.time(), format); }

  void inspect_scalar(const Value& v) {
    constexpr std::int64_t kJulianDayOfEpoch = 2440588;
    switch (v.kind) {
      case Kind::Nil: return out_.add("nil");
      case Kind::String: return add_quoted(out_, v.str(), false);
      case Kind::Date:  // #<Date: 2020-01-02 ((2458851j,0s,0n),+0s,2299161j)>
        time(v, "#<Date: %Y-%m-%d ((");
        out_.add_int(v.i / 86400 - (v.i % 86400 < 0) + kJulianDayOfEpoch);
        return out_.add("j,0s,0n),+0s,2299161j)>");
      case Kind::Time:  // with the fraction, without its trailing zeros
        time(v, "%Y-%m-%d %H:%M:%S");
        if (v.length) {
          time(v, ".%N");
          while (out_.back() == '0') out_.truncate(out_.size() - 1);
        }
        return time(v, v.utc ? " UTC" : " %z");
      case Kind::Drop: return v.drop->inspect(out_);
      default: print_scalar(v);
    }
  }

  void json_scalar(const Value& v) {
    bool is_null = v.is(Kind::Nil) || v.is(Kind::Empty) || v.is(Kind::Blank);
    if (is_null || (v.is(Kind::Float) && v.d - v.d != 0))
      return out_.add("null");  // JSON knows no infinity
    if (v.is(Kind::Bool) || v.is_number()) return print_scalar(v);
    if (v.is(Kind::Drop))
      if (Map* m = v.drop->to_json(std::uint32_t(walk_.depth))) return map(*m);
    json_string(v);
  }
  void json_string(const Value& v) {
    Text text;
    if (!v.is_string()) meridian::print(v, text);
    add_quoted(out_, v.is_string() ? v.str() : text.str(), true);
  }

  void array(const Array& a) {
    Walk::Level level(walk_, a.size());
    if (!level.allowed) return out_.add(json_ ? "null" : "[...]");
    out_.add('[');
    for (const Value& item : a) {
      separate(&item == a.begin());
      value(item);
    }
    close(']', a.size());
  }

  void map(const Map& m) {
    Walk::Level level(walk_, m.size());
    if (!level.allowed) return out_.add(json_ ? "null" : "{...}");
    out_.add('{');
    for (const Map::Entry& e : m) {
      separate(&e == m.begin());
      json_ ? json_string(e.key) : value(e.key);
      out_.add(!json_ ? "=>" : indent_ ? ": " : ":");
      value(e.value);
    }
    close('}', m.size());
  }

  void separate(bool first) {
    if (!first) out_.add(json_ ? "," : ", ");
    new_line(walk_.depth);
  }
  void close(char bracket, std::uint32_t size) {
    if (size) new_line(walk_.depth - 1);
    out_.add(bracket);
  }
  void new_line(int depth) {
    if (!indent_) return;
    out_.add('\n');
    out_.add(std::size_t(depth) * std::size_t(indent_), ' ');
  }

  Text& out_;
  bool json_;
  int indent_;
  Walk walk_;
};
}  // namespace

void print(const Value& v, Text& out) { Printer(out, Printer::Form::Inspect, 0).print(v); }
void inspect(const Value& v, Text& out) { Printer(out, Printer::Form::Inspect, 0).value(v); }
void print_json(const Value& v, Text& out, int indent) {
  Printer(out, Printer::Form::Json, indent).value(v);
}

Str to_str(Arena& arena, const Value& v) {
  if (v.is_string()) return v.str();
  Text text;
  print(v, text);
  return arena.copy(text.str());
}

}  // namespace meridian
