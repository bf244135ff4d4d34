// From a list of files to pages, posts, collections and static files (Jekyll::Reader, EntryFilter, Collection).
#include "request.h"

namespace meridian::site {

// ---- files ------------------------------------------------------------------------------------------------------

Presence Request::look(Str path) const {
  File* f = files.find(path);
  Presence p = f ? f->presence : Presence::Unknown;
  return p == Presence::Unknown && files.complete ? Presence::Missing : p;
}

void Request::need(Str path) {
  File& f = files.get(path);
  if (f.asked == serial) return;
  f.asked = serial;
  needs.paths.add(arena, f.source.path);
}

void Request::depend(File& file) {
  if (!dependencies || file.generated || file.used == serial) return;
  file.used = serial;
  dependencies->add(arena, file.source.path);
}

void Request::report(const Diagnostics& found) {
  for (const Diagnostic& d : found) diagnostics.add(d);
}

File* Request::load(Str path) {
  Presence p = look(path);
  if (p == Presence::Missing) return nullptr;
  if (p != Presence::Loaded) {
    need(path);
    return nullptr;
  }
  File* f = files.find(path);
  depend(*f);
  return f;
}

bool Request::scan(File& f) {
  if (f.scanned) return true;
  if (f.presence != Presence::Loaded) {
    need(f.source.path);
    return false;
  }
  f.scanned = true;
  Diagnostics& found = f.found;
  if (f.source.text.size() > kMaxFileBytes) {
    found.add(Severity::Error, f.source.path, "the file is larger than 16 MB", "split it, or keep it as a download");
    // What it says of itself stands; its body is left out.
    f.source.text = f.source.text.substr(0, yaml::split_front_matter(f.source.text).body_offset);
  }
  std::size_t bad = find_invalid_utf8(f.source.text);
  if (bad != Str::npos) {
    found.add(Severity::Error, f.source, bad, "invalid UTF-8", "save the file as UTF-8");
    Text whole;  // the rest of the file is shown all the same
    for (std::size_t at = 0; at < f.source.text.size();) add_utf8(whole, decode(f.source.text, at));
    f.source.text = f.arena.copy(whole.str());
  }
  f.front = yaml::split_front_matter(f.source.text);
  if (f.front.present && !f.front.matched)
    found.add(Severity::Warning, f.source, 0, "the front matter is not closed",
              "end it with a line of three dashes: ---");
  if (f.front.matched) {
    if (!yaml::parse(f.source, f.front.yaml_offset, f.front.yaml.size(), f.arena, f.data, found))
      f.broken_front = true;
    else if (!f.data.map() && f.data.truthy()) {
      found.add(Severity::Error, f.source, f.front.yaml_offset, "the front matter is not a map of keys and values",
                "write `key: value` lines");
      f.broken_front = true;
    }
  }
  if (!f.data.map()) f.data = make_map(f.arena);
  return true;
}

// ---- what belongs to the site -------------------------------------------------------------------------------------

namespace {
/// What is laid beside the sources by us is no source.
bool is_shell(const Files& files, Str path) {
  if (starts_with(path, "meridian/") || path == "meridian.json") return true;
  if (files.manifest || (path != "index.html" && path != "404.html")) return false;
  File* f = files.find(path);
  if (f->presence == Presence::Loaded)
    return f->source.text.substr(0, 4000).find("name=\"meridian-shell\"") != Str::npos;
  // Not read yet, and the shell's folder stands beside it: it is the shell's own page.
  File* core = files.find("meridian/meridian.wasm");
  return core && core->presence >= Presence::Listed;
}

struct EntryFilter {
  Request& request;
  Array& include;
  Array& exclude;

