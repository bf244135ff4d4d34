#include "lists.h"

#include <algorithm>

#include "yaml_text.h"

namespace meridian::cli::hugo {

namespace {
// Each is a file; a site with more has taken a text for its terms.
constexpr std::size_t kMostTerms = 10'000;
// Ways to write one term; each is looked for on its page.
constexpr std::size_t kMostSpellings = 20;

std::string capitalized(Str s) {
  Text out;
  add_capitalize(out, s);
  return std::string(out.str());
}

std::string printed_list() { return "\n\n{% include listed.html entries=entries %}\n"; }

/// A filter of the pages in the page's language.
std::string in_language(const Settings& settings) {
  return settings.languages().empty() ? std::string() : " | where: \"lang\", page.lang";
}

/// The Liquid that lists what has a term: `site.tags` has posts alone. `term` is an expression.
std::string list_of_term(const std::string& taxonomy, const std::string& term,
                         const Settings& settings) {
  return "{% assign entries = site.documents | concat: site.pages" + in_language(settings) +
         " | where_exp: \"entry\", \"entry['" + taxonomy + "'] contains " + term + "\" %}" +
         printed_list();
}

std::string list_of_terms(const std::string& taxonomy, const Settings& settings) {
  return "\n\n{% assign entries = site.pages" + in_language(settings) +
         " | where: \"taxonomy\", \"" + taxonomy + "\" | sort: \"title\" %}" + printed_list();
}

/// The terms of a taxonomy, as front matter has them, by the last part of their address.
using Terms = std::map<std::string, std::vector<std::string>>;

Terms terms_of(const Pages& pages, const std::string& taxonomy, const std::string& language,
               const Settings& settings) {
  Terms terms;
  for (const Page& page : pages.all) {
    if (is_draft(page) || !page.hidden_by.empty() || page.language != language) continue;
    const Value& value = get_any_case(*page.front.data, taxonomy);
    auto add = [&](const Value& term) {
      Text text;
      print(term, text);
      std::string name(strip(text.str()));
      std::string part = address_part(name, settings.rules);
      if (part.empty()) return;
      std::vector<std::string>& names = terms[part];
      if (names.size() < kMostSpellings &&
          std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(name);
    };
    if (!value.array() && !value.nil()) add(value);
    for (std::uint32_t i = 0; value.array() && i < value.array()->size(); i++)
      add(value.array()->items[i]);
  }
  return terms;
}

std::string address_of_term(const std::string& taxonomy, const std::string& term,
                            const Settings& settings) {
  AddressParts parts;
  parts.name = parts.title = term;
  std::string address;
  if (Str pattern = settings.pattern(taxonomy, true);
      !pattern.empty() && expand_pattern(pattern, parts, settings.rules, address))
    return address;
  return "/" + address_part(taxonomy, settings.rules) + "/" + term + "/";
}

class Maker {
 public:
  Maker(const Pages& pages, const Settings& settings, Arena& arena)
      : settings_(settings), arena_(arena) {
    for (const Page& page : pages.all) {
      addresses_.insert(page.address);
      if (!page.term.empty()) terms_.insert(page.language + page.section() + "/" + page.term);
    }
  }

  std::vector<ListPage> made;

  /// The language of the pages that are made next.
  void set_language(const std::string& language) {
    language_ = language;
    prefix_ = settings_.prefix_of(language);
  }

  /// Whether a term has a page among the sources.
  bool has(const std::string& taxonomy, const std::string& term) const {
    return terms_.count(language_ + taxonomy + "/" + term) > 0;
  }

  /// `path` is the address below that of the language.
  void add(const std::string& path, const std::string& title, const std::string& text,
           Map* more = nullptr) {
    std::string address = prefix_ + path;
    if (!addresses_.insert(address).second) return;
    Map* front = make_map(arena_);
    front->set("title", Value(arena_.copy(title)));
    front->set("permalink", Value(arena_.copy(address)));
    if (!settings_.languages().empty()) front->set("lang", Value(arena_.copy(language_)));
    if (more)
      for (const Map::Entry& entry : *more) front->set(entry.key) = entry.value;
    Text out;
    out.add("---\n");
    (void)add_yaml(*front, out);
    out.add("---\n");
    out.add(Str(text).substr(1));
    made.push_back({target_of(address), std::string(out.str())});
  }

 private:
  static std::string target_of(const std::string& address) {
    Str path = Str(address).substr(1);
    if (path.empty()) return "index.md";
    if (!ends_with(path, "/")) return visible_path(path.substr(0, path.rfind('.'))) + ".md";
    return visible_path(path) + "/index.md";
  }

  const Settings& settings_;
  Arena& arena_;
  std::set<std::string> addresses_, terms_;
  std::string language_, prefix_;
};

std::string list_of_section(const std::string& section, bool nested, const Documents& documents,
                            const Settings& settings, std::int64_t count = 0) {
  std::string label = documents.collection_of(section), filters;
  if (documents.posts().count(section)) {
    label = "posts";
    if (documents.posts().size() > 1)
      filters += " | where_exp: \"entry\", \"entry.path contains '_posts/" + section + "/'\"";
  }
  if (label.empty()) return {};
  filters += in_language(settings);
  if (nested) filters += " | where_exp: \"entry\", \"entry.url contains page.url\"";
  if (label != "posts") filters += " | sort: \"date\" | reverse";
  if (count > 0) filters += " | slice: 0, " + std::to_string(count);
  return "\n\n{% assign entries = site[\"" + label + "\"]" + filters + " %}" + printed_list();
}
/// The lists of the home page and of folders that have none among the sources.
void add_sections(Maker& maker, const Pages& pages, const Documents& documents,
                  const Settings& settings, const std::string& language, Arena& arena) {
  std::set<std::string> sections;
  for (const Page& page : pages.all)
    if (page.language == language && page.kind == PageKind::Single && !page.section().empty())
      sections.insert(page.section());
  std::string first = documents.posts().empty() ? std::string() : *documents.posts().begin();
  maker.add("/", "Home",
            first.empty() ? "\n\n" : list_of_section(first, false, documents, settings));
  for (const std::string& section : sections)
    if (std::string list = list_of_section(section, false, documents, settings); !list.empty()) {
      Map* more = nullptr;
      if (documents.has_layout(section)) {
        (more = make_map(arena))->set("layout", "publications");
        list = "\n\n";
      }
      maker.add("/" + address_part(section, settings.rules) + "/", capitalized(section), list,
                more);
    }
}

void add_terms(Maker& maker, const std::string& taxonomy, const Terms& terms,
               const Settings& settings, Arena& arena) {
  std::string text = "\n\n{% for term in page.terms %}\n" +
                     list_of_term(taxonomy, "term", settings) + "{% endfor %}\n";
  std::size_t count = 0;
  for (const auto& [term, names] : terms) {
    if (++count > kMostTerms) return;
    if (maker.has(taxonomy, names[0])) continue;
    Map* more = make_map(arena);
    Array* list = make_array(arena);
    for (const std::string& name : names) list->push(Value(arena.copy(name)));
    more->set("taxonomy", Value(arena.copy(taxonomy)));
    more->set("terms", Value(list));
    maker.add(address_of_term(taxonomy, term, settings), names[0], text, more);
  }
}
}  // namespace

const char kListIncludePath[] = "_includes/listed.html";
const char kListInclude[] =
    "<ul>\n"
    "{% for entry in include.entries %}"
    "<li><a href=\"{{ entry.url | relative_url }}\">{{ entry.title | escape }}</a></li>\n"
    "{% endfor %}</ul>\n";

std::string list_below(const Page& page, const Documents& documents, const Settings& settings) {
  if (page.kind == PageKind::Single) return {};
  std::string section = page.section();
  // The layout lists them.
  if (page.parts.folders.size() == 1 && documents.has_layout(section)) return {};
  if (!page.term.empty()) {
    // Works name a person, not the folder.
    if (section == "authors") return "\n\n" + list_of_term(section, "page.title", settings);
    bool plain = page.term.find_first_of("'\"{}%") == page.term.npos;
    return plain ? "\n\n" + list_of_term(section, "'" + page.term + "'", settings) : std::string();
  }
  if (settings.is_taxonomy(section)) return list_of_terms(section, settings);
  if (page.kind == PageKind::Home)
    return documents.posts().empty()
               ? std::string()
               : list_of_section(*documents.posts().begin(), false, documents, settings);
  return list_of_section(section, page.parts.folders.size() > 1, documents, settings);
}

std::string list_of_folder(const std::string& section, std::int64_t count,
                           const Documents& documents, const Settings& settings) {
  return list_of_section(section, false, documents, settings, count);
}

std::vector<ListPage> make_lists(const Pages& pages, const Documents& documents,
                                 const Settings& settings, Arena& arena, Diagnostics& found) {
  Maker maker(pages, settings, arena);
  std::vector<std::string> languages;
  for (const Language& one : settings.languages()) languages.push_back(one.code);
  if (languages.empty()) languages.push_back(settings.language());
  for (const std::string& language : languages) {
    maker.set_language(language);
    add_sections(maker, pages, documents, settings, language, arena);
    for (const std::string& taxonomy : settings.taxonomies()) {
      Terms terms = terms_of(pages, taxonomy, language, settings);
      add_terms(maker, taxonomy, terms, settings, arena);
      if (terms.size() > kMostTerms)
        settings.report(taxonomy, "`" + taxonomy + "` has more than 10,000 terms",
                        "the rest of them have no page", found);
      maker.add("/" + address_part(taxonomy, settings.rules) + "/", capitalized(taxonomy),
                list_of_terms(taxonomy, settings));
    }
  }
  return std::move(maker.made);
}

}  // namespace meridian::cli::hugo
