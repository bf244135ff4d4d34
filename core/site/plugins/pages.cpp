// Pages that plugins write: feeds and maps of the site (jekyll-feed, jekyll-sitemap) as templates
// of the pack, `_plugins/NAME`, archives of posts (jekyll-archives), and further pages of lists
// (jekyll-paginate, jekyll-paginate-v2).
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
    // Behind all others, also when pages were taken away since.
    d->index = site.plugin_pages_.empty() ? site.pages_.size : site.plugin_pages_.back()->index + 1;
    d->rendered_since = 0;
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

  /// Those of `_plugins/pages.json`; none where the site has a source of that path, or a page of
  /// that address.
  void add_templates(const Value& pages, const Value& lists) {
    for (std::uint32_t i = 0; pages.array() && i < pages.array()->size(); i++) {
      const Value& page = (*pages.array())[i];
      if (get(page, "as").str() == "list") add_pages_of_list();
      if (get(page, "as").str() == "lists") add_lists(lists);
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
      for (Str list : {"posts", "documents"})
        if (const Value paths = get(page, list); !paths.nil())
          d.data->set(list, documents_at(paths));
      archives->push(Value(d.drop));
    }
    site.config_->set("archives", archives);
  }

  // ---- jekyll-paginate-v2 (PaginationModel, BaseAutoPage)

  /// The front matter of the layouts that autopages are made of, by their names.
  Map* layouts_of_autopages() {
    Map* all = make_map(a);
    auto add_layout = [&](Str name) {
      File* f = r.load(a.join("_layouts/", name));
      if (f && r.scan(*f)) all->set(name, copy(a, f->data));
    };
    Str kinds =
        "tags autopage_tags.html categories autopage_category.html collections "
        "autopage_collection.html";
    for (Str kind, usual; next_piece(kinds, ' ', kind) && next_piece(kinds, ' ', usual);) {
      Value given = dig(Value(site.config_), a.join("autopages.", kind, ".layouts"));
      if (!given.array()) add_layout(usual);
      for (std::uint32_t i = 0; given.array() && i < given.array()->size(); i++)
        add_layout((*given.array())[i].str());
    }
    return all;
  }

  /// The same with `layout` as a variable of the template.
  Value listed_by(Str name, const Value& layout) {
    RenderContext outer = r;
    r.layout = layout;
    Value rows = r.data_by(name);
    r.leave_for(outer);
    return rows;
  }

  /// The templates of lists that are made of layouts.
  Value autopages() {
    Array* made = make_array(a);
    if (!dig(Value(site.config_), "autopages.enabled").truthy()) return Value(made);
    Map* layouts = layouts_of_autopages();
    Value rows = listed_by("autopages.json", Value(layouts));
    for (std::uint32_t i = 0; rows.array() && i < rows.array()->size(); i++) {
      const Value& row = (*rows.array())[i];
      Str from = get(row, "from").str(), to = get(row, "permalink").str();
      Str path = a.join("autopage:", to, from);
      if (from.empty() || site.by_path_->find(path)) continue;  // terms that differ in case
      auto* d = a.make<Document>(made_by(row));
      d->data = deep_merge(a, layouts->get(from).map(), row.map());
      d->data->set("autopages", Value());  // its own settings for that
      d->path = path;
      d->url = to;
      d->explicit_url = true;
      d->drop = make_drop(a, site, *d);
      add_to_group(*site.by_path_, path, value_of(*d));
      made->push(Value(d->drop));
    }
    return Value(made);
  }

  Value lists() { return listed_by("pagination.json", autopages()); }

  /// The page or autopage that a row is a list of.
  Document* template_of_list(const Value& row) {
    Document* like = nullptr;
    Str path = get(row, "like").str();
    if (path.empty()) return like;  // the row that ends them; so is the root's index.md found
    if (Array* found = site.by_path_->get(path).array())
      for (const Value& v : *found)
        if (document_in(v)->kind == DocumentKind::Page) like = document_in(v);
    return like;
  }

  /// Pages that are templates of lists are no pages of the site.
  void take_away_templates(Array& rows) {
    for (const Value& row : rows)
      if (Document* like = template_of_list(row)) {
        like->written = false;
        if (like->index < site.pages_.size && site.pages_[like->index] == like)
          site.pages_[like->index] = nullptr;
      }
    std::uint32_t kept = 0;
    for (Document* page : site.pages_)
      if (page) site.pages_[page->index = kept++] = page;
    if (kept == site.pages_.size) return;
    site.pages_.size = kept;
    site.outputs_ = make_map(a);
    for (Document* d : site.documents_)
      if (d->read && d->written) r.index_output(*d);
  }

  void add_lists(const Value& rows) {
    if (!rows.array()) return;
    take_away_templates(*rows.array());
    for (const Value& row : *rows.array()) {
      Document* like = template_of_list(row);
      if (!like) continue;
      Document d = *like;
      d.data = deep_merge(a, like->data, get(row, "over").map());
      d.markdown = false;  // its name is that of an HTML file
      d.written = true;
      d.list = get(row, "paginator").map();
      d.list->set("posts", documents_at(d.list->get("posts")));
      Document& page = add(d, {}, get(row, "url").str());
      page.path = get(row, "name").str();
      if (d.list->get("page").i == 1) like->url = page.url;
    }
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
    std::int64_t each = r.posts_per_page();
    std::uint32_t posts = listed_posts(r)->size();
    Document* first = paginated();
    File* config = site.config_file();
    if (each < 1 && config)
      site.found_.add({Severity::Error, Rule::Settings}, config->source,
                      offset_of_key(*config, "paginate"), "`paginate` is not a number of posts",
                      "write how many a page lists, as `paginate: 5`");
    if (!first || !posts || each < 1 || site.paginated_) return;
    site.paginated_ = first;
    first->pager = 1;
    Document like = *first;
    like.data = r.page_data(*first);  // what other plugins set in it is the first page's
    // In Jekyll all pages would be written at its address.
    like.data->set("permalink", Value());
    like.explicit_url = false;
    for (std::uint32_t number = 2; (number - 1) * each < posts; number++)
      add(like, a.join(r.paginate_path(number), "/index.html")).pager = number;
  }
};

}  // namespace

