#include <cstdlib>

#include "model/file_lookup.h"

namespace meridian::site {

Files::~Files() {
  for (File* f = first_; f; f = f->next) {
    drop_bytes(*f);
    f->values.reset();
    f->arena.reset();
  }
}

void Files::drop_bytes(File& f) {
  if (!f.bytes) return;
  held_ -= std::size_t(f.size);
  memory_held -= std::size_t(f.size);
  std::free(f.bytes);
  f.bytes = nullptr;
}

File* Files::find(Str path) const {
  Value* place = by_path_.find(path);
  return place ? reinterpret_cast<File*>(std::uintptr_t(place->i)) : nullptr;
}

File& Files::get(Str path) {
  if (File* f = find(path)) return *f;
  auto* f = arena_.make<File>();
  f->source.path = arena_.copy(path);
  by_path_.set(f->source.path) = Value(std::int64_t(reinterpret_cast<std::uintptr_t>(f)));
  (last_ ? last_->next : first_) = f;
  last_ = f;
  return *f;
}

bool has_liquid(Str text) { return text.find("{%") != Str::npos || text.find("{{") != Str::npos; }

Str body_of(const File& f) { return f.front.matched ? f.front.body : f.source.text; }

void sort_by_path(List<File*>& files, bool by_folders) {
  stable_sort(files.begin(), files.size, [by_folders](File* x, File* y) {
    Str a = x->source.path, b = y->source.path;
    std::size_t i = 0;
    while (by_folders && i < a.size() && char_at(a, i) == char_at(b, i)) i++;
    if (by_folders && (char_at(a, i) == '/' || char_at(b, i) == '/')) return char_at(a, i) == '/';
    return a < b;
  });
}

void add_diagnostic(File& f, std::size_t offset, Str message, const char* remedy) {
  f.wrong = true;
  if (offset == Str::npos)
    f.found.add({Severity::Error, Rule::Limit}, f.source.path, message, remedy);
  else
    f.found.add({Severity::Error, Rule::FrontMatter}, f.source, offset, message, remedy);
}

bool is_text(File& f) {
  bool large = f.source.text.size() > limits.source.most;
  if (large) {
    add_diagnostic(f, Str::npos, limits.source.message, "split it");
    // Its front matter counts; its body is left out.
    f.source.text = f.source.text.substr(0, yaml::split_front_matter(f.source.text).body_offset);
  }
  std::size_t bad = find_invalid_utf8(f.source.text);
  if (bad != Str::npos) add_diagnostic(f, bad, "invalid UTF-8", "save the file as UTF-8");
  return !large && bad == Str::npos;
}

bool expect_map(File& f, Value& v, std::size_t offset) {
  if (v.map()) return true;
  bool nothing = !v.truthy();
  if (!nothing)
    add_diagnostic(f, offset, "this is not a map of keys and values", "write `key: value` lines");
  v = Value(make_map(f.arena));
  return nothing;
}

namespace {
/// Forgets what was parsed, but not the values.
void begin_parsing(File& f) {
  static const Parsed kNothing;
  static_cast<Parsed&>(f) = kNothing;
  f.found.clear();
  f.arena.reset();
  f.source.text = {f.bytes, f.bytes ? std::size_t(f.size) : 0};
  // A byte order mark is no part of the text (Jekyll reads with "bom|utf-8").
  if (starts_with(f.source.text, "\xEF\xBB\xBF")) f.source.text.remove_prefix(3);
}
}  // namespace

void forget_parsed(File& f) {
  f.values.reset();
  begin_parsing(f);
}

void Files::hold(File& f, Str bytes) {
  drop_bytes(f);
  f.size = std::int64_t(bytes.size());
  f.presence = Presence::Loaded;
  f.plugin = {};
  if (has_room(bytes.size()) || starts_with(f.source.path, kThemePrefix)) {
    f.bytes = static_cast<char*>(std::malloc(bytes.size() + 1));
    if (!f.bytes) fatal();
    if (!bytes.empty()) std::memcpy(f.bytes, bytes.data(), bytes.size());
    held_ += bytes.size();
    memory_held += bytes.size();
  }
}

File& Files::put(Str path, Str bytes) {
  File& f = get(path);
  hold(f, bytes);
  forget_parsed(f);
  return f;
}

namespace {
/// The lines between the fences: the opening one may have spaces behind it.
Str lines_of(const yaml::FrontMatter& front) {
  return front.yaml.substr(front.yaml.find('\n') + 1);
}

/// Whether all that the model has of a page is in its front matter. A title may be in the body, and
/// an HTML file with the mark of a shell page is none of the site's.
bool is_known_by_front_matter(const File& f) {
  return f.scanned && f.front.present && f.front.matched && !f.wrong && f.found.size() == 0 &&
         !get(f.data, "title").nil() && !is_html(extension_of(f.source.path));
}
}  // namespace

bool Files::put_without_body(Str path, Str bytes) {
  yaml::FrontMatter front = yaml::split_front_matter(bytes);
  if (!front.present || !front.matched || bytes.size() > limits.source.most ||
      find_invalid_utf8(bytes) != Str::npos)
    return false;
  File& f = put(path, bytes.substr(0, front.body_offset));
  f.front = yaml::split_front_matter(f.source.text);
  f.scanned =
      yaml::parse(f.source, f.front.yaml_offset, f.front.yaml.size(), f.values, f.data, f.found);
  if (!is_known_by_front_matter(f)) return false;
  f.from_manifest = true;
  f.presence = Presence::Listed;
  return true;
}

bool Files::drop_body(File& f) {
  if (f.presence != Presence::Loaded || !is_known_by_front_matter(f)) return false;
  Text front;
  front.add(f.source.text.substr(0, f.front.body_offset));
  put_known(f, front.str());
  f.from_manifest = true;
  f.presence = Presence::Listed;
  return true;
}

/// Sets the bytes of a page with the front matter that it had.
void Files::put_known(File& f, Str bytes) {
  Value data = f.data;
  const Zone* zone = f.zone;
  hold(f, bytes);
  begin_parsing(f);
  f.front = yaml::split_front_matter(f.source.text);
  f.data = data;
  f.zone = zone;
  f.scanned = true;
}

bool Files::put_body(File& f, Str bytes) {
  if (!is_known_by_front_matter(f)) return false;
  yaml::FrontMatter front = yaml::split_front_matter(bytes);
  if (!front.present || !front.matched || lines_of(front) != lines_of(f.front)) return false;
  bool is_sound = bytes.size() <= limits.source.most && find_invalid_utf8(bytes) == Str::npos;
  if (!is_sound || !has_room(bytes.size())) return false;
  put_known(f, bytes);
  return true;
}

void put_front_matter(File& f, Str yaml, Str excerpt, Str title) {
  forget_parsed(f);
  // Laid out as the file is, so that positions in diagnostics are right.
  f.source.text = f.arena.join("---\n", yaml, "---\n");
  f.front = yaml::split_front_matter(f.source.text);
  f.front.present =
      yaml.data() != nullptr;  // else it is Markdown without any, of which the title is known
  // Errors are reported once the file itself is loaded; until then it has no data.
  (void)yaml::parse(f.source, f.front.yaml_offset, f.front.yaml.size(), f.values, f.data, f.found);
  expect_map(f, f.data, 0);
  f.found.clear();
  f.excerpt = excerpt.data() ? f.arena.copy(excerpt) : Str();
  f.title = f.arena.copy(title);
  f.scanned = f.from_manifest = true;
}

}  // namespace meridian::site
