#include "print.h"

#include "meridian/text.h"

namespace meridian::patch {

namespace {
/// Signs that begin a construct within a sentence; kramdown and CommonMark let a backslash stand
/// before them.
constexpr const char* kMarks = "\\`*_[]<>{}#|$!";
/// Others, which begin one in some places: typography, addresses, lists.
constexpr const char* kSigns = "&~+-.:()='\"@/^";

void print_character(Str c, Escape escape, Text& out) {
  const bool mark = c.size() == 1 && is_one_of(c[0], kMarks);
  const bool sign = c.size() == 1 && is_one_of(c[0], kSigns);
  if (escape == Escape::Reference && (mark || sign)) {
    out.add("&#");
    out.add_int(c[0]);
    return out.add(';');
  }
  if (escape == Escape::Backslash && c == "&") return out.add("&amp;");
  if (escape == Escape::Backslash && mark) out.add('\\');
  out.add(c);
}

/// The mark on both sides of an inline element that Markdown has one for.
Str mark_of(Str name) {
  if (name == "strong" || name == "b") return "**";
  if (name == "em" || name == "i") return "*";
  if (name == "del" || name == "s") return "~~";
  if (name == "code") return "`";
  return {};
}

/// Prints a start tag; a link only its bracket.
void print_open(const Token& token, Text& out) {
  Str mark = mark_of(token.name);
  out.add(token.name == "a" ? Str("[") : mark.empty() ? token.text : mark);
}

/// The start tag that an end tag belongs to.
const Token* open_of(const Tokens& tokens, std::uint32_t close) {
  int depth = 0;
  for (std::uint32_t i = close; i-- > 0;) {
    if (!tokens[i].is_tag() || tokens[i].name != tokens[close].name) continue;
    depth += tokens[i].kind == Kind::Close ? 1 : -1;
    if (depth < 0) return &tokens[i];
  }
  return nullptr;
}

/// Prints a decoded attribute.
void print_attribute(Str value, Escape escape, Text& out) {
  Tokens characters;
  Arena arena;
  add_tokens(value, arena, characters);
  for (const Token& character : characters)
    if (character.kind == Kind::Character)
      print_character(character.text, escape, out);
    else
      out.add(' ');
}

/// Prints what stands behind the brackets of a link or a picture.
void print_target(Str url, Str title, Text& out) {
  const bool pointed = url.find_first_of(" ()") != Str::npos;
  out.add(pointed ? "](<" : "](");
  // Of the references that an attribute has to have, Markdown needs none.
  print_attribute(url, Escape::None, out);
  if (pointed) out.add('>');
  if (!title.empty()) {
    out.add(" \"");
    print_attribute(title, Escape::None, out);
    out.add('"');
  }
  out.add(')');
}

/// Prints a picture, if Markdown can say all that its tag says.
bool print_picture(Str html, Escape escape, Text& out) {
  Tag tag;
  if (!next_tag(html, 0, tag)) return false;
  Str name, value;
  for (std::size_t at = 0; next_attribute(tag, at, name, value);)
    if (one_of(name, "src alt title") < 0) return false;
  out.add("![");
  print_attribute(attribute(tag, "alt"), escape, out);
  print_target(attribute(tag, "src"), attribute(tag, "title"), out);
  return true;
}

void print_close(const Tokens& tokens, std::uint32_t at, Text& out) {
  const Token& token = tokens[at];
  Str mark = mark_of(token.name);
  if (!mark.empty()) return out.add(mark);
  const Token* open = token.name == "a" ? open_of(tokens, at) : nullptr;
  Tag tag;
  if (!open || !next_tag(open->text, 0, tag)) {
    out.add("</");
    out.add(token.name);
    return out.add('>');
  }
  print_target(attribute(tag, "href"), attribute(tag, "title"), out);
}

/// The sign of a block that begins a line with it: of a header, of a list's item, of a quote.
void print_block(const Tokens& tokens, std::uint32_t at, Text& out) {
  const Token& token = tokens[at];
  if (token.kind != Kind::Open) return;
  if (token.name.size() == 2 && token.name[0] == 'h' && is_digit(token.name[1])) {
    out.add(std::size_t(token.name[1] - '0'), '#');
    out.add(' ');
  }
  if (token.name == "blockquote") out.add("> ");
  // The separator of a list that is there has the sign of its items.
  if (token.name == "li" && at && tokens[at - 1].kind == Kind::Open)
    out.add(tokens[at - 1].name == "ol" ? "1. " : "- ");
}
}  // namespace

void print(const Tokens& tokens, std::uint32_t from, std::uint32_t to, Escape escape, Str separator,
           Text& out) {
  bool code = false;
  bool closed =
      from && from < to && tokens[from - 1].is_block() && tokens[from - 1].kind == Kind::Close;
  for (std::uint32_t i = from; i < to; ++i) {
    const Token& token = tokens[i];
    if (token.is_block()) {
      // Between the end of a block and the beginning of the next one, once.
      if (token.kind == Kind::Open && closed) out.add(separator);
      closed = token.kind == Kind::Close;
      print_block(tokens, i, out);
      continue;
    }
    if (token.kind == Kind::Character)
      print_character(token.text, code ? Escape::None : escape, out);
    else if (token.kind == Kind::Open)
      print_open(token, out);
    else if (token.kind == Kind::Close)
      print_close(tokens, i, out);
    else if (token.name == "img" && print_picture(token.text, escape, out))
      continue;
    else if (token.name == "br" && escape == Escape::None)
      out.add("  \n");
    else
      out.add(token.text);
    if (token.is_tag() && token.name == "code") code = token.kind == Kind::Open;
  }
}

Str separator(Str line, int number, Arena& arena) {
  constexpr std::size_t kLongestNumber = 9;  // CommonMark's limit of an ordered list's number
  std::size_t at = line.find_first_not_of(" \t>");
  if (at == Str::npos) at = line.size();
  Str quote = line.substr(0, at), item = "", rest = line.substr(at);
  Text next;
  const std::size_t digits = rest.find_first_not_of("0123456789");
  if (is_one_of(char_at(rest, 0), "-*+") && char_at(rest, 1) == ' ') {
    item = rest.substr(0, rest.find_first_not_of(' ', 1));
    next.add(item);
  } else if (digits && digits <= kLongestNumber && is_one_of(char_at(rest, digits), ".)")) {
    const std::size_t behind = rest.find_first_not_of(' ', digits + 1);
    item = rest.substr(0, behind);
    next.add_int(parse_int(rest.substr(0, digits)) + 1);
    next.add(slice(rest, digits, behind));
  }
  Text out;
  if (number == 0) return "\n\n";
  if (number <= 2) {
    // The next item, in a tight list or in one with empty lines.
    out.add(number == 1 ? "\n" : "\n\n");
    out.add(quote);
    out.add(next.str());
  } else {
    // The next paragraph of the same item or quote.
    const bool quoted = number == 4;
    out.add('\n');
    if (quoted) out.add(rstrip(quote));
    out.add('\n');
    out.add(quoted ? quote : Str());
    if (!quoted)
      for (char c : quote) out.add(c == '\t' ? '\t' : ' ');
    out.add(item.size(), ' ');
  }
  return arena.copy(out.str());
}

}  // namespace meridian::patch
