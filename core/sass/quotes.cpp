#include "quotes.h"

namespace meridian::sass {

namespace {
Str finish(Arena& arena, const Text& text) { return arena.copy(text.str()); }

/// The length of the hexadecimal escape at `at`, where a backslash stands, without it; its code
/// point in `code`.
std::size_t hex_escape(Str s, std::size_t at, std::size_t end, std::uint32_t& code) {
  std::size_t length = 0;
  code = 0;
  while (at + 1 + length < end && hex_digit(s[at + 1 + length]) >= 0) {
    if (code < 0x1000000) code = code * 16 + std::uint32_t(hex_digit(s[at + 1 + length]));
    length++;
  }
  return length;
}

void add_code_point(Text& out, std::uint32_t code) {
  bool invalid = !code || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000);
  add_utf8(out, invalid ? 0xFFFD : code);
}
}  // namespace

Str read_css_string(Arena& arena, Str s) {
  if (s.find('\\') == Str::npos) return s;
  Text out;
  bool escaped = false;
  for (char c : s) {
    if (c == '\\') {
      escaped = !escaped;
    } else if (escaped && c == '\r') {
      continue;
    } else if (escaped && c == '\n') {
      out.truncate(out.size() - 1);
      escaped = false;
      continue;
    } else {
      escaped = false;
    }
    out.add(c);
  }
  return finish(arena, out);
}

Str read_hex_escapes(Arena& arena, Str s) {
  if (s.find('\\') == Str::npos) return s;
  Text out;
  for (std::size_t i = 0; i < s.size(); i++) {
    std::uint32_t code = 0;
    std::size_t length = s[i] == '\\' ? hex_escape(s, i, s.size(), code) : 0;
    if (!length) {
      out.add(s[i]);
      continue;
    }
    add_code_point(out, code);
    i += length;
    if (char_at(s, i + 1) == ' ') i++;
  }
  return finish(arena, out);
}

Str evacuate_escapes(Arena& arena, Str s) {
  if (s.find('\\') == Str::npos) return s;
  Text out;
  bool escaped = false;
  for (char c : s) {
    if (c == '\\' && !escaped) {
      out.add("\\\\");
      escaped = true;
      continue;
    }
    if (escaped && is_one_of(c, "\"'\\")) out.add('\\');
    escaped = false;
    out.add(c);
  }
  return finish(arena, out);
}

Str string_to_output(Arena& arena, Str s) {
  // Two searches by words are faster than one by bytes.
  if (s.find('\n') == Str::npos && s.find('\r') == Str::npos) return s;
  std::size_t at = s.find_first_of("\n\r");
  Text out;
  std::size_t from = 0;
  for (; at != Str::npos; at = s.find_first_of("\n\r", from)) {
    out.add(slice(s, from, at));
    from = at + 1;
    if (s[at] == '\r') {
      if (char_at(s, from) != '\n') {
        out.add('\r');
        continue;
      }
      from++;
    }
    out.add(' ');
    std::size_t next = s.find_first_not_of(" \f\n\r\t\v", from);
    if (next != Str::npos) from = next;
  }
  out.add(s.substr(from));
  return finish(arena, out);
}

Str unquote(Arena& arena, Str s, char* mark, bool strict) {
  if (s.size() < 2) return s;
  char q = s.front();
  if ((q != '"' && q != '\'') || s.back() != q) return s;
  Str inner = slice(s, 1, s.size() - 1);
  if (inner.find('\\') == Str::npos) {
    if (strict && inner.find(q) != Str::npos) return s;
    if (mark) *mark = q;
    return inner;
  }
  Text out;
  bool skipped = false;
  for (std::size_t i = 1, end = s.size() - 1; i < end; i++) {
    if (s[i] == '\\' && !skipped) {
      skipped = true;
      std::uint32_t code = 0;
      std::size_t length = hex_escape(s, i, end, code);
      if (!length) continue;
      add_code_point(out, code);
      i += length;
      if (s[i + 1] == ' ') i++;
      skipped = false;
      continue;
    }
    if (strict && !skipped && s[i] == q) return s;
    skipped = false;
    out.add(s[i]);
  }
  if (skipped) return s;
  if (mark) *mark = q;
  return finish(arena, out);
}

void add_quoted(Text& out, Str s, char mark) {
  char q = mark && mark != '*' ? mark : '"';
  for (char c : s) {
    if (c == '\'') {
      q = '"';
      break;
    }
    if (c == '"') q = '\'';
  }
  out.add(q);
  for (std::size_t i = 0; i < s.size(); i++) {
    char c = s[i];
    if (!c) break;
    if (c == q || c == '\\') out.add('\\');
    if (c == '\r' && char_at(s, i + 1) == '\n') c = s[++i];
    if (c != '\n') {
      out.add(c);
      continue;
    }
    out.add("\\a");
    char next = char_at(s, i + 1);
    if (hex_digit(next) >= 0 || space(next)) out.add(' ');
  }
  out.add(q);
}

Str quote(Arena& arena, Str s, char mark) {
  Text out;
  add_quoted(out, s, mark);
  return finish(arena, out);
}

Str right_trim(Str s) {
  while (!s.empty() && space(s.back())) s.remove_suffix(1);
  return s;
}

Str unvendor(Str name) {
  if (name.size() < 2 || name[0] != '-' || name[1] == '-') return name;
  std::size_t at = name.find('-', 2);
  return at == Str::npos ? name : name.substr(at + 1);
}

Str lower_case(Arena& arena, Str s) {
  auto* bytes = static_cast<char*>(arena.alloc(s.size()));
  for (std::size_t i = 0; i < s.size(); i++) bytes[i] = lower(s[i]);
  return {bytes, s.size()};
}

bool begins_like(Str s, Str literal) {
  return equal_ignoring_case(s.substr(0, literal.size()), literal);
}

String* quoted(Context& context, const Place& at, Str text) {
  count_text(text);
  char mark = 0;
  Str value = unquote(context.arena, read_css_string(context.arena, text), &mark, true);
  return context.arena.make<String>(Kind::Quoted, at, value, mark);
}

String* verbatim(Context& context, const Place& at, Str text, char mark) {
  count_text(text);
  return context.arena.make<String>(Kind::Quoted, at, read_css_string(context.arena, text), mark);
}

String* constant(Context& context, const Place& at, Str text, bool css) {
  count_text(text);
  return context.arena.make<String>(Kind::String, at,
                                    css ? read_css_string(context.arena, text) : text);
}

}  // namespace meridian::sass
