// Files for a first visitor's first second: pages as HTML.
#include "meridian/workspace.h"

namespace meridian {

namespace {
// What a browser keeps of a page (web/shell/storage.js). A longer page waits for the core.
constexpr std::size_t kMaxHtml = 300'000;
// A repository has them beside its sources.
constexpr std::size_t kMaxTotal = 16 << 20;

/// Which pages are wanted most, by groups: the first one, those that menus link to, documents.
int group_of(const site::Document& document) {
  if (document.url == "/") return 0;
  if (document.file->generated || document.file->table) return 3;
  return document.kind == site::DocumentKind::Page || document.undated ? 1 : 2;
}
}  // namespace

void FirstPages::add_sheet(Str url, Str path) {
  Arena arena;
  if (sheets_.size()) sheets_.add(',');
  print_json(Value(arena.join("/", url)), sheets_);
  sheets_.add(':');
  print_json(Value(path), sheets_);
}

void FirstPages::add(const site::Document& document, const site::Page& page) {
  if (!document.file || page.status != site::Status::Ready || page.html.size() > kMaxHtml ||
      document.output_ext != ".html" || strip(page.html).empty())
    return;
  if (pages_.size == 2 * kMaxPages) choose();
  Entry entry{.url = arena_.copy(site::address_of(arena_, document)),
              .html = new Text,
              .group = group_of(document),
              .date = 0,
              .file = 0};
  if (entry.group == 2) entry.date = document.date.i;
  entry.html->add(page.html);
  pages_.add(arena_, entry);
}

void FirstPages::choose() {
  stable_sort(pages_.begin(), pages_.size, [](const Entry& x, const Entry& y) {
    return x.group != y.group ? x.group < y.group : x.date > y.date;
  });
  std::size_t total = 0;
  std::uint32_t count = 0;
  while (count < pages_.size && count < kMaxPages &&
         (total += pages_[count].html->size()) <= kMaxTotal)
    count++;
  for (std::uint32_t i = count; i < pages_.size; i++) delete pages_[i].html;
  pages_.size = count;
}

void FirstPages::clear() {
  for (Entry& page : pages_) delete page.html;
  pages_ = {};
  sheets_.truncate(0);
  arena_.reset();
}

std::uint32_t shard_of(Str url, std::uint32_t files) {
  std::uint32_t hash = 0x811c9dc5;
  for (char c : url) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193;
  return hash % files;
}

std::uint32_t FirstPages::arrange() {
  choose();
  for (Entry& page : pages_) page.file = shard_of(page.url, pages_.size);
  return pages_.size;
}

template <class Wanted>
void FirstPages::print_those(Text& out, Wanted wanted) const {
  out.add("{\"meridian\":1,\"baseurl\":");
  print_json(Value(site_.baseurl()), out);
  out.add(",\"url\":");
  print_json(Value(site_.config()->get("url").str()), out);
  out.add(",\"sheets\":{");
  out.add(sheets_.str());
  out.add("},\"pages\":{");
  bool any = false;
  for (const Entry& page : pages_) {
    if (!wanted(page)) continue;
    out.add(any ? ",\n" : "\n");
    any = true;
    print_json(Value(page.url), out);
    out.add(':');
    print_json(Value(page.html->str()), out);
  }
  out.add("}}\n");
}

void FirstPages::print(std::uint32_t file, Text& out) const {
  print_those(out, [&](const Entry& page) { return page.file == file; });
}

bool FirstPages::print_home(Text& out) const {
  bool any = false;
  print_those(out, [&](const Entry& page) { return page.url == "/" && (any = true); });
  return any;
}

}  // namespace meridian
