// A page in other languages: pages with the same `ref` in their front matter, or with paths that
// differ by a language alone, `about.md`, `about.zh.md` and `de/about.md`.
#include "plugins/request.h"

namespace meridian::site {

namespace {
// Languages that names of files and folders may have without `languages` in the configuration:
// those that most of the web is written in, without `cs` and `ml`, which are names of courses.
constexpr Name kKnown =
    "ar az be bg bn bs ca da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk ko "
    "lt lv mk mn mr nb ne nl nn no pl pt ro ru sk sl sq sr sv sw ta te th tr uk ur uz vi zh";
// Of a script or a region: zh-Hant, pt-BR.
constexpr std::size_t kMaxSubtag = 4;
// A key that no path and no reference has: all references are in the map.
constexpr Name kReferences = "\n";

bool is_language(const SiteState& site, Str code) {
  if (Array* declared = site.config_->get("languages").array()) {
    for (const Value& v : *declared)
      if (v.str() == code && !code.empty()) return true;
    return false;
  }
  std::size_t dash = code.find_first_of("-_");
  Str first = code.substr(0, dash);
  return first.size() == 2 && code.size() <= 3 + kMaxSubtag && one_of(first, kKnown) >= 0;
}

/// A document's path without its extension and without the language in it, which is set.
Str path_in_all(const SiteState& site, Arena& arena, const Document& d, Str& language) {
  Str stem = without_extension(d.path), name = without_extension(stem);
  language = stem.substr(name.size() + (name.size() < stem.size()));
  if (is_language(site, language)) return name;
  for (std::size_t at = 0, slash; (slash = stem.find('/', at)) != Str::npos; at = slash + 1) {
    language = slice(stem, at, slash);
    if (is_language(site, language)) return arena.join(stem.substr(0, at), stem.substr(slash + 1));
  }
  language = {};
  return stem;
}

bool is_page(const Document& d) {
  return d.file && (d.kind == DocumentKind::Page || d.kind == DocumentKind::Document);
}

/// The documents of a site by their paths without languages.
Map& by_language(SiteState& site) {
  if (site.by_language_) return *site.by_language_;
  site.by_language_ = make_map(site.arena_);
  for (Document* d : site.documents_) {
    Str language;
    if (is_page(*d))
      add_to_group(*site.by_language_, path_in_all(site, site.arena_, *d, language), value_of(*d));
  }
  return *site.by_language_;
}

/// What the translations of a page have in common; nil: its path.
Value reference_of(const Document& d) {
  const Value& ref = d.data->get("ref");
  return ref.nil() ? d.data->get("page_id") : ref;
}
Str key_of(Arena& arena, const Value& reference) {
  return arena.join(kReferences, to_str(arena, reference));
}
}  // namespace

Value Request::language_in_path(Document& d) {
  if (!is_page(d) || d.data->get("locale").truthy()) return {};
  Str language;
  Array* group = by_language(site).get(path_in_all(site, arena, d, language)).array();
  bool declared = site.config_->get("languages").array();
  return !language.empty() && (declared || group->size() > 1) ? Value(language) : Value();
}

Str Request::site_language() const {
  for (Str setting : {"lang", "locale", "default_lang"})
    if (Str set = site.config_->get(setting).str(); !set.empty()) return set;
  return "en";
}

Value Request::translations(Document& d) {
  if (!is_page(d)) return {};
  if (!site.language_.empty()) return translations_in_site(d);
  Map& known = by_language(site);
  Value reference = reference_of(d);
  Str key, language;
  if (reference.nil()) {
    key = path_in_all(site, arena, d, language);
  } else {
    if (!known.find(kReferences)) {
      if (!read_everything()) return {};
      known.set(kReferences, true);
      for (Document* x : site.documents_)
        if (is_page(*x) && x->read && !reference_of(*x).nil())
          add_to_group(known, key_of(site.arena_, reference_of(*x)), value_of(*x));
    }
    key = key_of(arena, reference);
  }
  Str of_site = site_language();
  Array *group = known.get(key).array(), *list = make_array(arena);
  Map seen{&arena};
  for (std::uint32_t i = 0; group && i < group->size(); i++) {
    Document& x = *document_in((*group)[i]);
    if (!read(x) || !x.written || reference_of(x).nil() != reference.nil()) continue;
    language = x.drop->get("lang").str();
    if (language.empty()) language = x.drop->get("locale").str();
    if (language.empty()) language = of_site;
    if (seen.find(language)) continue;
    seen.set(language, true);
    Map* m = make_map(arena);
    m->set("lang", language);
    m->set("url", x.url);
    list->push(Value(m));
    // The site's language is the first.
    if (language.substr(0, 2) == of_site.substr(0, 2)) {
      for (std::uint32_t at = list->size() - 1; at; at--) (*list)[at] = (*list)[at - 1];
      (*list)[0] = Value(m);
    }
  }
  return list->size() > 1 ? Value(list) : Value();
}

}  // namespace meridian::site
