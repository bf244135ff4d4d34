#include "print.h"

#include "meridian/text.h"
#include "table.h"

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

/// The mark of a list's item that a line begins with, and the spaces behind it.
Str item_of(Str line) {
  constexpr std::size_t kLongestNumber = 9;  // CommonMark's limit of an ordered list's number
  std::size_t behind = is_one_of(char_at(line, 0), "-*+") ? 1 : 0;
  const std::size_t digits = behind ? 0 : line.find_first_not_of("0123456789");
  if (digits && digits <= kLongestNumber && is_one_of(char_at(line, digits), ".)"))
    behind = digits + 1;
  if (!behind || !is_one_of(char_at(line, behind), " \t")) return {};
  return line.substr(0, line.find_first_not_of(" \t", behind));
}

/// The indentation of a line, with the marks of its quotes.
Str quote_of(Str line) { return line.substr(0, line.find_first_not_of(" \t>")); }

/// What another line begins with in the quotes and items in which a line begins.
void print_prefix(Str line, Text& out) {
  for (;;) {
    Str quote = quote_of(line), item = item_of(line.substr(quote.size()));
    out.add(quote);
    for (char c : item) out.add(c == '\t' ? '\t' : ' ');
    if (item.empty()) return;
    line = line.substr(quote.size() + item.size());
  }
}

/// Prints a table behind what is printed.
bool print_table_behind(const Tokens& tokens, std::uint32_t open, Escape escape, Str line,
                        Text& out) {
  const std::size_t end = out.str().rfind('\n');
  Text begin, prefix;
  if (end == Str::npos) begin.add(line);
  begin.add(out.str().substr(end == Str::npos ? 0 : end + 1));
  print_prefix(begin.str(), prefix);
  return print_table(tokens, open, escape, prefix.str(), out);
}
}  // namespace

void print(const Tokens& tokens, std::uint32_t from, std::uint32_t to, Escape escape, Around around,
           Text& out) {
  bool code = false;
  bool closed =
      from && from < to && tokens[from - 1].is_block() && tokens[from - 1].kind == Kind::Close;
  for (std::uint32_t i = from; i < to; ++i) {
    const Token& token = tokens[i];
    if (token.is_block()) {
      // Between the end of a block and the beginning of the next one, once.
      if (token.kind == Kind::Open && closed) out.add(around.separator);
      closed = token.kind == Kind::Close;
      if (!closed && token.name == "table" &&
          print_table_behind(tokens, i, escape, around.line, out)) {
        i = end_of(tokens, i) - 1;
        closed = true;
        continue;
      }
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
  if (number == 0) return "\n\n";
  Str quote = quote_of(line), item = item_of(line.substr(quote.size()));
  Text prefix, out;
  if (number == (item.empty() ? 1 : 3)) {
    // The next paragraph of the same item or quote.
    print_prefix(line, prefix);
  } else if (number == 4) {
    // Behind the list, in what is around it.
    prefix.add(quote);
  }
  if (!prefix.empty()) {
    out.add('\n');
    out.add(rstrip(prefix.str()));
    out.add('\n');
    out.add(prefix.str());
    return arena.copy(out.str());
  }
  // The next item, in a tight list or in one with empty lines.
  out.add(number == 2 ? "\n\n" : "\n");
  out.add(quote);
  const std::size_t digits = item.find_first_not_of("0123456789");
  if (digits && digits != Str::npos) {
    out.add_int(parse_int(item.substr(0, digits)) + 1);
    item = item.substr(digits);
  }
  out.add(item);
  return arena.copy(out.str());
}

}  // namespace meridian::patch
