// Errors in the theme's and the plugins' templates, reported where their author can mend them: a
// date in the front matter that `{% seo %}` can't print.
#include "meridian/site_modules.h"
#include "render/renderer.h"

namespace meridian::site {

namespace {
// `seo: {date_modified: …}` is two deep, `defaults: [{values: {last_modified_at: …}}]` three.
constexpr std::uint32_t kMaxDepth = 3;

/// Whether both are one value in memory, or, of numbers and dates, the same one.
bool is_same(const Value& a, const Value& b) {
  return !a.nil() && !a.is(Kind::Bool) && a.kind == b.kind && a.length == b.length && a.i == b.i;
}

/// Adds the keys that lead to a value; false when there is none like it.
bool find_keys(Arena& arena, const Value& in, const Value& value, List<Str>& keys) {
  if (is_same(in, value)) return true;
  if (in.array())
    for (const Value& v : *in.array())
      if (!v.array() && find_keys(arena, v, value, keys)) return true;
  if (!in.map() || keys.size == kMaxDepth) return false;
  for (const Map::Entry& e : *in.map()) {
    keys.add(arena, e.key.str());
    if (find_keys(arena, e.value, value, keys)) return true;
    keys.size--;
  }
  return false;
}

/// Offset of the last of some keys in a file.
std::size_t offset_of_keys(const File& file, const List<Str>& keys) {
  std::size_t at = offset_of_key(file, keys[0]);
  for (std::uint32_t i = 1; i < keys.size; i++) {
    std::size_t next = file.source.text.find(keys[i], at + keys[i - 1].size());
    if (next != Str::npos) at = next;
  }
  return at;
}
}  // namespace

void lead_to_authors() { Renderer::author_leader = Renderer::lead_to_author; }

void Renderer::lead_to_author(Renderer& r, liquid::Context& c) {
  if (!c.error.source || !starts_with(c.error.source->path, kThemePrefix)) return;
  File* config = r.site.config_file();
  // The document that a loop of the template is at, and the page.
  Document* shown = r.document;
  c.find_drop([&](const Drop* drop) {
    for (Document* d : r.site.documents_)
      if (d->drop == drop) return shown = d, true;
    return false;
  });
  File* place = nullptr;
  List<Str> keys;
  for (Document* d : {shown, r.document}) {
    bool authored = d && d->data && d->file && !d->file->generated;
    if (place || !authored) continue;
    if (!find_keys(r.arena, Value(d->data), c.error.input, keys)) continue;
    bool own = d->file->data.map() && d->file->data.map()->find(keys[0]);
    place = own ? d->file : config;  // by the front matter defaults
  }
  if (!place && find_keys(r.arena, Value(r.site.config_), c.error.input, keys)) place = config;
  if (!place) place = shown && shown->file && !shown->file->generated ? shown->file : config;
  if (!place) return;
  c.error.source = &place->source;
  c.error.offset = keys.empty() ? 0 : offset_of_keys(*place, keys);
  if (!keys.empty()) c.error.text = r.arena.join("`", keys.back(), "`: ", c.error.text);
}

}  // namespace meridian::site
