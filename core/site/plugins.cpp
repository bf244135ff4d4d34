// What the plugins of GitHub Pages write: tags and pages as templates of the pack, `_plugins/NAME`, and further pages
// of a list of posts.
#include "tags.h"

namespace meridian::site {

using liquid::Context;
using liquid::Node;

namespace {
Request& request_of(Context& c) { return *static_cast<Request*>(c.site); }

/// Pages of one site as its plugins make them.
struct PageMaker {
  Request& r;
  Site& site = r.site;
  Arena& a = site.arena_;

  Document& add(const Document& like, Str path) {
    auto* d = a.make<Document>(like);
    d->path = without_slash(path);
    d->read = true;
    d->content = d->output = d->excerpt_output = {};
    d->busy = false;  // the first page of a list may be just on its way
    r.set_url(*d);
    if (d->pager) d->path = like.path;  // as Jekyll has it
    d->drop = make_drop(a, site, *d);
    site.documents_.add(a, d);
    site.plugin_pages_.add(a, d);
    r.index_output(*d);
    return *d;
  }

  /// A page of a template; nothing when the site has a source of that path.
  void add(Str path, Name text, Map* data = nullptr) {
    if (r.look(without_slash(path)) >= Presence::Listed) return;
    Document d;
    d.file = &r.files.get(a.join(kThemePrefix, "_plugins/", text));
    d.file->generated = true;
    d.data = data ? data : make_map(a);
    d.data->set("layout", Value());
    add(d, path);
  }

  // ---- jekyll-feed (JekyllFeed::Generator)

  void add_feed(Str path, Str collection, const Value& category, const Value& tag) {
    Map* data = make_map(a);
    data->set("sitemap", false);
    data->set("xsl", r.look("feed.xslt.xml") >= Presence::Listed);
    data->set("collection", collection);
    data->set("category", category);
    data->set("tags", tag);
    add(path, "feed.xml", data);
  }
  void add_feeds(Str collection, Str path, const Value& categories) {
    Str folder = collection == "posts" ? Str("feed") : a.join("feed/", collection);
    if (Array* names = categories.array())
      for (const Value& name : *names) add_feed(a.join(folder, "/", to_str(a, name), ".xml"), collection, name, {});
    add_feed(path.empty() ? a.join(folder, ".xml") : path, collection, {}, {});
  }
  void add_feeds() {
    const Value &config = site.config_->get("feed"), &collections = get(config, "collections");
    Map all{&a};
    if (Array* names = collections.array())
      for (const Value& name : *names) all.set(name);
    if (Map* named = collections.map())
      for (const Map::Entry& e : *named) all.set(e.key) = e.value;
    all.set("posts");
    for (const Map::Entry& e : all) {
      Value path = get(e.value, "path"), categories = get(e.value, "categories");
      bool posts = e.key.str() == "posts";
      if (posts && path.nil()) path = get(config, "path");
      if (posts && categories.nil()) categories = get(config, "categories");
      add_feeds(to_str(a, e.key), path.str(), categories);
    }
    const Value& tags = get(config, "tags");
    if (!tags.truthy()) return;
    Array *only = get(tags, "only").array(), *except = get(tags, "except").array();
    Str folder = get(tags, "path").str();
    if (folder.empty()) folder = "feed/by_tag/";
    for (const Value& tag : only ? *only : *keys_of(a, *r.group_posts("tags"))) {
      bool plain = true;
      for (char c : tag.str()) plain &= is_alnum(c) || c == '_';
      if (except)
        for (const Value& other : *except) plain &= other.str() != tag.str();
      if (plain) add_feed(a.join(folder, tag.str(), ".xml"), "posts", {}, tag);
    }
  }

  // ---- jekyll-sitemap (Jekyll::JekyllSitemap)

  void add_sitemap() {
    Map* data = make_map(a);
    Array* statics = make_array(a);
    for (Document* d : site.statics_)
      if (one_of(extension_of(d->path), ".htm .html .xhtml .pdf") >= 0) statics->push(Value(d->drop));
    data->set("static_files", statics);
    data->set("xsl", r.look("sitemap.xsl") >= Presence::Listed);
    if (!site.outputs_->find("sitemap.xml")) add("sitemap.xml", "sitemap.xml", data);
    if (!site.outputs_->find("robots.txt")) add("robots.txt", "robots.txt");
  }

  // ---- jekyll-paginate (Jekyll::Paginate::Pagination, Pager)

