#include "drops.h"

namespace meridian::site {

namespace {
constexpr Name kDocumentKeys =
    "url name id content next tags relative_path excerpt collection previous date path categories output title";
constexpr Name kPageKeys = "content dir excerpt name path url";
constexpr Name kStaticKeys = "name modified_time collection basename extname path";

Str folder_of_url(Str url) {
  if (ends_with(url, "/")) url.remove_suffix(1);  // File.dirname ignores a slash at the end
  std::size_t slash = url.rfind('/');
  return slash == Str::npos || slash == 0 ? Str("/") : url.substr(0, slash);
}

void add_missing(Map& map, const Map& from) {
  for (const Map::Entry& e : from)
    if (!map.find(e.key)) map.set(e.key) = e.value;
}
}  // namespace

Drop* make_drop(Arena& arena, Site& site, Document& document) { return arena.make<DocumentDrop>(site, document); }

void add_document(Array* list, const Document* d) { list->push(Value(d->drop)); }

void add_documents(Array* list, const List<Document*>& documents) {
  for (Document* d : documents) add_document(list, d);
}

Value to_array(Arena& arena, const List<Document*>& documents) {
  Array* list = make_array(arena);
  add_documents(list, documents);
  return Value(list);
}

Value DocumentDrop::excerpt() {
  Document& d = document;
  const Value& own = d.data->get("excerpt");
  if (own.truthy()) return Value(to_str(site.arena_, own));
  Request& r = *site.request_;
  if (d.kind != DocumentKind::Document) return {};
  Str out = "";
  if (!d.file->broken_front && !r.excerpt_separator(d).empty() && !r.render_excerpt(d, out)) out = "";
  return Value(out);
}

bool DocumentDrop::computed(Str key, Value& out) {
  Document& d = document;
  Request& r = *site.request_;
  Arena& a = site.arena_;
  if (d.kind == DocumentKind::Static) {
    Str name = file_name(d.path);
    switch (one_of(key, kStaticKeys)) {
      case 0: out = Value(name); return true;
      case 1: out = Value(site.settings_.now); return true;  // hosts tell no dates that mean anything
      case 2: out = d.collection ? Value(d.collection->label) : Value(); return true;
      case 3: out = Value(without_extension(name)); return true;
      case 4: out = Value(extension_of(name)); return true;
      case 5: out = Value(d.collection ? d.path : a.join("/", d.path)); return true;
      default: return false;
    }
  }
  if (d.kind != DocumentKind::Document) {
    switch (one_of(key, kPageKeys)) {
      case 0: return r.content_of(d, out), true;
      case 1: {
        Str folder = folder_of_url(d.url);
        out = Value(ends_with(d.url, "/") ? d.url : ends_with(folder, "/") ? folder : a.join(folder, "/"));
        return true;
      }
      case 2: out = excerpt(); return true;
      case 3: out = Value(file_name(d.path)); return true;
      case 4: {
        Value own = d.data->get("path");
        out = own.nil() ? Value(d.path) : own;
        return true;
      }
      case 5: out = Value(d.url); return true;
      default: return false;
    }
  }
  Collection& c = *d.collection;
  switch (one_of(key, kDocumentKeys)) {
    case 0: out = Value(d.url); return true;
    case 1: {
      Value own = d.data->get("name");
      out = own.nil() ? Value(file_name(d.path)) : own;
      return true;
    }
    case 2: {
      Str folder = folder_of_url(d.url);
      Value slug = d.data->get("slug");
      Str last = slug.nil() ? without_extension(file_name(d.path)) : to_str(a, slug);
      out = Value(ends_with(folder, "/") ? a.join(folder, last) : a.join(folder, "/", last));
      return true;
    }
    case 3: return r.content_of(d, out), true;
    case 4:
    case 9: {
      bool next = key == "next";
      if (r.read_collection(c) && d.index < c.documents.size && c.documents[d.index] == &d &&
          (next ? d.index + 1 < c.documents.size : d.index > 0))
        out = Value(c.documents[next ? d.index + 1 : d.index - 1]->drop);
      return true;
    }
    case 6:
    case 11: out = Value(d.path); return true;
    case 7: out = excerpt(); return true;
    case 8: out = Value(c.label); return true;
    case 10: out = d.date; return true;
    case 13: return r.output_of(d, out), true;
    default: return false;  // title, tags and categories are the data's
  }
}

Value DocumentDrop::get(Str key) {
  Value out;
  if (computed(key, out)) return out;
  if (Value* own = document.data->find(key)) {
    if (!own->nil() || document.kind != DocumentKind::Page) return *own;
  }
  // A page's defaults show where it says nothing itself.
  if (document.kind == DocumentKind::Page && !site.request_->default_value(document.path, "pages", key, out) &&
      key == "title") {
    Str title = site.request_->title_of(document);
    if (!title.empty()) out = Value(title);
  }
  return out;
}

Map* DocumentDrop::to_map() {
  Arena& a = site.request_->arena;
  bool is_page = document.kind == DocumentKind::Page;
  Str keys = document.kind == DocumentKind::Document ? kDocumentKeys
             : document.kind == DocumentKind::Static ? kStaticKeys
                                                     : kPageKeys;
  Map* m = is_page ? deep_merge(a, site.request_->defaults_for(document.path, "pages"), document.data) : make_map(a);
  for (Str key; next_piece(keys, ' ', key);) {
    // Neighbours would lead to their neighbours, and so on.
    if (key != "next" && key != "previous" && key != "output") m->set(key, get(key));
  }
  if (!is_page) add_missing(*m, *document.data);
  return m;
}

void DocumentDrop::print(Text& out) {
  // A document prints its content (Document#to_s), pages and files the data they are.
  if (document.kind != DocumentKind::Document) return inspect(Value(to_map()), out);
  Value content;
  site.request_->content_of(document, content);
  meridian::print(content, out);
}

// ---- site -----------------------------------------------------------------------------------------------------------

Map* Request::group_posts(Str key) {
  Map*& kept = key == "tags" ? site.tags_ : site.categories_;
  if (kept) return kept;
  Collection& posts = *collection("posts");
  if (!read_collection(posts)) return make_map(arena);
  Arena& a = site.arena_;
  // Groups in the order in which the oldest post of each comes, as the hash is filled from the oldest on.
  Map* ordered = make_map(a);
  for (Document* d : posts.documents)
    if (Array* names = d->data->get(key).array())
      for (const Value& name : *names) ordered->set(name);
  for (Map::Entry& e : *ordered) {
    Array* list = make_array(a);
    e.value = Value(list);
  }
  for (std::uint32_t i = posts.documents.size; i--;)
    if (Array* names = posts.documents[i]->data->get(key).array())
      for (const Value& name : *names) add_document(ordered->find(name)->array(), posts.documents[i]);
  return kept = ordered;
}

namespace {
/// The pages that plugins add behind those of the files: redirects, what feed and sitemap write, maps of style sheets
/// that were rendered before.
void add_generated(Request& r, Array* list, bool all) {
  Site& site = r.site;
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
    for (Collection* c : site.collections_)
      for (Document* d : c->documents) add_documents(list, d->redirect_from);
    for (Document* d : site.pages_) add_documents(list, d->redirect_from);
  }
  if (!all) return;
  Value config(site.config_);
  if (r.lists_redirects()) add(kRedirectList);
  for (const Value& plugin : *site.config_->get("plugins").array()) {
    if (plugin.str() == "jekyll-feed") {
      Str path = without_slashes(dig(config, "feed.path").str());
      if (path.empty()) path = "feed.xml";
      if (r.look(path) < Presence::Listed) add(path);
    } else if (plugin.str() == "jekyll-sitemap") {
      for (Str path : {Str("sitemap.xml"), Str("robots.txt")})
        if (!site.outputs_->find(path)) add(path);
    }
  }
  Str maps = dig(config, "sass.sourcemap").str();
  if (!r.document || r.document->kind != DocumentKind::Page || maps == "never" || maps == "development") return;
  for (Document* d : site.pages_) {
    if (d == r.document) break;
    Str extension = extension_of(d->path);
    if (extension == ".scss" || extension == ".sass") add(r.arena.join(d->url.substr(1), ".map"));
  }
}
}  // namespace

