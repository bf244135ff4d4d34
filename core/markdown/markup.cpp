// What both dialects print HTML with: escapes, attributes, the names of elements.
#include "meridian/words.h"
#include "tree.h"

namespace meridian::markdown {

std::size_t reference_length(Str s, std::size_t at) {
  std::size_t i = at + 1;
  auto good = [&](bool ok) { return ok && i < s.size() && s[i] == ';' ? i + 1 - at : 0; };
  if (i < s.size() && s[i] == '#') {
    bool hex = ++i < s.size() && s[i] == 'x';
    std::size_t first = i += hex;
    while (i < s.size() && (is_digit(s[i]) || (hex && is_alpha(s[i]) && lower(s[i]) <= 'f'))) ++i;
    return good(i > first);
  }
  if (i >= s.size() || !(is_alnum(s[i]) || s[i] == '_' || s[i] == ':')) return 0;
  while (++i < s.size() &&
         (is_alnum(s[i]) || s[i] == '_' || s[i] == ':' || s[i] == '-' || s[i] == '.')) {
  }
  return good(true);
}

namespace {
/// < > & and ": two differ in one bit, and so do the others. Which of them are special is for the
/// caller to tell.
std::uint64_t find_special(std::uint64_t word) {
  return zero_bytes((word | kEachByte * 2) ^ kEachByte * '>') |
         zero_bytes((word | kEachByte * 4) ^ kEachByte * '&');
}

/// Copies up to a character that may be special, or the end; both pointers advance. Writes in
/// words, beyond the copied bytes.
void copy_plain(char*& to, const char*& from, const char* end) {
  for (; from + kWordBytes <= end; from += kWordBytes, to += kWordBytes) {
    std::uint64_t word = load_word(from);
    store_word(to, word);
    if (std::uint64_t found = find_special(word)) {
      from += first_byte(found);
      to += first_byte(found);
      return;
    }
  }
  if (from == end) return;
  auto rest = std::size_t(end - from);
  std::uint64_t word = load_rest(from, rest), found = find_special(word);
  store_word(to, word);
  if (found) rest = first_byte(found);
  from += rest;
  to += rest;
}

/// The replacement of the character at `at`, empty when it may stay.
const char* escaped(Str s, std::size_t at, Escape how) {
  switch (s[at]) {
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return how >= Escape::Attribute ? "&quot;" : "";
    case '&':
      if ((how == Escape::Text || how == Escape::Attribute) && reference_length(s, at)) return "";
      return "&amp;";
  }
  return "";
}
}  // namespace

void add_escaped(Text& out, Str s, Escape how) {
  const char *at = s.begin(), *end = s.end();
  for (;;) {
    std::size_t room = Text::kMax - out.size(), size = std::size_t(end - at);
    if (!size || !room) return;
    char* to = out.extend(size < room ? size : room);
    copy_plain(to, at, size < room ? end : at + room);
    out.truncate(std::size_t(to - out.data()));
    if (at == end) return;
    const char* reference = escaped(s, std::size_t(at - s.begin()), how);
    *reference ? out.add(reference) : out.add(*at);
    ++at;
  }
}

void add_attributes(Text& out, const Attribute* list, Escape how) {
  for (; list; list = list->next) {
    if (how != Escape::Cmark && list->name == "id" && strip(list->value).empty()) continue;
    out.add(' ');
    out.add(list->name);
    out.add("=\"");
    add_escaped(out, list->value, how);
    out.add('"');
  }
}

Str alignment_name(int level) { return level == 1 ? "left" : level == 2 ? "center" : "right"; }

namespace {
/// In the order of their frequency. CommonMark's writer replaces the last letter by a header's
/// level or the kind of a cell.
constexpr Element kElements[] = {
    {Type::Paragraph, Layout::Block, 1, "p"},
    {Type::Link, Layout::Span, 1, "a"},
    {Type::Emphasis, Layout::Span, 2, "em"},
    {Type::Strong, Layout::Span, 6, "strong"},
    {Type::Item, Layout::Block, 2, "li"},
    {Type::TableCell, Layout::Block, 2, "td"},
    {Type::TableRow, Layout::Container, 2, "tr"},
    {Type::Header, Layout::Block, 2, "h1"},
    {Type::UnorderedList, Layout::Container, 2, "ul"},
    {Type::OrderedList, Layout::Container, 2, "ol"},
    {Type::Blockquote, Layout::Container, 10, "blockquote"},
    {Type::Table, Layout::Container, 5, "table"},
    {Type::TableHead, Layout::Container, 5, "thead"},
    {Type::TableBody, Layout::Container, 5, "tbody"},
    {Type::Strikethrough, Layout::Span, 3, "del"},
    {Type::TableFoot, Layout::Container, 5, "tfoot"},
    {Type::DefinitionList, Layout::Container, 2, "dl"},
    {Type::Term, Layout::Block, 2, "dt"},
    {Type::Definition, Layout::Block, 2, "dd"},
    {Type::Alert, Layout::Container, 3, "div"},
    {Type::Footnotes, Layout::Container, 7, "section"},
};
}  // namespace

const Element* element_of(Type type) {
  for (const Element& element : kElements) {
    if (element.type == type) return &element;
  }
  return nullptr;
}

}  // namespace meridian::markdown
