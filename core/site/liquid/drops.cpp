#include "liquid/drops.h"

namespace meridian::site {

namespace {
// The keys of each kind of document and of the site besides its data, in the order in which `jekyll
// build` prints them: it is that of Ruby's tables, which other programs fill otherwise.
constexpr Name kDocumentKeys =
    "name id relative_path excerpt title categories collection next tags previous content output "
    "path url date";
constexpr Name kPageKeys = "content dir excerpt name path url";
constexpr Name kStaticKeys = "name basename extname path collection modified_time";
constexpr Name kSiteKeys =
    "posts time html_pages config documents pages data categories related_posts tags static_files "
    "collections";

Str keys_of(const Document& d) {
  return d.kind == DocumentKind::Document ? kDocumentKeys
         : d.kind == DocumentKind::Static ? kStaticKeys
                                          : kPageKeys;
}

/// All keys of the three kinds; Own: any other, which is the document's data.
enum class DocumentKey {
  Own = -1,
  Url,
  Content,
  Excerpt,
  Output,
  Date,
  RelativePath,
  Path,
  Name,
  Collection,
  Dir,
  Id,
  Previous,
  Next,
  ModifiedTime,
  Basename,
  Extname
};
DocumentKey key_of(const Document& d, Str key) {
  if (one_of(key, keys_of(d)) < 0) return DocumentKey::Own;
  return DocumentKey(
      one_of(key,
             "url content excerpt output date relative_path path name collection dir "
             "id previous next modified_time basename extname"));
}

/// The type by which front matter defaults know a page: jekyll-archives has others, such as `tag`.
Str type_of(const Document& d) {
  Str own = d.file && d.file->generated ? get(Value(d.data), "type").str() : Str();
  return own.empty() ? Str("pages") : own;
}

void add_missing(Map& map, const Map& from) {
  for (const Map::Entry& e : from)
    if (!map.find(e.key)) map.set(e.key) = e.value;
}

/// Drop#keys: names with blanks between them, then the keys of a map, each once.
void add_keys(Array& list, Str names, const Map* map) {
  for (Str name, rest = names; next_piece(rest, ' ', name);) list.push(name);
  for (const Map::Entry& e : *map)
    if (one_of(e.key.str(), names) < 0) list.push(e.key);
}

void add_document(Array* list, const Document* d) { list->push(Value(d->drop)); }

void add_documents(Array* list, const List<Document*>& documents) {
  for (Document* d : documents) add_document(list, d);
}

/// The document `way` places behind `d` in its collection, which has an order only once all of it
/// is read.
Value neighbour(Request& r, const Document& d, int way) {
  if (!r.read_collection(*d.collection)) return {};
  const List<Document*>& all = d.collection->documents;
  std::uint32_t there = d.index + std::uint32_t(way);
  bool listed = d.index < all.size && all[d.index] == &d;
  return listed && there < all.size ? Value(all[there]->drop) : Value();
}
}  // namespace

Drop* make_drop(Arena& arena, SiteState& site, Document& document) {
  return arena.make<DocumentDrop>(site, document);
}

Drop* make_excerpt_drop(Arena& arena, SiteState& site, Document& document) {
  return arena.make<DocumentDrop>(site, document, true);
}

Drop* make_site_drop(SiteState& site) { return site.arena_.make<SiteDrop>(site); }

Value DocumentDrop::excerpt() {
  Document& d = document;
  if (is_excerpt) return {};
  Request& r = request_of(site);
  const Value& own = d.data->get("excerpt");
  if (own.truthy()) return Value(ruby_string(r.arena, own));
  if (d.kind != DocumentKind::Document) return {};
  Value out;
  bool made =
      !d.file->broken_front && !r.excerpt_separator(d).empty() && r.make(d, Form::Excerpt, out);
  return made ? out : Value("");
}

Value DocumentDrop::get(Str key) {
  Document& d = document;
  Request& r = request_of(site);
  bool is_document = d.kind == DocumentKind::Document, is_page = d.kind == DocumentKind::Page;
  bool is_static = d.kind == DocumentKind::Static;
  const Value& own = d.data->get(key);
  Str name = file_name(d.path);
  switch (key_of(d, key)) {
    case DocumentKey::Url: return Value(d.url);
    case DocumentKey::Content:
      if (!d.redirect_to.empty() && r.writes_redirects()) return "";
      return is_excerpt ? Value(d.file->excerpt_source.text) : r.content_of(d);
    case DocumentKey::Excerpt: return excerpt();
    case DocumentKey::Output: return is_excerpt ? Value() : r.output_of(d);
    case DocumentKey::Date: return d.date;
    case DocumentKey::Path:
      if (is_static && !d.collection) return Value(r.arena.join("/", d.path));
      if (!is_static && !is_document && !own.nil()) return own;
      [[fallthrough]];
    case DocumentKey::RelativePath:
      return Value(is_excerpt ? r.arena.join(d.path, "/#excerpt") : d.path);
    case DocumentKey::Name:
      return (is_document || (d.file && d.file->generated)) && !own.nil() ? own : Value(name);
    case DocumentKey::Collection: return d.collection ? Value(d.collection->label) : Value();
    case DocumentKey::Dir: return Value(d.url.substr(0, d.url.rfind('/') + 1));
    case DocumentKey::Id:  // File.dirname ignores a slash at the end
      return Value(r.arena.join(d.url.substr(0, d.url.rfind('/', d.url.size() - 2) + 1),
                                slug_of(r.arena, d), is_excerpt ? "#excerpt" : ""));
    case DocumentKey::Previous: return neighbour(r, d, -1);
    case DocumentKey::Next: return neighbour(r, d, 1);
    case DocumentKey::ModifiedTime:
      return Value(site.settings_.now);  // hosts tell no dates that mean anything
    case DocumentKey::Basename: return Value(without_extension(name));
    case DocumentKey::Extname: return Value(extension_of(name));
    case DocumentKey::Own: break;
  }
  if (!own.nil() && key == "title" && r.titled_by_heading(d)) return Value(r.title_of(d));
  if (!own.nil()) return own;
  // A page's defaults apply to keys that it does not set.
  Value out;
  if (is_page && !r.default_value(d.path, type_of(d), key, out) && key == "title") {
    Str title = r.title_of(d);
    if (!title.empty()) return Value(title);
  }
  // Of the theme alone: in other templates these keys mean nothing.
  if (out.nil() && site.theme_ == Theme::Meridian) {
    int theirs = one_of(key, "lang translations");
    if (theirs >= 0) return theirs ? r.translations(d) : r.language_in_path(d);
  }
  return out;
}

Map* DocumentDrop::entries(Str left_out) {
  Arena& a = request_of(site).arena;
  bool is_page = document.kind == DocumentKind::Page;
  Str keys = keys_of(document);
  Map* m = is_page ? deep_merge(a, request_of(site).defaults_for(document.path, type_of(document)),
                                document.data)
                   : make_map(a);
  for (Str key; next_piece(keys, ' ', key);)
    if (one_of(key, left_out) < 0) m->set(key, get(key));
  if (is_page) return m;
  for (const Map::Entry& e : *document.data)
    if (!m->find(e.key) && one_of(e.key.str(), left_out) < 0) m->set(e.key) = e.value;
  return m;
}

Map* DocumentDrop::to_map() { return entries({}); }

Array* DocumentDrop::keys() {
  if (document.kind == DocumentKind::Page) return nullptr;
  Array* list = make_array(request_of(site).arena);
  add_keys(*list, keys_of(document), document.data);
  return list;
}

/// DocumentDrop#hash_for_json: from the second level on, neighbours lead no further.
Map* DocumentDrop::to_json(std::uint32_t depth) {
  Map* m = entries({});
  if (document.kind == DocumentKind::Document && depth >= 2)
    for (Str key : {"next", "previous"})
      if (Value* there = m->find(key); there && there->is(Kind::Drop))
        *there = Value(static_cast<DocumentDrop*>(there->drop)
                           ->entries("content output excerpt next previous"));
  return m;
}

void DocumentDrop::print(Text& out) {
  // A document prints its page, as far as it was rendered (Document#to_s), pages and files the data
  // they are.
  if (document.kind != DocumentKind::Document) return meridian::inspect(Value(to_map()), out);
  Request& r = request_of(site);
  Value text = r.output_of(document);
  meridian::print(text.nil() ? r.content_of(document) : text, out);
}

void DocumentDrop::inspect(Text& out) {
  if (document.kind != DocumentKind::Document && document.kind != DocumentKind::Static)
    return print(out);
  bool is_static = document.kind == DocumentKind::Static;
  out.add(is_static ? "#<Jekyll::StaticFile @relative_path=\"/" : "#<Jekyll::Document ");
  out.add(document.path);
  if (!is_static) out.add(" collection=");
  out.add(is_static ? Str("\"") : document.collection->label);
  out.add('>');
}

// ---- site ----

namespace {
/// `site.tags` or `site.categories`: posts by name.
Map* group_posts(Request& r, Str key) {
  SiteState& site = r.site;
  Map*& kept = key == "tags" ? site.tags_ : site.categories_;
  if (kept) return kept;
  Collection& posts = *r.collection("posts");
  if (!r.read_collection(posts)) return make_map(r.arena);
  Arena& a = site.arena_;
  // Groups in the order of their oldest post, as Jekyll's hash is filled from the oldest on.
  kept = make_map(a);
  for (Document* d : posts.documents)
    if (Array* names = d->data->get(key).array())
      for (const Value& name : *names) kept->set(name);
  for (std::uint32_t i = posts.documents.size; i--;)
    if (Array* names = posts.documents[i]->data->get(key).array())
      for (const Value& name : *names) add_to_group(*kept, name, Value(posts.documents[i]->drop));
  return kept;
}

/// The pages that plugins add after those of files: redirects, those of plugins/pages.cpp, and
/// source maps of style sheets that were rendered before.
void add_generated(Request& r, Array* list, bool all) {
  SiteState& site = r.site;
  auto add = [&](Str path) {
    auto* d = r.arena.make<Document>();
    d->kind = DocumentKind::Redirect;
    d->read = true;
    d->path = path;
    d->url = r.arena.join("/", path);
    d->output_ext = extension_of(path);
    d->data = make_map(r.arena);
    d->drop = make_drop(r.arena, site, *d);
    add_document(list, d);
  };
  if (r.writes_redirects()) {
    for (Collection* c : site.collections_) {
      if (!r.read_collection(*c)) continue;
      for (Document* d : c->documents) add_documents(list, d->redirect_from);
    }
    for (Document* d : site.pages_) add_documents(list, d->redirect_from);
  }
  if (all && r.lists_redirects()) add(kRedirectList);
  // A page of jekyll-paginate-v2 whose name is only `.html` is HTML by its permalink alone.
  if (r.read_plugin_pages())
    for (Document* d : site.plugin_pages_)
      if (all || is_html(d->list && !d->explicit_url ? extension_of(d->path) : d->output_ext))
        add_document(list, d);
  if (!all) return;
  Str maps = dig(Value(site.config_), "sass.sourcemap").str();
  if (!r.document || r.document->kind != DocumentKind::Page || maps == "never" ||
      maps == "development")
    return;
  for (Document* d : site.pages_) {
    if (d == r.document) break;
    Str extension = extension_of(d->path);
    if (extension == ".scss" || extension == ".sass") add(r.arena.join(d->url.substr(1), ".map"));
  }
}
}  // namespace

Value SiteDrop::get(Str key) {
  Request& r = request_of(site);
  Arena& a = r.arena;
  Array* list = make_array(a);
  if (Collection* c = r.collection(key)) {
    if (!c->listed && r.read_collection(*c)) {
      bool newest_first = key == "posts";
      List<Document*>& all = c->documents;
      c->listed = make_array(site.arena_);
      for (std::uint32_t i = 0; i < all.size; i++)
        add_document(c->listed, all[newest_first ? all.size - 1 - i : i]);
      keep_groups(site, *c->listed);
    }
    r.report_wrong(c);
    return Value(c->listed ? c->listed : list);
  }
  enum class SiteKey {
    Posts,
    Time,
    HtmlPages,
    Config,
    Documents,
    Pages,
    Data,
    Categories,
    RelatedPosts,
    Tags,
    StaticFiles,
    Collections
  };
  switch (SiteKey(one_of(key, kSiteKeys))) {
    case SiteKey::Data: return r.site_data();
    case SiteKey::Time: return r.now();
    case SiteKey::Pages:
    case SiteKey::HtmlPages:
      if (!r.read_pages()) break;
      r.read_plugin_pages();  // which may take pages away
      for (Document* d : site.pages_)
        if (d->published && (key == "pages" || is_html(d->output_ext) || ends_with(d->url, "/")))
          add_document(list, d);
      add_generated(r, list, key == "pages");
      r.report_wrong(nullptr);
      break;
    case SiteKey::StaticFiles: add_documents(list, site.statics_); break;
    case SiteKey::Tags:
    case SiteKey::Categories: {
      Value groups(group_posts(r, key));
      r.report_wrong(r.collection("posts"));
      return groups;
    }
    case SiteKey::Collections: {
      List<Collection*> sorted;
      for (Collection* x : site.collections_) sorted.add(a, x);
      stable_sort(sorted.begin(), sorted.size,
                  [](Collection* x, Collection* y) { return x->label < y->label; });
      for (Collection* x : sorted) {
        if (!r.read_collection(*x)) continue;
        Map* m = make_map(a);
        Array *files = make_array(a), *docs = make_array(a);
        add_documents(files, x->files);
        add_documents(docs, x->documents);
        r.report_wrong(x);
        m->set("label", x->label);
        m->set("files", files);
        m->set("output", x->output);
        m->set("docs", docs);
        m->set("relative_directory", a.join("_", x->label));
        add_missing(*m, *x->metadata);
        list->push(Value(m));
      }
      break;
    }
    case SiteKey::Documents:
      for (Collection* x : site.collections_) {
        if (!r.read_collection(*x)) continue;
        add_documents(list, x->documents);
        add_documents(list, x->files);
        r.report_wrong(x);
      }
      break;
    case SiteKey::RelatedPosts: {
      if (!r.document || r.document->kind != DocumentKind::Document) return {};
      List<Document*>& posts = r.collection("posts")->documents;
      if (!r.read_collection(*r.collection("posts")) || posts.size < 2) break;
      // The last eleven without this one, ten at most.
      for (std::uint32_t i = posts.size, n = 0; i-- && n < 11 && list->size() < 10; n++)
        if (posts[i] != r.document) add_document(list, posts[i]);
      break;
    }
    case SiteKey::Config: return {};
    default: {
      if (key == "archives") r.read_plugin_pages();
      if (key == "github") return r.github();
      if (key == "meridian_menu" && site.theme_ == Theme::Meridian) return r.navigation();
      const Value& own = site.config_->get(key);
      if (!own.nil() || key != "title") return own;
      if (site.plain_folder()) return r.folder_title();
      Value known = site.config_->get("name").nil() ? r.github() : Value();
      bool of_user = meridian::get(known, "is_user_page").truthy();
      return meridian::get(known, of_user ? "owner_name" : "project_title");
    }
  }
  return Value(list);
}

Map* SiteDrop::to_map() {
  Request& r = request_of(site);
  // Which sets `archives`.
  if (site.config_->find("jekyll-archives")) r.read_plugin_pages();
  return site.config_;
}

Array* SiteDrop::keys() {
  Array* list = make_array(request_of(site).arena);
  add_keys(*list, kSiteKeys, to_map());
  return list;
}

}  // namespace meridian::site
