#include "meridian/writer.h"

#include "meridian/profile.h"
#include "meridian/site_search.h"

namespace meridian {

using site::Document;
using site::DocumentKind;

namespace {
/// A path that would leave the destination is not written.
bool stays_inside(Str path) { return !starts_with(path, "/") && !clean_path(path).empty(); }

bool has_control(Str path) {
  for (char c : path)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') return true;
  return false;
}

OutputFile::Kind kind_of(const Document& document) {
  return document.kind == DocumentKind::Static     ? OutputFile::Static
         : document.kind == DocumentKind::Redirect ? OutputFile::Redirect
                                                   : OutputFile::Page;
}

/// Whether the site is a person's, and Jekyll alone would not write it.
bool has_profile(const site::Site& site) {
  return site.theme() == site::Theme::Meridian && site.config() &&
         !get(site.config()->get("author"), "name").str().empty();
}

Str path_of_section(Arena& arena, std::int64_t number) {
  return arena.join(kProfileSections, to_str(arena, Value(number)), ".json");
}

/// Where a page of the notes' links is written: `/tags/a/` at `tags/a/index.html`.
Str path_of_url(Arena& arena, Str url) {
  Text path;
  add_url_decoded(path, url.substr(1));
  path.add("index.html");
  return arena.copy(path.str());
}

/// The address of an output, as far as what it is led by goes.
Str url_of_path(Arena& arena, Str path) {
  constexpr Name kIndex = "index.html";
  if (path == Str(kIndex) || ends_with(path, "/index.html")) path.remove_suffix(kIndex.size());
  Text url;
  url.add('/');
  for (char c : path) {
    if (is_one_of(c, "%?#"))
      add_percent(url, c);
    else
      url.add(c);
  }
  return arena.copy(url.str());
}
/// A page that has a button for light and dark, with the script for it, which in a site's sources
/// is the shell's.
Str with_scheme(Arena& arena, Str baseurl, Str html) {
  std::size_t head = html.find("</head>");
  if (head == Str::npos || html.find("data-theme-toggle", head) == Str::npos) return html;
  Text root;
  add_escaped_html(root, baseurl);
  return arena.join({html.substr(0, head), "<script src=\"", root.str(),
                     "/meridian/scheme.js\"></script>", html.substr(head)});
}

/// Whether a text may have a link by name, an embedded note or a tag.
bool may_have_marks(Str text) {
  if (text.find("[[") != Str::npos) return true;
  for (std::size_t at = 0; (at = text.find('#', at)) < text.size(); at++)
    if ((!at || is_one_of(text[at - 1], " \t\r\n(")) &&
        !is_one_of(char_at(text, at + 1), "# \t\r\n"))
      return true;
  return false;
}

/// Whether a page among them may have some: only then it is worthwhile to render all.
bool may_have_notes(const List<site::Searchable>& pages) {
  for (const site::Searchable& one : pages)
    if (!one.tags.empty() || one.document->file->from_manifest ||
        may_have_marks(one.document->file->source.text))
      return true;
  return false;
}
}  // namespace

bool Writer::read_notes(Arena& arena, site::Needs& needs, bool bare) {
  site::Site& site = workspace_.site();
  Diagnostics ignored(arena);  // the pages themselves report them
  List<site::Searchable> pages = site::searchable(site, arena, needs, ignored);
  if (needs.any()) return false;
  links_.open(site.baseurl(), bare ? Str() : site.baseurl());
  if (!site::has_notes(site) || !may_have_notes(pages)) return true;
  for (const site::Searchable& one : pages) {
    Arena page_arena;
    site::Needs missing;
    Diagnostics unused(page_arena);
    site::Page page = site::content_at(site, one.path, page_arena, missing, unused);
    // Once more, for names that outlive the page.
    if (missing.any()) (void)site::content_at(site, one.path, arena, needs, ignored);
    if (page.status == site::Status::Ready &&
        !links_.add({one.url, page.title, one.tags, page.html}))
      break;
  }
  if (!needs.any()) links_.finish();
  return !needs.any();
}

List<OutputFile> Writer::files(Arena& arena, site::Needs& needs, Diagnostics& diagnostics) {
  List<OutputFile> list;
  List<site::Output> outputs = workspace_.site().outputs(arena, needs, diagnostics);
  list.reserve(arena, outputs.size);
  for (const site::Output& output : outputs) {
    Str source = output.document->file ? on_host(*output.document->file).source.path : Str();
    if (has_control(output.path))
      diagnostics.add({Severity::Error, Rule::BadAddress}, source,
                      "its URL has a control character", "mend its `permalink`");
    else if (stays_inside(output.path))
      list.add(arena, {arena.copy(output.path), arena.copy(source), kind_of(*output.document)});
    else
      diagnostics.add({Severity::Error, Rule::BadAddress}, source, "its URL leads out of the site",
                      "mend its `permalink`");
  }
  if (needs.any()) return list;
  Arena known_arena;
  Map known{&known_arena};
  bool plain = workspace_.site().plain_folder(), any = false;
  for (const OutputFile& one : list) {
    known.set(one.path);
    any |= one.kind == OutputFile::Page;
  }
  // The first page of a folder that has none lists the others.
  if (plain && any && !known.find("index.html"))
    list.add(arena, {"index.html", "", OutputFile::Page});
  List<Str> made;
  for (Str url : links_.pages()) made.add(arena, url);
  if (Str url = site::page_of_all(workspace_.site(), arena, needs, diagnostics); !url.empty())
    made.add(arena, url);
  for (Str url : made)
    if (Str path = path_of_url(arena, url); !known.find(path))
      list.add(arena, {path, "", OutputFile::Page});
  if (!has_profile(workspace_.site())) return list;
  auto add = [&](Str path) {
    for (const OutputFile& one : list)
      if (one.path == path) return;
    list.add(arena, {path, "", OutputFile::Page});
  };
  add(kProfilePath);
  // Problems of the home page are reported when it is rendered.
  Diagnostics ignored(arena);
  std::uint32_t sections = site::home_sections(workspace_.site(), arena, needs, ignored).size;
  for (std::uint32_t number = 1; number <= sections; number++) add(path_of_section(arena, number));
  return list;
}

site::Page Writer::page(Str path, Arena& arena, site::Needs& needs, Diagnostics& diagnostics,
                        List<Str>* dependencies) {
  List<Str> used;  // collected, so that problems of a stop are reported on the page that names it
  site::Page page = workspace_.site().render_output(path, arena, needs, diagnostics,
                                                    dependencies ? dependencies : &used);
  Str url = url_of_path(arena, path);
  // Made by no source: the first page of a folder, pages of the notes' links, that of all pages.
  if (page.status == site::Status::NotFound &&
      ((url == "/" && workspace_.site().plain_folder()) || links_.has_page(url) ||
       url == site::page_of_all(workspace_.site(), arena, needs, diagnostics)))
    page = workspace_.site().render(arena.join(workspace_.site().baseurl(), url), arena, needs,
                                    diagnostics, &used);
  Text linked;
  if (page.status == site::Status::Ready && links_.fill(url, page.html, linked))
    page.html = arena.copy(linked.str());
  page.html = with_scheme(arena, workspace_.site().baseurl(), page.html);
  bool section = starts_with(path, kProfileSections);
  bool profile = path == kProfilePath || section;
  if (page.status != site::Status::NotFound || !profile || !has_profile(workspace_.site()))
    return page;
  if (!section) {
    site::Profile made = site::profile_of(workspace_.site(), "*", arena, needs, diagnostics);
    page.status = made.status;
    page.html = made.json;
    return page;
  }
  List<site::Section> sections = site::home_sections(workspace_.site(), arena, needs, diagnostics);
  std::int64_t number = parse_int(path.substr(Str(kProfileSections).size()));
  if (number < 1 || number > sections.size || path_of_section(arena, number) != path) return page;
  Map* one = make_map(arena);
  one->set("html", sections[std::uint32_t(number - 1)].html);
  Text json;
  print_json(Value(one), json);
  page.status = site::Status::Ready;
  page.html = arena.copy(json.str());
  return page;
}

}  // namespace meridian
