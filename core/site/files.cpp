#include <cstdlib>

#include "meridian/site.h"

namespace meridian::site {

namespace {
// Paths are the author's own: a plain multiplicative hash will do, the table is never more than half full.
std::uint32_t hash(Str s) {
  std::uint32_t h = 2166136261u;
  for (unsigned char c : s) h = (h ^ c) * 16777619u;
  return h ^ h >> 15;
}
void* take(std::size_t bytes) {
  void* p = std::malloc(bytes ? bytes : 1);
  if (!p) fatal();
  return p;
}
}  // namespace

Files::~Files() {
  for (File* f = first_; f;) {
    File* next = f->next;
    std::free(f->bytes);
    std::free(const_cast<char*>(f->source.path.data()));
    f->~File();
    std::free(f);
    f = next;
  }
  std::free(slots_);
}

File** Files::slot(Str path) const {
  for (std::uint32_t i = hash(path);; i++) {
    File** s = &slots_[i & (capacity_ - 1)];
    if (!*s || (*s)->source.path == path) return s;
  }
}

File* Files::find(Str path) const { return capacity_ ? *slot(path) : nullptr; }

File& Files::get(Str path) {
  if (File* f = find(path)) return *f;
  if (2 * (count_ + 1) > capacity_) {
    capacity_ = capacity_ ? capacity_ * 2 : 64;
    std::free(slots_);
    slots_ = static_cast<File**>(take(capacity_ * sizeof(File*)));
    std::memset(slots_, 0, capacity_ * sizeof(File*));
    for (File* f = first_; f; f = f->next) *slot(f->source.path) = f;
  }
  auto* name = static_cast<char*>(take(path.size()));
  if (!path.empty()) std::memcpy(name, path.data(), path.size());
  auto* f = new (take(sizeof(File))) File;
  f->source.path = {name, path.size()};
  *slot(f->source.path) = f;
  (last_ ? last_->next : first_) = f;
  last_ = f;
  count_++;
  return *f;
}

Str body_of(const File& f) { return f.front.matched ? f.front.body : f.source.text; }

void sort_by_path(List<File*>& files) {
  stable_sort(files.begin(), files.size, [](File* x, File* y) { return x->source.path < y->source.path; });
}

void forget_parsed(File& f) {
  f.scanned = f.broken_front = f.from_manifest = f.data_read = f.is_page = false;
  f.front = {};
  f.data = {};
  f.excerpt = f.title = {};
  for (auto& t : f.templates) t = nullptr;
  f.excerpt_source = {};
  f.seen = f.asked = f.used = 0;
  f.parsed = {};
  f.found.clear();
  f.arena.reset();
}

File& Files::put(Str path, Str bytes) {
  File& f = get(path);
  forget_parsed(f);
  std::free(f.bytes);
  f.bytes = static_cast<char*>(take(bytes.size()));
  if (!bytes.empty()) std::memcpy(f.bytes, bytes.data(), bytes.size());
  // A byte order mark is no part of the text (Jekyll reads with "bom|utf-8").
  std::size_t bom = starts_with(bytes, "\xEF\xBB\xBF") ? 3 : 0;
  f.source.text = {f.bytes + bom, bytes.size() - bom};
  f.size = std::int64_t(bytes.size());
  f.presence = Presence::Loaded;
  return f;
}

void put_front_matter(File& f, Str yaml, Str excerpt, Str title) {
  forget_parsed(f);
  // Laid out as the file is, so that positions in diagnostics are right.
  f.source.text = f.arena.join("---\n", yaml, "---\n");
  f.front = yaml::split_front_matter(f.source.text);
  yaml::parse(f.source, f.front.yaml_offset, f.front.yaml.size(), f.arena, f.data, f.found);
  f.found.clear();  // they are told when the file itself comes
  if (!f.data.map()) f.data = make_map(f.arena);
  f.excerpt = excerpt.data() ? f.arena.copy(excerpt) : Str();
  f.title = f.arena.copy(title);
  f.scanned = f.from_manifest = true;
}

}  // namespace meridian::site
