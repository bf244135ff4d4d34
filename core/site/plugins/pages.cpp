// Pages that plugins write: feeds and maps of the site (jekyll-feed, jekyll-sitemap) as templates
// of the pack, `_plugins/NAME`, archives of posts (jekyll-archives), and further pages of a list of
// posts (jekyll-paginate).
#include "plugins/request.h"

namespace meridian::site {

namespace {
/// The posts that a paginated list shows, newest first.
Array* listed_posts(Request& r) {
  Array* list = make_array(r.arena);
  List<Document*>& posts = r.collection("posts")->documents;
  for (std::uint32_t i = posts.size; i--;)
    if (!posts[i]->data->get("hidden").truthy()) list->push(Value(posts[i]->drop));
  return list;
}

/// Pages of one site as its plugins make them.
struct PageMaker {
  Request& r;
  SiteState& site = r.site;
  Arena& a = site.arena_;

  /// `url`: its address, where that is not determined by the path and the data.
  Document& add(const Document& like, Str path, Str url = {}) {
    auto* d = a.make<Document>(like);
    d->path = without_slash(path);
    d->read = true;
    d->index = site.pages_.size + site.plugin_pages_.size;
    d->content = d->output = d->excerpt_output = {};
    d->busy = false;  // the first page of a list may be just on its way
    if (url.empty()) {
      r.set_url(*d);
    } else {
      d->url = sanitized_url(a, url);
      d->output_ext = ends_with(d->url, "/") ? Str(".html") : extension_of(d->url);
      d->path = r.output_path(*d);
    }
    if (d->pager) d->path = like.path;  // as in Jekyll
    d->drop = make_drop(a, site, *d);
    site.documents_.add(a, d);
    site.plugin_pages_.add(a, d);
    r.index_output(*d);
    return *d;
  }

  /// The pages of which a template says where they are; nil where it fails, or where something has
  /// to come first: such as posts, whose incomplete list would be kept.
  Value listed_by(Str name) {
    File* f = r.load(a.join("theme:_plugins/", name));
    Text json;
    Value pages;
    if (!f || !r.run(*r.template_of(*f, Part::Whole), json) || r.needs.any() ||
        !parse_json(Source{f->source.path, a.copy(json.str())}, a, pages, r.diagnostics))
      return {};
    return pages;
  }

  /// Those of `_plugins/pages.json`; none where the site has a source of that path, or a page of
  /// that address.
  void add_templates(const Value& pages) {
    for (std::uint32_t i = 0; pages.array() && i < pages.array()->size(); i++) {
      const Value& page = (*pages.array())[i];
      if (get(page, "as").str() == "list") add_pages_of_list();
      Str path = without_slash(get(page, "to").str());
      if (path.empty() || r.presence_of(path) >= Presence::Listed || site.outputs_->find(path))
        continue;
      add(made_by(page), path).data->set("layout", Value());
    }
  }

  Document made_by(const Value& page) {
    Document d;
    d.file = &r.files.get(a.join(kThemePrefix, "_plugins/", get(page, "as").str()));
    d.file->generated = true;
    d.data = page.map();
    return d;
  }

  // ---- jekyll-archives (Jekyll::Archives::Archive)

  /// The posts, or documents, of which a template gives the paths.
  Value documents_at(const Value& paths) {
    Array* list = make_array(a);
    for (std::uint32_t i = 0; paths.array() && i < paths.array()->size(); i++)
      if (Array* found = site.by_path_->get((*paths.array())[i].str()).array())
        for (const Value& v : *found)
          if (document_in(v)->collection) list->push(Value(document_in(v)->drop));
    return Value(list);
  }

  void add_archives(const Value& pages) {
    Array* archives = make_array(a);
    for (std::uint32_t i = 0; pages.array() && i < pages.array()->size(); i++) {
      const Value& page = (*pages.array())[i];
      if (get(page, "as").nil()) continue;
      Document& d = add(made_by(page), {}, get(page, "url").str());
      d.data->set("name", without_extension(file_name(d.path)));
      d.data->set("posts", documents_at(get(page, "posts")));
      archives->push(Value(d.drop));
    }
    site.config_->set("archives", archives);
  }

