// Menus of a site without `_data/navigation.yml`: the folders of a plain folder, the titled pages
// of a site of Jekyll. Where there are many, a page has the part around it, and one page lists all.
#include "plugins/request.h"

namespace meridian::site {

namespace {
// Pages and folders that each page lists: more of them help nobody, and the bytes of a site would
// grow with the square of its pages.
constexpr std::uint32_t kMostInMenu = 60;
// Of a site with more, entries of a level: those around the page.
constexpr std::uint32_t kAround = 12;
// Pages that changed last.
constexpr std::uint32_t kMostLatest = 8;
constexpr int kMaxFolders = 20;
constexpr Name kAllPages = "/all-pages/";
// By which a page's last change is known, and how its day is written.
constexpr Name kDates = "last_modified_at modified updated lastmod date created", kDay = "%Y-%m-%d";

struct Entry {
  Value title;
  Str url;
  Entry* above = nullptr;
  /// Its place among those inside the one above.
  std::uint32_t number = 0;
  /// Pages at any depth inside.
  std::uint32_t pages = 0;
  List<Entry*> inside = {};
};

struct Dated {
  Str day;
  const Entry* page;
};

Map* map_of(Arena& arena, const Entry& entry) {
  Map* map = make_map(arena);
  map->set("title", entry.title);
  map->set("url", entry.url);
  if (entry.pages) map->set("count", std::int64_t(entry.pages));
  return map;
}

/// All that is inside, at any depth.
Array* all_inside(Arena& arena, const Entry& level) {
  Array* list = make_array(arena);
  for (const Entry* entry : level.inside) {
    Map* map = map_of(arena, *entry);
    if (entry->inside.size) map->set("children", Value(all_inside(arena, *entry)));
    list->push(Value(map));
  }
  return list;
}

/// Entries of a level around the first one of `path`, which has the rest of the path inside.
Array* around(Arena& arena, const List<Entry*>& all, Entry* const* path, std::uint32_t depth) {
  std::uint32_t begin = depth && path[0]->number > kAround / 2 ? path[0]->number - kAround / 2 : 0;
  if (all.size < begin + kAround) begin = all.size > kAround ? all.size - kAround : 0;
  Array* list = make_array(arena);
  for (std::uint32_t i = begin; i < all.size && i < begin + kAround; i++) {
    Map* map = map_of(arena, *all[i]);
    if (depth && all[i] == path[0] && all[i]->inside.size)
      map->set("children", Value(around(arena, all[i]->inside, path + 1, depth - 1)));
    list->push(Value(map));
  }
  return list;
}
}  // namespace

struct Menu {
  explicit Menu(Arena& a) : arena(a) {}

  Entry* add(Entry& above, const Value& title, Str url = {}) {
    auto* entry = arena.make<Entry>();
    entry->title = title;
    entry->url = url;
    entry->above = &above;
    entry->number = above.inside.size;
    above.inside.add(arena, entry);
    size++;
    return entry;
  }
  Entry* add_page(Entry& above, const Value& title, Str url) {
    Entry* entry = add(above, title, url);
    set_page(*entry, url);
    return entry;
  }
  /// The entry has a page.
  void set_page(Entry& entry, Str url) {
    by_url.set(entry.url = url) = Value(std::int64_t(reinterpret_cast<std::uintptr_t>(&entry)));
    for (Entry* folder = entry.above; folder; folder = folder->above) folder->pages++;
  }
  void add_date(Str day, const Entry& page) {
    if (!day.empty()) dated.add(arena, {day, &page});
  }

  Value latest() {
    stable_sort(dated.begin(), dated.size,
                [](const Dated& x, const Dated& y) { return x.day > y.day; });
    Array* list = make_array(arena);
    for (std::uint32_t i = 0; i < dated.size && i < kMostLatest; i++) {
      Map* map = map_of(arena, *dated[i].page);
      map->set("date", dated[i].day);
      list->push(Value(map));
    }
    return Value(list);
  }

  /// What templates see on a page. Of a site with many pages its part around that page.
  Value seen_from(Arena& request, Str url) {
    if (size <= kMostInMenu) return Value(whole);
    Entry* path[kMaxFolders + 2];
    std::uint32_t depth = 0;
    if (Value* found = by_url.find(url))
      for (auto* at = reinterpret_cast<Entry*>(std::uintptr_t(found->i)); at->above; at = at->above)
        path[kMaxFolders + 1 - depth++] = at;
    Map* map = make_map(request);
    for (const Map::Entry& e : *whole) map->set(e.key) = e.value;
    Entry* const* begin = path + kMaxFolders + 2 - depth;
    map->set("main", Value(around(request, head, begin, 0)));
    map->set("side", Value(around(request, root.inside, begin, depth)));
    map->set("all_pages", Str(kAllPages));
    return Value(map);
  }

