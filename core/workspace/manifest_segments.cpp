// A manifest in segments: of a site of thousands of documents a visitor needs what is said of a
// few.
#include <algorithm>

#include "link.h"
#include "meridian/workspace.h"

namespace meridian {

namespace {
// Documents that one page may take along: beyond them it lists so much that all of the manifest is
// better.
constexpr std::uint32_t kMaxLinked = 64;
// Addresses that are read of one page, and characters of each.
constexpr std::uint32_t kMaxAddresses = 512;
constexpr std::size_t kMaxAddress = 2048;
// Listed files of other types, pictures most of all: with fewer of them the segments have all.
constexpr std::uint32_t kMaxMedia = 200;

/// The path of a link on the site, without query and fragment; empty for other links.
Str path_of(Str link, Str baseurl) {
  link = without_host(link.substr(0, std::min(link.find('#'), link.find('?'))), baseurl);
  return starts_with(link, "/") ? link : Str();
}

/// Whether the shell never asks what a listed file is, as of texts that templates may make.
bool is_media(Str path) {
  constexpr const char* kTexts = "css scss sass js mjs html htm json xml txt csv ico";
  return !starts_with(path, "_") && !starts_with(path, "meridian/") &&
         one_of(path.substr(path.rfind('.') + 1), kTexts) < 0;
}

/// Style sheets are asked for by all pages, and show no documents.
bool is_sheet(Str url) { return ends_with(url, ".css"); }

Value parsed(Str json, Arena& arena) {
  Diagnostics none(arena);
  Value value;
  return parse_json({"meridian.json", json}, arena, value, none) ? value : Value();
}

/// Lines of a list in the manifest, which has one for each entry.
List<Str> lines_of(Str list, Arena& arena) {
  List<Str> lines;
  for (Str line; next_piece(list, '\n', line);) {
    if (ends_with(line, ",")) line.remove_suffix(1);
    if (!line.empty()) lines.add(arena, line);
  }
  return lines;
}

void add_line(Text& out, bool& begun, Str line) {
  out.add(begun ? ",\n" : "\n");
  begun = true;
  out.add(line);
}
}  // namespace

std::uint32_t ManifestSegments::number_of(Str address) {
  if (Value* known = addresses_.find(address)) return std::uint32_t(known->i);
  std::uint32_t number = addresses_.size();
  addresses_.set(arena_.copy(address)) = Value(std::int64_t(number));
  linked_by_.add(arena_, 0);
  return number;
}

void ManifestSegments::add(const site::Document& document, const site::Page& page) {
  if (page.status != site::Status::Ready) return;
  Page one;
  one.url = arena_.copy(site::address_of(arena_, document));
  one.hash = fnv1a(page.html);
  if (document.file && !document.file->generated && !document.file->table)
    one.source = arena_.copy(document.file->source.path);
  auto link = [&](Str address) {
    std::uint32_t number = number_of(address), mine = pages_.size + 1;
    if (linked_by_[number] == mine) return;
    linked_by_[number] = mine;
    if (one.links.size == kMaxAddresses) one.needs_all = true;
    if (!one.needs_all) one.links.add(arena_, number);
  };
  link(one.url);
  Str html = page.html, baseurl = whole_.site().baseurl();
  const Str kHref = "href=\"";
  for (std::size_t at = 0; !one.needs_all && (at = html.find(kHref, at)) != Str::npos;) {
    at += kHref.size();
    Str value = html.substr(at, kMaxAddress);
    std::size_t end = value.find('"');
    Str address = end == Str::npos ? Str() : path_of(value.substr(0, end), baseurl);
    if (!address.empty()) link(address);
  }
  pages_.add(arena_, one);
}

void ManifestSegments::clear() {
  addresses_ = Map{&arena_};
  linked_by_ = {};
  pages_ = {};
  lines_ = {};
  arena_.reset();
}

bool ManifestSegments::read(Str manifest) {
  const Str kFiles = "\"files\":[", kPages = "\n],\"pages\":{", kEnd = "\n}";
  std::size_t files = manifest.find(kFiles), pages = manifest.find(kPages),
              end = manifest.find(kEnd, pages);
  if (files == Str::npos || pages == Str::npos || end == Str::npos) return false;
  files += kFiles.size();
  common_.truncate(0);
  common_.add(manifest.substr(0, files));
  end_ = manifest.substr(end + kEnd.size());
  Arena scratch;
  Map by_source{&scratch}, by_url{&scratch};
  for (std::uint32_t i = 0; i < pages_.size; i++) {
    Value number{std::int64_t(i)};
    by_url.set(pages_[i].url) = number;
    if (pages_[i].source.data()) by_source.set(pages_[i].source) = number;
  }
  std::uint32_t media = 0;
  for (Str text : lines_of(manifest.substr(files, pages - files), scratch)) {
    Value entry = parsed(text, scratch);
    Str path = get(entry, "path").str();
    Line line{text, Line::Common};
    // What has its text here is the configuration, the home page, or a part of many pages.
    if (get(entry, "text").nil()) {
      if (Value* page = by_source.find(path)) {
        pages_[std::uint32_t(page->i)].line = lines_.size;
        line.kind = Line::Document;
      } else if (get(entry, "yaml").nil() && is_media(path)) {
        line.kind = Line::Media;
        media++;
      }
    }
    lines_.add(arena_, line);
  }
  for (Line& line : lines_)
    if (line.kind == Line::Media && media <= kMaxMedia) line.kind = Line::Common;
  pages += kPages.size();
  for (Str text : lines_of(manifest.substr(pages, end - pages), scratch)) {
    Map* entry = parsed(scratch.join("{", text, "}"), scratch).map();
    Value* page = entry && entry->size() ? by_url.find(entry->entries[0].key.str()) : nullptr;
    if (page) pages_[std::uint32_t(page->i)].text = text;
  }
  // From addresses to the lines of the documents there.
  for (Page& page : pages_) {
    std::uint32_t kept = 0;
    for (std::uint32_t number : page.links) {
      Value* at = by_url.find(addresses_.entries[number].key.str());
      std::uint32_t line = at ? pages_[std::uint32_t(at->i)].line : kNone;
      if (line != kNone && lines_[line].kind == Line::Document) page.links[kept++] = line;
    }
    page.links.size = kept;
    // Without a line it has the address of another page.
    page.needs_all |= kept > kMaxLinked || page.text.empty();
  }
  return true;
}

std::uint32_t ManifestSegments::cut(Str manifest) {
  if (pages_.size <= kMinPages) return 0;
  // What a plugin in JavaScript makes of other pages nobody knows.
  for (const site::File* file = whole_.files().first(); file; file = file->next)
    if (!file->plugin.nil()) return 0;
  if (!read(manifest)) return 0;
  std::uint32_t count = 1;
  while (2 * count * kPages <= pages_.size) count *= 2;
  for (Page& page : pages_) page.segment = shard_of(page.url, count);
  stable_sort(pages_.begin(), pages_.size,
              [](const Page& x, const Page& y) { return x.segment < y.segment; });
  // What would be in most segments is said once.
  List<std::uint32_t> uses;
  for (std::uint32_t i = 0; i < lines_.size; i++) uses.add(arena_, 0);
  for (const Page& page : pages_)
    if (!page.needs_all)
      for (std::uint32_t line : page.links) uses[line]++;
  for (std::uint32_t i = 0; i < lines_.size; i++)
    if (uses[i] > count / 2) lines_[i].kind = Line::Common;
  has_common_ = false;
  for (const Line& line : lines_)
    if (line.kind == Line::Common) add_line(common_, has_common_, line.text);
  std::uint32_t whole = 0;
  for (std::uint32_t segment = 0; segment < count; segment++) {
    check(segment);
    for (const Page& page : pages_of(segment)) whole += page.needs_all;
    if (whole > pages_.size / 2) return 0;
  }
  return count;
}

std::span<ManifestSegments::Page> ManifestSegments::pages_of(std::uint32_t segment) const {
  auto before = [](const Page& page, std::uint32_t at) { return page.segment < at; };
  Page* first = std::lower_bound(pages_.begin(), pages_.end(), segment, before);
  return {first, std::lower_bound(first, pages_.end(), segment + 1, before)};
}

void ManifestSegments::add_files(std::uint32_t segment, bool begun, Text& out) const {
  List<std::uint32_t> lines;
  Arena arena;
  for (const Page& page : pages_of(segment))
    if (page.links.size <= kMaxLinked)
      for (std::uint32_t line : page.links)
        if (lines_[line].kind == Line::Document) lines.add(arena, line);
  stable_sort(lines.begin(), lines.size, [](std::uint32_t x, std::uint32_t y) { return x < y; });
  std::uint32_t last = kNone;
  for (std::uint32_t line : lines) {
    if (line != last) add_line(out, begun, lines_[line].text);
    last = line;
  }
}

void ManifestSegments::check(std::uint32_t segment) {
  Text list;
  list.add(common_.str());
  add_files(segment, has_common_, list);
  list.add("]}");
  Arena arena;
  Workspace visited;
  visited.settings() = whole_.settings();
  for (const site::ZoneEntry* zone = whole_.site().zones(); zone; zone = zone->next)
    visited.site().add_zone(arena.make<site::ZoneEntry>(zone->zone, nullptr));
  bool listed = visited.list(list.str());
  for (Page& page : pages_of(segment))
    if (!page.needs_all && !is_sheet(page.url))
      page.needs_all = !listed || hash_of(page.url, visited) != page.hash;
}

std::uint64_t ManifestSegments::hash_of(Str url, Workspace& visited) {
  Arena arena;
  site::Page page;
  auto ask = [&](site::Needs& needs) {
    Diagnostics ignored(arena);
    page = visited.site().render(url, arena, needs, ignored);
    return page.status != site::Status::Needs;
  };
  auto supply = [&](const site::Needs& needs) {
    for (Str path : needs.paths) {
      const site::File* file = whole_.files().find(path);
      if (file && file->presence == site::Presence::Loaded && file->bytes)
        visited.put(path, Str(file->bytes, std::size_t(file->size)));
      else
        visited.put_missing(path);
    }
  };
  bool made = Workspace::complete(ask, supply) && page.status == site::Status::Ready;
  return made ? fnv1a(page.html) : 0;
}

void ManifestSegments::print_common(Text& out) const {
  out.add(common_.str());
  out.add("\n],\"pages\":{");
  bool begun = false;
  for (const Page& page : pages_)
    if (is_sheet(page.url) && !page.text.empty()) add_line(out, begun, page.text);
  out.add("\n}");
  out.add(end_);
}

void ManifestSegments::print(std::uint32_t segment, Text& out) const {
  out.add("{\"meridian\":1,\"files\":[");
  add_files(segment, false, out);
  out.add("\n],\"pages\":{");
  bool begun = false;
  for (const Page& page : pages_of(segment))
    if (!page.needs_all && !is_sheet(page.url)) add_line(out, begun, page.text);
  out.add("\n}}\n");
}

}  // namespace meridian
