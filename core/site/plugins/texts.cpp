// jekyll-multiple-languages-plugin 1.8.0: the site once in each of its `languages`, the first in
// the root, with the texts of `_i18n/LANGUAGE.yml`, the files of `_i18n/LANGUAGE`, and posts of
// there.
#include "plugins/request.h"

namespace meridian::site {

namespace {
constexpr Name kFolder = "_i18n/";

/// Every property that the list names is a key of a text.
void translate(ModelReader& r, Map& data) {
  const Array* names = data.get("translate_props").array();
  for (std::uint32_t i = 0; names && i < names->size(); i++) {
    Value* key = data.find(strip((*names)[i].str()));
    if (!key || key->str().empty()) continue;
    Str text = request_of(r).made_anew("t", key->str());
    if (!text.empty()) *key = r.site.arena_.copy(text);
  }
}
}  // namespace

bool ModelReader::configure_texts() {
  Map& config = *site.config_;
  Arena& a = site.arena_;
  if (site.own_) {
    site.text_language_ = site.root_.substr(1);
    config.set("baseurl", a.join(setting("baseurl_root"), site.root_));
    merge_into(config, *site.text_keys_);
  } else {
    Array& languages = *config.get("languages").array();
    Map* texts = make_map(a);
    for (const Value& language : languages) {
      Str path = a.join(kFolder, language.str(), ".yml");
      File* f = load(path);
      Map* of_language = f ? data_map(*f) : nullptr;
      if (of_language)
        texts->set(language) = of_language;
      else if (presence_of(path) == Presence::Missing)
        site.found_.add({Severity::Error, Rule::Settings}, site.config_path(),
                        a.join("`", path, "` is missing"),
                        "add it, or take its language out of `languages`");
    }
    config.set("translations", texts);
    config.set("baseurl_root", setting("baseurl"));
    config.set("default_lang", languages[0]);
    site.text_language_ = languages[0].str();
    add_text_tags(site.environment_);
    site.text_keys_ = make_map(a);
    for (const Map::Entry& e : config)
      if (contains(config.get("translate_props"), e.key.str()))
        site.text_keys_->set(e.key) = e.value;
  }
  config.set("lang", site.text_language_);
  // Pages are translated when they are read.
  if (!load("theme:_plugins/t.html") || needs.any()) return false;
  translate(*this, config);
  return true;
}

Str ModelReader::folder_of_texts() const { return arena.join(kFolder, site.text_language_, "/"); }

bool ModelReader::excluded_from_texts(Str path) const {
  const Array* names = site.config_->get("exclude_from_localizations").array();
  for (std::uint32_t i = 0; names && i < names->size(); i++) {
    Str name = (*names)[i].str();
    if (!name.empty() && (path == name || inside_folder(path, name).data())) return true;
  }
  return false;
}

Str ModelReader::folder_of_posts() const {
  bool one = site.text_language_.empty() || excluded_from_texts("_posts");
  return one ? Str("") : folder_of_texts();
}

Array* ModelReader::without_texts(Array& categories) {
  Array* list = make_array(site.arena_);
  for (const Value& v : categories)
    if (site.text_language_.empty() || (v.str() != "_i18n" && v.str() != site.text_language_))
      list->push(v);
  return list;
}

bool ModelReader::shows_texts(Document& d) {
  if (site.text_language_.empty()) return true;
  translate(*this, *d.data);
  const Value& only = d.data->get("languages");
  return d.kind != DocumentKind::Page || !only.truthy() || contains(only, site.text_language_) ||
         only.str().find(site.text_language_) != Str::npos;
}

Value Request::places_of_texts() {
  if (site.namespaces_.nil()) site.namespaces_ = data_by("tl.json");
  return site.namespaces_;
}

bool ModelReader::is_in_text_language_alone(Str path) {
  Str inside = without_slash(path);
  for (Str end : {"", "index.html", ".html"})
    if (Str output = arena.join(inside, end); site.outputs_->find(output))
      return !site.own_->outputs_->find(output);
  return false;
}

}  // namespace meridian::site
