#include "tokens.h"

#include "meridian/markdown.h"
#include "meridian/text.h"

namespace meridian::patch {

namespace {
constexpr const char* kVoid = "br img input hr wbr";
constexpr Name kNoBreak = "\xC2\xA0";
constexpr const char* kAtoms = "pre script style textarea svg math select";

/// Behind the end tag that belongs to the start tag `tag`; counts the elements on the way.
std::size_t end_of_element(Str html, const Tag& tag, std::uint32_t& elements) {
  int depth = 1;
  std::size_t at = tag.end;
  for (Tag next; next_tag(html, at, next); at = next.end) {
    elements += !next.closing;
    if (!next.is(tag.name)) continue;
    depth += next.closing ? -1 : 1;
    if (depth == 0) return next.end;
  }
  return html.size();
}

/// A footnote's number changes with those before it.
bool is_footnote_mark(Str html, const Tag& tag) {
  return tag.is("sup") && html.substr(tag.end).starts_with("<a ") &&
         slice(html, tag.end, html.find('>', tag.end)).find("fn") != Str::npos;
}

/// A start tag without its id: that of a header is made from its text.
Str without_id(Str tag, Arena& arena) {
  std::size_t at = tag.find(" id=\"");
  std::size_t end = at == Str::npos ? at : tag.find('"', at + 5);
  if (end == Str::npos) return arena.copy(tag);
  return arena.join(tag.substr(0, at), tag.substr(end + 1));
}

/// The character that begins at `at`, which moves behind it: decoded if it is a reference.
Str next_character(Str html, std::size_t& at, Arena& arena) {
  constexpr std::size_t kLongest = 12;  // &thetasym; has 10 bytes
  const std::size_t begin = at;
  const std::size_t end = html[at] == '&' ? html.substr(at, kLongest).find(';') : Str::npos;
  if (end != Str::npos) {
    const std::uint32_t code = markdown::reference_code_point(html.substr(at + 1, end - 1));
    if (code) {
      at += end + 1;
      Text character;
      add_utf8(character, code);
      return arena.copy(character.str());
    }
  }
  decode(html, at);
  return arena.copy(slice(html, begin, at));
}

void add_decoded(Str html, Arena& arena, Text& out) {
  for (std::size_t at = 0; at < html.size();)
    if (html[at] == '&')
      out.add(next_character(html, at, arena));
    else
      out.add(html[at++]);
}

/// Code without what nobody sees: white space at the end of its lines, empty lines at its own.
Str without_ends(Str code, Arena& arena) {
  Text out;
  bool first = true;
  for (Str rest = rstrip(code), line; next_piece(rest, '\n', line); first = false) {
    if (!first) out.add('\n');
    out.add(rstrip(line));
  }
  return arena.copy(out.str());
}

/// A block of code without the colours of its text, and without the white space at its ends.
Str plain_code(Str html, Arena& arena) {
  Tag pre, tag;
  if (!next_tag(html, 0, pre)) return arena.copy(html);
  std::size_t at = pre.end;
  const bool code = next_tag(html, at, tag) && tag.begin == at && tag.is("code");
  if (code) at = tag.end;
  Text out;
  out.add(html.substr(0, at));
  add_escaped_html(out, code_text(html, arena));
  out.add(code ? "</code></pre>" : "</pre>");
  return arena.copy(out.str());
}

void add_text(Str html, std::size_t at, std::size_t end, Arena& arena, Tokens& tokens) {
  while (at < end) {
    const auto begin = std::uint32_t(at);
    if (html.substr(at, 4) == "<!--") {
      at = html.find("-->", at);
      at = at < end ? at + 3 : end;
      tokens.add(arena, {Kind::Atom, true, 0, arena.copy(slice(html, begin, at)), "!--", begin});
    } else if (is_space(html[at])) {
      while (at < end && is_space(html[at])) at++;
      tokens.add(arena, {Kind::Space, true, 0, " ", {}, begin});
    } else {
      Str character = next_character(html, at, arena);
      tokens.add(arena, {Kind::Character, true, 0, character, {}, begin});
    }
  }
}

/// Whether all attributes of a tag are those of the other one.
bool has_attributes(const Tag& tag, const Tag& other) {
  Str name, value;
  for (std::size_t at = 0; next_attribute(tag, at, name, value);) {
    Str there = attribute(other, name);
    if (!there.data() || there != value) return false;
  }
  return true;
}

bool same_attributes(Str a, Str b) {
  Tag one, other;
  return next_tag(a, 0, one) && next_tag(b, 0, other) && has_attributes(one, other) &&
         has_attributes(other, one);
}

bool is_cell(const Token& token) {
  return token.kind == Kind::Open && one_of(token.name, "td th") >= 0;
}

/// Whether a cell's start tag says nothing but its alignment.
bool is_plain_cell(const Token& token) {
  Tag tag;
  Str name, value;
  if (!is_cell(token) || !next_tag(token.text, 0, tag)) return false;
  for (std::size_t at = 0; next_attribute(tag, at, name, value);)
    if (one_of(name, "align style") < 0) return false;
  return true;
}

void add_attribute(Str name, Str value, Text& out) {
  out.add(' ');
  out.add(name);
  out.add("=\"");
  out.add(value);
  out.add('"');
}

/// A quote's straight form.
char straight(Str c) {
  if (c == "‘" || c == "’") return '\'';
  if (c == "“" || c == "”") return '"';
  return c.size() == 1 ? c[0] : '\0';
}
}  // namespace

void add_tokens(Str html, Arena& arena, Tokens& tokens) {
  std::size_t at = 0;
  for (Tag tag; next_tag(html, at, tag);) {
    add_text(html, at, tag.begin, arena, tokens);
    Text lower_case;
    for (char c : tag.name) lower_case.add(lower(c));
    Str name = arena.copy(lower_case.str());
    const bool empty = one_of(name, kVoid) >= 0;
    // Of a reference to another element that is not known yet.
    const bool within = is_inline(tag) || (empty && name != "hr") || name.starts_with("m-");
    Token token{Kind::Open, within, 1, {}, name, std::uint32_t(tag.begin)};
    at = tag.end;
    if (tag.closing) {
      token.kind = Kind::Close;
      token.elements = 0;
      token.text = name;
    } else {
      const bool whole = one_of(name, kAtoms) >= 0 || is_footnote_mark(html, tag);
      if (whole) at = end_of_element(html, tag, token.elements);
      if (whole || empty) token.kind = Kind::Atom;
      if (name == "pre") token.elements = 1;
      token.text = is_footnote_mark(html, tag) ? Str("<sup>")
                   : name == "pre"             ? plain_code(slice(html, tag.begin, at), arena)
                                               : without_id(slice(html, tag.begin, at), arena);
    }
    tokens.add(arena, token);
  }
  add_text(html, at, html.size(), arena, tokens);
  drop_unseen_spaces(tokens);
}

void drop_unseen_spaces(Tokens& tokens) {
  auto ends_line = [](const Token& token) {
    return token.is_block() ||
           (token.kind == Kind::Atom && (token.name == "br" || !token.is_inline));
  };
  std::uint32_t kept = 0;
  for (std::uint32_t i = 0; i < tokens.size; ++i) {
    const Token token = tokens[i];
    const bool space = token.kind == Kind::Space;
    if (space && (kept == 0 || tokens[kept - 1].kind == Kind::Space || ends_line(tokens[kept - 1])))
      continue;
    if (ends_line(token) && kept && tokens[kept - 1].kind == Kind::Space) --kept;
    // What kramdown has in an empty cell.
    if (token.kind == Kind::Close && kept > 1 && is_cell(tokens[kept - 2]) &&
        tokens[kept - 1].text == kNoBreak)
      --kept;
    tokens[kept++] = token;
  }
  if (kept && tokens[kept - 1].kind == Kind::Space) --kept;
  tokens.size = kept;
}

std::uint32_t end_of(const Tokens& tokens, std::uint32_t open) {
  int depth = 0;
  for (std::uint32_t i = open; i < tokens.size; ++i) {
    if (!tokens[i].is_tag()) continue;
    depth += tokens[i].kind == Kind::Open ? 1 : -1;
    if (depth == 0) return i + 1;
  }
  return tokens.size + 1;
}

Str code_text(Str html, Arena& arena) {
  Text out;
  std::size_t at = 0;
  for (Tag tag; next_tag(html, at, tag); at = tag.end)
    add_decoded(slice(html, at, tag.begin), arena, out);
  add_decoded(html.substr(at), arena, out);
  return without_ends(out.str(), arena);
}

Str with_code(Str html, Str text, Arena& arena) {
  // Its text has no tags.
  const std::size_t end = html.find("</"), begin = html.rfind('>', end) + 1;
  Text escaped;
  add_escaped_html(escaped, text);
  return arena.join(html.substr(0, begin), escaped.str(), html.substr(end));
}

Str alignment_of(Str html) {
  constexpr Name kProperty = "text-align:";
  Tag tag;
  if (!next_tag(html, 0, tag)) return {};
  Str align = attribute(tag, "align"), style = attribute(tag, "style");
  if (!align.empty() || !style.starts_with(kProperty)) return align.empty() ? style : align;
  Str side = strip(style.substr(Str(kProperty).size()));
  return side.ends_with(";") ? side.substr(0, side.size() - 1) : side;
}

Str with_attributes(Str html, Str others, Arena& arena) {
  Tag tag, other;
  if (!next_tag(html, 0, tag) || !next_tag(others, 0, other)) return html;
  Text out;
  out.add('<');
  out.add(tag.name);
  Str name, value;
  for (std::size_t at = 0; next_attribute(tag, at, name, value);) {
    Str now = attribute(other, name);
    add_attribute(name, now.data() ? now : value, out);
  }
  for (std::size_t at = 0; next_attribute(other, at, name, value);)
    if (!attribute(tag, name).data()) add_attribute(name, value, out);
  out.add('>');
  return arena.copy(out.str());
}

bool alike(const Token& a, const Token& b) {
  if (a.kind != b.kind) return false;
  if (a.text == b.text) return true;
  if (a.kind == Kind::Atom && a.name == "img" && b.name == "img")
    return same_attributes(a.text, b.text);
  if (is_plain_cell(a) && is_plain_cell(b))
    return a.name == b.name && alignment_of(a.text) == alignment_of(b.text);
  // The parser's own classes are not the writer's.
  if (a.kind != Kind::Character) return a.name == b.name && (a.name == "br" || a.name == "code");
  const char quote = straight(a.text);
  return (quote == '"' || quote == '\'') && quote == straight(b.text);
}

bool alike(const Tokens& a, const Tokens& b) {
  if (a.size != b.size) return false;
  for (std::uint32_t i = 0; i < a.size; ++i)
    if (!alike(a[i], b[i])) return false;
  return true;
}

}  // namespace meridian::patch
