// Values as JSON, as Ruby's JSON.generate and JSON.pretty_generate write it.
#include "meridian/value.h"
#include "walk.h"

namespace meridian {

namespace {
void add_string(Str s, Text& out) {
  constexpr char kNamed[] = "\b\t\n\f\r\"\\";
  constexpr char kLetters[] = "btnfr\"\\";
  constexpr char kHex[] = "0123456789abcdef";
  out.add('"');
  std::size_t kept = 0;
  for (std::size_t at = 0; at < s.size();) {
    std::size_t start = at;
    auto c = static_cast<unsigned char>(s[at]);
    bool invalid = c >= 0x80 && decode(s, at) == 0xFFFD && at - start == 1;
    if (c < 0x80) at++;
    if (!invalid && c >= 0x20 && c != '"' && c != '\\') continue;
    out.add(s.substr(kept, start - kept));
    kept = at;
    std::size_t named = c ? Str(kNamed).find(char(c)) : Str::npos;
    if (invalid) {
      add_utf8(out, 0xFFFD);
    } else if (named != Str::npos) {
      out.add('\\');
      out.add(kLetters[named]);
    } else {
      out.add("\\u00");
      out.add(kHex[c >> 4]);
      out.add(kHex[c & 15]);
    }
  }
  out.add(s.substr(kept));
  out.add('"');
}

class Writer {
 public:
  Writer(Text& out, int indent) : out_(out), indent_(indent) {}

  void value(const Value& v) {
    switch (v.kind) {
      case Kind::Nil:
      case Kind::Empty:
      case Kind::Blank: return out_.add("null");
      case Kind::Bool:
      case Kind::Int: return print(v, out_);
      case Kind::Float: return v.d - v.d != 0 ? out_.add("null") : add_float(out_, v.d);  // JSON knows no infinity
      case Kind::Array: return array(*v.a);
      case Kind::Map: return map(*v.m);
      case Kind::Drop:
        if (Map* m = v.drop->to_map()) return map(*m);
        break;
      default: break;
    }
    if (v.is_big_integer()) return out_.add(v.str());
    string(v);
  }

 private:
  void string(const Value& v) {
    if (v.is_string()) return add_string(v.str(), out_);
    Text text;
    print(v, text);
    add_string(text.str(), out_);
  }

  void array(const Array& a) {
    Walk::Level level(walk_);
    if (!level.allowed) return out_.add("null");
    out_.add('[');
    for (const Value& item : a) {
      separate(&item == a.begin());
      value(item);
    }
    if (a.size()) new_line(walk_.depth - 1);
    out_.add(']');
  }

  void map(const Map& m) {
    Walk::Level level(walk_);
    if (!level.allowed) return out_.add("null");
    out_.add('{');
    for (const Map::Entry& e : m) {
      separate(&e == m.begin());
      string(e.key);
      out_.add(indent_ ? ": " : ":");
      value(e.value);
    }
    if (m.size()) new_line(walk_.depth - 1);
    out_.add('}');
  }

  void separate(bool first) {
    if (!first) out_.add(',');
    new_line(walk_.depth);
  }
  void new_line(int depth) {
    if (!indent_) return;
    out_.add('\n');
    out_.add(std::size_t(depth * indent_), ' ');
  }

  Text& out_;
  int indent_;
  Walk walk_;
};
}  // namespace

void print_json(const Value& v, Text& out, int indent) { Writer(out, indent).value(v); }

}  // namespace meridian
