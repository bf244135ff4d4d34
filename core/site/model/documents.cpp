// A document's data: its front matter over the front matter defaults of _config.yml, and its title,
// slug, date, categories and tags (Jekyll::Document, Page, FrontmatterDefaults).
#include "model/reader.h"

namespace meridian::site {

// ---- defaults ----
namespace {
/// An entry of `defaults` in _config.yml.
struct DefaultSet {
  Map* values = nullptr;
  Map* scope = nullptr;
  Str path() const { return scope ? without_slash(scope->get("path").str()) : Str(); }
  bool has_type() const { return scope && scope->find("type"); }
};

bool applies(const ModelReader& r, const DefaultSet& set, Str path, Str type) {
  Str collections_dir = r.site.collections_dir_;
  if (set.has_type()) {
    Str wanted = set.scope->get("type").str();
    bool singular = one_of(wanted, "page post draft") >= 0;  // the old names
    if (wanted.empty() || !starts_with(type, wanted) ||
        type.substr(wanted.size()) != (singular ? "s" : ""))
      return false;
  }
  Str scope = set.scope ? set.scope->get("path").str() : Str();
  if (scope.empty()) return true;  // one that begins with a slash is no file's
  path = without_slash(path);
  if (scope.find('*') == Str::npos) {
    Str inside = inside_folder(scope, collections_dir);
    return starts_with(path, inside.data() ? inside : scope);
  }
  // A pattern matches files and folders of the disk, and everything inside these; with a slash at
  // its end folders alone.
  Str pattern = without_last(scope, '/');
  // Of a match in the folder of collections Jekyll takes the path in it, as documents have theirs.
  bool inside = !collections_dir.empty() && r.collection(type);
  if (inside) path = r.arena.join(collections_dir, "/", path);
  for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
    bool is_file = end == Str::npos;
    if (is_file && pattern.size() < scope.size()) return false;
    Str part = path.substr(0, end);
    bool is_inside = !collections_dir.empty() && inside_folder(part, collections_dir).data();
    if (is_inside == inside && matches(pattern, part, true)) return true;
    if (is_file) return false;
  }
}

bool has_precedence(const DefaultSet& old, const DefaultSet& set) {
  std::size_t a = set.path().size(), b = old.path().size();
  return a != b ? a > b : set.has_type() || !old.has_type();
}
}  // namespace

bool ModelReader::default_value(Str path, Str type, Str key, Value& out) {
  DefaultSet winner;
  for (const Value& v : *site.config_->get("defaults").array()) {
    DefaultSet set{get(v, "values").map(), get(v, "scope").map()};
    if (!set.values || !applies(*this, set, path, type)) continue;
    Value* value = key.data() ? set.values->find(key) : nullptr;
    if (key.data() && !value) continue;
    bool wins = !winner.values || has_precedence(winner, set);
    Map* merged = out.map();
    if (!key.data())
      out = Value(deep_merge(site.arena_, wins ? merged : set.values, wins ? set.values : merged));
    else if (wins)
      out = *value;
    if (wins) winner = set;
  }
  return winner.values;
}

Map* ModelReader::defaults_for(Str path, Str type) {
  Value all = Value(make_map(site.arena_));
  default_value(path, type, {}, all);
  return all.map();
}

// ---- dates ----

const Zone& ModelReader::zone() const {
  static const Zone kUtc;
  return site.zone_ ? *site.zone_ : kUtc;
}

bool ModelReader::to_time(Value& v) {
  const Zone& zone = this->zone();
  Time t;
  if (v.is(Kind::Time)) {
    t = v.time();
    t.nanoseconds = 0;  // Jekyll converts by to_s, which has none
  } else if (v.is(Kind::Date)) {
    t.seconds = zone.from_local(v.i);
  } else if (!parse_time(to_str(arena, v), zone, site.settings_.now, t)) {
    return false;
  }
  t.utc = false;
  zone.set_clock(t);
  v = Value(t);
  return true;
}

Value ModelReader::now() {
  Value now(site.settings_.now);
  to_time(now);
  return now;
}

// ---- documents ----
std::size_t offset_of_key(const File& file, Str key) {
  Str yaml = file.data_read ? file.source.text : file.front.yaml;
  for (std::size_t at = 0; at < yaml.size();) {
    if (starts_with(yaml.substr(at), key) && yaml.substr(at + key.size(), 1) == ":")
      return file.front.yaml_offset + at;
    std::size_t line = yaml.find('\n', at);
    if (line == Str::npos) break;
    at = line + 1;
  }
  return file.front.yaml_offset;
}

