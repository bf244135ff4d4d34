#include "code_block.h"
#include "meridian/patch.h"
#include "meridian/text.h"
#include "probe.h"
#include "search.h"

namespace meridian::patch {

using markdown::LiveDocument;

namespace {
/// Blocks of an edit that are changed one after the other.
constexpr int kMostSteps = 8;

/// The first token of an element; tokens.size when there is none.
std::uint32_t find_element(const Tokens& tokens, std::size_t part_begin, const Place& place) {
  std::uint32_t number = place.number, i = 0;
  while (i < tokens.size && tokens[i].begin < part_begin) ++i;
  for (; i < tokens.size; ++i)
    if (tokens[i].name == place.tag && tokens[i].kind != Kind::Close && number-- == 0) break;
  return i;
}

/// The number of an element's name `m-12`; npos for other names.
std::size_t reference(Str name) {
  if (!name.starts_with("m-")) return Str::npos;
  std::size_t used = 0;
  const std::int64_t number = parse_int(name.substr(2), &used);
  return used == name.size() - 2 && used && number >= 0 ? std::size_t(number) : Str::npos;
}

/// The page with the new elements in place of the old ones; false when the HTML refers to others.
class Wanted {
 public:
  Wanted(const Tokens& page, Range old, Arena& arena) : page_(page), old_(old), arena_(arena) {
    for (std::uint32_t i = old.from; i < old.to; ++i)
      for (std::uint32_t n = 0; n < page[i].elements; ++n)
        elements_.add(arena, n ? page.size : i);  // those within an atom have no token
  }
  std::uint32_t elements() const { return elements_.size; }

  bool make(Str html, Tokens& wanted) {
    Tokens tokens;
    add_tokens(html, arena_, tokens);
    copy({0, old_.from}, wanted);
    for (std::uint32_t i = 0; i < tokens.size; ++i) {
      Token token = tokens[i];
      const std::size_t number = token.is_tag() ? reference(token.name) : Str::npos;
      if (number != Str::npos) {
        const std::uint32_t at =
            number < elements_.size ? elements_[std::uint32_t(number)] : page_.size;
        if (at == page_.size) return false;
        const bool closing = token.kind == Kind::Close;
        token = page_[at];
        if (token.kind == Kind::Atom) {
          if (token.name == "img") token.text = with_attributes(token.text, tokens[i].text, arena_);
          const std::uint32_t open = i;
          i = end_of(tokens, i) - 1;
          if (closing || i >= tokens.size) return false;
          if (token.name == "pre")
            token.text = with_code(token.text, text_between(html, tokens[open], tokens[i]), arena_);
        } else if (closing) {
          token.kind = Kind::Close;
          token.text = token.name;
        } else if (Tag tag; next_tag(tokens[i].text, 0, tag) && attribute(tag, "align").data()) {
          // A cell with another alignment.
          token.text = arena_.join("<", token.name, tokens[i].text.substr(tag.name.size() + 1));
        }
      }
      wanted.add(arena_, token);
    }
    copy({old_.to, page_.size}, wanted);
    drop_unseen_spaces(wanted);
    return is_balanced(wanted, {0, wanted.size});
  }

 private:
  /// The text between two tags of some HTML.
  Str text_between(Str html, const Token& open, const Token& close) {
    return code_text(slice(html, html.find('>', open.begin) + 1, close.begin), arena_);
  }
  void copy(Range range, Tokens& wanted) {
    for (std::uint32_t i = range.from; i < range.to; ++i) wanted.add(arena_, page_[i]);
  }

