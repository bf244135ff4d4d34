// jekyll-polyglot 1.13.0: the site once in each of its `languages`, as under
// jekyll-multiple-languages-plugin (texts.cpp). Its own language is written as
// any site is, the others into folders of their names. In each, a document that is there in several
// languages is shown in that language, else in the site's own.
#include "plugins/request.h"

namespace meridian::site {

namespace {
constexpr Name kDefault = "default_lang";
// Each is a site of its own, with all documents.
constexpr std::uint32_t kMaxLanguages = 64;

/// All languages, the site's own first, each once.
Array* all_languages(const SiteState& site, Arena& arena) {
  Array* own = make_array(arena);
  own->push(site.config_->get(kDefault));
  return unite(arena, *own, *site.config_->get("languages").array());
}

/// The language of the configuration that has this name in any case; empty: there is none.
Str configured(const Array& languages, Str name) {
  for (const Value& v : languages)
    if (equal_ignoring_case(v.str(), name)) return v.str();
  return {};
}

/// With a slash in front.
MERIDIAN_NOINLINE Str rooted(Arena& arena, Str path) {
  return starts_with(path, "/") ? path : arena.join("/", path);
}

/// Below `/de/`.
MERIDIAN_NOINLINE Str below(Arena& arena, Str lang, Str path) {
  Str root = arena.join("/", lang, "/");
  path = rooted(arena, path);
  return starts_with(path, root) ? path : arena.join(root, path.substr(1));
}

bool is_end_of_name(char c) { return c == '/' || c == '.'; }

/// Whether it may be a folder's name: letters, digits, and what stands between them.
bool is_language(Str name) {
  for (char c : name)
    if (!is_alnum(c) && c != '-' && c != '_') return false;
  return !name.empty();
}

/// The strings of a list of the configuration.
Array& strings(Arena& arena, const Value& list) {
  Array* strings = make_array(arena);
  for (std::uint32_t i = 0; list.array() && i < list.array()->size(); i++)
    if ((*list.array())[i].is_string()) strings->push((*list.array())[i]);
  return *strings;
}

}  // namespace

bool contains(const Value& list, Str name) {
  if (list.is_string()) return list.str() == name;
  for (std::uint32_t i = 0; list.array() && i < list.array()->size(); i++)
    if ((*list.array())[i].str() == name) return true;
  return false;
}

namespace {
/// Site#coordinate_documents, once for each collection and for the pages.
struct Translations {
  ModelReader& r;
  SiteState& site = r.site;
  Arena& a = site.arena_;
  Str own = site.config_->get(kDefault).str();
  Array& languages = *all_languages(site, a);
  bool by_path = site.config_->get("lang_from_path").truthy();
  /// By what translations have in common: the language of the one that is shown.
  Map taken{&a};

  /// A key of the front matter, or of its defaults.
  MERIDIAN_NOINLINE Value value(Document& d, Str key) {
    Value v = d.data->get(key);
    if (v.nil() && d.kind == DocumentKind::Page) r.default_value(d.path, "pages", key, v);
    return v;
  }
  MERIDIAN_NOINLINE Str text(Document& d, Str key) { return to_str(a, value(d, key)); }

  /// In the front matter, or, by configuration, in the path; empty: nowhere.
  MERIDIAN_NOINLINE Str declared(Document& d) {
    Str lang = text(d, "lang");
    for (std::size_t at = 0; lang.empty() && by_path && at <= d.path.size();) {
      std::size_t end = std::min(d.path.find_first_of("./", at), d.path.size());
      lang = configured(languages, slice(d.path, at, end));
      at = end + 1;
    }
    return lang;
  }

  /// Without languages between slashes and dots: `/about.de/`, `/de/about/`.
  Str without_language(Str url) {
    Text out;
    for (std::size_t at = 0; at < url.size();) {
      std::size_t end = at;
      for (const Value& v : languages)
        if (is_end_of_name(url[at]) && starts_with(url.substr(at + 1), v.str()) &&
            is_end_of_name(char_at(url, at + 1 + v.str().size()))) {
          end = at + 2 + v.str().size();
          break;
        }
      out.add(end > at ? '/' : url[at]);
      at = end > at ? end : at + 1;
    }
    return a.copy(out.str());
  }