  static bool glob_include(const Array& patterns, Str entry, bool directory) {
    for (const Value& v : patterns) {
      Str pattern = v.str();
      if (pattern.empty()) continue;
      pattern = without_slashes(pattern);
      if (starts_with(entry, pattern) || matches(pattern, entry, false)) return true;
      if (directory && pattern.size() == entry.size() + 1 && starts_with(pattern, entry) && pattern.back() == '/')
        return true;
    }
    return false;
  }
  bool included(Str entry, bool directory) const {
    return glob_include(include, entry, directory) || glob_include(include, file_name(entry), directory);
  }
  bool excluded(Str path, bool directory) const {
    if (!glob_include(exclude, path, directory)) return false;
    // `exclude - include`: a pattern that stands in both does not exclude.
    Array kept{&request.arena};
    for (const Value& v : exclude) {
      bool both = false;
      for (const Value& i : include) both |= i.str() == v.str();
      if (!both) kept.push(v);
    }
    return glob_include(kept, path, directory);
  }
  static bool special(Str name) { return is_one_of(char_at(name, 0), "._#~"); }

  /// EntryFilter#filter: `entry` inside the folder `base`.
  bool passes(Str base, Str entry, bool directory) const {
    if (ends_with(entry, ".")) return false;
    bool in = included(entry, directory);
    Str whole = base.empty() ? entry : request.arena.join(base, "/", entry);
    if (!in && excluded(whole, directory)) return false;
    return in || !(special(entry) || special(file_name(entry)) || ends_with(entry, "~"));
  }
  /// Every folder on the way and the file itself pass, as read_directories walks down.
  bool walks_to(Str path) const {
    for (std::size_t from = 0;;) {
      std::size_t slash = path.find('/', from);
      Str base = from ? path.substr(0, from - 1) : Str();
      Str entry = path.substr(from, slash == Str::npos ? slash : slash - from);
      if (!passes(base, entry, slash != Str::npos)) return false;
      if (slash == Str::npos) return true;
      from = slash + 1;
    }
  }
};

bool has_extension(Str list, Str extension) {
  if (extension.empty()) return false;
  extension.remove_prefix(1);
  for (Str word; next_piece(list, ',', word);)
    if (equal_ignoring_case(strip(word), extension)) return true;
  return false;
}

/// `2020-1-2-name.md`, also with folders before it (Document::DATE_FILENAME_MATCHER).
bool has_date(Str name) {
  std::size_t i = 0;
  auto digits = [&](std::size_t least, std::size_t most) {
    std::size_t n = 0;
    while (i < name.size() && is_digit(name[i]) && n < most) i++, n++;
    return n >= least;
  };
  return digits(2, 4) && i < name.size() && name[i++] == '-' && digits(1, 2) && i < name.size() && name[i++] == '-' &&
         digits(1, 2) && i < name.size() && name[i] == '-' && !extension_of(name).empty();
}
}  // namespace

Collection* Request::collection(Str label) const {
  for (Collection* c : site.collections_)
    if (c->label == label) return c;
  return nullptr;
}

void Request::classify() {
  Site& s = site;
  Arena& a = s.arena_;
  Map& config = *s.config_;
  EntryFilter filter{*this, *config.get("include").array(), *config.get("exclude").array()};

  for (const Map::Entry& e : *config.get("collections").map()) {
    auto* c = a.make<Collection>();
    c->label = to_str(a, e.key);
    c->metadata = e.value.map() ? e.value.map() : make_map(a);
    c->output = c->metadata->get("output").truthy();
    s.collections_.add(a, c);
  }

  // In the order of their paths, so that the order in which files came does not matter.
  List<File*> all;
  for (File* f = files.first(); f; f = f->next)
    if (f->presence >= Presence::Listed && !f->generated && !is_shell(files, f->source.path)) all.add(arena, f);
  sort_by_path(all);

  auto add = [&](const Document& d) {
    Document* kept = a.make<Document>(d);
    kept->index = s.documents_.size;
    s.documents_.add(a, kept);
    if (kept->kind == DocumentKind::Page)
      s.pages_.add(a, kept);
    else if (kept->kind == DocumentKind::Static) {
      s.statics_.add(a, kept);
      if (kept->collection) kept->collection->files.add(a, kept);
      read(*kept);
    } else {
      kept->collection->documents.add(a, kept);
    }
  };
  Str dir = s.collections_dir_;
  for (File* f : all) {
    Str path = f->source.path;
    Str name = file_name(path), extension = extension_of(path);
    Document page;
    page.file = f;
    page.path = path;
    page.markdown = has_extension(s.markdown_extensions_, extension);
    Document d = page;
    bool known = f->presence == Presence::Loaded || f->from_manifest;
    // Without bytes or a manifest's word, the name must tell.
    bool likely = !known && (files.manifest ? f->is_page : page.markdown || is_html(extension));
    bool front = f->from_manifest || (f->presence == Presence::Loaded && scan(*f) && f->front.present);
    bool bare = s.optional_front_matter_ && page.markdown;  // Markdown that needs no front matter
    if (!s.jekyll_ && equal_ignoring_case(extension, ".md")) bare = true;

    // A collection's folder?
    Str inside = path;
    if (!dir.empty()) {
      if (starts_with(path, dir) && path.size() > dir.size() && path[dir.size()] == '/')
        inside = path.substr(dir.size() + 1);
      else
        inside = {};
    }
    Collection* c = nullptr;
    if (!inside.empty() && inside[0] == '_' && inside.find('/') != Str::npos) {
      Str folder = inside.substr(1, inside.find('/') - 1);
      if (folder != "posts" && folder != "data") c = collection(folder);
    }
    if (c) {
      Str base = a.join("_", c->label), entry = inside.substr(base.size() + 1);
      if (filter.passes(base, entry, false)) {
        d.path = inside;
        d.collection = c;
        d.kind = front || likely ? DocumentKind::Document : DocumentKind::Static;
        add(d);
      }
    } else {
      // Posts and drafts, in the root or in any folder.
      Str magic = "_posts";
      std::size_t at = starts_with(path, "_posts/") ? 0 : path.find("/_posts/");
      if (at == Str::npos && s.settings_.drafts) {
        magic = "_drafts";
        at = starts_with(path, "_drafts/") ? 0 : path.find("/_drafts/");
      }
      if (at != Str::npos) {
        std::size_t begin = at + (path[at] == '/'), inner = begin + magic.size();
        Str before = path.substr(0, at), entry = path.substr(inner + 1);
        d.draft = magic == "_drafts";
        if ((before.empty() || filter.walks_to(before)) && filter.passes(path.substr(0, inner), entry, false) &&
            path.substr(inner).find("/.") == Str::npos && (d.draft ? !extension.empty() : has_date(name))) {
          d.kind = DocumentKind::Document;
          d.collection = collection("posts");
          d.path = inside.empty() ? path : inside;
          add(d);
        }
      }
    }
    // `include` can make pages of the same files.
    if (path == "_config.yml" || !filter.walks_to(path)) continue;
    page.kind = front || bare || likely ? DocumentKind::Page : DocumentKind::Static;
    add(page);
  }

  // Jekyll renders collections in the order of the configuration, then pages by name.
  stable_sort(s.pages_.begin(), s.pages_.size,
              [](Document* x, Document* y) { return file_name(x->path) < file_name(y->path); });
}

bool Request::build() {
  if (site.built_) return true;
  site.forget();
  if (!configure()) {
    site.forget();
    return false;
  }
  site.outputs_ = make_map(site.arena_);
  classify();
  site.built_ = true;
  // What is at hand is read at once; the rest when somebody asks for it.
  for (std::uint32_t i = 0; i < site.documents_.size; i++) {
    Document& d = *site.documents_[i];
    if (!d.read && (d.file->presence == Presence::Loaded || d.file->from_manifest)) read(d);
  }
  return true;
}

void Site::forget() {
  arena_.reset();
  built_ = false;
  config_ = outputs_ = tags_ = categories_ = nullptr;
  data_ = nullptr;
  documents_ = {};
  pages_ = statics_ = {};
  collections_ = {};
  found_.clear();
  drop_ = nullptr;
  rendered_arena_.reset();
}

void Site::forget_rendered() {
  for (Document* d : documents_) d->content = d->output = d->excerpt_output = {};
  rendered_arena_.reset();
}

void Site::add_zone(ZoneEntry* entry) {
  entry->next = zones_;
  zones_ = entry;
  forget();
}

}  // namespace meridian::site