Value SiteDrop::get(Str key) {
  Request& r = *site.request_;
  Arena& a = r.arena;
  Collection* c = r.collection(key);
  if (c) {
    if (!r.read_collection(*c)) return Value(make_array(a));
    if (key != "posts") return to_array(a, c->documents);
    Array* newest_first = make_array(a);
    for (std::uint32_t i = c->documents.size; i--;) add_document(newest_first, c->documents[i]);
    return Value(newest_first);
  }
  switch (one_of(
      key, "data time pages static_files tags categories html_pages collections documents related_posts config")) {
    case 0: return r.site_data();
    case 1: return r.now();
    case 2:
    case 6: {
      if (!r.read_pages()) return Value(make_array(a));
      Array* list = make_array(a);
      for (Document* d : site.pages_)
        if (d->published && (key == "pages" || is_html(d->output_ext) || ends_with(d->url, "/"))) add_document(list, d);
      add_generated(r, list, key == "pages");
      return Value(list);
    }
    case 3: return to_array(a, site.statics_);
    case 4: return Value(r.group_posts("tags"));
    case 5: return Value(r.group_posts("categories"));
    case 7: {
      Array* list = make_array(a);
      List<Collection*> sorted;
      for (Collection* x : site.collections_) sorted.add(a, x);
      stable_sort(sorted.begin(), sorted.size, [](Collection* x, Collection* y) { return x->label < y->label; });
      for (Collection* x : sorted) {
        r.read_collection(*x);
        Map* m = make_map(a);
        m->set("label", x->label);
        m->set("files", to_array(a, x->files));
        m->set("output", x->output);
        m->set("docs", to_array(a, x->documents));
        m->set("relative_directory", a.join("_", x->label));
        add_missing(*m, *x->metadata);
        list->push(Value(m));
      }
      return Value(list);
    }
    case 8: {
      Array* list = make_array(a);
      for (Collection* x : site.collections_) {
        if (!r.read_collection(*x)) continue;
        add_documents(list, x->documents);
        add_documents(list, x->files);
      }
      return Value(list);
    }
    case 9: {
      if (!r.document || r.document->kind != DocumentKind::Document) return {};
      Collection& posts = *r.collection("posts");
      Array* list = make_array(a);
      if (!r.read_collection(posts) || posts.documents.size < 2) return Value(list);
      // The last eleven without this one, ten at most.
      for (std::uint32_t i = posts.documents.size, n = 0; i-- && n < 11 && list->size() < 10; n++)
        if (posts.documents[i] != r.document) add_document(list, posts.documents[i]);
      return Value(list);
    }
    case 10: return {};
    default: {
      Value own = site.config_->get(key);
      return own.nil() && key == "title" && site.plain_folder() ? r.folder_title() : own;
    }
  }
}

Map* SiteDrop::to_map() { return site.config_; }

}  // namespace meridian::site
