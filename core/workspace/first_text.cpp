// Files for a first visitor's first second: what stands before the text of each page.
#include <algorithm>

#include "meridian/text.h"
#include "meridian/workspace.h"

namespace meridian {

namespace {
// A page whose text begins later shows none of it in its first window.
constexpr std::size_t kMaxFrame = 16 << 10;
// Frames of a site: it has a few layouts, and every visitor pays for all.
constexpr std::uint32_t kMaxFrames = 4;
// What a page may have of its own before its text. More is a frame of its own.
constexpr std::size_t kMaxOwn = 700;
// How far ahead two beginnings are searched for what they have in common.
constexpr std::uint32_t kLookAhead = 24;
// Bytes of the beginning of a source: about two windows of a phone, of the home page more.
constexpr std::size_t kMaxBeginning = 2000, kMaxHome = 4000;

/// Whether the shell's reader knows what kramdown makes of a text with these options.
bool is_usual(const markdown::Options& o) {
  const markdown::Options usual;
  return o.dialect == usual.dialect && o.gfm_input && !o.hard_wrap && o.typographic_symbols &&
         !o.parse_block_html && o.parse_span_html && !o.html_to_native && o.highlight &&
         o.highlight_spans && o.highlight_blocks && !o.line_numbers && !o.span_line_numbers &&
         !o.header_offset && !o.notes && o.default_lang == usual.default_lang &&
         std::equal(o.quotes, o.quotes + 4, usual.quotes) &&
         std::all_of(o.signs, o.signs + markdown::kSigns, [](Str sign) { return !sign.data(); });
}

/// Appends the elements of a head that begin so, and say what a page looks like; false where one
/// does not have `part`.
bool add_elements(Str head, Str begin, Str part, Text& out) {
  for (std::size_t at = 0; (at = head.find(begin, at)) != Str::npos;) {
    std::size_t end = std::min(head.find('>', at), head.size() - 1);
    Str element = head.substr(at, end + 1 - at);
    if (element.find(part) == Str::npos) return false;
    out.add(element);
    at = end;
  }
  return true;
}

/// The beginning of a page up to its text; false when that has no place of its own, or a script
/// stands before it.
bool begin_of(const site::Page& page, Text& out) {
  Str html = page.html, content = strip(page.content);
  content = content.substr(0, content.find('\n'));
  const Str kDoctype = "<!doctype html>";
  std::size_t root = html.find("<html"), body = html.find("<body"), text = html.find(content);
  if (content.empty() || !starts_with(html, kDoctype) || body == Str::npos || root > body ||
      text == Str::npos || text < body || text - body > kMaxFrame ||
      html.find(content, text + 1) != Str::npos)
    return false;
  Str above = html.substr(body, text - body);
  if (above.find("<script") != Str::npos) return false;
  out.add(kDoctype);
  Str head = html.substr(root, body - root);
  out.add(head.substr(0, head.find('>') + 1));
  // Sheets of the site's own may be made by a compiler that comes later.
  bool known = add_elements(head, "<meta name=\"viewport\"", "", out) &&
               add_elements(head, "<link rel=\"stylesheet\"", "/meridian/", out);
  out.add(above);
  return known && head.find("<style") == Str::npos;
}

/// Cuts HTML before each tag.
List<Str> tokens_of(Str html, Arena& arena) {
  List<Str> tokens;
  while (html.size()) {
    std::size_t end = std::min(html.find('<', 1), html.size());
    tokens.add(arena, html.substr(0, end));
    html.remove_prefix(end);
  }
  return tokens;
}
}  // namespace

std::size_t FirstText::print_steps(const Frame& frame, const List<Str>& tokens, Text& out) {
  std::uint32_t from = 0, at = 0;
  std::size_t own = 0;
  while (at < tokens.size) {
    std::uint32_t same = 0;
    while (from + same < frame.tokens.size && at + same < tokens.size &&
           frame.tokens[from + same] == tokens[at + same])
      same++;
    if (same) {
      out.add(',');
      out.add_int(same);
      from += same, at += same;
      if (at == tokens.size) break;
    }
    // The nearest tokens that are equal: `skip` of the frame's go, `more` of the page's come.
    std::uint32_t skip = frame.tokens.size - from, more = tokens.size - at;
    for (std::uint32_t sum = 1; sum < 2 * kLookAhead; sum++) {
      bool found = false;
      for (std::uint32_t s = 0; s <= sum && !found; s++)
        if (from + s < frame.tokens.size && at + sum - s < tokens.size &&
            frame.tokens[from + s] == tokens[at + sum - s])
          skip = s, more = sum - s, found = true;
      if (found) break;
    }
    if (skip) {
      out.add(",-");
      out.add_int(skip);
    }
    if (more) {
      Text inserted;
      for (std::uint32_t i = 0; i < more; i++) inserted.add(tokens[at + i]);
      own += inserted.size();
      out.add(',');
      print_json(Value(inserted.str()), out);
    }
    from += skip, at += more;
  }
  return own;
}

void FirstText::add(const site::Document& document, const site::Page& page) {
  if (!document.markdown || !document.file || document.file->generated || document.file->table ||
      page.status != site::Status::Ready)
    return;
  Text begin;
  if (site_.theme() != site::Theme::Meridian || !is_usual(site_.markdown()) ||
      !begin_of(page, begin))
    return;
  Arena arena;
  List<Str> tokens = tokens_of(begin.str(), arena);
  Text best;
  std::size_t least = kMaxOwn + 1;
  std::uint32_t nearest = 0;
  for (std::uint32_t i = 0; i < frames_.size; i++) {
    Text steps;
    std::size_t own = print_steps(frames_[i], tokens, steps);
    if (own >= least) continue;
    least = own;
    nearest = i;
    best.truncate(0);
    best.add(steps.str());
  }
  if (least > kMaxOwn) {
    if (frames_.size == kMaxFrames) return;
    nearest = frames_.size;
    best.truncate(0);
    best.add(',');
    best.add_int(tokens.size);
    Str text = arena_.copy(begin.str());
    frames_.add(arena_, {text, tokens_of(text, arena_)});
  }
  Str url = site::address_of(arena_, document), source = document.file->source.text;
  // Whole characters, up to the end of a block.
  std::size_t most = url == "/" ? kMaxHome : pages_.size < kMaxBeginnings ? kMaxBeginning : 0;
  bool whole = source.size() <= most;
  if (!whole) source = source.substr(0, source.substr(0, most).find_last_of("\n") + 1);
  pages_.add(arena_, {arena_.copy(url), arena_.copy(page.source), arena_.copy(source), whole,
                      arena_.copy(best.str()), nearest, 0});
}

void FirstText::clear() {
  frames_ = {};
  pages_ = {};
  arena_.reset();
}

std::uint32_t shard_of(Str url, std::uint32_t files) {
  std::uint32_t hash = 0x811c9dc5;
  for (char c : url) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193;
  return hash % files;
}

std::uint32_t FirstText::arrange() {
  const std::uint32_t most = pages_.size > kMaxBeginnings ? kPagesAlone : kPages,
                      files = (pages_.size + most - 1) / most;
  for (Entry& page : pages_) page.file = shard_of(page.url, files);
  stable_sort(pages_.begin(), pages_.size,
              [](const Entry& x, const Entry& y) { return x.file < y.file; });
  return files;
}

void FirstText::print(std::uint32_t file, Text& out) const {
  bool used[kMaxFrames] = {};
  Text pages;
  const Entry* page =
      std::lower_bound(pages_.begin(), pages_.end(), file,
                       [](const Entry& entry, std::uint32_t at) { return entry.file < at; });
  for (; page != pages_.end() && page->file == file; page++) {
    used[page->frame] = true;
    bool here = page->beginning.size() && (pages_.size <= kMaxBeginnings || page->url == "/");
    pages.add(pages.size() ? ",\n" : "\n");
    print_json(Value(page->url), pages);
    pages.add(":[");
    print_json(Value(page->path), pages);
    pages.add(',');
    print_json(here ? Value(page->beginning) : Value(), pages);
    pages.add(here && !page->whole ? ",0," : ",1,");
    pages.add_int(page->frame);
    pages.add(page->steps);
    pages.add(']');
  }
  out.add("{\"meridian\":1,\"baseurl\":");
  print_json(Value(site_.baseurl()), out);
  out.add(",\"frames\":[");
  for (std::uint32_t i = 0; i < frames_.size; i++) {
    out.add(i ? ",\n" : "\n");
    print_json(Value(used[i] ? frames_[i].text : Str("")), out);
  }
  out.add("\n],\"pages\":{");
  out.add(pages.str());
  out.add("\n}}\n");
}

}  // namespace meridian
