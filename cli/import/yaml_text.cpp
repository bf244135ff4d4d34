#include "yaml_text.h"

#include "new_files.h"

namespace meridian::cli::hugo {

namespace {
constexpr int kStep = 2;  // columns of a level

/// Words that YAML 1.1 reads as booleans and nil.
bool is_yaml_word(Str s) {
  Text small;
  add_downcase(small, s);
  return one_of(small.str(), "true false yes no on off y n null") >= 0;
}

/// Whether a text may have characters that YAML wants escaped: control characters, marks of
/// direction and of lines, a byte order mark. It may be said of others of the same first bytes.
bool may_need_escapes(Str s) {
  return s.find(Str("\xC2")) != Str::npos || s.find(Str("\xE2\x80")) != Str::npos ||
         s.find(Str("\xEF")) != Str::npos;
}

/// Whether a text means itself without quotes: it begins with a letter, so that it is no number or
/// date, and has no character that means anything in some place.
bool is_plain(Str s) {
  if (s.empty() || s.size() > 80 || !is_alpha(s[0]) || s.back() == ' ' || is_yaml_word(s))
    return false;
  for (char c : s)
    if (!is_alnum(c) && !is_one_of(c, " _-./()+") && static_cast<unsigned char>(c) < 0x80)
      return false;
  return find_invalid_utf8(s) == Str::npos && !may_need_escapes(s);
}

/// Whether a literal block can hold a text: lines with printable ASCII or letters, none of which
/// ends with white space, and the first of which does not begin with it.
bool fits_block(Str s) {
  if (s.find('\n') == Str::npos || ends_with(s, "\n\n") || find_invalid_utf8(s) != Str::npos)
    return false;
  for (Str rest = s, line; next_piece(rest, '\n', line);)
    if (!line.empty() && (line[0] == '\t' || is_space(line.back()))) return false;
  if (is_space(s[0])) return false;
  for (char c : s)
    if (c != '\n' && (static_cast<unsigned char>(c) < ' ' || c == '\x7f')) return false;
  return !may_need_escapes(s);
}

class Printer {
 public:
  explicit Printer(Text& out) : out_(out) {}

  bool map(const Map& map, int indent) {
    for (const Map::Entry& entry : map) {
      out_.add(std::size_t(indent), ' ');
      if (!pair(entry, indent)) return false;
    }
    return true;
  }

 private:
  bool pair(const Map::Entry& entry, int indent) {
    if (entry.key.is_string())
      string(entry.key.str(), -1);
    else
      scalar(entry.key, -1);
    out_.add(':');
    return value(entry.value, indent);
  }

  /// What stands behind `key:` or `-` of a line whose level has this indentation.
  bool value(const Value& v, int indent) {
    if (out_.size() > limits.source.most) return false;
    if (const Map* m = v.map(); m && m->size()) {
      out_.add('\n');
      return map(*m, indent + kStep);
    }
    if (const Array* a = v.array(); a && a->size()) {
      out_.add('\n');
      const int below = indent + kStep;
      for (const Value& item : *a) {
        out_.add(std::size_t(below), ' ');
        out_.add('-');
        if (!item_of_list(item, below)) return false;
      }
      return true;
    }
    out_.add(' ');
    scalar(v, indent + kStep);
    out_.add('\n');
    return true;
  }

  /// A map in a list begins on the line of its mark.
  bool item_of_list(const Value& item, int indent) {
    const Map* m = item.map();
    if (!m || !m->size()) return value(item, indent);
    bool first = true;
    for (const Map::Entry& entry : *m) {
      const int blanks = first ? 1 : indent + kStep;
      out_.add(std::size_t(blanks), ' ');
      if (!pair(entry, indent + kStep)) return false;
      first = false;
    }
    return true;
  }

  void scalar(const Value& v, int indent) {
    switch (v.kind) {
      case Kind::String: return v.is_big_integer() ? out_.add(v.str()) : string(v.str(), indent);
      case Kind::Array: return out_.add("[]");
      case Kind::Map: return out_.add("{}");
      case Kind::Nil: return out_.add("null");
      case Kind::Date: return add_strftime(out_, v.time(), "%Y-%m-%d");
      case Kind::Time: return add_strftime(out_, v.time(), "%Y-%m-%d %H:%M:%S %z");
      case Kind::Float: return number(v.d);
      default: return print(v, out_);
    }
  }

  void number(double d) {
    if (d != d)
      out_.add(".nan");
    else if (d - d != 0)
      out_.add(d > 0 ? ".inf" : "-.inf");
    else
      add_float(out_, d);
  }

  /// `indent` is that of a block; -1: on one line.
  void string(Str s, int indent) {
    if (is_plain(s)) return out_.add(s);
    if (indent < 0 || !fits_block(s)) return out_.add(Str(yaml_quoted(std::string(s))));
    out_.add(ends_with(s, "\n") ? "|" : "|-");
    for (Str rest = s, line; next_piece(rest, '\n', line);) {
      out_.add('\n');
      if (line.empty()) continue;
      out_.add(std::size_t(indent), ' ');
      out_.add(line);
    }
  }

  Text& out_;
};
}  // namespace

bool add_yaml(const Map& map, Text& out) { return Printer(out).map(map, 0); }

}  // namespace meridian::cli::hugo
