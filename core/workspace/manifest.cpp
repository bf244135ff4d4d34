// meridian.json: the files that a host has, and their data for the first pages (docs/reference.md).
#include "git_hash.h"
#include "link.h"
#include "meridian/workspace.h"

namespace meridian {

using site::File;
using site::Presence;

namespace {
// Larger data files are fetched when a page uses them.
constexpr std::size_t kMaxWholeFile = 16 << 10;
// Layouts, includes and other parts of pages, all together: fetched one by one they would cost each
// first visit a round trip for each level of includes.
constexpr std::size_t kMaxParts = 128 << 10;
// A longer excerpt costs every visitor more than its page would.
constexpr std::size_t kMaxExcerpt = 2000;
// Parts of style sheets in the file beside the manifest. The largest frameworks have as much.
constexpr std::size_t kMaxSheetParts = 1 << 20;

void add_field(Text& out, Str key, Str value) {
  out.add(",\"");
  out.add(key);
  out.add("\":");
  print_json(Value(value), out);
}

/// A page, and the files that it depends on.
struct Made {
  Str url;
  List<Str> from;
};

/// The parts of pages whose text is in the manifest: as many of the most used as fit. `uses`: by
/// path, the number of pages that take a part.
Map whole_parts(Arena& arena, const Map& uses, const site::Files& files) {
  List<Map::Entry> parts;
  for (const Map::Entry& part : uses) parts.add(arena, part);
  stable_sort(parts.begin(), parts.size,
              [](const Map::Entry& x, const Map::Entry& y) { return x.value.i > y.value.i; });
  Map whole{&arena};
  std::size_t left = kMaxParts;
  for (const Map::Entry& part : parts) {
    auto size = std::size_t(files.find(part.key.str())->size);
    if (size > kMaxWholeFile || size > left) continue;
    left -= size;
    whole.set(part.key.str(), true);
  }
  return whole;
}

Str without_slash(Str url) { return starts_with(url, "/") ? url.substr(1) : url; }

/// What visitors load of style sheets that are pages of the site, by address, in the folder of a
/// language too: the compiled sheet, or the source.
Map sheets_of(Arena& arena, const List<site::Output>& outputs, const site::Files& files) {
  Map sheets{&arena};
  for (const site::Output& o : outputs) {
    const site::Document& d = *o.document;
    if (d.kind != site::DocumentKind::Page || !d.file || !ends_with(o.path, ".css")) continue;
    Str compiled = site::compiled_sheet(arena, o.path);
    File* f = files.find(compiled);
    bool there = f && f->presence >= Presence::Listed;
    sheets.set(without_slash(site::address_of(arena, d)),
               Value(there ? compiled : d.file->source.path));
  }
  return sheets;
}

/// The next `<link>` in a head. What stands in comments, in scripts and in <noscript>, and a sheet
/// that a reader or a script has to choose, is not loaded.
bool next_link(Str& head, Str& link) {
  while (head.size()) {
    std::size_t begin = head.find('<');
    if (begin == Str::npos) return false;
    head.remove_prefix(begin);
    Str end = starts_with(head, "<!--")        ? "-->"
              : starts_with(head, "<script")   ? "</script"
              : starts_with(head, "<noscript") ? "</noscript"
                                               : ">";
    link = head.substr(0, head.find(end));
    head.remove_prefix(link.size());
    if (starts_with(link, "<link") && link.find("alternate stylesheet") == Str::npos &&
        link.find(" disabled") == Str::npos)
      return true;
  }
  return false;
}

/// Adds what visitors load of the sheets that a page links to `from`, and their addresses to
/// `linked`. A relative address counts from the root, where most pages' sheets are.
void add_linked(const Map& sheets, Str html, Str base, Arena& arena, List<Str>& from, Map& linked) {
  Map taken{&arena};
  Str head = html.substr(0, html.find("</head>"));
  for (Str link; next_link(head, link);) {
    std::size_t end = link.find(".css");
    if (end == Str::npos) continue;
    link = link.substr(0, end + 4);
    link.remove_prefix(link.find_last_of("\"'=") + 1);
    link = without_host(link, base);
    while (is_one_of(char_at(link, 0), "./")) link.remove_prefix(1);
    Str path = sheets.get(link).str();
    if (path.empty() || taken.find(link)) continue;
    taken.set(link, true);
    linked.set(arena.copy(link), true);  // the page is gone when they are read
    from.add(arena, path);
  }
}

/// The Sass that linked sheets are made of, as JSON by path; empty when it is too much, or none.
void add_sheet_parts(Text& out, const List<Made>& pages, const Map& linked, Arena& arena,
                     const site::Files& files) {
  Map taken{&arena};
  std::size_t size = 0;
  Text parts;
  for (const Made& page : pages) {
    if (!linked.find(without_slash(page.url))) continue;
    for (Str path : page.from) {
      const File* f = files.find(path);
      if (!ends_with(path, ".scss") && !ends_with(path, ".sass")) continue;
      if (taken.find(path) || !f->published || !f->bytes) continue;
      if (find_invalid_utf8(Str(f->bytes, std::size_t(f->size))) != Str::npos) continue;
      size += std::size_t(f->size);
      if (size > kMaxSheetParts) return;
      parts.add(parts.size() ? ",\n" : "\n");
      taken.set(path, true);
      print_json(Value(path), parts);
      parts.add(':');
      print_json(Value(f->source.text), parts);
    }
  }
  out.add(parts.str());
}

/// `"/about/":["_pages/about.md","_data/news.yml"]`
void add_page(Text& out, const Made& page, const site::Files& files) {
  print_json(Value(page.url), out);
  out.add(":[");
  bool first = true;
  for (Str path : page.from) {
    if (!files.find(path)->published) continue;
    if (!first) out.add(',');
    first = false;
    print_json(Value(path), out);
  }
  out.add(']');
}
}  // namespace

bool Workspace::manifest(Text& out, Diagnostics& diagnostics, const ManifestWith& with) {
  Arena arena;
  site::Needs needs;
  List<site::Output> outputs = site_.outputs(arena, needs, diagnostics);
  if (needs.any()) return false;

  // Documents of collections: lists of them show excerpts. Markdown without front matter:
  // navigations show its heading.
  Map listed{&arena}, titles{&arena}, uses{&arena}, linked{&arena}, asked{&arena};
  Map tables{&arena};  // each page's model has all their rows
  for (const File* row : site_.rows()) tables.set(row->table->source.path, true);
  Map sheets = sheets_of(arena, outputs, files_);
  if (with.first)
    for (const Map::Entry& sheet : sheets)
      if (site::is_compiled_sheet(sheet.value.str()))
        with.first->add_sheet(sheet.key.str(), sheet.value.str());
  const site::File* home = nullptr;
  List<Made> pages;
  List<Str> used;
  for (const site::Output& o : outputs) {
    if (o.document->kind == site::DocumentKind::Static ||
        o.document->kind == site::DocumentKind::Redirect)
      continue;
    if (o.document->kind == site::DocumentKind::Document)
      listed.set(o.document->file->source.path, site_.excerpt_text(*o.document, arena));
    if (o.path == "index.html" && o.document->kind == site::DocumentKind::Page)
      home = o.document->file;
    Arena page_arena;
    List<Str> dependencies;
    site::Needs of_page;  // its lists end with the page's arena
    Diagnostics found(page_arena);
    site::Page page = site_.render(*o.document, page_arena, of_page, found, &dependencies);
    if (with.segments) with.segments->add(*o.document, page);
    if (with.wanted)
      for (Str path : of_page.paths) {
        if (asked.find(path)) continue;
        path = diagnostics.arena().copy(path);
        asked.set(path, true);
        with.wanted->add(diagnostics.arena(), path);
      }
    if (o.document->markdown) titles.set(o.document->file->source.path, arena.copy(page.title));
    Made made{site::address_of(arena, *o.document), {}};
    for (Str path : dependencies) {
      made.from.add(arena, path);
      used.add(arena, path);
      if (!ends_with(o.path, ".html") || site_.has_document(path)) continue;
      Value& pages_with = uses.set(path);
      pages_with = Value(pages_with.i + 1);
    }
    if (ends_with(o.path, ".html")) {
      const std::uint32_t before = made.from.size;
      add_linked(sheets, page.html, site_.baseurl(), arena, made.from, linked);
      // What only the core makes, comes later than the page would.
      bool late = false;
      for (std::uint32_t i = before; i < made.from.size; i++)
        late |= !site::is_compiled_sheet(made.from[i]);
      if (with.first && !late) with.first->add(*o.document, page);
    }
    pages.add(arena, made);
  }
  if (!site_.mark_published(used, arena, needs, diagnostics)) return false;

  List<File*> files;
  for (File* f = files_.first(); f; f = f->next)
    if (f->published) files.add(arena, f);
  sort_by_path(files);

  Map whole = whole_parts(arena, uses, files_);
  Str separator = to_str(arena, site_.config()->get("excerpt_separator"));
  out.add("{\"meridian\":1,\"complete\":true");
  if (!settings_.config.empty()) add_field(out, "config", settings_.config);
  if (!settings_.gems.empty()) add_field(out, "gems", settings_.gems);
  out.add(",\"files\":[");
  bool begun = false;
  for (File* f : files) {
    if (begun) out.add(",");
    begun = true;
    out.add("\n{\"path\":");
    print_json(Value(f->source.path), out);
    out.add(",\"size\":");
    out.add_int(f->size);
    if (f->presence == Presence::Loaded && f->bytes) {
      Str bytes(f->bytes, std::size_t(f->size));
      out.add(",\"git\":\"");
      add_git_hash(out, bytes);
      out.add('"');
      bool data = starts_with(f->source.path, "_data/") || site_.has_settings(f->source.path);
      if (find_invalid_utf8(bytes) != Str::npos) {
        out.add(",\"page\":true");  // only fetching it can show what is wrong
      } else if (f == home || whole.find(f->source.path) || tables.find(f->source.path) ||
                 (data && bytes.size() <= kMaxWholeFile)) {
        add_field(out, "text", f->source.text);
      } else if (f->scanned && f->front.present && f->front.matched && !f->broken_front &&
                 f->found.size() == 0) {
        Str yaml = f->front.yaml;  // with the line of dashes above it
        add_field(out, "yaml", starts_with(yaml, "---") ? yaml.substr(yaml.find('\n') + 1) : yaml);
        // jekyll-titles-from-headings: the heading is in the body.
        Str title = titles.get(f->source.path).str();
        if (!title.empty() && !listed.find(f->source.path) && get(f->data, "title").nil())
          add_field(out, "title", title);
        if (listed.find(f->source.path) && f->data.map()->get("excerpt").nil() &&
            !separator.empty()) {
          Str excerpt = listed.get(f->source.path).str();
          if (excerpt.size() <= kMaxExcerpt) add_field(out, "excerpt", excerpt);
        }
      } else if (!f->front.present && titles.find(f->source.path)) {
        add_field(out, "title", titles.get(f->source.path).str());
      } else if (f->front.present) {
        out.add(",\"page\":true");
      }
    }
    out.add('}');
  }
  out.add("\n],\"pages\":{");
  begun = false;
  for (const Made& page : pages) {
    out.add(begun ? ",\n" : "\n");
    begun = true;
    add_page(out, page, files_);
  }
  out.add("\n}");
  Text parts;
  if (with.sass) add_sheet_parts(parts, pages, linked, arena, files_);
  if (parts.size()) {
    Text hash;
    add_git_hash(hash, parts.str());
    add_field(out, "sass", hash.str());
    with.sass->add("{\"meridian\":1");
    add_field(*with.sass, "sass", hash.str());
    with.sass->add(",\"files\":{");
    with.sass->add(parts.str());
    with.sass->add("\n}}\n");
  }
  out.add("}\n");
  return true;
}

}  // namespace meridian
