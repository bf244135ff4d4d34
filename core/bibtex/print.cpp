// Entries and values as BibTeX.
#include "meridian/bibtex.h"
#include "private.h"

namespace meridian::bibtex {

void add_name(Text& out, const Person& name) {
  if (name.prefix.data()) out.add(name.prefix);
  if (name.prefix.data() && name.last.data()) out.add(' ');
  out.add(name.last);
  for (Str part : {name.suffix, name.first})
    if (part.data()) {
      if (name.prefix.data() || name.last.data() || part.data() != name.suffix.data())
        out.add(", ");
      out.add(part);
    }
}

Str text_of(Arena& arena, const Field& field) {
  Text out;
  if (field.is_names) {
    for (const Person& name : field.names) {
      if (&name != field.names.begin()) out.add(" and ");
      add_name(out, name);
    }
    return arena.copy(out.str());
  }
  if (field.tokens.size < 2) return field.tokens.empty() ? Str("") : field.tokens[0].text;
  for (const Token& token : field.tokens) {
    if (&token != field.tokens.begin()) out.add(" # ");
    if (token.symbol) {
      out.add(token.text);
      continue;
    }
    // bibtex-ruby writes Ruby's literal, which is no BibTeX when something in it is escaped.
    bool plain = token.text.find_first_of("\"\\\n\t\r") == Str::npos;
    out.add(plain ? '"' : '{');
    out.add(token.text);
    out.add(plain ? '"' : '}');
  }
  return arena.copy(out.str());
}

namespace {
/// Lines of the value behind the first are indented as bibtex-ruby does it.
void add_indented(Text& out, Str value) {
  for (std::size_t i = 0; i < value.size(); i++) {
    out.add(value[i]);
    if (value[i] == '\n') out.add("  ");
  }
}
}  // namespace

void print(const Entry& entry, Str without, Text& out) {
  out.add('@');
  out.add(entry.type);
  out.add('{');
  out.add(entry.key);
  out.add(',');
  bool first = true;
  Arena arena;
  for (const Field& field : entry.fields) {
    if (one_of(field.name, without) >= 0) continue;
    out.add(first ? "\n  " : ",\n  ");
    first = false;
    out.add(field.name);
    out.add(" = ");
    bool bare =
        !field.is_names && (field.tokens.size > 1 || (field.tokens.size && field.tokens[0].symbol));
    if (!bare) out.add('{');
    add_indented(out, text_of(arena, field));
    if (!bare) out.add('}');
  }
  out.add("\n}\n");
}

}  // namespace meridian::bibtex
