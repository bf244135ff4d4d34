// A document's data: front matter over defaults, title, slug, date, categories, tags (Jekyll::Document, Page,
// FrontmatterDefaults).
#include "request.h"

namespace meridian::site {

// ---- defaults -----------------------------------------------------------------------------------------------------
namespace {
struct Scope {
  Map* values = nullptr;
  Map* scope = nullptr;
  Str path() const { return scope ? without_slash(scope->get("path").str()) : Str(); }
};

bool applies(Str collections_dir, const Scope& set, Str path, Str type) {
  if (!set.scope) return true;
  if (Value* wanted = set.scope->find("type")) {
    Str t = wanted->str();
    if (t == "page" || t == "post" || t == "draft") {  // the old names, in the singular
      if (type.substr(0, type.size() - (type.empty() ? 0 : 1)) != t) return false;
    } else if (t != type) {
      return false;
    }
  }
  Str scope = set.path();
  if (scope.empty()) return true;
  path = without_slash(path);
  if (scope.find('*') == Str::npos) {
    if (!collections_dir.empty() && starts_with(scope, collections_dir) &&
        scope.substr(collections_dir.size(), 1) == "/")
      scope.remove_prefix(collections_dir.size() + 1);
    return starts_with(path, scope);
  }
  // A pattern stands for the files and folders it finds; everything inside them is meant as well.
  for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
    if (matches(scope, path.substr(0, end), true)) return true;
    if (end == Str::npos) return false;
  }
}

bool has_precedence(const Scope* old, const Scope& set) {
  if (!old) return true;
  Str a = set.path(), b = old->path();
  if (a.size() != b.size()) return a.size() >= b.size();
  if (set.scope && set.scope->find("type")) return true;
  return !(old->scope && old->scope->find("type"));
}

/// The sets of defaults that apply to a document, in the order of the configuration.
List<Scope> sets_for(Request& r, Str path, Str type) {
  List<Scope> list;
  for (const Value& v : *r.site.config_->get("defaults").array()) {
    Map* m = v.map();
    Scope set;
    if (!m || !(set.values = m->get("values").map())) continue;
    set.scope = m->get("scope").map();
    if (applies(r.site.collections_dir_, set, path, type)) list.add(r.arena, set);
  }
  return list;
}
}  // namespace

Map* Request::defaults_for(Str path, Str type) {
  Map* merged = make_map(site.arena_);
  const Scope* winner = nullptr;
  for (const Scope& set : sets_for(*this, path, type)) {
    bool wins = has_precedence(winner, set);
    merged = deep_merge(site.arena_, wins ? merged : set.values, wins ? set.values : merged);
    if (wins) winner = &set;
  }
  return merged;
}

bool Request::default_value(Str path, Str type, Str key, Value& out) {
  const Scope* winner = nullptr;
  for (const Scope& set : sets_for(*this, path, type)) {
    Value* v = set.values->find(key);
    if (!v || !has_precedence(winner, set)) continue;
    out = *v;
    winner = &set;
  }
  return winner;
}

// ---- dates --------------------------------------------------------------------------------------------------------

const Zone& Request::zone() const {
  static const Zone kUtc;
  return site.zone_ ? *site.zone_ : kUtc;
}

Value Request::to_time(const Value& v, bool& ok) {
  const Zone& zone = this->zone();
  Time t;
  ok = true;
  if (v.is(Kind::Time)) {
    t = v.time();
    t.nanoseconds = 0;  // Jekyll goes by way of to_s, which has none
  } else if (v.is(Kind::Date)) {
    t.seconds = zone.from_local(v.i);
  } else {
    Text text;
    print(v, text);
    ok = parse_time(text.str(), zone, site.settings_.now, t);
  }
  t.utc = false;
  t.offset_minutes = std::int16_t(zone.at(t.seconds).offset_minutes);
  return Value(t);
}

Value Request::now() {
  bool ok;
  return to_time(Value(site.settings_.now), ok);
}

// ---- documents ----------------------------------------------------------------------------------------------------
std::size_t offset_of_key(const File& file, Str key) {
  Str yaml = file.front.yaml;
  for (std::size_t at = 0; at < yaml.size();) {
    if (starts_with(yaml.substr(at), key) && yaml.substr(at + key.size(), 1) == ":") return file.front.yaml_offset + at;
    std::size_t line = yaml.find('\n', at);
    if (line == Str::npos) break;
    at = line + 1;
  }
  return file.front.yaml_offset;
}

namespace {

struct DocumentReader {
  Request& request;
  Site& site;
  Document& d;
  Arena& a;

