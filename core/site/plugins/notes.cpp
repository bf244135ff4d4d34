// Links between notes, `[[Note#Heading]]`, led to pages as Obsidian leads them: by name alone, to
// the note with the shortest path where several have it. Embeds, `![[Note]]`.
#include "plugins/request.h"

namespace meridian::site {

namespace {
constexpr Name kPictures = ".png .jpg .jpeg .gif .svg .webp .avif .bmp";
// Sounds first, then films.
constexpr Name kPlayed = ".mp3 .ogg .wav .flac .m4a .mp4 .webm .ogv .mov";
constexpr int kFilms = 5;
// Notes of the same name that a link is compared with: more than any vault has.
constexpr std::uint32_t kMaxNamesakes = 1000;

Str key_of(Arena& arena, Str path) {
  Text key;
  add_downcase(key, path);
  return arena.copy(key.str());
}

bool is_note(const Document& d) { return d.markdown && d.kind != DocumentKind::Static; }

/// The key of a name that a note has besides its own.
Str alias_key(Arena& arena, Str alias) { return arena.join("\n", key_of(arena, strip(alias))); }

/// Adds the names in a note's `aliases` or `alias`: a list, one name, or several with commas.
void add_aliases(SiteState& site, Document& d) {
  auto add = [&](Str alias) {
    add_to_group(*site.by_name_, alias_key(site.arena_, alias), value_of(d));
  };
  if (!d.read || !d.data) return;
  for (const Map::Entry& e : *d.data) {
    if (one_of(key_of(site.arena_, e.key.str()), "aliases alias") < 0) continue;
    Array* list = e.value.array();
    for (std::uint32_t i = 0; list && i < list->size(); i++) add(to_str(site.arena_, (*list)[i]));
    if (list || e.value.nil()) continue;
    Str all = to_str(site.arena_, e.value), alias;
    add(all);
    if (all.find(',') != Str::npos)
      while (next_piece(all, ',', alias)) add(alias);
  }
}

/// The documents of a site by their names in lower case; notes without their extension, and with
/// it, and by their aliases.
Map& documents_by_name(SiteState& site) {
  if (site.by_name_) return *site.by_name_;
  site.by_name_ = make_map(site.arena_);
  for (Document* d : site.documents_) {
    if (!d->file || d->file->generated) continue;
    Str name = key_of(site.arena_, file_name(d->file->source.path));
    add_to_group(*site.by_name_, name, value_of(*d));
    if (!is_note(*d)) continue;
    add_to_group(*site.by_name_, without_extension(name), value_of(*d));
    add_aliases(site, *d);
  }
  return *site.by_name_;
}

/// A link of folders and dots, `../A`, as a path from the site's root; out of the site it is a
/// name. `exact`: it was one.
Str without_dots(Arena& arena, Str folder, Str link, bool& exact) {
  exact = false;
  for (Str rest = link, part; next_piece(rest, '/', part);) exact |= part == "." || part == "..";
  Text path;
  if (!exact) return link;
  bool inside = resolve_relative(char_at(link, 0) == '.' ? folder : Str(), link, path);
  return inside ? arena.copy(path.str()) : file_name(link);
}

/// Whether the path of a document ends with the folders and the name that a link has.
bool matches(Str path, Str link) {
  return path == link || (ends_with(path, link) && path[path.size() - link.size() - 1] == '/');
}

/// The note or file that `link` means in a document; nullptr when there is none. A name comes
/// before an alias.
Document* find_note(Request& r, const Document& from, Str link) {
  bool exact;
  link = without_dots(r.arena, folder_of(from.file->source.path), link, exact);
  link = key_of(r.arena, link);
  Array* named = documents_by_name(r.site).get(file_name(link)).array();
  Document* best = nullptr;
  int best_rank = 0;
  Str here = key_of(r.arena, folder_of(from.file->source.path));
  for (std::uint32_t i = 0; named && i < named->size() && i < kMaxNamesakes; i++) {
    Document& d = *document_in((*named)[i]);
    Str whole = key_of(r.arena, d.file->source.path);
    Str path = is_note(d) ? without_extension(whole) : whole;
    if (!d.published || (!matches(path, link) && !matches(whole, link))) continue;
    int rank = path == link || whole == link ? 3 : folder_of(whole) == here ? 2 : 1;
    if (exact && rank < 3) continue;
    bool better = !best || rank > best_rank;
    if (best && rank == best_rank) {
      Str other = best->file->source.path, own = d.file->source.path;
      better = own.size() != other.size() ? own.size() < other.size() : own < other;
    }
    if (better) best = &d, best_rank = rank;
  }
  if (best || exact) return best;
  Array* called = documents_by_name(r.site).get(alias_key(r.arena, link)).array();
  for (std::uint32_t i = 0; called && i < called->size(); i++)
    if (Document* d = document_in((*called)[i]); d->published) return d;
  return nullptr;
}

/// `#id` of the heading or block that a link names behind its `#`; the last one counts.
Str anchor_of(Request& r, Str part) {
  if (part.empty()) return {};
  std::size_t last = part.rfind('#');
  if (last != Str::npos) part = part.substr(last + 1);
  return r.arena.join("#", starts_with(part, "^") ? part : markdown::header_id(part, r.arena));
}

/// The same in a file that is no note, which has what it has.
Str anchor_in_file(Arena& arena, Str part) {
  Text anchor;
  if (!part.empty()) anchor.add('#');
  add_uri_escaped(anchor, part);
  return arena.copy(anchor.str());
}

// ---- embeds ----

/// The header that begins at `begin`, up to the next one of its level or a higher one.
Str section_at(Str html, std::size_t begin) {
  char level = char_at(html, begin + 2);
  for (std::size_t next = html.find("\n<h", begin); next != Str::npos;
       next = html.find("\n<h", next + 1)) {
    char other = char_at(html, next + 3);
    if (is_digit(other) && other <= level) return slice(html, begin, next + 1);
  }
  return html.substr(begin);
}

/// The paragraph or item that the anchor of a block is in.
Str block_at(Arena& arena, Str html, std::size_t at) {
  std::size_t paragraph = html.rfind(Str("<p>"), at), item = html.rfind(Str("<li"), at);
  bool in_item = paragraph == Str::npos || (item != Str::npos && item > paragraph);
  if (!in_item) return slice(html, paragraph, html.find('\n', at));
  if (item == Str::npos) return {};
  return arena.join("<ul>\n", slice(html, item, html.find('\n', at)), "\n</ul>\n");
}

/// The part of a note's HTML that has the id; all of it without an id.
Str section(Request& r, Str html, Str anchor) {
  if (anchor.empty()) return html;
  std::size_t at = html.find(r.arena.join(" id=\"", anchor.substr(1), "\""));
  std::size_t begin = html.rfind('<', at == Str::npos ? 0 : at);
  if (at == Str::npos || begin == Str::npos) return {};
  return char_at(html, begin + 1) == 'h' ? section_at(html, begin) : block_at(r.arena, html, at);
}

/// Ids stay with the note itself: on this page they may be others'.
void add_without_ids(Text& out, Str html) {
  for (;;) {
    std::size_t at = html.find(" id=\""), end = html.find('"', at == Str::npos ? at : at + 5);
    if (end == Str::npos) break;
    out.add(html.substr(0, at));
    html.remove_prefix(end + 1);
  }
  out.add(html);
}

/// HTML with an address and a text in it, both escaped.
void add_html(Text& out, Name before, Str url, Str between, Str text, Name after) {
  out.add(before);
  add_escaped_once(out, url);
  out.add(between);
  add_escaped_once(out, text);
  out.add(after);
}

/// Adds an embedded note, with a link to it. Nothing while it is being rendered itself.
void add_note(Request& r, Document& there, Str url, Str anchor, Text& out) {
  Value content;
  if (!r.read(there) || !there.published || !r.embed(there, content)) return;
  Str html = section(r, content.str(), anchor);
  if (html.empty()) return;
  add_html(out, "<div class=\"embed\">\n<p class=\"embed-title\"><a href=\"", url, "\">",
           r.title_of(there), "</a></p>\n");
  add_without_ids(out, html);
  out.add("</div>\n");
}
}  // namespace

bool Request::lead_note(Document& d, markdown::LinkPlace& place) {
  if (!starts_with(place.url, markdown::kNoteScheme)) return false;
  Text decoded;
  add_url_decoded(decoded, place.url.substr(Str(markdown::kNoteScheme).size()));
  // Two slashes at its begin would lead to another host.
  Str target = arena.copy(decoded.str());
  while (starts_with(target, "/")) target = without_slash(target);
  Str name = target.substr(0, target.find('#'));
  Str part = target.substr(name.size() + (name.size() < target.size()));
  Document* there = name.empty() ? &d : find_note(*this, d, name);
  // Of a PDF the part is a page: `#page=3`.
  Str anchor = there && !is_note(*there) ? anchor_in_file(arena, part) : anchor_of(*this, part);
  Text url;
  Str kind = "note-link";
  bool is_link = !place.image;
  if (there) {
    if (!name.empty() || place.image) relative_url(likely_url(*there), url);
  } else {
    if (starts_with(name, "tags/"))
      name = key_of(arena, name), kind = "tag";
    else if (files.complete)  // else it may be there
      kind = "dead-link";
    bool dotted;
    name = without_dots(arena, folder_of(d.file->source.path), name, dotted);
    relative_url(address_by_name(name), url);
  }
  Text html;
  if (place.image && there && !is_note(*there)) {
    Str extension = key_of(arena, extension_of(name));
    int kind = one_of(extension, kPlayed);
    bool film = kind >= kFilms;
    if (kind >= 0)
      add_html(html, film ? "<video controls src=\"" : "<audio controls src=\"", url.str(), "\">",
               {}, film ? "</video>" : "</audio>");
    else
      place.image = one_of(extension, kPictures) < 0;
  }
  url.add(anchor);
  place.url = arena.copy(url.str());
  if (is_link) place.css_class = kind;
  if (!place.image) return true;
  if (place.alone && there && is_note(*there)) add_note(*this, *there, place.url, anchor, html);
  if (html.empty())
    add_html(html, "<a href=\"", place.url, arena.join("\" class=\"", kind, "\">"), target, "</a>");
  place.html = arena.copy(html.str());
  return true;
}

Str Request::fragment_on(Document& there, Str rest) {
  std::size_t hash = rest.find('#');
  if (!site.markdown_.notes || !is_note(there) || hash == Str::npos) return rest;
  Text decoded;
  add_url_decoded(decoded, rest.substr(hash + 1));
  Str part = arena.copy(decoded.str()), text = there.file->source.text;
  bool heading = false;
  for (char c : part) heading |= c == ' ' || lower(c) != c;
  // An id that the note itself sets stays as it is.
  for (std::size_t at = 0; heading && (at = text.find(part, at)) != Str::npos; at++)
    heading = !at || !is_one_of(text[at - 1], "\"'=");
  return heading ? arena.join(rest.substr(0, hash), anchor_of(*this, part)) : rest;
}

bool Request::lead_by_name(Document& d, Str& url) {
  Str path = url.substr(0, url.find_first_of("?#"));
  if (starts_with(url, "#")) {
    url = fragment_on(d, url);
    return true;
  }
  if (path.empty() || path[0] == '/' || path.find(':') != Str::npos) return false;
  Text decoded, made, inside;
  add_url_decoded(decoded, path);
  // Out of the site it names another file, of the repository that the site is a folder of.
  if (!resolve_relative(folder_of(d.file->source.path), decoded.str(), inside)) return false;
  Document* there = find_note(*this, d, decoded.str());
  if (!there) return false;
  relative_url(likely_url(*there), made);
  made.add(fragment_on(*there, url.substr(path.size())));
  url = arena.copy(made.str());
  return true;
}

}  // namespace meridian::site
