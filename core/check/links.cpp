// Reads rendered pages for broken links: which of their addresses, anchors and pictures lead
// nowhere within the site, and which ids stand twice.
#include "meridian/markdown.h"
#include "meridian/site_search.h"
#include "names.h"
#include "page_addresses.h"
#include "pages.h"
#include "parts.h"

namespace meridian {

namespace {
// Folders beside a site's sources that are not part of them: the shell's.
constexpr Name kShell = "meridian playground card";
// Faults and anchors that are kept: some 20 MB, and more than anybody reads.
constexpr std::uint32_t kMaxUses = 200'000;

/// Whether an address of the web has no host, or one that no browser takes: words in its place.
bool lacks_host(Str href) {
  Str rest = href;
  for (const char* scheme : {"https:", "http:"})
    if (starts_with(rest, scheme)) rest.remove_prefix(Str(scheme).size());
  if (!starts_with(rest, "//")) return false;
  rest = rest.substr(2);
  Str host = rest.substr(0, rest.find_first_of("/?#"));
  return host.empty() || host.find_first_of(" <>^|") != Str::npos;
}

/// Whether an address begins almost as one of the web: `ttps://ada.example`.
bool is_misspelt(Str href) {
  if (!check::has_scheme(href)) return false;
  Str scheme = href.substr(0, href.find(':'));
  int http = edit_distance<true>(scheme, "http", 1),
      https = edit_distance<true>(scheme, "https", 1);
  return starts_with(href.substr(scheme.size()), "://") && http && https &&
         (http == 1 || https == 1);
}

/// `relative` from the folder of an output; false when it leads above the site's root. `out` then
/// stays at the root, as in browsers.
bool join_path(Str folder, Str relative, Text& out) {
  bool absolute = starts_with(relative, "/");
  if (!absolute) out.add(folder);
  if (absolute) relative.remove_prefix(1);
  bool ends = relative.empty() || ends_with(relative, "/"), inside = true;
  for (Str part; next_piece(relative, '/', part);) {
    if (part == "..") {
      inside &= !out.empty();
      std::size_t slash = out.str().rfind('/');
      out.truncate(slash == Str::npos ? 0 : slash);
      ends = relative.empty() || ends;
    } else if (!part.empty() && part != ".") {
      if (!out.empty()) out.add('/');
      out.add(part);
    }
  }
  if (ends && !out.empty()) out.add('/');
  return inside;
}

/// An anchor that browsers or scripts know without an element: the page's top, a fragment of
/// text, a page of a PDF, an address of a script's own.
bool is_virtual(Str anchor) {
  return anchor.empty() || anchor == "top" || is_one_of(anchor[0], "!/:=") ||
         anchor.find('=') != Str::npos;
}

Str first_folder(Str path) { return path.substr(0, path.find('/')); }
}  // namespace

namespace check {
bool is_element(const Tag& tag, Str names) {
  for (Str name; next_piece(names, ' ', name);)
    if (tag.is(name)) return true;
  return false;
}

bool is_handle(const Tag& tag) {
  return attribute(tag, "onclick").data() || attribute(tag, "role").data() ||
         tag.attributes.find("data-") != Str::npos ||
         tag.attributes.find("aria-controls") != Str::npos;
}

bool has_scheme(Str address) {
  std::size_t end = 0;
  while (is_alnum(char_at(address, end)) || is_one_of(char_at(address, end), "+-.")) end++;
  return char_at(address, end) == ':' && is_alpha(address[0]);
}

Str without_references(Arena& arena, Str s) {
  if (s.find('&') == Str::npos) return arena.copy(s);
  constexpr std::size_t kMaxName = 10;  // of those that are decoded
  Text out;
  for (std::size_t at = 0; at < s.size();) {
    std::size_t end = s[at] == '&' ? s.substr(at, kMaxName).find(';') : Str::npos;
    std::uint32_t code =
        end == Str::npos ? 0 : markdown::reference_code_point(s.substr(at + 1, end - 1));
    if (!code) {
      out.add(s[at++]);
      continue;
    }
    add_utf8(out, code);
    at += end + 1;
  }
  return arena.copy(out.str());
}
}  // namespace check

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

bool Check::has_folder(Str path) const { return folders_.find(first_folder(path)); }

/// Sets target and anchor; false when the address leads elsewhere, or where is not known.
bool Check::resolve(const Page& page, Fault& fault) {
  const site::Site& site = workspace_.site();
  Str address = fault.href, home = to_str(arena_, site.config()->get("url"));
  home = site::without_last(home, '/');
  bool whole = !home.empty() && starts_with(address, home) &&
               is_one_of(char_at(address, home.size()), "/#?");
  if (whole) address.remove_prefix(home.size());
  // What a template left unrendered.
  if (starts_with(address, "//") || check::has_scheme(address) ||
      address.find_first_of("{}\n\r<>") != Str::npos)
    return false;
  std::size_t hash = address.find('#');
  if (hash != Str::npos) fault.anchor = address.substr(hash + 1);
  Str path = address.substr(0, hash);
  path = path.substr(0, path.find('?'));
  Text joined, decoded;
  if (path.empty()) {
    fault.target = page.path;
    return !page.is_elsewhere;
  }
  if (path[0] == '/') {
    Str base = site.baseurl();
    bool below = starts_with(path, base) &&
                 (base.empty() || path.size() == base.size() || path[base.size()] == '/');
    if (!below && whole) return false;
    fault.lacks_base = !below;
    if (below) path.remove_prefix(base.size());
    if (path.empty()) path = "/";
  } else if (page.is_elsewhere) {
    return false;
  }
  // As browsers read it: "special scheme" in the URL standard.
  Text slashes;
  for (char c : path) slashes.add(c == '\\' ? '/' : c);
  add_url_decoded(decoded, slashes.str());
  // Above a baseurl there is more than this site.
  if (!join_path(page.folder, decoded.str(), joined) && !site.baseurl().empty()) return false;
  fault.target = arena_.copy(joined.str());
  // On the same host there may be more than this site.
  if (whole && !find(fault.target) && !has_folder(fault.target)) return false;
  return has_folder(fault.target) || one_of(first_folder(fault.target), kShell) < 0;
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
  for (const Use& use : anchors_)
    if (Value* number = outputs_.find(use.fault->target);
        number && output_files_[std::uint32_t(number->i)].kind == OutputFile::Page &&
        !by_path_.find(use.fault->target) && !named.find(use.fault->target)) {
      named.set(use.fault->target);
      list.add(arena, &output_files_[std::uint32_t(number->i)]);
    }
  return list;
}

void Check::page(const OutputFile& output, Str html, bool places_only) {
  // Feeds and scripts have HTML that is read elsewhere, in parts.
  if (by_path_.find(output.path) || !site::is_html(site::extension_of(output.path))) return;
  auto& page = *arena_.make<Page>(arena_.copy(output.path), arena_.copy(output.source), Str(),
                                  make_map(arena_), false, 0u);
  page.folder = site::folder_of(page.path);
  const std::uint32_t number = pages_.size;
  by_path_.set(page.path) = std::int64_t(number);
  pages_.add(arena_, &page);
  Arena scratch;
  Map seen{&scratch};
  const std::uint32_t first = anchors_.size;
  Tag tag;
  for (std::size_t at = 0; next_tag(html, at, tag); at = tag.end) {
    if (tag.closing || tag.attributes.empty()) continue;
    for (const char* key : {"id", "name"}) {
      Str id = attribute(tag, key);
      if (id.empty()) continue;
      id = check::without_references(arena_, id);
      bool twice = *key == 'i' && page.ids->get(id).truthy();
      if (twice && !places_only && !seen.find(scratch.join("#", id))) {
        seen.set(scratch.join("#", id));
        note(number, {Kind::Id, id, {}, {}, false, nullptr, 0, 0, false});
      }
      Value& known = page.ids->set(id);
      if (*key == 'i') known = true;
    }
    if (!places_only) read_tag(page, number, tag, seen);
  }
  // Most lead to pages that were passed, above all to this one: what is there is not kept.
  std::uint32_t kept = first;
  for (std::uint32_t i = first; i < anchors_.size; i++)
    if (!has_anchor(*anchors_[i].fault)) anchors_[kept++] = anchors_[i];
  anchors_.size = kept;
}

void Check::read_tag(Page& page, std::uint32_t number, const Tag& tag, Map& seen) {
  if (tag.is("base")) {
    Fault fault{};
    fault.href = check::without_references(arena_, strip(attribute(tag, "href")));
    if (fault.href.empty()) return;
    page.is_elsewhere = !resolve(page, fault) || fault.lacks_base;
    page.folder = page.is_elsewhere ? Str() : site::folder_of(arena_.join(fault.target, "x"));
    return;
  }
  // Once on a page: repeats have the same place in its source.
  auto note_once = [&](Kind kind, Str href) {
    Text key;
    key.add(char(int(kind)));
    key.add(href);
    if (seen.find(key.str())) return;
    seen.set(arena_.copy(key.str()));
    note(number, {kind, href, {}, {}, false, nullptr, 0, 0, false});
  };
  if (Str href = attribute(tag, "href");
      tag.is("link") && one_of(attribute(tag, "rel"), "dns-prefetch preconnect") >= 0 &&
      !starts_with(href, "/") && !check::has_scheme(href))
    note_once(Kind::Host, arena_.copy(href));
  check::each_address(tag, [&](const char* name, bool is_page) {
    link(page, number, attribute(tag, name), is_page ? Kind::Link : Kind::File, seen);
  });
  if (check::is_element(tag, check::kWithSource))
    links_of_srcset(page, number, attribute(tag, "srcset"), seen);
  if (!tag.is("img")) return;
  Str address = strip(attribute(tag, "src"));
  bool none = address.empty() && attribute(tag, "srcset").empty() &&
              tag.attributes.find("data-") == Str::npos && !attribute(tag, "id").data();
  bool unnamed = !attribute(tag, "alt").data() && !attribute(tag, "aria-label").data() &&
                 attribute(tag, "aria-hidden") != "true" &&
                 one_of(attribute(tag, "role"), "presentation none") < 0;
  Str href = check::without_references(arena_, address);
  if (none) note_once(Kind::NoAddress, href);
  if (unnamed && !none && !starts_with(href, "data:")) note_once(Kind::NoText, href);
}

void Check::links_of_srcset(const Page& page, std::uint32_t number, Str list, Map& seen) {
  check::each_candidate(list, [&](Str one) { link(page, number, one, Kind::File, seen); });
}

void Check::link(const Page& page, std::uint32_t number, Str address, Kind kind, Map& seen) {
  address = strip(address);
  if (address.empty() || seen.find(address)) return;
  seen.set(address);
  Fault fault{kind, check::without_references(arena_, address), {}, {}, false, nullptr, 0, 0,
              false};
  if (starts_with(fault.href, "mailto:") && kind == Kind::Link) {
    Str to = fault.href.substr(7);
    to = to.substr(0, to.find('?'));
    fault.kind = Kind::Mail;
    if (!to.empty() && to.find('@') == Str::npos && to.find("%40") == Str::npos)
      note(number, fault);
    return;
  }
  if (lacks_host(fault.href)) {
    fault.kind = Kind::Host;
    return note(number, fault);
  }
  if (is_misspelt(fault.href)) {
    fault.kind = Kind::Scheme;
    return note(number, fault);
  }
  if (!resolve(page, fault)) return;
  const OutputFile* found = find(fault.target);
  // Hosts of files don't answer /about/ with about.html.
  if (found && ends_with(fault.target, "/") && !ends_with(found->path, "index.html"))
    found = nullptr;
  if (fault.lacks_base) {
    // What is in none of its folders may be of another site on the same host.
    if (!fault.target.empty() && (found || has_folder(fault.target))) note(number, fault);
    return;
  }
  if (found && fault.href.substr(0, fault.href.find_first_of("?#")).find('\\') != Str::npos) {
    Fault written = fault;
    written.kind = Kind::Backslash;
    written.anchor = {};
    note(number, written);
  }
  // Each tag has a page, which no source makes.
  if (!found && starts_with(fault.target, "tags/") && site::has_notes(workspace_.site())) return;
  if (!found) {
    fault.anchor = {};
    drop_language(page, fault);
    note(number, fault);
  } else if (kind == Kind::Link && !is_virtual(fault.anchor) &&
             site::is_html(site::extension_of(found->path))) {
    fault.target = found->path;
    note(number, fault);
  }
}

/// What is missing in every language (jekyll-polyglot) is told once, as the author wrote it.
void Check::drop_language(const Page& page, Fault& fault) {
  Str inside = fault.target, language = first_folder(fault.target);
  if (language != first_folder(page.path) || !workspace_.site().is_in_other_language(inside) ||
      find(inside))
    return;
  std::size_t at = fault.href.find(arena_.join("/", language, "/"));
  if (at == Str::npos) return;
  fault.href = arena_.join(fault.href.substr(0, at), fault.href.substr(at + 1 + language.size()));
  fault.target = inside;
}

void Check::note(std::uint32_t page, const Fault& fault) {
  if (uses_.size + anchors_.size >= kMaxUses) {
    left_out_ = true;
    return;
  }
  // What does not depend on the page is one fault, wherever it stands.
  bool alike =
      fault.kind == Kind::Id || starts_with(fault.href, "/") || check::has_scheme(fault.href);
  const char kind = char('0' + int(fault.kind));
  Str key = arena_.join(Str(&kind, 1), alike ? Str() : pages_[page]->path, "\n", fault.href);
  Value& number = fault_at_.set(key);
  if (number.nil()) {
    number = std::int64_t(faults_.size);
    faults_.add(arena_, arena_.make<Fault>(fault));
  }
  Use use{page, faults_[std::uint32_t(number.i)], nullptr, 0};
  (fault.anchor.empty() || fault.lacks_base ? uses_ : anchors_).add(arena_, use);
}

bool Check::has_anchor(const Fault& fault) const {
  Value* number = by_path_.find(fault.target);
  if (!number) return false;
  const Map& ids = *pages_[std::uint32_t(number->i)]->ids;
  Text decoded;
  add_url_decoded(decoded, fault.anchor);
  return ids.find(fault.anchor) || ids.find(decoded.str());
}

}  // namespace meridian
