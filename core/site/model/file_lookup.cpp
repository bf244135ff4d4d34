// A request's access to files: their presence, their bytes, their data.
#include "model/file_lookup.h"

namespace meridian::site {

namespace {
/// Whether a host may have a file of this path: it is what put() would know it by.
bool may_exist(Str path) {
  Str rest = path;
  for (Str name; next_piece(rest, '/', name);)
    if (name.empty() || name == "." || name == "..") return false;
  return find_invalid_utf8(path) == Str::npos && path.find('\0') == Str::npos;
}
}  // namespace

Presence FileLookup::presence_of(Str path) const {
  File* f = files.find(path);
  Presence p = f ? f->presence : Presence::Unknown;
  return p == Presence::Unknown && (files.complete || !may_exist(path)) ? Presence::Missing : p;
}

void RequestContext::need(Str path) {
  File& f = files.get(path);
  if (f.asked == serial) return;
  f.asked = serial;
  needs.paths.add(arena, f.source.path);
}

void RequestContext::depend(File& used) {
  File& file = on_host(used);
  if (content_number && file.taken != content_number) {
    file.taken = content_number;
    content_files->add(site.rendered_arena_, &file);
  }
  if (!dependencies || file.generated || file.used == serial) return;
  file.used = serial;
  dependencies->add(arena, file.source.path);
}

void RequestContext::report(const Diagnostics& found) {
  for (const Diagnostic& d : found) diagnostics.add(d);
}

void RequestContext::report_wrong(const Collection* collection) {
  for (Document* d : site.wrong_)
    if (d->collection == collection && d->file->reported != serial) {
      d->file->reported = serial;
      report(*d->file);
    }
}

void RequestContext::point_to_rows() {
  const List<File*>& rows = site.rows();
  for (Diagnostic& d : diagnostics)
    for (std::uint32_t i = rows.size; i--;) {  // of several with one path the last comes too late
      if (d.file != rows[i]->source.path) continue;
      const Source& table = rows[i]->table->source;
      d.file = diagnostics.arena().copy(table.path);
      d.excerpt = diagnostics.arena().copy(line_around(table.text, rows[i]->row));
      locate(table.text, rows[i]->row, d.line, d.column);
    }
}

void RequestContext::need_pack(Str name) {
  for (Str known : needs.packs)
    if (known == name) return;
  needs.packs.add(arena, name);
}

File* FileLookup::load(Str path) {
  if (starts_with(path, kThemePrefix)) {
    File* ours = theme_file(path.substr(kThemePrefix.size()));
    // A name that comes from the site is in no pack: it must not ask for ever.
    if (!ours && path == kEmoji)
      need_pack("emoji");
    else if (!ours && !theme::find("_plugins/seo.html").data())
      need_pack("plugins");
    return ours;
  }
  Presence p = presence_of(path);
  if (p == Presence::Missing) return nullptr;
  if (p != Presence::Loaded) {
    need(path);
    return nullptr;
  }
  File* f = files.find(path);
  depend(*f);
  return f;
}

File* FileLookup::load(File& f) {
  if (!f.table) return load(f.source.path);
  depend(f);
  return &f;
}

bool FileLookup::scan(File& f) {
  if (f.scanned && f.zone == site.zone_) return true;
  bool again = f.scanned;  // on another clock
  if (!again && f.presence != Presence::Loaded) {
    need(f.source.path);
    return false;
  }
  if (again) f.found.clear();
  f.scanned = true;
  f.zone = site.zone_;
  bool marked = again ? !f.front.present  // by a byte order mark, which put() leaves out
                      : site.jekyll_ && f.source.text.data() != f.bytes;
  f.not_text = !is_text(f);
  if (f.not_text) {
    Text whole;  // the rest of the file is shown all the same
    for (std::size_t at = 0; at < f.source.text.size();) add_utf8(whole, decode(f.source.text, at));
    f.source.text = f.arena.copy(whole.str());
  }
  f.front = yaml::split_front_matter(f.source.text);
  // Jekyll looks for the header in the bytes, but reads a post without its byte order mark.
  if (marked) f.front.present = false;
  if (f.front.present && !f.front.matched)
    f.found.add({Severity::Warning, Rule::FrontMatter}, f.source, 0,
                "the front matter is not closed", "end it with a line of three dashes: ---");
  bool parsed = !f.front.matched || yaml::parse(f.source, f.front.yaml_offset, f.front.yaml.size(),
                                                f.values, f.data, f.found, f.zone);
  if (!parsed) f.values.reset();
  f.broken_front = !expect_map(f, f.data, f.front.yaml_offset) || !parsed;
  f.wrong = f.found.size();
  if (f.wrong && site.settings_.mender)
    site.settings_.mender->front_matter(*site.settings_.mender, f);
  if (f.from_manifest) f.found.clear();  // reported once the file itself is loaded
  return true;
}

File& FileLookup::generate(Str name, Str text) {
  File& f = files.put(name, text);
  f.generated = true;
  return f;
}

File* FileLookup::theme_file(Str path) {
  Str name = arena.join(kThemePrefix, path);
  if (File* f = files.find(name); f && f->presence == Presence::Loaded) return f;
  Str data = theme::find(path);
  if (char_at(data, 0) == theme::kElsewhere) {
    need_pack(data.substr(1));
    return theme_file(
        "_includes/head/custom.html");  // which is empty, as long as the pack is not here
  }
  return data.data() ? &generate(name, data) : nullptr;
}

}  // namespace meridian::site