  /// Document#merge_data!
  void merge(Map* other) {
    if (!other) return;
    Value* theirs = other->find("categories");
    Value joined;
    if (theirs && !theirs->nil()) {
      Array* list = theirs->is_string() ? words(theirs->str()) : theirs->array();
      if (list) {
        if (Array* ours = d.data->get("categories").array()) list = unite(*ours, *list);
        joined = Value(list);
      }
    }
    d.data = deep_merge(a, d.data, other);
    if (!joined.nil()) d.data->set("categories", joined);
    merge_date();
  }

  void merge_date() {
    Value* date = d.data->find("date");
    if (!date) return;
    bool ok = false;
    Value t = request.to_time(*date, ok);
    if (ok) {
      *date = t;
    } else {
      if (!date->nil()) complain("the date can't be read", "write it as 2026-01-31, or 2026-01-31 18:00:00 +0100");
      *date = request.now();
    }
  }
  void complain(Str message, Str remedy) {
    File& f = *d.file;
    f.found.add(Severity::Error, f.source, offset_of_key(f, "date"), message, remedy);
  }

  /// String#split
  Array* words(Str s) {
    Array* list = make_array(a);
    for (std::size_t i = 0; i < s.size();) {
      while (i < s.size() && is_space(s[i])) i++;
      std::size_t begin = i;
      while (i < s.size() && !is_space(s[i])) i++;
      if (i > begin) list->push(s.substr(begin, i - begin));
    }
    return list;
  }
  void add_unique(Array& list, const Value& v) {
    for (const Value& old : list)
      if (equal(old, v)) return;
    list.push(v);
  }
  Array* unite(const Array& x, const Array& y) {
    Array* list = make_array(a);
    for (const Array* from : {&x, &y})
      for (const Value& v : *from) add_unique(*list, v);
    return list;
  }
  void flatten(Array& list, const Value& v, int depth = 0) {
    if (Array* inner = v.array(); inner && depth < 20) {
      for (const Value& x : *inner) flatten(list, x, depth + 1);
    } else if (!v.nil()) {
      list.push(v);
    }
  }
  /// Utils.pluralized_array_from_hash: `tag: x`, else `tags: a b` or a list.
  Array* pluralized(Str singular, Str plural) {
    Array* list = make_array(a);
    const Value& one = d.data->get(singular);
    const Value& all = d.data->get(plural);
    if (one.truthy())
      flatten(*list, one);
    else if (all.is_string())
      return words(all.str());
    else if (all.array())
      flatten(*list, all);
    return list;
  }

  void categories_from_path() {
    Array* list = make_array(a);
    Str special = d.draft ? Str("_drafts") : a.join("_", d.collection->label);
    if (!starts_with(d.path, special)) {
      std::size_t at = d.path.find(special);
      Str before = d.path.substr(0, at);
      for (Str part; next_piece(before, '/', part);)
        if (!part.empty() && part != special) list->push(part);
    }
    d.data->set("categories", list);
  }

  /// Utils.titleize_slug
  Str titleized(Str slug) {
    Text text;
    bool first = true;
    for (Str word; next_piece(slug, '-', word);) {
      if (word.empty() && slug.empty()) break;
      if (!first) text.add(' ');
      add_capitalize(text, word);
      first = false;
    }
    return a.copy(text.str());
  }

  void populate_title() {
    Str name = file_name(d.path), extension = extension_of(name);
    Str slug = without_extension(name), date;
    // DATE_FILENAME_MATCHER
    std::size_t i = 0, dashes = 0;
    while (i < slug.size() && dashes < 3 && (is_digit(slug[i]) || (slug[i] == '-' && i && slug[i - 1] != '-')))
      dashes += slug[i++] == '-';
    if (dashes == 3 && slug.find('-') >= 2 && slug.find('-') <= 4 && !extension.empty()) {
      date = slug.substr(0, i - 1);
      slug = slug.substr(i);
    }
    if (!date.empty()) {
      Value old = d.data->get("date");
      if (!old.truthy() || (old.is(Kind::Time) && old.i == site.settings_.now.seconds)) {
        Map* dated = make_map(a);
        dated->set("date", a.copy(date));
        merge(dated);
      }
    }
    slug = without_last(slug, '.');
    provide("title", titleized(slug));
    provide("slug", slug);
    provide("ext", extension);
  }
  void provide(Str key, Str value) {
    Value& slot = d.data->set(key);
    if (!slot.truthy()) slot = Value(value);
  }

  void run() {
    d.data = make_map(a);
    categories_from_path();
    if (d.draft) d.data->set("draft", true);
    merge(request.defaults_for(d.path, d.collection->label));
    if (d.file->broken_front) return set_date();  // where Jekyll gives up, the body stays
    merge(d.file->data.map());
    populate_title();

    Array* categories = make_array(a);
    if (Array* old = d.data->get("categories").array())
      for (const Value& v : *old) flatten(*categories, v);
    for (const Value& v : *pluralized("category", "categories")) categories->push(v);
    Array* unique = make_array(a);
    for (const Value& v : *categories) add_unique(*unique, Value(to_str(a, v)));
    d.data->set("categories", unique);
    d.data->set("tags", pluralized("tag", "tags"));

    set_date();
  }