namespace {
// What each document has (categories, draft, title, slug, ext, tags, date), and its layout.
constexpr std::uint32_t kKeys = 8;

struct DocumentReader {
  ModelReader& request;
  Document& d;
  Arena& a;

  /// Document#merge_data!, which fails where the categories are neither text nor a list.
  bool merge(Map* other) {
    const Value& theirs = other->get("categories");
    Array *list = theirs.is_string() ? words(a, theirs.str()) : theirs.array(),
          *ours = d.data->get("categories").array();
    if (!list && !theirs.nil()) return false;
    if (list && ours) list = unite(a, *ours, *list);
    merge_into(*d.data, *other);
    if (list) d.data->set("categories", list);
    merge_date();
    return true;
  }

  void merge_date() {
    Value* date = d.data->find("date");
    if (!date) return;
    // Jekyll converts by to_s: seconds of local mean time are lost, each time.
    if (date->is(Kind::Time)) date->i += date->offset_seconds;
    if (request.to_time(*date)) return;
    if (!date->nil())
      add_diagnostic(*d.file, offset_of_key(*d.file, "date"), "the date can't be read",
                     "write it as 2026-01-31, or 2026-01-31 18:00:00 +0100");
    *date = request.now();
  }
  void flatten(Array& list, const Value& v, int depth = 0) {
    if (Array* inner = v.array(); inner && depth < 20) {
      for (const Value& x : *inner) flatten(list, x, depth + 1);
    } else if (!v.nil()) {
      list.push(v);
    }
  }
  /// Utils.pluralized_array_from_hash: `tag: x`, else `tags: a b` or a list.
  void add_names(Array& list, const char* singular, const char* plural) {
    Value names = d.data->get(singular);
    if (!names.truthy()) {
      names = d.data->get(plural);
      if (names.is_string()) names = Value(words(a, names.str()));
      if (!names.array()) return;
    }
    flatten(list, names);
  }

  void categories_from_path() {
    Array* list = make_array(a);
    Str special = d.draft ? Str("_drafts") : a.join("_", d.collection->label);
    Str before = d.path.substr(0, d.path.find(special));
    for (Str part; next_piece(before, '/', part);)
      if (!part.empty()) list->push(part);
    d.data->set("categories", list);
  }

  /// Utils.titleize_slug
  Str titleized(Str slug) {
    Text text;
    for (Str word; next_piece(slug, '-', word);) {
      add_capitalize(text, word);
      text.add(' ');
    }
    return a.copy(rstrip(text.str()));
  }

  void populate_title() {
    Str name = file_name(d.path), extension = extension_of(name), slug = without_extension(name);
    std::size_t dated = extension.empty() ? 0 : date_length(slug);
    if (dated) {
      const Value& old = d.data->get("date");
      if (!old.truthy() || (old.is(Kind::Time) && old.i == request.site.settings_.now.seconds)) {
        d.data->set("date", slug.substr(0, dated - 1));
        merge_date();
      }
    }
    slug = without_last(slug.substr(dated), '.');
    provide("title", titleized(slug));
    provide("slug", slug);
    provide("ext", extension);
  }
  void provide(const char* key, Str value) {
    Value& slot = d.data->set(key);
    if (!slot.truthy()) slot = Value(value);
  }

  void run() {
    d.data = make_map(a);
    d.data->entries.reserve(a, kKeys);
    categories_from_path();
    d.data->set("draft", d.draft);
    merge(request.defaults_for(d.path, d.collection->label));
    // Where Jekyll fails, the body stays.
    if (d.file->broken_front) return set_date();
    if (!merge(d.file->data.map())) {
      add_diagnostic(*d.file, offset_of_key(*d.file, "categories"), "these are not categories",
                     "write them as a list");
      d.file->broken_front = true;
      return set_date();
    }
    populate_title();

    Array *categories = make_array(a), *tags = make_array(a);
    Array* old = d.data->get("categories").array();
    if (old) d.data->set("categories", old = request.without_texts(*old));
    for (std::uint32_t i = 0; old && i < old->size(); i++) categories->push((*old)[i]);
    add_names(*categories, "category", "categories");
    Map unique{&a};
    for (const Value& v : *categories) unique.set(ruby_string(a, v));
    Array* names = keys_of(a, unique);
    d.data->set("categories",
                old ? unite(a, *old, *names) : names);  // a number is kept beside its text
    add_names(*tags, "tag", "tags");
    d.data->set("tags", tags);

    // Document#populate_categories and #populate_tags merge what they found.
    merge_date();
    merge_date();
    set_date();
  }