  const Tokens& page_;
  Range old_;
  Arena& arena_;
  List<std::uint32_t> elements_;
};

/// Lines that define what other parts refer to: links, abbreviations, footnotes, attribute lists.
void add_definitions(Str text, Text& out) {
  constexpr std::size_t kIndent = 4;
  for (Str line; next_piece(text, '\n', line);) {
    const std::size_t at = line.find_first_not_of(' ');
    if (at >= kIndent) continue;
    Str rest = line.substr(at);
    const bool defines =
        rest.starts_with("{:") ||
        ((rest.starts_with("[") || rest.starts_with("*[")) && rest.find("]:") != Str::npos);
    if (!defines) continue;
    out.add("\n\n");
    out.add(line);
  }
}

struct Bounds {
  std::size_t begin = 0, end = 0, last_html = 0;
};
/// The bytes of the text that some parts have, and the first byte of the last one's HTML in theirs.
Bounds bounds_of(const LiveDocument& document, std::uint32_t first, std::uint32_t last) {
  Bounds bounds;
  for (std::uint32_t i = 0; i <= last; ++i) {
    const LiveDocument::Part& part = document.parts()[i];
    if (i < first) bounds.begin += part.source;
    if (i >= first && i < last) bounds.last_html += part.html.size();
    bounds.end += part.source;
  }
  if (bounds.end > document.text().size()) bounds.end = document.text().size();
  return bounds;
}

/// The text of an edit's parts, with the definitions that the rest of the document has: it is
/// parsed in microseconds.
struct Excerpt {
  Str text;
  /// Bytes of the parts, which come first.
  std::size_t own;
  const markdown::Options& options;
};

bool search_in(const Excerpt& excerpt, const Tokens& page, const Tokens& wanted, Arena& arena,
               Patch& patch) {
  LiveDocument document;
  document.open(excerpt.text, excerpt.options);
  const std::uint32_t parts = document.parts().size;
  if (!parts) return false;
  Probe probe(document, 0, parts - 1, 0, excerpt.own);
  return alike(probe.tokens(), page) && search(probe, wanted, arena, patch);
}

/// Where the elements of a range begin that all come behind its first one; its end if none do.
std::uint32_t find_others(const Tokens& tokens, Range range) {
  std::uint32_t found = range.to;
  int depth = 0;
  for (std::uint32_t i = range.to; i-- > range.from + 1 && depth >= 0;) {
    const Kind kind = tokens[i].kind;
    depth += (kind == Kind::Close) - (kind == Kind::Open);
    if (depth == 0 && kind != Kind::Close && !tokens[i].is_inline) found = i;
  }
  return found;
}

/// The patch of an edit of several blocks, such as a list that gets an item and a paragraph that
/// comes behind it: that of the first block, then that of the others.
bool search_in_steps(const Excerpt& excerpt, const Tokens& page, const Tokens& wanted, Arena& arena,
                     Patch& patch, int steps = 0) {
  const Difference d = find_difference(page, wanted);
  const std::uint32_t old = find_others(page, d.old), now = find_others(wanted, d.wanted);
  if ((old == d.old.to && now == d.wanted.to) || ++steps == kMostSteps) return false;
  Tokens between;
  for (std::uint32_t i = 0; i < now; ++i) between.add(arena, wanted[i]);
  for (std::uint32_t i = old; i < page.size; ++i) between.add(arena, page[i]);
  Patch first, second;
  if (!search_in(excerpt, page, between, arena, first)) return false;
  Text text, all;
  text.add(excerpt.text);
  text.replace(first.begin, first.end, first.insert);
  const std::size_t own = excerpt.own - (first.end - first.begin) + first.insert.size();
  const Excerpt next{text.str(), own, excerpt.options};
  if (!search_in(next, between, wanted, arena, second) &&
      !search_in_steps(next, between, wanted, arena, second, steps))
    return false;
  all.add(text.str());
  all.replace(second.begin, second.end, second.insert);
  const std::size_t begin = first.begin < second.begin ? first.begin : second.begin;
  const std::size_t tail = excerpt.text.size() - first.end, other = text.size() - second.end;
  const std::size_t kept = tail < other ? tail : other;
  patch = {begin, excerpt.text.size() - kept,
           arena.copy(slice(all.str(), begin, all.size() - kept))};
  return true;
}
}  // namespace

Outcome find_patch(LiveDocument& document, const Edit& edit, Arena& arena, Patch& patch) {
  if (!document.is_open() || edit.first.part > edit.last.part ||
      edit.last.part >= document.parts().size)
    return Outcome::Missing;
  // Footnotes are written elsewhere than they are shown.
  if (document.parts()[edit.first.part].source == 0) {
    patch.reason = Reason::Footnote;
    return Outcome::Refused;
  }
  const Bounds bounds = bounds_of(document, edit.first.part, edit.last.part);
  Probe whole(document, edit.first.part, edit.last.part, bounds.begin, bounds.end);
  const Tokens& page = whole.tokens();
  const std::uint32_t first = find_element(page, 0, edit.first);
  const std::uint32_t last = find_element(page, bounds.last_html, edit.last);
  if (first >= page.size || last >= page.size || first > last) return Outcome::Missing;
  const Range old{first, page[last].is_tag() ? end_of(page, last) : last + 1};
  if (old.to > page.size || !is_balanced(page, old)) return Outcome::Missing;
  Wanted maker(page, old, arena);
  Tokens wanted;
  if (maker.elements() != edit.elements || !maker.make(edit.html, wanted)) return Outcome::Missing;
  if (alike(page, wanted)) return Outcome::Same;

  Text text;
  text.add(slice(document.text(), bounds.begin, bounds.end));
  const std::size_t own = text.size();
  add_definitions(document.text().substr(0, bounds.begin), text);
  add_definitions(document.text().substr(bounds.end), text);
  const Excerpt excerpt{text.str(), own, document.options()};
  auto is_found = [&](const Patch& found) {
    const std::size_t begin = bounds.begin + found.begin, end = bounds.begin + found.end;
    if (!whole.makes(begin, end, found.insert, wanted)) return false;
    patch = {begin, end, found.insert};
    return true;
  };
  Patch found;
  if (search_in(excerpt, page, wanted, arena, found) && is_found(found)) return Outcome::Found;
  if (search(whole, wanted, arena, patch)) return Outcome::Found;
  if (search_in_steps(excerpt, page, wanted, arena, found) && is_found(found))
    return Outcome::Found;
  return Outcome::Refused;
}

}  // namespace meridian::patch
