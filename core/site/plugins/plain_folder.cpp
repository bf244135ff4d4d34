// GitHub Pages' default plugins, and additions for plain folders: titles from headings, links
// between Markdown files, a navigation made of the folders.
#include "plugins/request.h"

namespace meridian::site {

namespace {
/// The first line of text, when it is a heading (`# Title`, or underlined), as plain text. HTML
/// above it, such as a README's picture, is passed over.
Str first_heading(Renderer& r, Str body) {
  std::size_t at = 0;
  for (;;) {
    at = skip(body, at, is_space);
    if (char_at(body, at) != '<') break;
    at = body.find("\n\n", at);
    if (at == Str::npos) return {};
  }
  Str line = slice(body, at, body.find('\n', at)), next = body.substr(at + line.size() + 1);
  next = rstrip(next.substr(0, next.find('\n')));
  std::size_t marks = skip(line, 0, [](char c) { return c == '#'; });
  bool atx = marks >= 1 && marks <= 3 && is_space(char_at(line, marks));
  bool underlined = !next.empty() && (next.find_first_not_of('=') == Str::npos ||
                                      next.find_first_not_of('-') == Str::npos);
  if (!atx && !underlined) return {};
  if (atx) {
    line = strip(line.substr(marks));
    line = without_last(line, '#');
  }
  Text html, text;
  if (!r.markdown(strip(line), html)) return {};
  add_without_html(text, html.str());
  return r.arena.copy(strip(text.str()));
}

/// `getting-started` as `Getting started`.
Str readable(Arena& arena, Str name) {
  Text t;
  for (char c : name) t.add(c == '-' || c == '_' ? ' ' : c);
  if (t.size()) t.data()[0] = upper(t.data()[0]);
  return arena.copy(t.str());
}
}  // namespace

Str Renderer::title_of(Document& d) {
  Value own = d.data ? d.data->get("title") : Value();
  if (!own.nil()) return to_str(arena, own);
  if (site.plugins_[kTitlesFromHeadings] && d.markdown && d.file &&
      d.file->presence == Presence::Loaded && scan(*d.file)) {
    Str heading = first_heading(*this, body_of(*d.file));
    if (!heading.empty()) return heading;
  }
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
      if (source == path) return d;
      // A link to a folder leads to its page.
      if (folder_of(source) == path && ends_with(likely_url(*d), "/")) folder_page = d;
    }
  return folder_page;
}

namespace {
/// `folder` joined with a relative path; false when it leads out of the site.
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

/// The address of a page that is not in the list of files yet, by the rule of plain folders:
/// `notes/one.md` is at /notes/one/.
Str address_by_name(Arena& arena, Str path) {
  Str name = without_extension(path), folder = folder_of(path);
  if (!is_index(file_name(name))) return arena.join("/", arena.join(name, "/"));
  return folder.empty() ? Str("/") : arena.join("/", arena.join(folder, "/"));
}
}  // namespace

bool Request::rebase(Document& d, Str url, Str& out) {
  std::size_t end = url.find_first_of("?#");
  Str path = url.substr(0, end), rest = end == Str::npos ? Str() : url.substr(end);
  if (path.empty() || path[0] == '/' || path.find(':') != Str::npos) return false;
  Text decoded, target;
  add_url_decoded(decoded, path);
  if (!resolve_relative(folder_of(d.file->source.path), decoded.str(), target)) return false;
  Document* page_there = page_of_source(target.str());
  // In a plain folder files seldom have a permalink: many pages would be fetched for their links.
  if (page_there && site.jekyll_ && !read(*page_there)) return false;
  Text made;
  if (page_there)
    relative_url(likely_url(*page_there), made);
  else if (!site.jekyll_ && presence_of(target.str()) >= Presence::Listed)
    relative_url(arena.join("/", target.str()), made);
  else if (!site.jekyll_ && presence_of(target.str()) == Presence::Unknown &&
           one_of(extension_of(target.str()), ".md .markdown") >= 0)
    relative_url(address_by_name(arena, target.str()), made);
  else
    return false;
  made.add(rest);
  out = arena.copy(made.str());
  return true;
}

bool Renderer::convert_markdown(Document& d, Str text, Text& out) {
  if (!site.plugins_[kRelativeLinks]) return markdown(text, out);
  auto rebased = [&](markdown::LinkPlace& place) {
    return request_of(*this).rebase(d, place.url, place.url);
  };
  auto visit = [](void* f, markdown::LinkPlace& place) {
    return (*static_cast<decltype(rebased)*>(f))(place);
  };
  return markdown(text, out, false, {visit, &rebased});
}

// ---- navigation ----

namespace {
/// Adds an entry to its parent's children, or to the top when it has no parent.
void add_entry(Arena& arena, Map* parent, Array& top, Map* entry) {
  if (!parent) return top.push(Value(entry));
  Value& children = parent->set("children");
  if (children.nil()) children = Value(make_array(arena));
  children.array()->push(Value(entry));
}

/// The navigation's entry of a folder, made when it is first needed; nullptr for the root.
Map* folder_entry(Request& r, Map& folders, Array& top, Str folder, int depth) {
  constexpr int kMaxFolders = 20;
  if (folder.empty() || depth > kMaxFolders) return nullptr;
  if (Value* v = folders.find(folder)) return v->map();
  Map* parent = folder_entry(r, folders, top, folder_of(folder), depth + 1);
  Map* entry = make_map(r.arena);
  entry->set("title", readable(r.arena, file_name(folder)));
  folders.set(folder, Value(entry));
  add_entry(r.arena, parent, top, entry);
  return entry;
}
}  // namespace

Value ModelReader::navigation() {
  Request& r = request_of(*this);
  Map folders{&arena};
  Array* top = make_array(arena);
  List<Document*> pages;
  for (Document* d : site.pages_)
    if (d->markdown && d->path != "404.md") pages.add(arena, d);
  stable_sort(pages.begin(), pages.size,
              [](Document* x, Document* y) { return x->path < y->path; });
  for (Document* d : pages) {
    Str folder = folder_of(d->path), url = r.likely_url(*d),
        name = without_extension(file_name(d->path));
    bool index = ends_with(url, "/") && is_index(name);
    if (folder.empty() && index) continue;  // the first page is the site's title in the masthead
    Map* parent = folder_entry(r, folders, *top, folder, 0);
    Str title = r.title_of(*d);
    if (index && parent) {
      if (!title.empty()) parent->set("title", title);
      parent->set("url", url);
      continue;
    }
    Map* entry = make_map(arena);
    entry->set("title", title.empty() ? readable(arena, name) : title);
    entry->set("url", url);
    add_entry(arena, parent, *top, entry);
  }
  // A folder without a page of its own leads to the first page in it.
  for (std::uint32_t i = folders.size(); i--;) {
    Map* folder = folders.entries[i].value.map();
    Array* children = folder->get("children").array();
    if (children && folder->get("url").nil()) folder->set("url", get((*children)[0], "url"));
  }
  report_wrong(nullptr);
  Map* navigation = make_map(arena);
  navigation->set("main", Value(top));
  return Value(navigation);
}

Value Request::folder_title() {
  for (std::uint32_t i = 0; i < site.pages_.size; i++) {
    Document& d = *site.pages_[i];
    if (likely_url(d) != "/") continue;
    // It is on every page: it must not depend on whether the first page was read.
    if (!d.file->from_manifest && d.file->title.empty() && !scan(*d.file)) return {};
    Str title = title_of(d);
    if (!title.empty()) return Value(title);
  }
  return {};
}

}  // namespace meridian::site