Value Request::data_by(Str name) {
  Arena& a = site.arena_;
  File* f = load(a.join("theme:_plugins/", name));
  Text json;
  Value data;
  if (!f || !run(*template_of(*f, Part::Whole), json) || needs.any() ||
      !parse_json(Source{f->source.path, a.copy(json.str())}, a, data, diagnostics))
    return {};
  return data;
}

Value Request::github() {
  const Value& own = site.config_->get("github");
  if ((!own.nil() && !own.map()) || !lists_plugin("jekyll-github-metadata") ||
      setting("repository").find('/') == Str::npos)
    return own;
  if (!site.github_)
    if (Map* known = data_by("github.json").map())
      site.github_ = deep_merge(site.arena_, known, own.map());
  return site.github_ ? Value(site.github_) : own;
}

std::int64_t Request::posts_per_page() const {
  const Value& each = site.config_->get("paginate");
  return each.is_string()       ? parse_int(lstrip(each.str()))
         : each.is(Kind::Float) ? std::int64_t(each.d < 1e9 ? each.d : 1e9)
         : each.is(Kind::Int)   ? each.i
                                : 0;
}

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
  bool of_collections = lists_plugin("jekyll-archives-v2", false);
  bool archives = of_collections || lists_plugin("jekyll-archives", false);
  bool templates = lists_plugin("jekyll-feed") || lists_plugin("jekyll-sitemap");
  bool v2 = lists_plugin("jekyll-paginate-v2", false) &&
            dig(Value(site.config_), "pagination.enabled").truthy();
  Value of_archives =
            archives ? data_by(of_collections ? "archives-v2.json" : "archives.json") : Value(),
        of_templates = templates ? data_by("pages.json") : Value(),
        of_lists = v2 ? maker.lists() : Value();
  if (needs.any()) return site.has_plugin_pages_ = false;
  if (archives) maker.add_archives(of_archives);
  maker.add_templates(of_templates, of_lists);
  if (!templates) maker.add_lists(of_lists);
  if (!templates && !each.nil() && lists_plugin("jekyll-paginate")) maker.add_pages_of_list();
  return true;
}

Value Renderer::paginator() {
  if (document && document->list) return Value(document->list);
  Request& r = request_of(*this);
  if (site.config_->get("paginate").nil() || !r.read_plugin_pages() || !document ||
      !document->pager)
    return {};
  Array *all = listed_posts(r), *shown = make_array(arena);
  std::int64_t each = r.posts_per_page(), number = document->pager;
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
