// to_s and inspect, as Ruby has them.
#include "meridian/value.h"
#include "walk.h"

namespace meridian {

namespace {
void inspect_string(Str s, Text& out) {
  constexpr char kNamed[] = "\a\b\t\n\v\f\r\x1b\"\\";
  constexpr char kLetters[] = "abtnvfre\"\\";
  constexpr char kHex[] = "0123456789ABCDEF";
  out.add('"');
  for (std::size_t at = 0; at < s.size();) {
    std::size_t start = at;
    std::uint32_t c = decode(s, at);
    bool invalid = c == 0xFFFD && at - start == 1;
    std::size_t named = c < 0x80 && c ? Str(kNamed).find(char(c)) : Str::npos;
    if (named != Str::npos) {
      out.add('\\');
      out.add(kLetters[named]);
    } else if (c == '#' && at < s.size() && is_one_of(s[at], "{$@")) {
      out.add("\\#");
    } else if (invalid || c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029) {
      out.add(invalid ? "\\x" : "\\u");
      std::uint32_t shown = invalid ? static_cast<unsigned char>(s[start]) : c;
      for (int shift = invalid ? 4 : 12; shift >= 0; shift -= 4) out.add(kHex[shown >> shift & 15]);
    } else {
      out.add(s.substr(start, at - start));
    }
  }
  out.add('"');
}

void print_scalar(const Value& v, Text& out) {
  switch (v.kind) {
    case Kind::Nil:
    case Kind::Empty:
    case Kind::Blank: return;
    case Kind::Bool: return out.add(v.b ? "true" : "false");
    case Kind::Int: return out.add_int(v.i);
    case Kind::Float: return add_float(out, v.d);
    case Kind::String: return out.add(v.str());
    case Kind::Range:
      out.add_int(v.range.first);
      out.add("..");
      return out.add_int(v.range.last);
    case Kind::Date: return add_strftime(out, v.time(), "%Y-%m-%d");
    case Kind::Time: return add_strftime(out, v.time(), v.utc ? "%Y-%m-%d %H:%M:%S UTC" : "%Y-%m-%d %H:%M:%S %z");
    case Kind::Drop: return v.drop->print(out);
    default: return;
  }
}

void inspect(const Value& v, Text& out, Walk& walk);

/// Time#inspect shows the fraction, without its trailing zeros.
void inspect_time(const Value& v, Text& out) {
  add_strftime(out, v.time(), "%Y-%m-%d %H:%M:%S");
  if (v.length) {
    add_strftime(out, v.time(), ".%N");
    while (out.back() == '0') out.truncate(out.size() - 1);
  }
  add_strftime(out, v.time(), v.utc ? " UTC" : " %z");
}

/// `#<Date: 2020-01-02 ((2458851j,0s,0n),+0s,2299161j)>`
void inspect_date(const Value& v, Text& out) {
  constexpr std::int64_t kJulianDayOfEpoch = 2440588;
  add_strftime(out, v.time(), "#<Date: %Y-%m-%d ((");
  out.add_int(v.i / 86400 - (v.i % 86400 < 0) + kJulianDayOfEpoch);
  out.add("j,0s,0n),+0s,2299161j)>");
}

void inspect_array(const Array& array, Text& out, Walk& walk) {
  Walk::Level level(walk);
  if (!level.allowed) return out.add("[...]");
  out.add('[');
  const char* separator = "";
  for (const Value& item : array) {
    out.add(separator);
    inspect(item, out, walk);
    separator = ", ";
  }
  out.add(']');
}

void inspect_map(const Map& map, Text& out, Walk& walk) {
  Walk::Level level(walk);
  if (!level.allowed) return out.add("{...}");
  out.add('{');
  const char* separator = "";
  for (const Map::Entry& e : map) {
    out.add(separator);
    inspect(e.key, out, walk);
    out.add("=>");
    inspect(e.value, out, walk);
    separator = ", ";
  }
  out.add('}');
}

void inspect(const Value& v, Text& out, Walk& walk) {
  switch (v.kind) {
    case Kind::Nil: return out.add("nil");
    case Kind::String: return v.is_big_integer() ? out.add(v.str()) : inspect_string(v.str(), out);
    case Kind::Array: return inspect_array(*v.a, out, walk);
    case Kind::Map: return inspect_map(*v.m, out, walk);
    case Kind::Date: return inspect_date(v, out);
    case Kind::Time: return inspect_time(v, out);
    default: print_scalar(v, out);
  }
}

/// Liquid joins what arrays hold, however deep, without anything between.
void print(const Value& v, Text& out, Walk& walk) {
  if (v.is(Kind::Map)) return inspect_map(*v.m, out, walk);
  if (!v.is(Kind::Array)) return print_scalar(v, out);
  Walk::Level level(walk);
  if (!level.allowed) return;
  for (const Value& item : *v.a) print(item, out, walk);
}
}  // namespace

void print(const Value& v, Text& out) {
  Walk walk;
  print(v, out, walk);
}

void inspect(const Value& v, Text& out) {
  Walk walk;
  inspect(v, out, walk);
}

Str to_str(Arena& arena, const Value& v) {
  if (v.is_string()) return v.str();
  Text text;
  print(v, text);
  return arena.copy(text.str());
}

}  // namespace meridian