  /// The page whose list goes on: an index.html in the folder of `paginate_path` or above, as deep as there is one.
  Document* paginated() {
    Str folder = a.join(folder_of(without_slash(r.setting("paginate_path"))), "/");
    Document* deepest = nullptr;
    for (Document* d : site.pages_) {
      if (file_name(d->path) != "index.html" || (deepest && d->path.size() <= deepest->path.size())) continue;
      Str own = folder_of(d->path);
      if (own.empty() || starts_with(folder, a.join(own, "/"))) deepest = d;
    }
    return deepest;
  }
  void add_pages_of_list(std::uint32_t posts, std::int64_t each) {
    Document* first = paginated();
    if (!first || !posts || each < 1) return;
    site.paginated_ = first;
    first->pager = 1;
    for (std::uint32_t number = 2; (number - 1) * each < posts; number++)
      add(*first, a.join(r.paginate_path(number), "/index.html")).pager = number;
  }
};

/// The posts that a paginated list shows, newest first.
Array* listed_posts(Request& r) {
  Array* list = make_array(r.arena);
  List<Document*>& posts = r.collection("posts")->documents;
  for (std::uint32_t i = posts.size; i--;)
    if (!posts[i]->data->get("hidden").truthy()) list->push(Value(posts[i]->drop));
  return list;
}
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
  Array& plugins = *site.config_->get("plugins").array();
  if (!plugins.size()) return true;
  if (!read_pages() || (!each.nil() && !read_collection(*collection("posts")))) return false;
  site.has_plugin_pages_ = true;
  PageMaker maker{*this};
  for (const Value& plugin : plugins) {
    if (plugin.str() == "jekyll-feed") maker.add_feeds();
    if (plugin.str() == "jekyll-sitemap") maker.add_sitemap();
    if (one_of(plugin.str(), "jekyll-paginate github-pages") >= 0 && !each.nil() && !site.paginated_)
      maker.add_pages_of_list(listed_posts(*this)->size(), each.is(Kind::Int) ? each.i : 0);
  }
  return true;
}

Value Request::paginator() {
  if (site.config_->get("paginate").nil() || !read_plugin_pages() || !document || !document->pager) return {};
  Array *all = listed_posts(*this), *shown = make_array(arena);
  std::int64_t each = site.config_->get("paginate").i, number = document->pager;
  std::int64_t last = (all->size() + each - 1) / each;
  for (std::int64_t i = (number - 1) * each; i < number * each && i < all->size(); i++) shown->push((*all)[i]);
  Map* m = make_map(arena);
  auto set_neighbour = [&](Str key, Str path_key, std::int64_t other) {
    bool there = other >= 1 && other <= last;
    m->set(key, there ? Value(other) : Value());
    m->set(path_key, !there ? Value() : Value(other == 1 ? site.paginated_->url : paginate_path(other)));
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

/// `{% seo %}` (jekyll-seo-tag 2.8.0) and `{% feed_meta %}` (jekyll-feed 0.17.0): a template with the page's globals
/// and, as `markup`, what stands behind the tag's name; it sees no variable of the template around it.
void render_plugin_tag(Context& c, const Node& node) {
  Request& r = request_of(c);
  File* f = r.theme_file(r.arena.join("_plugins/", node.type->name, ".html"));
  if (!f) {
    r.needs.plugins = true;
    return;
  }
  Text out;
  if (r.run(*r.template_of(*f, Part::Whole), out, node.markup)) c.out().add(out.str());
}

/// `{% gist user/1234 file.js %}` (jekyll-gist 1.5.0): a script that shows it. What stands between `<noscript>` there
/// comes from the network when a site is built.
void render_gist(Context& c, const Node& node) {
  Request& r = request_of(c);
  Str rest = strip(node.markup), word, url = "https://gist.github.com/";
  Str before[] = {url, ".js?file="};
  Text out;
  for (int i = 0; i < 2 && next_piece(rest, ' ', word); i++) {
    Value named = c.evaluate(liquid::parse_expression(r.arena, word));
    out.add(before[i]);
    out.add(named.nil() ? word : to_str(r.arena, named));
  }
  if (out.str().empty())
    return c.raise("ArgumentError", "Syntax error in tag 'gist'", "name the gist: {% gist user/1234567 %}");
  c.out().add("<script src=\"");
  c.out().add(out.str());
  if (out.str().find("?file=") == Str::npos) c.out().add(".js");
  c.out().add("\"> </script>");
}

}  // namespace meridian::site