  void set_date() {
    Value* given = d.data->find("date");
    d.undated = !given && d.collection->label != "posts";
    Value& date = d.data->set("date");
    if (!date.is(Kind::Time)) date = request.now();
    d.date = date;
  }
};

/// jekyll-default-layout: the layout of Markdown that names none, if the site has it.
Value default_layout(ModelReader& r, const Document& d) {
  if (!r.site.jekyll_) return "default";
  bool is_page = d.kind == DocumentKind::Page;
  if (!is_page && d.collection->label != "posts") return {};
  Str names = d.url == "/" ? "home page default" : is_page ? "page default" : "post default";
  for (Str name; next_piece(names, ' ', name);) {
    Str own = r.arena.join(r.folder("layouts_dir"), name, ".html"),
        of_theme = r.arena.join("_layouts/", name, ".html");
    if (r.presence_of(own) >= Presence::Listed ||
        r.presence_of(r.in_gem_theme(of_theme)) >= Presence::Listed ||
        (r.site.theme_ == Theme::Meridian && theme::find(of_theme).data()))
      return name;
  }
  return {};
}
}  // namespace

namespace {
/// Whether a line of front matter keeps a note private: `publish: false` (Obsidian Publish),
/// `draft: true` (Quartz, Hugo), `private: true`; in any case, quoted or not. `draft` and `private`
/// hide it with any value but no: better than to publish what was not meant.
bool hides(Str key, Str value, bool drafts) {
  Text name, said;
  add_downcase(name, strip(key));
  add_downcase(said, strip(value));
  int which = one_of(name.str(), "publish published draft private");
  if (which < 0 || said.empty()) return false;
  bool no = one_of(said.str(), "false no off 0 n f") >= 0;
  return which < 2 ? no : !no && !(drafts && which == 2);
}

/// The key of a note's front matter that keeps it private; empty where none does.
Str hiding_key(Arena& arena, const Document& d, bool drafts) {
  // What can't be parsed was meant all the same.
  for (Str yaml = d.file->broken_front ? d.file->front.yaml : Str(), line;
       next_piece(yaml, '\n', line);) {
    Str key = line.substr(0, line.find(':')), value = line.substr(key.size());
    value = strip(value.substr(!value.empty(), value.find(" #")));
    if (!value.empty() && is_one_of(value[0], "\"'"))
      value = without_last(value.substr(1), value[0]);
    if (hides(key, value, drafts)) return strip(key);
  }
  for (const Map::Entry& e : *d.data)
    if (hides(e.key.str(), to_str(arena, e.value), drafts)) return e.key.str();
  return {};
}
}  // namespace

Map* ModelReader::page_data(const Document& page) {
  Map* data = deep_merge(site.arena_, page.file->data.map());
  // The layout may come from the defaults, unless the front matter has the key, even if nil.
  if (!data->find("layout")) {
    Value layout_of;
    if (default_value(page.path, "pages", "layout", layout_of)) data->set("layout", layout_of);
  }
  return data;
}

