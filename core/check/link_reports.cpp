// Says what is wrong with the addresses of pages, and how to mend it.
#include "names.h"
#include "pages.h"
#include "parts.h"

namespace meridian {

using check::Nearest;
using site::File;

namespace {
// Each missing target is compared with all outputs, so the number of these searches is bounded.
constexpr int kMaxSearches = 50;
// The same of anchors and the ids of one page, of which Nearest compares 2,000: a second's work.
constexpr int kMaxAnchorSearches = 1000;
constexpr std::uint32_t kMaxCompared = 5000;
// Each is compared with every id that stands twice.
constexpr std::uint32_t kMaxSameNames = 1000;
constexpr const char* kSlashes = "write `/` between folders, not `\\`";
}  // namespace

namespace check {
void Lines::go_to(Str other, std::size_t offset) {
  if (other.data() != text.data() || other.size() != text.size() || offset < at)
    text = other, at = 0, line = column = 1;
  std::uint32_t down = 1, right = 1;
  locate(text.substr(at), offset - at, down, right);
  column = down == 1 ? column + right - 1 : right;
  line += down - 1;
  at = offset;
}
}  // namespace check

/// Documents of one collection with one slug: by it lists name their entries.
void Check::find_same_names() {
  Map first{&arena_};
  List<const File*> files;
  for (const File* f = workspace_.files().first(); f; f = f->next) {
    Str path = f->source.path, name = site::file_name(path);
    std::size_t end = path.find('/');
    bool is_document = path[0] == '_' && end != Str::npos && f->scanned && f->front.matched;
    if (!is_document || f->generated || same_names_.size == kMaxSameNames) continue;
    Str slug = get(f->data, "slug").str();
    if (slug.empty()) slug = site::without_extension(name.substr(site::date_length(name)));
    Value& known = first.set(arena_.join(path.substr(0, end + 1), slug));
    if (known.nil()) {
      known = std::int64_t(files.size);
      files.add(arena_, f);
    } else {
      const File*& before = files[std::uint32_t(known.i)];
      const File* later = f;
      if (path < before->source.path) later = before, before = f;
      same_names_.add(arena_, SameName{slug, later, before});
    }
  }
}

/// Whether documents have the id, by their slugs: it is reported where they set it.
bool Check::report_same_names(const Fault& fault, Diagnostics& diagnostics) {
  bool found = false;
  for (const SameName& one : same_names_) {
    if (one.slug != fault.href) continue;
    found = true;
    diagnostics.add({Severity::Warning, Rule::DuplicateId}, one.file->source,
                    site::offset_of_key(*one.file, "slug"),
                    arena_.join("the id `", fault.href, "` stands more than once on a page: `",
                                arena_.join(one.before->source.path, "` has the same slug")),
                    "give each its own `slug`");
  }
  return found;
}

void Check::report_pages(Diagnostics& diagnostics) {
  settle_anchors();
  find_same_names();
  locate_in_pages();
  locate_in_shared();
  check::Lines lines;
  Arena scratch;
  Map told{&scratch};
  for (const Use& use : uses_)
    if (!use.source && !use.fault->source && use.fault->lacks_base) pages_[use.page]->lacking++;
  for (const Use& use : uses_) {
    Fault& fault = *use.fault;
    if (use.source) {
      report(*pages_[use.page], fault, lines, use.source, use.at, diagnostics);
    } else if (!fault.reported) {
      fault.reported = true;
      // A relative address in a layout is another one on each page.
      Text place;
      if (fault.source) {
        place.add(fault.source->path);
        place.add(' ');
        place.add_int(std::int64_t(fault.at));
        place.add(char('0' + int(fault.kind)));
        place.add(fault.href);
        if (told.find(place.str())) continue;
        told.set(scratch.copy(place.str()));
      }
      Page& page = *pages_[use.page];
      if (!fault.source && fault.lacks_base && !page.lacking) continue;
      report(page, fault, lines, fault.source, fault.at, diagnostics);
      if (!fault.source && fault.lacks_base) page.lacking = 0;
    }
  }
  if (left_out_)
    diagnostics.add({Severity::Warning, Rule::Limit}, workspace_.site().config_path(),
                    "the pages have more faults than are kept, the rest is not reported",
                    "mend some of them, and check again");
}

/// Another diagnostic tells the cause. `hidden` is a source with this path that is not published.
bool Check::is_expected(const Fault& fault, const File*& hidden) const {
  if (!fault.anchor.empty() || fault.lacks_base) return false;
  if (fault.kind != Kind::Link && fault.kind != Kind::File) return false;
  if (fault.target.empty()) return true;  // that the first page is missing is reported elsewhere
  // Its page has another address until its front matter is mended.
  Text path;
  path.add(site::without_extension(fault.target));
  const std::size_t stem = path.size();
  Arena arena;
  Str extensions = to_str(arena, workspace_.site().config()->get("markdown_ext"));
  extensions = arena.join(extensions, ",html");
  for (Str extension; next_piece(extensions, ',', extension);) {
    path.truncate(stem);
    path.add('.');
    path.add(strip(extension));
    const File* broken = workspace_.files().find(path.str());
    if (broken && broken->wrong) return true;
  }
  const File* there = workspace_.files().find(site::without_last(fault.target, '/'));
  if (there && there->presence >= site::Presence::Listed && !there->generated) hidden = there;
  // A plain folder may report it with its listing.
  return hidden && workspace_.site().plain_folder();
}

namespace {
/// Whether the address stands in what many pages share, and is another one in each folder.
template <class Page, class Fault>
bool is_varying(const Page& page, const Fault& fault, const Source* source) {
  return source && source->path != page.source && !starts_with(fault.href, "/") &&
         !check::has_scheme(fault.href);
}

/// The remedy for an address that was meant to lead out of the site, such as `me@x.org`,
/// `www.x.org` and `x.org/me`; empty for others.
Str missing_begin(Str href) {
  Str path = href.substr(0, href.find_first_of("?#")), host = path.substr(0, path.find('/'));
  const std::size_t at = host.find('@'), dot = host.rfind('.');
  if (dot == Str::npos || !dot || !at) return {};
  Str end = host.substr(dot + 1);
  const char* mail = "add `mailto:` before it";
  if (at != Str::npos) return at < dot && !end.empty() && host.size() == path.size() ? mail : "";
  // The ends of names that no file has.
  return (equal_ignoring_case(host.substr(0, 4), "www.") && !end.empty()) ||
                 one_of(end, "com org net edu gov io dev ac") >= 0
             ? "add `https://` before it"
             : "";
}
}  // namespace

void Check::report(const Page& page, const Fault& fault, check::Lines& lines, const Source* source,
                   std::size_t at, Diagnostics& diagnostics) {
  const File* hidden = nullptr;
  if (is_expected(fault, hidden)) return;
  if (fault.kind == Kind::Id && report_same_names(fault, diagnostics)) return;
  Diagnostic d;
  d.severity = Severity::Warning;
  const Value* number = by_path_.find(fault.target);
  Str where = fault.target == page.path ? Str("this page")
              : number                  ? pages_[std::uint32_t(number->i)]->source
                                        : fault.target;
  if (fault.kind == Kind::Id) {
    d.rule = Rule::DuplicateId;
    d.message = arena_.join("the id `", fault.href, "` stands more than once on a page");
  } else if (fault.kind == Kind::NoText) {
    d.rule = Rule::MissingAlt;
    d.message = arena_.join("the picture `", fault.href, "` has no text in its place");
  } else if (fault.kind == Kind::NoAddress) {
    d.rule = Rule::MissingFile;
    d.message = "a picture has no address";
  } else if (fault.kind == Kind::Mail) {
    d.rule = Rule::BrokenLink;
    d.message = arena_.join("this is not an email address: `", fault.href, "`");
  } else if (fault.kind == Kind::Host) {
    d.rule = Rule::BrokenLink;
    d.message = arena_.join("this address has no host: `", fault.href, "`");
  } else if (fault.kind == Kind::Scheme) {
    d.rule = Rule::BrokenLink;
    d.message = arena_.join("no browser knows how this address begins: `", fault.href, "`");
  } else if (fault.kind == Kind::Backslash) {
    d.rule = Rule::Portability;
    d.message = arena_.join("only browsers read `\\` in an address as `/`: `", fault.href, "`");
  } else if (fault.lacks_base) {
    d.rule = Rule::OutsideBaseurl;
    d.message = arena_.join("this address lacks the site's baseurl `", workspace_.site().baseurl(),
                            "`: `", arena_.join(fault.href, "`"));
  } else if (!fault.anchor.empty()) {
    d.rule = Rule::BrokenAnchor;
    d.message = arena_.join(where, " has no place named `#", fault.anchor, "`");
  } else if (fault.kind == Kind::File) {
    d.rule = Rule::MissingFile;
    d.message = is_varying(page, fault, source)
                    ? arena_.join("there is no file `", fault.href, "` below ",
                                  arena_.join("`/", page.folder, "`"))
                    : arena_.join("there is no file `", fault.target, "`");
  } else if (hidden && page_made_of(hidden->source.path)) {
    d.rule = Rule::BrokenLink;
    d.message = arena_.join("this link leads to the source of a page, which has another address: `",
                            fault.href, "`");
  } else {
    d.rule = Rule::BrokenLink;
    d.message = arena_.join("this link leads to no page or file of the site: `", fault.href, "`");
  }
  if (diagnostics.full()) return;
  d.remedy = remedy_of(fault, source, at, hidden);
  if (fault.kind == Kind::File && is_varying(page, fault, source))
    d.remedy = "begin it with `/`: each page reads a relative address from its own folder";
  if (source) {
    lines.go_to(source->text, at);
    d.file = source->path;
    d.line = lines.line, d.column = lines.column;
    d.excerpt = line_around(source->text, at);
  } else {
    bool own = !page.source.empty() && !starts_with(page.source, "theme:");
    d.file = own ? page.source : page.path;
    Text message;
    message.add(d.message);
    if (fault.lacks_base && page.lacking > 1) {
      message.add(", and ");
      message.add_int(page.lacking - 1);
      message.add(page.lacking > 2 ? " others here" : " other here");
    } else if (fault.pages > 1) {
      message.add(", here and on ");
      message.add_int(fault.pages - 1);
      message.add(fault.pages > 2 ? " other pages" : " other page");
    }
    return diagnostics.add({d.severity, d.rule}, d.file, message.str(), d.remedy);
  }
  diagnostics.add(d);
}

Str Check::remedy_of(const Fault& fault, const Source* source, std::size_t at, const File* hidden) {
  switch (fault.kind) {
    case Kind::Id: return "give each its own: links and scripts find the first one only";
    case Kind::NoText:
      return "its `<img>` has no `alt`: say what it shows, or `alt=\"\"` for mere decoration";
    case Kind::NoAddress:
      return "set its `src`, or leave the picture out where there is none: {% if page.image %}";
    case Kind::Mail: return "write `mailto:name@example.org`";
    case Kind::Host: return "write `https://example.org/`";
    case Kind::Scheme: return "did you mean `https://`?";
    case Kind::Backslash: return kSlashes;
    default: break;
  }
  if (fault.lacks_base)
    return source ? arena_.join("write {{ '/", slice(fault.href, 1), "' | relative_url }}")
                  : Str("write {{ post.url | relative_url }} where a template makes it");
  if (!fault.anchor.empty()) {
    Nearest nearest(fault.anchor);
    if (anchor_searches_++ < kMaxAnchorSearches)
      nearest.consider_all(pages_[std::uint32_t(by_path_.find(fault.target)->i)]->ids);
    return nearest.name().empty() ? Str("correct it, or give a heading this id: `## Heading {#id}`")
                                  : arena_.join("did you mean `#", nearest.name(), "`?");
  }
  if (Str begin = missing_begin(fault.href); !begin.empty()) return begin;
  if (const OutputFile* made = hidden ? page_made_of(hidden->source.path) : nullptr)
    return address_instead(*made, fault);
  if (hidden) return why_hidden(*hidden);
  if (fault.href.find('\\') != Str::npos || fault.href.find("%5C") != Str::npos) return kSlashes;
  Text small;
  for (char c : fault.target) small.add(lower(c));
  if (const Value* other = uncased_.find(small.str()))
    return arena_.join("upper and lower case differ: the file is `/",
                       output_files_[std::uint32_t(other->i)].path, "`");
  if (Str near = nearest_output(fault.target); !near.empty())
    return arena_.join("did you mean `/", near, "`?");
  if (!source)
    return "a template makes this address: correct what it is made of, or add what it leads to";
  return char_at(source->text, at) == '[' ? Str("correct the name, or add the note")
         : fault.kind == Kind::File
             ? Str("check the name, upper and lower case too, or add the file")
             : Str("correct the address, or add a page with this `permalink`");
}

const OutputFile* Check::page_made_of(Str source) const {
  const Value* number = made_of_.find(source);
  return number ? &output_files_[std::uint32_t(number->i)] : nullptr;
}

/// How to write the address of a page to whose source a link leads.
Str Check::address_instead(const OutputFile& made, const Fault& fault) {
  const site::Site& site = workspace_.site();
  Str path = made.path, anchor = fault.href.substr(fault.href.find('#'));
  if (fault.href.find('#') == Str::npos) anchor = {};
  if (site::file_name(path) == "index.html") path.remove_suffix(Str("index.html").size());
  Text remedy;
  remedy.add("write {% link ");
  remedy.add(made.source);
  remedy.add(" %}");
  remedy.add(anchor);
  remedy.add(", or its address `");
  remedy.add(site.baseurl());
  remedy.add('/');
  remedy.add(path);
  remedy.add(anchor);
  remedy.add('`');
  bool converts = false;
  if (const Array* plugins = site.config()->get("plugins").array())
    for (const Value& plugin : *plugins)
      converts |= one_of(plugin.str(), "jekyll-relative-links github-pages") >= 0;
  if (!converts) remedy.add("; or list jekyll-relative-links under `plugins`");
  return arena_.copy(remedy.str());
}

/// Why a source that is there is not published.
Str Check::why_hidden(const File& file) {
  Str path = file.source.path;
  const Map* data = file.data.map();
  if (starts_with(path, "_drafts/") || path.find("/_drafts/") != Str::npos)
    return "it is a draft: move it to _posts, or build with `--drafts`";
  if (const Value* published = data ? data->find("published") : nullptr;
      published && published->is(meridian::Kind::Bool) && !published->b)
    return "it is not published: its front matter has `published: false`";
  if (starts_with(path, "_posts/") || path.find("/_posts/") != Str::npos)
    return "it is not published: its name needs a date, and one to come counts with `future: true`";
  Str label = path[0] == '_' ? path.substr(1, path.find('/') - 1) : Str();
  const Value collection = get(workspace_.site().config()->get("collections"), label);
  if (!label.empty() && !collection.nil())
    return arena_.join("documents of the collection `", label,
                       "` have no pages: set its `output: true`");
  return "it is among the sources, but the site does not publish it: see `include` and `exclude`";
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

}  // namespace meridian
