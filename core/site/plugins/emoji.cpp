// Codes of emoji in pages, `:tada:`: as pictures where a site lists jemoji, as characters in a
// plain folder, as GitHub shows them. jemoji's filter serialises the whole body again; here the
// text around the codes is unchanged.
#include "render/renderer.h"

namespace meridian::site {

namespace {
/// Elements whose text is skipped: jemoji's three, and those whose text is no prose.
constexpr Name kVerbatim = "pre code tt script style textarea PRE CODE TT SCRIPT STYLE TEXTAREA";

bool is_part_of_code(char c) { return is_alnum(c) || is_one_of(c, "_+-"); }

/// The name of the picture's file: the code points but variation selectors and joiners
/// (Emoji::Character).
void add_picture(Text& out, Str emoji) {
  bool more = false;
  for (std::size_t at = 0; at < emoji.size();) {
    std::uint32_t c = decode(emoji, at);
    if (c == 0xFE0F || c == 0x200D) continue;
    if (more) out.add('-');
    more = true;
    for (int shift = c >> 16 ? 16 : 12; shift >= 0; shift -= 4)
      out.add("0123456789abcdef"[c >> shift & 15]);
  }
}

/// Behind the tag that `html` has at `at`.
std::size_t end_of_tag(Str html, std::size_t at) {
  char quote = '\0';
  for (char c; (c = char_at(html, at)) && (quote || c != '>'); at++) {
    if (c == quote)
      quote = '\0';
    else if (!quote && is_one_of(c, "\"'"))
      quote = c;
  }
  return at;
}

/// False when their names are not there yet.
bool read_emoji(Renderer& r) {
  SiteState& site = r.site;
  if (site.emoji_) return true;
  File* f = r.load(kEmoji);
  if (!f) return false;
  Text text;
  r.run(*r.template_of(*f, Part::Whole), text);
  Str rest = site.arena_.copy(text.str()), emoji, one, name;
  next_piece(rest, '\n', site.emoji_markup_);
  next_piece(rest, '\n', emoji);
  site.emoji_ = make_map(site.arena_);
  while (next_piece(rest, ' ', name) && next_piece(emoji, ' ', one))
    site.emoji_->set(name) = Value(one);
  return true;
}
}  // namespace

Str Renderer::with_emoji(const Document& d, Str html) {
  if (!has_emoji() || (site.jekyll_ && d.output_ext != ".html")) return html;
  std::size_t body = site.jekyll_ ? html.find("<body") : 0;
  return with_emoji(html, body == Str::npos ? 0 : body, false);
}

Str Renderer::with_emoji(Str html, std::size_t at, bool characters) {
  std::size_t done = 0;
  Text out;
  while ((at = html.find_first_of("<:", at)) != Str::npos) {
    std::size_t begin = at++, end = skip(html, at, is_part_of_code);
    Str name = slice(html, at, end);
    if (html[begin] == '<') {
      if (starts_with(html.substr(at), "!--"))
        at = html.find("-->", at);
      else if (one_of(name, kVerbatim) >= 0)
        at = html.find(arena.join("</", name), at);
      else if (!name.empty())
        at = end_of_tag(html, at);
      continue;
    }
    at = end;
    if (name.empty() || char_at(html, end) != ':') continue;
    if (!read_emoji(*this)) return html;
    Str emoji = site.emoji_->get(name).str();
    if (emoji.empty()) continue;  // its second colon may be another's first
    out.add(slice(html, done, begin));
    done = ++at;
    for (char c : characters ? Str("`") : site.emoji_markup_) {
      if (c == '|')
        out.add(slice(html, begin, done));
      else if (c == '^')
        add_picture(out, emoji);
      else if (c == '`')
        out.add(emoji);
      else if (c == '\\')
        out.add(name);
      else
        out.add(c);
    }
  }
  if (!done) return html;
  out.add(html.substr(done));
  return arena.copy(out.str());
}

}  // namespace meridian::site