bool ModelReader::read(Document& d) {
  if (d.read) return true;
  bool is_static = d.kind == DocumentKind::Static, is_document = d.kind == DocumentKind::Document;
  if (!is_static && !scan(*d.file)) return false;
  d.read = true;
  Arena& a = site.arena_;
  if (is_document) {
    DocumentReader{*this, d, a}.run();
  } else if (is_static) {
    d.data = defaults_for(d.path, d.collection ? d.collection->label : Str());
  } else {
    d.data = page_data(d);
  }
  set_url(d);
  if (site.plugins_[kDefaultLayout] && d.markdown && !is_static && !d.data->find("layout"))
    d.data->set("layout", default_layout(*this, d));
  // Publisher#publish? treats nil as false; to be listed in a collection it is enough not to be
  // false.
  Value* shown = d.data->find("published");
  bool written =
      !shown || shown->truthy() || (!is_static && site.config_->get("unpublished").truthy());
  d.published = written || (is_document && d.collection->label != "posts" && !is_false(*shown));
  if (site.markdown_.notes && !is_static && !site.config_->get("unpublished").truthy()) {
    bool drafts = d.draft || site.settings_.drafts;
    Str key = hiding_key(arena, d, drafts);
    if (d.file->hidden_by != key) d.file->hidden_by = d.file->arena.copy(key);
    if (!key.empty()) written = d.published = false;
  }
  if (!is_static && !shows_texts(d)) written = d.published = false;
  // A picture beside the posts, with a date in its name; text in another encoding is shown as far
  // as it can be decoded.
  if (is_document && d.file->not_text && !d.markdown && !is_html(d.output_ext))
    written = d.published = false;
  bool hidden = is_document && d.date.i > site.settings_.now.seconds && !site.settings_.future &&
                !site.config_->get("future").truthy();
  d.written = written && !hidden && (!d.collection || d.collection->output);
  // A post of the future is no post yet; a document of a collection is listed, but has no page.
  if (hidden && d.collection->label == "posts") d.published = false;
  d.drop = make_drop(a, site, d);
  // Which of several translations is written is known once all documents are read.
  if (site.language_.empty() || is_static) add_output(d);
  if (!is_static && d.file->wrong) site.wrong_.add(a, &d);
  return true;
}

void ModelReader::add_output(Document& d) {
  if (!d.written) return;
  if (d.kind != DocumentKind::Static) add_redirects(d);
  index_output(d);
}

bool ModelReader::read_pages() {
  bool all = true;
  for (std::uint32_t i = 0; i < site.pages_.size; i++) all &= read(*site.pages_[i]);
  return all;
}

namespace {
/// The order of a collection's documents (Collection#sort_docs!, Document#<=>).
struct CollectionOrder {
  CollectionOrder(Arena& arena, const Collection& c)
      : label(c.label),
        names(c.metadata->get("order").array()),
        key(c.metadata->get("sort_by")),
        ranks{&arena} {
    for (std::uint32_t i = names ? names->size() : 0; i--;)
      ranks.set((*names)[i]) = std::int64_t(i);
  }

  bool operator()(const Document* x, const Document* y) const {
    std::int64_t way = 0;
    if (names)
      way = rank(*x) - rank(*y);
    else if (key.is_string())
      way = by_key(*x, *y);
    // Document#<=>, while those without a date have none yet.
    if (!way && !x->undated && !y->undated)
      way = x->date.i < y->date.i ? -1 : x->date.i > y->date.i;
    if (!way) way = x->path.compare(y->path);
    return way < 0;
  }

 private:
  /// Listed documents come first, in the order of the list.
  std::int64_t rank(const Document& d) const {
    Value* listed = ranks.find(d.path.substr(label.size() + 2));
    return listed ? listed->i : names->size();
  }
  int by_key(const Document& x, const Document& y) const {
    bool by_date = key.str() == "date";
    const Value none, &a = by_date && x.undated ? none : x.data->get(key.str()),
                      &b = by_date && y.undated ? none : y.data->get(key.str());
    if (a.nil() || b.nil()) return a.nil() - b.nil();  // those without the key are last
    int order = 0;
    return liquid::compare(a, b, order) ? order : 0;
  }

  Str label;
  Array* names;
  const Value& key;
  Map ranks;
};
}  // namespace

bool ModelReader::renders_later(const Document& x, const Document& y) const {
  if (!x.collection != !y.collection) return !x.collection;
  if (x.collection != y.collection) return x.collection->number > y.collection->number;
  if (!x.collection || x.collection->sorted) return x.index > y.index;
  return CollectionOrder(arena, *x.collection)(&y, &x);
}

bool ModelReader::read_collection(Collection& c) {
  if (c.sorted) return true;
  bool all = true;
  for (Document* d : c.documents) all &= read(*d);
  if (!all) return false;
  c.sorted = true;
  std::uint32_t kept = 0;
  for (Document* d : c.documents)
    if (d->published) c.documents[kept++] = d;
  c.documents.size = kept;
  stable_sort(c.documents.begin(), kept, CollectionOrder(arena, c));
  for (std::uint32_t i = 0; i < c.documents.size; i++) c.documents[i]->index = i;
  return true;
}

bool ModelReader::read_everything() {
  bool all = read_pages();
  for (Collection* c : site.collections_) all &= read_collection(*c);
  return all;
}

}  // namespace meridian::site