  // ---- jekyll-paginate (Jekyll::Paginate::Pagination, Pager)

  /// The first page of the paginated list: the deepest index.html in the folder of `paginate_path`
  /// or above.
  Document* paginated() {
    Str folder = a.join(folder_of(without_slash(r.setting("paginate_path"))), "/");
    Document* deepest = nullptr;
    for (Document* d : site.pages_) {
      if (file_name(d->path) != "index.html" || (deepest && d->path.size() <= deepest->path.size()))
        continue;
      Str own = folder_of(d->path);
      if (own.empty() || starts_with(folder, a.join(own, "/"))) deepest = d;
    }
    return deepest;
  }
  void add_pages_of_list() {
    const Value& setting = site.config_->get("paginate");
    std::int64_t each = setting.is(Kind::Int) ? setting.i : 0;
    std::uint32_t posts = listed_posts(r)->size();
    Document* first = paginated();
    if (!first || !posts || each < 1 || site.paginated_) return;
    site.paginated_ = first;
    first->pager = 1;
    for (std::uint32_t number = 2; (number - 1) * each < posts; number++)
      add(*first, a.join(r.paginate_path(number), "/index.html")).pager = number;
  }
};

}  // namespace

Str Request::paginate_path(std::uint32_t number) {
  Str pattern = setting("paginate_path");
  std::size_t at = pattern.find(":num");
  Text out;
  if (char_at(pattern, 0) != '/') out.add('/');
  out.add(pattern.substr(0, at));
  if (at != Str::npos) {
    out.add_int(number);
    out.add(pattern.substr(at + 4));
  }
  return site.arena_.copy(out.str());
}

bool Request::read_plugin_pages() {
  if (site.has_plugin_pages_) return true;
  const Value& each = site.config_->get("paginate");
  if (!read_pages() || (!each.nil() && !read_collection(*collection("posts")))) return false;
  site.has_plugin_pages_ = true;
  PageMaker maker{*this};
  bool archives = lists_plugin("jekyll-archives", false);
  bool templates = lists_plugin("jekyll-feed") || lists_plugin("jekyll-sitemap");
  Value of_archives = archives ? maker.listed_by("archives.json") : Value(),
        of_templates = templates ? maker.listed_by("pages.json") : Value();
  if (needs.any()) return site.has_plugin_pages_ = false;
  maker.add_archives(of_archives);
  maker.add_templates(of_templates);
  if (!templates && !each.nil() && lists_plugin("jekyll-paginate")) maker.add_pages_of_list();
  return true;
}

Value Renderer::paginator() {
  Request& r = request_of(*this);
  if (site.config_->get("paginate").nil() || !r.read_plugin_pages() || !document ||
      !document->pager)
    return {};
  Array *all = listed_posts(r), *shown = make_array(arena);
  std::int64_t each = site.config_->get("paginate").i, number = document->pager;
  std::int64_t last = (all->size() + each - 1) / each;
  for (std::int64_t i = (number - 1) * each; i < number * each && i < all->size(); i++)
    shown->push((*all)[i]);
  report_wrong(collection("posts"));
  Map* m = make_map(arena);
  auto set_neighbour = [&](Str key, Str path_key, std::int64_t other) {
    bool there = other >= 1 && other <= last;
    m->set(key, there ? Value(other) : Value());
    m->set(path_key,
           !there ? Value() : Value(other == 1 ? site.paginated_->url : r.paginate_path(other)));
  };
  m->set("page", Value(number));
  m->set("per_page", Value(each));
  m->set("posts", Value(shown));
  m->set("total_posts", Value(std::int64_t(all->size())));
  m->set("total_pages", Value(last));
  set_neighbour("previous_page", "previous_page_path", number - 1);
  set_neighbour("next_page", "next_page_path", number + 1);
  return Value(m);
}

bool ModelReader::read_outputs() {
  Request& r = request_of(*this);
  if (!build()) return false;
  if (site.outputs_read_) return true;
  if (!read_everything() || !r.read_plugin_pages()) return false;
  if (r.lists_redirects()) r.add_redirect_list();
  return site.outputs_read_ = true;
}

}  // namespace meridian::site
