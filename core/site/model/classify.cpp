// From a list of files to pages, posts, collections and static files (Jekyll::Reader, EntryFilter,
// Collection).
#include "model/entry_filter.h"
#include "model/reader.h"

namespace meridian::site {

// ---- files that belong to the site ----

bool is_shell_page(Str html) { return html.find("name=\"meridian-shell\"") != Str::npos; }

namespace {
/// Files that Meridian puts beside the sources are no sources.
bool is_shell(const Files& files, Str path) {
  if (starts_with(path, "meridian/") ||
      one_of(path, "meridian.json sass.meridian.json meridian-offline.js") >= 0 ||
      is_compiled_sheet(path))
    return true;
  if (files.manifest || (path != "index.html" && path != "404.html")) return false;
  File* f = files.find(path);
  if (f->presence == Presence::Loaded) return is_shell_page(f->source.text.substr(0, 4000));
  // Not loaded yet, and the shell's folder is beside it: it is the shell's own page.
  File* core = files.find("meridian/meridian.wasm");
  return core && core->presence >= Presence::Listed;
}

/// Jekyll reads a folder's subfolders before the folder's own files.
bool is_read_before(Str x, Str y) {
  std::size_t same = 0;
  while (same < x.size() && same < y.size() && x[same] == y[same]) same++;
  bool deeper = x.find('/', same) != Str::npos;
  return deeper == (y.find('/', same) != Str::npos) ? x < y : deeper;
}

/// Names, in lower case, that jekyll-optional-front-matter leaves alone: a repository's own papers.
constexpr Name kPapers =
    "readme license licence copying code_of_conduct contributing issue_template "
    "pull_request_template";

/// Whether a file of Markdown is a page without front matter: by jekyll-optional-front-matter, or,
/// as the page of its folder, by jekyll-readme-index.
bool needs_no_front_matter(ModelReader& r, const EntryFilter& filter, Str path) {
  const SiteState& site = r.site;
  if (!site.jekyll_) return true;
  Text lower_name;
  add_downcase(lower_name, without_extension(file_name(path)));
  Str name = lower_name.str();
  if (site.plugins_[kReadmeIndex] && name == "readme") {
    Str names = "index.md index.html index.markdown", index;
    bool has_index = false;
    while (next_piece(names, ' ', index))
      has_index |= r.presence_of(path_in(r.arena, folder_of(path), index)) >= Presence::Listed;
    if (!has_index) return true;
  }
  return site.plugins_[kOptionalFrontMatter] &&
         !site.config_->get("require_front_matter").truthy() &&
         (one_of(name, kPapers) < 0 || filter.included(path, false));
}

/// Pages of plugins are behind the others, those of jekyll-readme-index at the end.
std::uint32_t page_index(Str name) {
  return equal_ignoring_case(without_extension(name), "readme") ? 2 : 1;
}

/// Offset of the folder `/NAME/` in a path; npos when the path does not lead through it.
std::size_t find_folder(Str path, const char* folder) {
  if (starts_with(path, folder + 1)) return 0;
  std::size_t slash = path.find(folder);
  return slash == Str::npos ? slash : slash + 1;
}
}  // namespace

Str inside_folder(Str path, Str folder) {
  if (folder.empty()) return path;
  return starts_with(path, folder) && char_at(path, folder.size()) == '/'
             ? path.substr(folder.size() + 1)
             : Str();
}

Collection* ModelReader::collection(Str label) const {
  Value* number = site.labels_->find(label);
  return number ? site.collections_[std::uint32_t(number->i)] : nullptr;
}

bool ModelReader::has_front_matter(File& f, bool markdown) {
  if (f.from_manifest || f.presence == Presence::Loaded) return scan(f) && f.front.present;
  if (files.manifest) return f.is_page;
  return markdown || is_html(extension_of(f.source.path)) || is_sass(f.source.path);
}

void ModelReader::add_document(const Document& found) {
  SiteState& s = site;
  Document& d = *s.arena_.make<Document>(found);
  Str path = d.file->source.path;
  s.documents_.add(s.arena_, &d);
  add_to_group(*s.by_path_, d.path, value_of(d));
  if (d.path != path) add_to_group(*s.by_path_, path, value_of(d));
  if (d.file->table) add_to_group(*s.by_path_, d.file->table->source.path, value_of(d));
  if (d.markdown && is_index(without_extension(file_name(path))))
    add_to_group(*s.by_path_, folder_of(path), value_of(d));
  bool is_static = d.kind == DocumentKind::Static;
  Collection* c = d.collection;
  (is_static ? c ? c->files : s.statics_ : c ? c->documents : s.pages_).add(s.arena_, &d);
  if (is_static) read(d);
}

void ModelReader::classify() {
  SiteState& s = site;
  Arena& a = s.arena_;
  Map& config = *s.config_;
  EntryFilter filter(*this);

  const Map& collections = *config.get("collections").map();
  for (const Map::Entry& e : collections) {
    auto* c = a.make<Collection>();
    Text label;  // Collection#sanitize_label; the configuration is looked up by it
                 // name
    for (char x : to_str(a, e.key))
      if (is_alnum(x) || is_one_of(x, "_-.")) label.add(x);
    c->label = a.copy(label.str());
    Map* metadata = collections.get(c->label).map();
    c->metadata = metadata ? metadata : make_map(a);
    c->output = c->metadata->get("output").truthy();
    c->number = s.collections_.size;
    s.collections_.add(a, c);
    Value& first = s.labels_->set(c->label);
    if (first.nil()) first = Value(std::int64_t(c->number));
  }

  // In the order of their paths, so that the order in which files arrived does not matter.
  List<File*> all;
  for (File* f = files.first(); f; f = f->next) {
    if (f->presence >= Presence::Listed && !f->generated && !is_shell(files, f->source.path))
      all.add(arena, f);
    if (f->presence == Presence::Loaded && !f->bytes)
      s.found_.add({Severity::Error, Rule::Limit}, f->source.path, limits.files.message,
                   "remove what no page needs");
  }
  for (File* row : s.rows()) all.add(arena, row);
  sort_by_path(all);
  // Jekyll finds none in `./folder` or `folder/`.
  Str folder_of_posts = this->folder_of_posts();
  bool has_posts = s.collections_dir_ == setting("collections_dir");

  for (File* f : all) {
    Str path = f->source.path, name = file_name(path), extension = extension_of(path);
    Document page;
    page.file = f;
    page.path = path;
    page.markdown = has_extension(s.markdown_extensions_, extension);
    Document d = page;
    // Data, settings and parts of pages are not asked: YAML may begin with `---`, too.
    auto has_front = [&] { return has_front_matter(*f, page.markdown); };
    // A collection's folder?
    Str inside = inside_folder(path, s.collections_dir_);
    std::size_t slash = inside.find('/');
    Str folder = char_at(inside, 0) == '_' && slash != Str::npos ? slice(inside, 1, slash) : Str();
    if (!folder.empty() && one_of(folder, "posts data") < 0) d.collection = collection(folder);
    if (d.collection) {
      d.path = inside;
      d.kind = has_front() ? DocumentKind::Document : DocumentKind::Static;
      if (filter.passes(inside.substr(0, slash), inside.substr(slash + 1), false)) {
        add_document(d);
        // Plugins make a page of each static file that is Markdown.
        if (d.kind == DocumentKind::Static && d.markdown && s.jekyll_ &&
            needs_no_front_matter(*this, filter, path)) {
          d.collection = nullptr;
          d.kind = DocumentKind::Page;
          d.index = page_index(name);
          add_document(d);
        }
      }
    } else {
      // Posts and drafts, in the root or in any folder.
      std::size_t begin = find_folder(path, "/_posts/");
      if (begin == Str::npos && (s.settings_.drafts || config.get("show_drafts").truthy())) {
        begin = find_folder(path, "/_drafts/");
        d.draft = begin != Str::npos;
      }
      bool none = begin == Str::npos || !inside.data() || !has_posts;
      std::size_t end = none ? Str::npos : path.find('/', begin);
      Str above = path.substr(0, begin);
      bool walked = !d.draft && above == folder_of_posts ? true
                    : begin ? filter.walks_to(path.substr(0, begin - 1))
                            : d.draft;
      if (end != Str::npos && walked &&
          filter.passes(path.substr(0, end), path.substr(end + 1), false) &&
          !has_hidden_part(path.substr(end + 1)) && !extension.empty() &&
          (d.draft || date_length(name))) {
        d.kind = DocumentKind::Document;
        d.collection = collection("posts");
        d.path = inside;
        add_document(d);
      }
    }
    // The same file can be a page as well, when `include` names its folder.
    if (s.has_settings(path) || (!filter.walks_to(path) && !filter.names(path))) continue;
    bool front = has_front();
    bool written = !front && page.markdown && needs_no_front_matter(*this, filter, path);
    front |= written || (!s.jekyll_ && equal_ignoring_case(extension, ".md"));
    page.kind = front ? DocumentKind::Page : DocumentKind::Static;
    if (written && s.jekyll_) page.index = page_index(name);
    add_document(page);
    // In Jekyll the file itself is copied as well.
    const Value site_config(s.config_);
    if (!written || !s.jekyll_ ||
        dig(site_config, "optional_front_matter.remove_originals").truthy() ||
        dig(site_config, "readme_index.remove_originals").truthy())
      continue;
    page.kind = DocumentKind::Static;
    page.index = 0;
    add_document(page);
  }

  for (Collection* c : s.collections_)
    for (Document* d : c->files) s.statics_.add(a, d);

  // Jekyll renders collections in the order of the configuration, then pages by name; plugins add
  // theirs behind these.
  stable_sort(s.pages_.begin(), s.pages_.size, [](Document* x, Document* y) {
    if (x->index || y->index) return x->index < y->index;
    int way = file_name(x->path).compare(file_name(y->path));
    return way ? way < 0 : is_read_before(x->path, y->path);
  });
  add_gem_assets();
  for (std::uint32_t i = 0; i < s.pages_.size; i++) s.pages_[i]->index = i;
}

bool ModelReader::build() {
  if (site.built_) return true;
  site.forget();
  site.outputs_ = make_map(site.arena_);
  site.by_path_ = make_map(site.arena_);
  site.labels_ = make_map(site.arena_);
  if (!configure() || !read_tables()) {
    site.forget();
    return false;
  }
  classify();
  site.built_ = true;
  // Loaded files are read at once; the others when they are needed.
  for (std::uint32_t i = 0; i < site.documents_.size; i++) {
    Document& d = *site.documents_[i];
    if (!d.read && (d.file->presence == Presence::Loaded || d.file->from_manifest)) read(d);
  }
  if (read_language()) return true;
  site.forget();
  return false;
}

}  // namespace meridian::site
