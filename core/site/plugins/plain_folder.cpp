// GitHub Pages' default plugins, and additions for plain folders: titles from headings, links
// between Markdown files.
#include "model/entry_filter.h"
#include "plugins/request.h"

namespace meridian::site {

namespace {
/// The next blank line, also one of CR LF; npos: there is none.
std::size_t next_blank_line(Str body, std::size_t at) {
  while ((at = body.find('\n', at)) != Str::npos) {
    at++;
    if (rstrip(slice(body, at, body.find('\n', at))).empty()) break;
  }
  return at;
}

/// The heading that a text begins with (`# Title`, or underlined): its line, without the marks, and
/// in `end` where it ends. Empty when there is none. HTML above it, such as a README's picture, is
/// passed over in a plain folder.
Str heading_of(const SiteState& site, Str body, std::size_t& end) {
  std::size_t at = skip(body, 0, is_space);
  while (site.plain_folder() && char_at(body, at) == '<') {
    at = next_blank_line(body, at);
    if (at == Str::npos) return {};
    at = skip(body, at, is_space);
  }
  Str line = slice(body, at, body.find('\n', at)), next = body.substr(at + line.size());
  next = next.substr(next.size() > 0);
  Str under = next.substr(0, next.find('\n'));
  end = at + line.size();
  std::size_t marks = skip(line, 0, [](char c) { return c == '#'; });
  if (marks >= 1 && marks <= 3 && is_space(char_at(line, marks))) {
    line = strip(line.substr(marks));
    return site.plain_folder() ? strip(without_last(line, '#')) : line;
  }
  end += 1 + under.size();
  under = rstrip(under);
  bool underlined = !under.empty() && (under.find_first_not_of('=') == Str::npos ||
                                       under.find_first_not_of('-') == Str::npos);
  return underlined ? strip(line) : Str();
}

/// The heading as plain text, without marks of footnotes.
Str first_heading(Renderer& r, Str body) {
  std::size_t end;
  Str line = heading_of(r.site, body, end);
  Text html, text, title;
  // Jekyll's plugin makes blocks of it, too.
  if (line.empty() || !(r.site.jekyll_ ? r.markdown(line, html) : r.inline_markdown(line, html)))
    return {};
  add_without_html(text, html.str());
  Str plain = strip(text.str());
  for (std::size_t at = 0; at < plain.size(); at++) {
    std::size_t close = starts_with(plain.substr(at), "[^") ? plain.find(']', at) : Str::npos;
    if (close != Str::npos)
      at = close;
    else
      title.add(plain[at]);
  }
  return r.arena.copy(title.str());
}

}  // namespace

Str readable(Arena& arena, Str name) {
  Text t;
  for (std::size_t i = 0; i < name.size(); i++) {
    // A dash within a date is a part of it: `2026-01-31`, `2026-W05`, `2026-Q1`.
    char c = name[i], next = char_at(name, i + 1);
    bool dated = c == '-' && is_digit(char_at(name, i - 1)) &&
                 (is_digit(next) || (is_one_of(next, "WQ") && is_digit(char_at(name, i + 2))));
    t.add(!dated && is_one_of(c, "-_") ? ' ' : c);
  }
  if (t.size()) t.data()[0] = upper(t.data()[0]);
  return arena.copy(t.str());
}

bool Renderer::titled_by_heading(const Document& d) {
  return d.kind == DocumentKind::Document && site.plugins_[kTitlesFromHeadings] && site.jekyll_ &&
         dig(Value(site.config_), "titles_from_headings.collections").truthy();
}

Str Renderer::title_of(Document& d) {
  Value own = d.data ? d.data->get("title") : Value();
  if (!own.nil() && !titled_by_heading(d)) return to_str(arena, own);
  if (site.plugins_[kTitlesFromHeadings] && d.markdown && d.file &&
      d.file->presence == Presence::Loaded && scan(*d.file)) {
    Str heading = first_heading(*this, body_of(*d.file));
    if (!heading.empty()) return heading;
  }
  if (!own.nil()) return to_str(arena, own);
  if (d.file && !d.file->title.empty()) return d.file->title;
  return site.plain_folder() ? readable(arena, without_extension(file_name(d.path))) : Str();
}

Str Request::likely_url(Document& d) {
  if (d.read) return d.url;
  Document guess = d;
  guess.data = make_map(arena);
  set_url(guess);
  return guess.url;
}

Document* Request::page_of_source(Str path) {
  Document* folder_page = nullptr;
  if (Array* found = site.by_path_->get(path).array())
    for (const Value& v : *found) {
      Document* d = document_in(v);
      if (d->kind == DocumentKind::Static) continue;
      Str source = d->file->source.path;
      if (source == path || on_host(*d->file).source.path == path) return d;
      // A link to a folder leads to its page.
      if (folder_of(source) == path && ends_with(likely_url(*d), "/")) folder_page = d;
    }
  return folder_page;
}

bool resolve_relative(Str folder, Str relative, Text& out) {
  out.add(folder);
  for (Str part; next_piece(relative, '/', part);) {
    if (part == "..") {
      if (out.empty()) return false;
      std::size_t slash = out.str().rfind('/');
      out.truncate(slash == Str::npos ? 0 : slash);
    } else if (!part.empty() && part != ".") {
      if (!out.empty()) out.add('/');
      out.add(part);
    }
  }
  return true;
}

Str Request::address_by_name(Str path) {
  Str name = without_extension(path), folder = folder_of(path);
  if (!is_index(file_name(name))) return arena.join("/", arena.join(name, "/"));
  return folder.empty() ? Str("/") : arena.join("/", arena.join(folder, "/"));
}

/// jekyll-relative-links in a site of Jekyll: pages, documents and files by their paths.
static bool rebase_in_site(Request& r, Document& d, Str url, Str& out) {
  Str path = url.substr(0, url.find('#'));
  if (path.empty() || scheme_length(path) || starts_with(path, "//")) return false;
  Text decoded, target;
  add_url_decoded(decoded, path);
  if (!resolve_relative(path[0] == '/' ? Str() : folder_of(d.path), decoded.str(), target))
    return false;
  Array* found = r.site.by_path_->get(target.str()).array();
  for (std::uint32_t i = 0; found && i < found->size(); i++) {
    Document& there = *document_in((*found)[i]);
    if (there.path != target.str() || !r.read(there) || !there.written) continue;
    Text made;
    r.relative_url(there.url, made);
    made.add(url.substr(path.size()));
    out = r.arena.copy(made.str());
    return true;
  }
  return false;
}

bool Request::rebase(Document& d, Str url, Str& out) {
  if (site.jekyll_) return rebase_in_site(*this, d, url, out);
  std::size_t end = url.find_first_of("?#");
  Str path = url.substr(0, end), rest = end == Str::npos ? Str() : url.substr(end);
  if (path.empty() || path[0] == '/' || path.find(':') != Str::npos) return false;
  Text decoded, target;
  add_url_decoded(decoded, path);
  if (!resolve_relative(folder_of(d.file->source.path), decoded.str(), target)) return false;
  Document* page_there = page_of_source(target.str());
  Text made;
  // In a plain folder files seldom have a permalink: many pages would be fetched for their links.
  if (page_there)
    relative_url(likely_url(*page_there), made);
  else if (presence_of(target.str()) >= Presence::Listed)
    relative_url(arena.join("/", target.str()), made);
  else if (presence_of(target.str()) == Presence::Unknown &&
           has_extension(site.markdown_extensions_, extension_of(target.str())))
    relative_url(address_by_name(target.str()), made);
  else
    return false;
  made.add(page_there ? fragment_on(*page_there, rest) : rest);
  out = arena.copy(made.str());
  return true;
}

/// Whether jekyll-relative-links changes a document: in a site of Jekyll, pages, or all with
/// `collections`, but those that `exclude` names.
static bool leads_links(Renderer& r, const Document& d) {
  if (!r.site.plugins_[kRelativeLinks] || !r.site.jekyll_) return r.site.plugins_[kRelativeLinks];
  const Value config(r.site.config_);
  if (d.kind != DocumentKind::Page && !dig(config, "relative_links.collections").truthy())
    return false;
  Array* excluded = dig(config, "relative_links.exclude").array();
  return !excluded || !glob_include(*excluded, d.path, false);
}

Str Renderer::without_title(const Document& d, Str text) {
  bool page = site.plugins_[kTitlesFromHeadings] && site.jekyll_ && d.kind == DocumentKind::Page &&
              d.data->get("title").nil();
  if (!page && !titled_by_heading(d)) return text;
  Value* own = d.data->find("strip_title");
  std::size_t end = 0;
  bool strips =
      (own ? *own : dig(Value(site.config_), "titles_from_headings.strip_title")).truthy();
  return strips && !heading_of(site, text, end).empty() ? strip(text.substr(end)) : text;
}

bool Renderer::convert_markdown(Document& d, Str text, Text& out) {
  bool leads = leads_links(*this, d);
  if (!leads && !site.markdown_.notes) return markdown(text, out);
  auto rebased = [&](markdown::LinkPlace& place) {
    Request& r = request_of(*this);
    return (site.markdown_.notes && r.lead_note(d, place)) ||
           (leads && !(site.jekyll_ && place.in_html) && r.rebase(d, place.url, place.url)) ||
           (site.markdown_.notes && r.lead_by_name(d, place.url));
  };
  auto visit = [](void* f, markdown::LinkPlace& place) {
    return (*static_cast<decltype(rebased)*>(f))(place);
  };
  return markdown(text, out, false, {visit, &rebased});
}

Value Request::folder_title() {
  std::uint32_t& others = site.not_first_;
  for (std::uint32_t i = others; i < site.pages_.size; i++) {
    Document& d = *site.pages_[i];
    // A page that is not read yet is the first one by its name alone.
    bool first = d.published && (d.read || folder_of(d.path).empty()) && likely_url(d) == "/";
    if (!first && d.read && i == others) others++;
    if (!first) continue;
    // It is on every page: it must not depend on whether the first page was read.
    if (!d.file->from_manifest && d.file->title.empty() && !scan(*d.file)) return {};
    Str title = title_of(d);
    if (!title.empty()) return Value(title);
  }
  return {};
}

}  // namespace meridian::site