  Arena& arena;
  Entry root;
  /// What the head of the page lists where it can't list all.
  List<Entry*> head;
  Map by_url{&arena};
  std::uint32_t size = 0;
  List<Dated> dated;
  Map* whole = nullptr;
};

namespace {
/// The entry of a folder, made when it is first needed; the root for one too deep.
Entry& folder_entry(Menu& menu, Map& folders, Str folder, int depth) {
  if (folder.empty() || depth > kMaxFolders) return menu.root;
  if (Value* known = folders.find(folder))
    return *reinterpret_cast<Entry*>(std::uintptr_t(known->i));
  Entry& above = folder_entry(menu, folders, folder_of(folder), depth + 1);
  Entry* entry = menu.add(above, Value(readable(menu.arena, file_name(folder))));
  folders.set(folder) = Value(std::int64_t(reinterpret_cast<std::uintptr_t>(entry)));
  return *entry;
}

/// The day of a page's last change, as far as it says so itself: by a key, or its name.
Str day_of(ModelReader& r, const Document& d, Arena& kept) {
  for (Str keys = d.read ? Str(kDates) : Str(), key; next_piece(keys, ' ', key);) {
    Value when = d.data->get(key);
    Text day;
    if (when.nil() || !r.to_time(when)) continue;
    add_strftime(day, when.time(), kDay, r.site.zone_);
    return kept.copy(day.str());
  }
  Str name = without_extension(file_name(d.path));
  std::size_t size = date_length(r.arena.join(name, "-"));
  return size == 11 ? name.substr(0, size - 1) : Str();
}

void add_folders(Request& r, Menu& menu) {
  Map folders{&r.arena};
  List<Document*> pages;
  for (Document* d : r.site.pages_)
    if (d->markdown && d->published && d->path != "404.md") pages.add(r.arena, d);
  stable_sort(pages.begin(), pages.size, [](Document* x, Document* y) {
    int way = compare_naturally(without_extension(x->path), without_extension(y->path));
    return way ? way < 0 : x->path < y->path;
  });
  for (Document* d : pages) {
    Str folder = folder_of(d->path), url = r.likely_url(*d),
        name = without_extension(file_name(d->path));
    bool index = ends_with(url, "/") && is_index(name);
    if (folder.empty() && index) continue;  // the first page is the site's title in the masthead
    Entry& above = folder_entry(menu, folders, folder, 0);
    Str title = menu.arena.copy(r.title_of(*d));
    url = menu.arena.copy(url);
    if (index && above.above) {
      if (!title.empty()) above.title = Value(title);
      menu.set_page(above, url);
    } else {
      Entry* page =
          menu.add_page(above, Value(title.empty() ? readable(menu.arena, name) : title), url);
      menu.add_date(day_of(r, *d, menu.arena), *page);
    }
  }
  for (Entry* entry : menu.root.inside)
    if (entry->inside.size) menu.head.add(menu.arena, entry);
  // A folder without a page of its own leads to the first page in it.
  for (std::uint32_t i = folders.size(); i--;) {
    auto& folder = *reinterpret_cast<Entry*>(std::uintptr_t(folders.entries[i].value.i));
    if (folder.url.empty() && folder.inside.size) folder.url = folder.inside[0]->url;
  }
}

/// The pages of a site of Jekyll that have titles.
void add_titled(Request& r, Menu& menu) {
  Value pages = make_site_drop(r.site)->get("pages");
  for (const Value& page : *pages.array()) {
    Value title = get(page, "title");
    Str url = get(page, "url").str();
    if (!title.truthy() || url == "/" || url == "/404.html") continue;
    if (title.is_string()) title = Value(menu.arena.copy(title.str()));
    menu.add_page(menu.root, title, menu.arena.copy(url));
  }
  List<Entry*>& all = menu.root.inside;
  // Jekyll's order is for a few.
  if (all.size > kMostInMenu)
    stable_sort(all.begin(), all.size, [&](const Entry* x, const Entry* y) {
      return compare_naturally(to_str(r.arena, x->title), to_str(r.arena, y->title)) < 0;
    });
  for (std::uint32_t i = 0; i < all.size; i++) {
    all[i]->number = i;
    Str inside = without_slashes(without_last(all[i]->url, '/'));
    if (inside.find('/') == Str::npos) menu.head.add(menu.arena, all[i]);
  }
}
}  // namespace

Value ModelReader::navigation() {
  report_wrong(nullptr);
  Request& r = request_of(*this);
  Str url = r.document ? r.document->url : Str();
  if (site.menu_) return site.menu_->seen_from(arena, url);
  // Every page has it: once all titles and addresses are known, it lives as long as the model.
  bool known = true;
  if (site.plain_folder())
    for (Document* d : site.pages_) known &= d->read;
  else
    known = read_pages() && r.read_plugin_pages();
  Arena& kept = known ? site.arena_ : arena;
  Menu& menu = *kept.make<Menu>(kept);
  site.plain_folder() ? add_folders(r, menu) : add_titled(r, menu);
  menu.whole = make_map(kept);
  Value all(all_inside(kept, menu.root));
  menu.whole->set("main", all);
  menu.whole->set("tree", all);
  menu.whole->set("size", std::int64_t(menu.root.pages));
  menu.whole->set("latest", menu.latest());
  // Titles are not known before the parser of Markdown is there.
  if (known && !needs.any()) site.menu_ = &menu;
  return menu.seen_from(arena, url);
}

bool ModelReader::lists_all_pages(Str url) {
  if (without_last(url, '/') != without_last(kAllPages, '/') || site.theme_ != Theme::Meridian)
    return false;
  Value menu = meridian::get(site_data(), "navigation");
  if (meridian::get(menu, "main").nil()) menu = navigation();
  return meridian::get(menu, "all_pages").truthy();
}

Str page_of_all(Site& site, Arena& arena, Needs& needs, Diagnostics& diagnostics) {
  Request r(site, arena, needs, diagnostics, nullptr);
  Current current(r.site.request_, r);
  return r.lists_all_pages(kAllPages) ? Str(kAllPages) : Str();
}

}  // namespace meridian::site