  /// What its translations have in common; empty: it is not shown in this language.
  Str claim(Document& d) {
    Str given = declared(d), lang = given.empty() ? own : configured(languages, given);
    if (lang.empty()) {
      if (!site.own_)
        site.found_.add(
            {Severity::Warning, Rule::Settings}, d.file->source.path,
            a.join("its language `", given, "` is not a language of the site: it is skipped"),
            "name it in `languages` of _config.yml");
      return {};
    }
    bool is_given = value(d, "lang").truthy();
    if (is_given) d.data->set("lang", lang);
    Str url = without_language(d.url), id = text(d, "page_id");
    if (id.empty()) id = url;
    if (is_given && text(d, "permalink").empty()) d.data->set("permalink", url);
    d.data->set("rendered_lang", lang);
    Str before = taken.get(id).str();
    if (before == site.language_ || (before == own && lang != site.language_)) return {};
    Value only = value(d, "lang-exclusive");
    bool some = only.array() ? only.array()->size() : only.truthy();
    if (some && !contains(only, site.language_)) return {};
    taken.set(id, lang);
    return id;
  }

  /// Its permalink without its language, by which documents without `page_id` belong together.
  Str plain_permalink(Document& d) {
    Str url = text(d, "permalink"), lang = text(d, "lang");
    url = rooted(a, url.empty() ? d.url : url);
    Str inside = inside_folder(url.substr(1), lang);
    return !lang.empty() && inside.data() ? rooted(a, inside) : url;
  }
  MERIDIAN_NOINLINE Str key_of(Document& d) {
    Str id = text(d, "page_id");
    return id.empty() ? plain_permalink(d) : a.join("\n", id);
  }

  /// Site#assignPageRedirects: `from` lies in the folder of the page's language, and the addresses
  /// of translations that have another one lead here.
  void add_redirects(Document& d, const Array& group) {
    Array* list = make_array(a);
    Value from = value(d, "redirect_from");
    if (!from.array() && !from.nil()) list->push(from);
    if (Array* given = from.array()) list = unite(a, *given, *list);
    Str lang = declared(d), permalink = text(d, "permalink");
    if (!lang.empty() && lang != own)
      for (Value& v : *list) v = below(a, lang, to_str(a, v));
    bool named = !text(d, "page_id").empty();
    for (const Value& v : group)
      if (Str other = text(*document_in(v), "permalink"); named && !other.empty())
        if (other != permalink) list->push(other);
    if (list->size()) d.data->set("redirect_from", unite(a, *list, *make_array(a)));
  }

  /// Site#assignPageLanguagePermalinks
  void add_permalinks(Document& d, const Array& group) {
    Map* addresses = make_map(a);
    for (const Value& v : group) {
      Document& x = *document_in(v);
      Str lang = declared(x);
      if (lang.empty() || !configured(languages, lang).empty())
        addresses->set(lang.empty() ? own : lang) = value(x, "permalink");
    }
    Array *there = make_array(a), *missing = make_array(a);
    for (const Map::Entry& e : *addresses) there->push(e.key);
    for (const Value& v : languages)
      if (addresses->size() > 1 && !addresses->find(v)) missing->push(v);
    d.data->set("permalink_lang", addresses);
    d.data->set("available_languages", there);
    d.data->set("missing_languages", missing);
  }

  void choose(List<Document*>& documents) {
    Map shown{&a}, groups{&a};
    List<Str> ids;
    for (Document* d : documents) {
      Str id = claim(*d);
      ids.add(a, id);
      if (!id.empty()) shown.set(id) = value_of(*d);
    }
    for (Document* d : documents) add_to_group(groups, key_of(*d), value_of(*d));
    for (std::uint32_t i = 0; i < documents.size; i++) {
      Document& d = *documents[i];
      if (!ids[i].empty() && document_in(shown.get(ids[i])) == &d) {
        const Array& group = *groups.get(key_of(d)).array();
        add_redirects(d, group);
        add_permalinks(d, group);
      } else {
        d.written = d.published = false;
      }
    }
    documents.size = 0;
    for (const Map::Entry& e : shown) {
      Document* d = document_in(e.value);
      d->index = documents.size;
      documents.add(a, d);
    }
  }
};

/// The values of `site.data`: those in the folder of the site's own language lie above the others,
/// and those of the language in which pages are shown above these (hook_coordinate).
class LanguageData final : public Drop {
 public:
  LanguageData(SiteState& site, Drop& data) : site_(site), data_(data) {}
  Value get(Str key) override {
    Arena& arena = site_.request_->arena;
    Value out = data_.get(key);
    for (Str lang : {site_.config_->get(kDefault).str(), site_.language_}) {
      Value over = meridian::get(data_.get(lang), key);
      if (over.nil()) continue;
      Map *below = map_in(out), *above = map_in(over);
      out = below && above ? Value(deep_merge(arena, below, above)) : over;
    }
    return out;
  }
  Map* to_map() override {
    Map* all = data_.to_map();
    for (Str lang : {site_.config_->get(kDefault).str(), site_.language_})
      if (Map* over = map_in(all->get(lang))) all = deep_merge(site_.request_->arena, all, over);
    return all;
  }

