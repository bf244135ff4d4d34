#include "site_config.h"

#include <algorithm>

#include "new_files.h"

namespace meridian::cli::hugo {

namespace {
/// Settings that are taken over, here or by their effect.
constexpr Name kTaken =
    "title baseurl languagecode locale defaultcontentlanguage defaultcontentlanguageinsubdir "
    "languages permalinks taxonomies params menu menus disablepathtolower uglyurls copyright "
    "timezone description author enableemoji";

/// Those that tell Hugo how to build, and mean nothing here.
constexpr Name kOfHugo =
    "builddrafts buildfuture buildexpired build caches cachedir cleandestinationdir "
    "enablegitinfo enablerobotstxt hascjklanguage ignorefiles ignorelogs imaging minify module "
    "newcontenteditor noconfigs nochmod notimes publishdir resourcedir security server "
    "summarylength timeout verbose watch disablealiases disablehugogeneratorinject related "
    "paginate paginatepath pagination sectionpagesmenu rsslimit services outputs outputformats "
    "mediatypes sitemap markup frontmatter cascade privacy deployment";

Value text_of(Arena& arena, const std::string& text) { return Value(arena.copy(text)); }

Map* scope(Arena& arena, const char* type, const char* layout) {
  Map* where = make_map(arena);
  where->set("path", "");
  where->set("type", Value(arena.copy(type)));
  Map* values = make_map(arena);
  values->set("layout", layout);
  Map* entry = make_map(arena);
  entry->set("scope", Value(where));
  entry->set("values", Value(values));
  return entry;
}

void set_address(const Settings& settings, Arena& arena, Map& config, Diagnostics& found) {
  std::string address(settings.get("baseURL").str());
  SiteValues values;
  bool known = set_address(address, values);
  if (!known && !address.empty() && address != "/")
    settings.report("baseURL", "this is not the address of a site",
                    "set `url` and `baseurl` in _config.yml", found);
  config.set("url", text_of(arena, known ? *values.url : std::string()));
  config.set("baseurl", text_of(arena, known ? *values.baseurl : std::string()));
}

void report_others(const Settings& settings, Diagnostics& found) {
  for (const Map::Entry& entry : settings.all()) {
    Text small;
    add_downcase(small, entry.key.str());
    if (one_of(small.str(), Str(kTaken)) >= 0) continue;
    std::string name(entry.key.str());
    bool known = one_of(small.str(), Str(kOfHugo)) >= 0;
    settings.report(entry.key.str(), "the setting `" + name + "` is not taken over",
                    known ? "set what has the same meaning here, where there is something"
                          : "move it below `params` if templates of yours are to read it",
                    found);
  }
  if (!settings.languages().empty())
    settings.report("languages", "titles and menus of single languages are not taken over",
                    "pages have `lang`; write their titles and menus into _data", found);
}

/// An entry of a menu, before they are put in order.
struct MenuEntry {
  std::string menu, name, url, identifier, parent;
  std::int64_t weight = 0;
};

std::string text_at(const Map& map, Str key) { return std::string(get_any_case(map, key).str()); }

MenuEntry read_entry(const std::string& menu, const Map& map) {
  MenuEntry entry;
  entry.menu = menu;
  entry.name = text_at(map, "name");
  if (entry.name.empty()) entry.name = text_at(map, "title");
  entry.url = text_at(map, "url");
  // Without a host it is one below the root.
  if (!entry.url.empty() && !is_one_of(entry.url[0], "/#") && entry.url.find(':') == Str::npos)
    entry.url = "/" + entry.url;
  entry.identifier = text_at(map, "identifier");
  entry.parent = text_at(map, "parent");
  if (const Value& weight = get_any_case(map, "weight"); weight.is(Kind::Int))
    entry.weight = weight.i;
  return entry;
}

void read_menus(const Settings& settings, const Pages& pages, std::vector<MenuEntry>& out) {
  static const Page home;
  for (const char* key : {"menu", "menus"}) {
    const Map* menus = settings.get(key).map();
    for (std::uint32_t i = 0; menus && i < menus->size(); i++) {
      const Map::Entry& menu = menus->entries[i];
      const Array* list = menu.value.array();
      for (std::uint32_t n = 0; list && n < list->size(); n++) {
        const Map* map = list->items[n].map();
        if (!map) continue;
        MenuEntry entry = read_entry(std::string(menu.key.str()), *map);
        std::string ref = text_at(*map, "pageRef");
        Page from = home;
        from.language = settings.language();
        const Page* page = entry.url.empty() ? pages.find(ref, from) : nullptr;
        if (page) entry.url = page->address;
        if (entry.url.empty() && !ref.empty()) entry.url = given_address(ref + "/", "/");
        if (entry.name.empty() && page) entry.name = page->parts.title;
        out.push_back(entry);
      }
    }
  }
}

/// `menu: main`, `menu: [main, footer]`, or a map with a name's own entry.
void read_page_menus(const Page& page, std::vector<MenuEntry>& out) {
  for (const char* key : {"menu", "menus"}) {
    const Value& menu = get_any_case(*page.front.data, key);
    auto add = [&](Str name, const Map* map) {
      MenuEntry entry = map ? read_entry(std::string(name), *map) : MenuEntry();
      entry.menu = std::string(name);
      entry.url = page.address;
      if (entry.name.empty()) entry.name = page.parts.title;
      out.push_back(entry);
    };
    if (menu.is_string()) add(menu.str(), nullptr);
    for (std::uint32_t i = 0; menu.array() && i < menu.array()->size(); i++)
      add(menu.array()->items[i].str(), nullptr);
    for (std::uint32_t i = 0; menu.map() && i < menu.map()->size(); i++)
      add(menu.map()->entries[i].key.str(), menu.map()->entries[i].value.map());
  }
}

/// By weight, those without one last, then by name.
bool comes_before(const MenuEntry& a, const MenuEntry& b) {
  if ((a.weight == 0) != (b.weight == 0)) return b.weight == 0;
  return a.weight != b.weight ? a.weight < b.weight : a.name < b.name;
}
}  // namespace

Map* site_config(const Settings& settings, const Documents& documents, const SiteUses& uses,
                 Arena& arena, Diagnostics& found) {
  Map* config = make_map(arena);
  auto keep = [&](const char* name, const char* from) {
    const Value& value = settings.get(from);
    if (!value.nil()) config->set(name, value);
  };
  Value title = settings.get("title");
  config->set("title", title.nil() ? Value("") : title);
  keep("description", "description");
  if (config->get("description").nil())
    if (const Value& text = get_any_case(settings.params(), "description"); text.is_string())
      config->set("description", text);
  set_address(settings, arena, *config, found);
  keep("lang", "languageCode");
  if (config->get("lang").nil()) config->set("lang", text_of(arena, settings.language()));
  keep("timezone", "timeZone");
  keep("copyright", "copyright");
  keep("author", "author");
  if (uses.author && config->get("author").nil()) config->set("author", Value(uses.author));
  config->set("markdown", "CommonMarkGhPages");
  config->set("permalink", text_of(arena, documents.post_pattern()));
  // In two parts: who searches the sources for this key means where it is read.
  static constexpr char kMoreKey[] =
      "excerpt_"
      "separator";
  if (uses.more_marks) config->set(kMoreKey, "<!--more-->");
  Array* defaults = make_array(arena);
  defaults->push(Value(scope(arena, "pages", "page")));
  defaults->push(Value(scope(arena, "posts", "post")));
  Map* collections = make_map(arena);
  for (const auto& [section, label] : documents.collections()) {
    Map* one = make_map(arena);
    one->set("output", true);
    one->set("permalink", text_of(arena, "/" + address_part(section, settings.rules) + "/:path/"));
    collections->set(text_of(arena, label)) = Value(one);
    defaults->push(Value(scope(arena, label.c_str(), "page")));
  }
  if (collections->size()) config->set("collections", Value(collections));
  config->set("defaults", Value(defaults));
  Array* plugins = make_array(arena);
  for (const char* name : {"jekyll-commonmark-ghpages", "jekyll-feed", "jekyll-redirect-from",
                           "jekyll-seo-tag", "jekyll-sitemap"})
    plugins->push(Value(name));
  if (uses.gists) plugins->push("jekyll-gist");
  if (settings.get("enableEmoji").truthy()) plugins->push("jemoji");
  config->set("plugins", Value(plugins));
  Array* include = make_array(arena);
  for (const std::string& name : uses.include) include->push(text_of(arena, name));
  if (include->size()) config->set("include", Value(include));
  if (settings.params().size()) keep("params", "params");
  report_others(settings, found);
  return config;
}

Map* navigation(const Settings& settings, const Pages& pages, Arena& arena) {
  std::vector<MenuEntry> entries;
  read_menus(settings, pages, entries);
  for (const Page& page : pages.all) read_page_menus(page, entries);
  if (entries.empty()) return nullptr;
  std::stable_sort(entries.begin(), entries.end(), comes_before);
  std::map<std::string, Map*> by_name;  // menu and identifier, or name
  std::vector<Map*> maps;
  for (const MenuEntry& entry : entries) {
    Map* map = make_map(arena);
    map->set("title", text_of(arena, entry.name));
    map->set("url", text_of(arena, entry.url));
    by_name.emplace(entry.menu + ":" + (entry.identifier.empty() ? entry.name : entry.identifier),
                    map);
    maps.push_back(map);
  }
  Map* menus = make_map(arena);
  for (std::size_t i = 0; i < entries.size(); i++) {
    const MenuEntry& entry = entries[i];
    auto parent = by_name.find(entry.menu + ":" + entry.parent);
    bool below = !entry.parent.empty() && parent != by_name.end() && parent->second != maps[i];
    Value& list = below ? parent->second->set("children") : menus->set(text_of(arena, entry.menu));
    if (list.nil()) list = make_array(arena);
    list.array()->push(Value(maps[i]));
  }
  return menus;
}

}  // namespace meridian::cli::hugo