  void set_date() {
    Value* date = d.data->find("date");
    d.undated = !date && d.collection->label != "posts";
    if (!date || !date->is(Kind::Time)) d.data->set("date", request.now());
    d.date = d.data->get("date");
  }
};
}  // namespace

bool Request::read(Document& d) {
  if (d.read) return true;
  Arena& a = site.arena_;
  Value* shown;
  if (d.kind == DocumentKind::Static) {
    d.read = true;
    d.data = defaults_for(d.path, d.collection ? d.collection->label : Str());
    set_url(d);
    shown = d.data->find("published");
    d.written = (!shown || shown->truthy()) && (!d.collection || d.collection->output);
  } else {
    if (!scan(*d.file)) return false;
    d.read = true;
    if (d.kind == DocumentKind::Document) {
      DocumentReader{*this, site, d, a}.run();
    } else {
      d.data = deep_merge(a, d.file->data.map());
      // A page's layout may come from the defaults, unless its front matter says something, be it nothing.
      Value layout_of;
      if (!d.data->find("layout") && default_value(d.path, "pages", "layout", layout_of))
        d.data->set("layout", layout_of);
      else if (!d.data->find("layout") && site.default_layout_ && d.markdown)
        d.data->set("layout", Value("default"));
    }
    set_url(d);
    shown = d.data->find("published");
    d.published = !shown || !is_false(*shown) || site.config_->get("unpublished").truthy();
    bool future = site.settings_.future || site.config_->get("future").truthy();
    bool hidden = !future && d.kind == DocumentKind::Document && d.date.i > site.settings_.now.seconds;
    d.written = d.published && !hidden && (!d.collection || d.collection->output);
    // A post of the future is no post yet; a document of a collection is listed, but has no page.
    if (hidden && d.collection->label == "posts") d.published = false;
    if (d.kind == DocumentKind::Page && !d.published) d.written = false;
  }
  d.drop = make_drop(a, site, d);
  if (d.written) index_output(d);
  if (d.kind != DocumentKind::Static && d.written) add_redirects(d);
  return true;
}

bool Request::read_pages() {
  bool all = true;
  for (std::uint32_t i = 0; i < site.pages_.size; i++) all &= read(*site.pages_[i]);
  return all;
}

namespace {
/// Document#<=>, while those without a date have none yet.
int by_date_and_path(const Document* x, const Document* y) {
  if (!x->undated && !y->undated && x->date.i != y->date.i) return x->date.i < y->date.i ? -1 : 1;
  return x->path.compare(y->path);
}
}  // namespace

bool Request::read_collection(Collection& c) {
  if (c.sorted) return true;
  bool all = true;
  for (Document* d : c.documents) all &= read(*d);
  if (!all) return false;
  c.sorted = true;
  std::uint32_t kept = 0;
  for (Document* d : c.documents)
    if (d->published) c.documents[kept++] = d;
  c.documents.size = kept;
  stable_sort(c.documents.begin(), c.documents.size,
              [](Document* x, Document* y) { return by_date_and_path(x, y) < 0; });
  Value order = c.metadata->get("order"), key = c.metadata->get("sort_by");
  if (Array* names = order.array()) {
    // Listed documents first, in the order of the list.
    auto rank = [&](Document* d) {
      Str name = d->path.substr(c.label.size() + 2);
      for (std::uint32_t i = 0; i < names->size(); i++)
        if ((*names)[i].str() == name) return i;
      return names->size();
    };
    stable_sort(c.documents.begin(), kept, [&](Document* x, Document* y) { return rank(x) < rank(y); });
  } else if (key.is_string()) {
    Str k = key.str();
    stable_sort(c.documents.begin(), kept, [&](Document* x, Document* y) {
      Value a = x->data->get(k), b = y->data->get(k);
      if (a.nil() != b.nil()) return b.nil();  // those without the key come last
      int way = 0;
      if (liquid::compare(a, b, way) && way) return way < 0;
      return by_date_and_path(x, y) < 0;
    });
  }
  for (std::uint32_t i = 0; i < c.documents.size; i++) c.documents[i]->index = i;
  return true;
}

bool Request::read_everything() {
  bool all = read_pages();
  for (Collection* c : site.collections_) all &= read_collection(*c);
  if (!all) return false;
  std::int32_t order = 1;
  for (Collection* c : site.collections_)
    for (Document* d : c->documents) {
      d->order = order++;
      if (d->written) index_output(*d);  // of two with one URL the later one in Jekyll's order is the one to be seen
    }
  for (Document* d : site.pages_) d->order = order++;
  return true;
}

}  // namespace meridian::site
