// Finds broken links within a site: addresses, anchors and pictures of rendered pages that lead
// nowhere.
#include "meridian/site_search.h"
#include "names.h"
#include "parts.h"

namespace meridian {

using check::Nearest;
using site::File;

namespace {
// Folders and files beside a site's sources that are not part of them.
constexpr Name kShell = "meridian playground card";
// Each missing target is compared with all outputs, so the number of these searches is bounded.
constexpr int kMaxSearches = 50;
constexpr std::uint32_t kMaxCompared = 5000;
// Bytes of sources in which addresses are searched: about a second's work.
constexpr std::uint64_t kMaxLooked = std::uint64_t(1) << 30;
// Links that are kept: more than Diagnostics can hold.
constexpr std::uint32_t kMaxLinks = 10 * Diagnostics::kMax;

Str without_references(Arena& arena, Str s) {
  if (s.find('&') == Str::npos) return arena.copy(s);
  constexpr const char* kReferences[][2] = {
      {"&amp;", "&"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&lt;", "<"}, {"&gt;", ">"}};
  Text out;
  while (!s.empty()) {
    std::size_t taken = 0;
    for (auto& [reference, character] : kReferences)
      if (!taken && starts_with(s, reference)) out.add(character), taken = Str(reference).size();
    if (!taken) out.add(s[0]), taken = 1;
    s.remove_prefix(taken);
  }
  return arena.copy(out.str());
}

bool has_scheme(Str address) {
  std::size_t end = address.find_first_of(":/?#");
  return end != Str::npos && end && address[end] == ':';
}

/// An address that a template left unrendered, or that a browser would read in another way than we
/// do.
bool is_unsure(Str address) { return address.find_first_of("{}\\ \t\n\r<>") != Str::npos; }

bool is_element(const Tag& tag, const char* names) {
  for (Str rest = names, name; next_piece(rest, ' ', name);)
    if (tag.is(name)) return true;
  return false;
}

/// A script of the site's own, which may make ids.
bool is_foreign_script(const Tag& tag) {
  if (!tag.is("script")) return false;
  Str source = attribute(tag, "src"), type = attribute(tag, "type");
  if (source.data()) return source.find("/meridian/") == Str::npos;
  return type.empty() || type == "module" || type == "text/javascript";
}

/// A link that a script waits for, not one to a place.
bool is_handle(const Tag& tag) {
  return attribute(tag, "onclick").data() || attribute(tag, "role").data() ||
         tag.attributes.find("data-") != Str::npos ||
         tag.attributes.find("aria-controls") != Str::npos;
}

/// `relative` from the folder of an output; false when it leads out of the site.
bool join_path(Str folder, Str relative, Text& out) {
  bool absolute = starts_with(relative, "/");
  if (!absolute) out.add(folder);
  if (absolute) relative.remove_prefix(1);
  bool ends = relative.empty() || ends_with(relative, "/");
  for (Str part; next_piece(relative, '/', part);) {
    if (part == "..") {
      if (out.empty()) return false;
      std::size_t slash = out.str().rfind('/');
      out.truncate(slash == Str::npos ? 0 : slash);
      ends = relative.empty() || ends;
    } else if (!part.empty() && part != ".") {
      if (!out.empty()) out.add('/');
      out.add(part);
    }
  }
  if (ends && !out.empty()) out.add('/');
  return true;
}

bool ends_literal(char c) { return !c || is_space(c) || is_one_of(c, "\"'()<>[]{}|,;#?`="); }

/// Whether `}}` at the end of `before` ends an expression that begins addresses. Some are empty
/// here and set elsewhere, such as `site.github.repository_url`.
bool ends_base(Str before) {
  std::size_t open = before.rfind(Str("{{"));
  if (open == Str::npos || !ends_with(before, "}}")) return false;
  Str expression = strip(slice(before, open + 2, before.size() - 2));
  return one_of(expression, "site.baseurl site.url base_path") >= 0;
}

/// Offset of an address in a source: behind a character that begins one if there is such a place,
/// else as a word.
std::size_t find_address(Str text, Str address) {
  std::size_t word = Str::npos;
  if (address.empty()) return word;
  for (std::size_t at = text.find(address); at != Str::npos;
       at = text.find(address, at + address.size())) {
    char before = at ? text[at - 1] : '\n';
    if (!ends_literal(char_at(text, at + address.size())) || !ends_literal(before)) continue;
    if (before == '}' && !ends_base(text.substr(0, at))) continue;
    if (is_one_of(before, "(\"'=<}")) return at;
    if (word == Str::npos) word = at;
  }
  return word;
}
}  // namespace

const OutputFile* Check::find(Str path) const {
  auto at = [&](Str begin, Str end) -> const OutputFile* {
    Text whole;
    whole.add(begin);
    whole.add(end);
    Value* number = outputs_.find(whole.str());
    return number ? &output_files_[std::uint32_t(number->i)] : nullptr;
  };
  if (path.empty() || ends_with(path, "/")) {
    const OutputFile* found = at(path, "index.html");
    return found || path.empty() ? found : at(path.substr(0, path.size() - 1), ".html");
  }
  for (const char* end : {"", ".html", "/index.html"})
    if (const OutputFile* found = at(path, end)) return found;
  // Of a style sheet only its source may be here.
  Str stem = ends_with(path, ".css") ? path.substr(0, path.size() - 4) : Str();
  for (const char* end : {".scss", ".sass"})
    if (stem.data())
      if (const OutputFile* found = at(stem, end)) return found;
  return nullptr;
}

bool Check::resolve(const Page& page, Str address, Str& target, Str& anchor) {
  const site::Site& site = workspace_.site();
  Str home = to_str(arena_, site.config()->get("url"));
  home = site::without_last(home, '/');
  if (!home.empty() && starts_with(address, home) &&
      is_one_of(char_at(address, home.size()), "/#?"))
    address.remove_prefix(home.size());
  if (starts_with(address, "//") || has_scheme(address) || is_unsure(address)) return false;
  std::size_t hash = address.find('#');
  if (hash != Str::npos) anchor = address.substr(hash + 1);
  Str path = address.substr(0, address.substr(0, hash).find('?'));
  path = path.substr(0, hash);
  Text joined, decoded;
  if (path.empty()) {
    target = page.path;
    return true;
  }
  if (path[0] == '/') {
    Str base = site.baseurl();
    if (!starts_with(path, base) ||
        (!base.empty() && path.size() > base.size() && path[base.size()] != '/'))
      return false;
    path.remove_prefix(base.size());
    if (path.empty()) path = "/";
  }
  add_url_decoded(decoded, path);
  if (!join_path(site::folder_of(page.path), decoded.str(), joined)) return false;
  target = arena_.copy(joined.str());
  Str first = target.substr(0, target.find('/'));
  return one_of(first, kShell) < 0;
}

const OutputFile* Check::at(Str url) const {
  Str base = workspace_.site().baseurl();
  url = url.substr(0, url.find_first_of("?#"));
  if (starts_with(url, base)) url.remove_prefix(base.size());
  Text decoded;
  add_url_decoded(decoded, site::without_slash(url));
  return find(decoded.str());
}

List<const OutputFile*> Check::wanted(Arena& arena) const {
  List<const OutputFile*> list;
  Map named{&arena};
  for (const Link& link : anchors_)
    if (Value* number = outputs_.find(link.target);
        number && !by_path_.find(link.target) && !named.find(link.target)) {
      named.set(link.target);
      list.add(arena, &output_files_[std::uint32_t(number->i)]);
    }
  return list;
}

void Check::page(const OutputFile& output, Str html, bool places_only) {
  if (by_path_.find(output.path) || html.find("<base ") != Str::npos) return;
  auto& page = *arena_.make<Page>(arena_.copy(output.path), arena_.copy(output.source),
                                  make_map(arena_), false);
  by_path_.set(page.path) = std::int64_t(pages_.size);
  pages_.add(arena_, &page);
  Tag tag;
  for (std::size_t at = 0; next_tag(html, at, tag); at = tag.end) {
    if (tag.closing) continue;
    page.scripted |= is_foreign_script(tag);
    if (tag.attributes.empty()) continue;
    for (const char* key : {"id", "name"})
      if (Str id = attribute(tag, key); !id.empty()) page.ids->set(without_references(arena_, id));
    if (places_only) continue;
    bool leads = is_element(tag, "a area"), is_link = tag.is("link");
    if (leads && !is_handle(tag)) link(page, attribute(tag, "href"), false);
    if (is_link && is_element(Tag{attribute(tag, "rel"), {}}, "stylesheet icon"))
      link(page, attribute(tag, "href"), true);
    if (is_element(tag, "img source video audio iframe script embed track")) {
      link(page, attribute(tag, "src"), true);
      link(page, attribute(tag, "poster"), true);
    }
  }
}

void Check::link(const Page& page, Str address, bool is_file) {
  address = strip(address);
  if (address.empty() || missing_.size + anchors_.size >= kMaxLinks) return;
  Text key;  // in a layout: each source is checked, since the address may be relative
  key.add(page.path);
  key.add('\n');
  key.add(address);
  if (seen_.find(key.str())) return;
  seen_.set(arena_.copy(key.str()));
  Link link{&page, without_references(arena_, address), {}, {}, is_file};
  if (!resolve(page, link.href, link.target, link.anchor)) return;
  const OutputFile* found = find(link.target);
  // Each tag has a page, which no source makes.
  if (!found && starts_with(link.target, "tags/") && site::has_notes(workspace_.site())) return;
  if (!found) {
    link.anchor = {};
    missing_.add(arena_, link);
  } else if (!is_file && !link.anchor.empty() && found->kind == OutputFile::Page) {
    link.target = found->path;
    anchors_.add(arena_, link);
  }
}

bool Check::locate(const Link& link, const Source*& source, std::size_t& at) {
  Str base = workspace_.site().baseurl(), bare = link.href;
  if (!base.empty() && starts_with(bare, base)) bare.remove_prefix(base.size());
  Text decoded;
  add_url_decoded(decoded, bare);
  Str name = site::file_name(decoded.str());
  // Of a link between notes, [[folder/Note]], the page would be at /folder/Note/.
  Str note = site::without_last(site::without_slash(decoded.str()), '/');
  Str wanted = note.empty() ? note : arena_.join("[[", note);
  Str forms[] = {link.href,
                 bare,
                 site::without_slash(bare),
                 decoded.str(),
                 site::without_slash(decoded.str()),
                 link.is_file && name.find('.') != Str::npos ? name : Str()};
  auto has_target = [&](const File& file) {
    for (Str form : forms) {
      if (form.empty() || (looked_ += file.source.text.size()) > kMaxLooked) continue;
      at = find_address(file.source.text, form);
      if (at != Str::npos) return source = &file.source, true;
    }
    return false;
  };
  const File* own = workspace_.files().find(link.page->source);
  if (own && own->presence == site::Presence::Loaded) {
    if (has_target(*own)) return true;
    at = wanted.empty() ? Str::npos : own->source.text.find(wanted);
    if (at != Str::npos) return source = &own->source, true;
  }
  for (const File* f = workspace_.files().first(); f; f = f->next)
    if (f != own && check::is_used(*f) &&
        one_of(f->source.path.substr(0, f->source.path.find('/')),
               "_layouts _includes _data _config.yml") >= 0 &&
        has_target(*f))
      return true;
  return false;
}

Str Check::nearest_output(Str target) {
  if (searches_++ >= kMaxSearches) return {};
  Nearest nearest(target);
  std::uint32_t compared = 0;
  for (const OutputFile& one : output_files_) {
    if (compared++ == kMaxCompared) break;
    Str path = one.path;
    if (ends_with(path, "index.html")) path.remove_suffix(10);
    nearest.consider(path);
  }
  return nearest.name();
}

void Check::report(const Link& link, Diagnostics& diagnostics) {
  const Source* source = nullptr;
  std::size_t at = 0;
  if (link.target.empty() || !locate(link, source, at))
    return;  // that the first page is missing is reported elsewhere
  // Its page has another address until its front matter is mended.
  Str stem = site::without_extension(link.target);
  for (const char* extension : {".md", ".markdown", ".html"})
    if (const File* broken = workspace_.files().find(arena_.join(stem, extension));
        broken && broken->wrong)
      return;
  // A file that exists and is not published is another case; a plain folder may report it with its
  // listing.
  const File* there = workspace_.files().find(site::without_last(link.target, '/'));
  bool hidden = there && there->presence >= site::Presence::Listed;
  if (hidden && workspace_.site().plain_folder()) return;
  Str what =
      link.is_file ? "there is no file `" : "this link leads to no page or file of the site: `";
  Str message = arena_.join(what, link.is_file ? link.target : link.href, "`");
  Str near = hidden ? Str() : nearest_output(link.target);
  Str remedy = hidden ? Str("it is among the sources, but the site does not publish it: see "
                            "`include` and `exclude`")
               : !near.empty()                    ? arena_.join("did you mean `/", near, "`?")
               : char_at(source->text, at) == '[' ? Str("correct the name, or add the note")
               : link.is_file ? Str("check the name, upper and lower case too, or add the file")
                              : Str("correct the address, or add a page with this `permalink`");
  diagnostics.add(Severity::Warning, *source, at, message, remedy);
}

void Check::report_anchor(const Link& link, Diagnostics& diagnostics) {
  Value* number = by_path_.find(link.target);
  Str anchor = link.anchor;
  if (!number || anchor == "top" || is_one_of(anchor[0], "!/:=") || anchor.find('=') != Str::npos)
    return;
  const Page& page = *pages_[std::uint32_t(number->i)];
  Text decoded;
  add_url_decoded(decoded, anchor);
  if (page.ids->find(anchor) || page.ids->find(decoded.str())) return;
  Nearest nearest(anchor);
  nearest.consider_all(page.ids);
  if (page.scripted && nearest.name().empty()) return;
  const Source* source = nullptr;
  std::size_t at = 0;
  if (!locate(link, source, at)) return;
  Str where = page.path == link.page->path ? Str("this page") : page.source;
  Str remedy = nearest.name().empty()
                   ? Str("correct it, or give a heading this id: `## Heading {#id}`")
                   : arena_.join("did you mean `#", nearest.name(), "`?");
  diagnostics.add(Severity::Warning, *source, at,
                  arena_.join(where, " has no place named `#", anchor, "`"), remedy);
}

}  // namespace meridian