 private:
  static Map* map_in(const Value& v) { return v.is(Kind::Drop) ? v.drop->to_map() : v.map(); }

  SiteState& site_;
  Drop& data_;
};
}  // namespace

Drop* data_in_language(SiteState& site, Drop& data) {
  return site.arena_.make<LanguageData>(site, data);
}

bool ModelReader::configure_language() {
  Map& config = *site.config_;
  Arena& a = site.arena_;
  if (!site.own_) {
    site.language_ = site.text_language_ = {};
    bool texts = lists_plugin("jekyll-multiple-languages-plugin", false);
    if (!texts && !lists_plugin("jekyll-polyglot", false)) return true;
    if (!is_language(config.get(kDefault).str())) config.set(kDefault, "en");
    Array* languages = make_array(a);
    for (const Value& v : strings(a, config.get("languages"))) {
      bool fits = is_language(v.str()) && languages->size() < kMaxLanguages;
      if (fits) languages->push(v);
      if (!fits)
        site.found_.add({Severity::Error, Rule::Settings}, site.config_path(),
                        a.join("`", v.str(), "` in `languages` is skipped"),
                        "write codes such as en and pt-BR, 64 at most");
    }
    if (!languages->size()) languages->push("en");
    config.set("languages", unite(a, *languages, *make_array(a)));
    if (texts) return configure_texts();
    site.language_ = config.get(kDefault).str();
  } else if (!site.text_language_.empty()) {
    return configure_texts();
  } else {
    // Folders end with a slash: they are what addresses begin with.
    Map names{&arena};
    for (const Value& v : strings(a, config.get("exclude_from_localization"))) names.set(v);
    for (File* f = files.first(); f && names.size(); f = f->next)
      for (std::size_t at = 0; (at = f->source.path.find('/', at)) != Str::npos; at++)
        if (Value* folder = names.find(f->source.path.substr(0, at))) *folder = true;
    Array* left_out = make_array(a);
    for (const Map::Entry& e : names)
      left_out->push(e.value.truthy() ? Value(a.join(e.key.str(), "/")) : e.key);
    config.set("exclude", unite(a, *config.get("exclude").array(), *left_out));
  }
  config.set("active_lang", site.language_);
  for (const Value& v : strings(a, config.get("lang_vars"))) config.set(v.str(), site.language_);
  return true;
}

bool ModelReader::read_language() {
  if (!site.own_ && !site.text_language_.empty())
    request_of(*this).add_other_languages(*site.config_->get("languages").array());
  if (site.language_.empty()) return true;
  if (!read_everything()) return false;
  Translations translations{*this};
  for (Collection* c : site.collections_) translations.choose(c->documents);
  List<Document*> pages;
  for (Document* d : site.pages_)
    if (d->published) pages.add(arena, d);
  translations.choose(pages);
  site.pages_.size = 0;
  for (Document* d : pages) site.pages_.add(site.arena_, d);
  for (std::uint32_t i = 0; i < site.documents_.size; i++)
    if (Document& d = *site.documents_[i]; d.kind != DocumentKind::Static) add_output(d);
  if (!site.own_) request_of(*this).add_other_languages(translations.languages);
  return true;
}

void Request::add_other_languages(const Array& languages) {
  Site** last = &site.others_;
  for (const Value& v : languages) {
    if (v.str() == site.language_ || v.str() == site.text_language_) continue;
    SiteState* other = *last = site.arena_.make<Site>(site.files_, site.settings_);
    other->own_ = &site;
    other->root_ = site.arena_.join("/", v.str());
    if (!site.language_.empty()) other->language_ = other->root_.substr(1);
    last = &other->next_;
  }
}

Value Request::translations_in_site(const Document& d) {
  const Map* addresses = d.data->get("permalink_lang").map();
  Array* list = make_array(arena);
  for (const Value& lang : *all_languages(site, arena)) {
    Value* there = addresses ? addresses->find(lang) : nullptr;
    if (!there) continue;
    Str url = there->nil() ? d.url : to_str(arena, *there);
    Map* m = make_map(arena);
    m->set("lang", lang);
    bool own = lang.str() == site.config_->get(kDefault).str();
    m->set("url", own ? rooted(arena, url) : below(arena, lang.str(), url));
    list->push(Value(m));
  }
  return list->size() > 1 ? Value(list) : Value();
}

Site* SiteState::other_language(Str& path) const {
  for (Site* other = others_; other; other = other->next_) {
    Str folder = other->root_.substr(1), inside = inside_folder(path, folder);
    if (!inside.data() && path.substr(0, path.find_first_of("?#")) != folder) continue;
    path = inside;
    return other;
  }
  return nullptr;
}

// ---- links ----

namespace {
/// A longer address stays as it is: without quotes, all that follows would be searched for each.
constexpr std::size_t kMaxAddress = 2000;

/// Whether a text begins with an entry of `exclude`, in which a star stands for any characters of
/// the address and a question mark for one (Site#glob_to_regex).
bool begins_with(Str text, Str pattern) {
  std::size_t star = Str::npos, resumed = 0, at = 0, i = 0;
  while (i < pattern.size()) {
    if (pattern[i] == '*') {
      star = i++;
      resumed = at;
    } else if (at < text.size() && (pattern[i] == '?' || pattern[i] == text[at])) {
      i++, at++;
    } else if (star != Str::npos && resumed < text.size()) {
      i = star + 1;
      at = ++resumed;
    } else {
      return false;
    }
  }
  return true;
}

/// Length of what Site#relative_url_regex matches at the begin of a text, up to the quote behind
/// it, or npos: names with single dots between them, and the rest behind a slash. `is_left_out`
/// tells at which begin of a name an address is not one to change.
template <class IsLeftOut>
std::size_t address_end(Str text, IsLeftOut is_left_out) {
  std::size_t at = 0;
  while (!is_left_out(text.substr(at))) {
    std::size_t end =
        skip(text, at, [](char c) { return !is_space(c) && !is_one_of(c, ",'\"/?."); });
    if (end == at) break;
    at = end + (char_at(text, end) == '.');
  }
  if (char_at(text, at) == '/')
    at = skip(text, at, [](char c) { return !is_space(c) && !is_one_of(c, "][)(\"'"); });
  return char_at(text, at) == '"' ? at : Str::npos;
}
}  // namespace

bool Request::same_in_all(const Document& d) const {
  bool copied = d.kind == DocumentKind::Static;
  return site.text_language_.empty() ? copied || is_sass(d.path)
                                     : copied && excluded_from_texts(d.path);
}

/// Site#process_documents. Links to what is the same in all languages stay as they are: Jekyll
/// copies each file into each folder, where a host of raw sources has it once.
Str Renderer::localized(Str html) {
  if (site.language_.empty()) return html;
  const Array& left_out = *site.config_->get("exclude").array();
  const Array& languages = *site.config_->get("languages").array();
  auto is_left_out = [&](Str text) {
    for (const Value& v : languages)
      if (starts_with(text, v.str()) && char_at(text, v.str().size()) == '/') return true;
    for (const Value& v : left_out)
      if (begins_with(text, v.str())) return true;
    return starts_with(text, "meridian/");
  };
  auto is_same_in_all = [&](Str address) {
    Text path;
    add_url_decoded(path, address.substr(0, address.find_first_of("?#")));
    Value* found = site.outputs_->find(path.str());
    return found && request_of(*this).same_in_all(*document_in(*found));
  };
  Str own = arena.join("hreflang=\"", site.config_->get(kDefault).str(), "\" "),
      any = "hreflang=\"x-default\" ";
  Str root = arena.join(site.baseurl_, "/"), whole = arena.join(site.url_, root);
  Text out;
  std::size_t done = 0;
  for (std::size_t at = 0; (at = html.find('=', at)) != Str::npos; at++) {
    Str name = at < 4 ? Str() : html.substr(at - 4, 4);
    bool fixed = name == "ferh", is_link = name == "href" && site.own_;
    if (!fixed && !is_link) continue;
    std::size_t begin = at + 1 + (char_at(html, at + 1) == '"');
    Str text = html.substr(begin), before = root;
    if (!starts_with(text, root)) {
      before = whole;
      Str above = html.substr(0, at - 4);
      if (site.url_.empty() || !starts_with(text, whole) ||
          (is_link && (ends_with(above, own) || ends_with(above, any))))
        continue;
    }
    text = text.substr(before.size(), kMaxAddress);
    text = text.substr(0, text.find('"') + 1);
    std::size_t end = address_end(text, [&](Str x) { return is_link && is_left_out(x); });
    if (end == Str::npos || (is_link && is_same_in_all(text.substr(0, end)))) continue;
    out.add(slice(html, done, at - 4));
    out.add("href=\"");
    out.add(before);
    if (is_link) {
      out.add(site.language_);
      out.add('/');
    }
    done = begin + before.size();
  }
  if (!done) return html;
  out.add(html.substr(done));
  return arena.copy(out.str());
}

}  // namespace meridian::site
