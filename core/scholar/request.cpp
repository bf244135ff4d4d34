#include "request.h"

#include "json.h"

namespace meridian::scholar {

namespace {
struct Default {
  Name key, value;
};
/// Jekyll::Scholar.defaults. What is not named here is empty.
constexpr Default kDefaults[] = {
    {"bibliography", "references.bib"},
    {"bibliography_class", "bibliography"},
    {"bibliography_group_tag", "h2,h3,h4,h5"},
    {"bibliography_item_tag", "li"},
    {"bibliography_list_tag", "ol"},
    {"bibtex_filters", "smallcaps,superscript,italics,textit,lowercase,textregistered,tiny,latex"},
    {"bibtex_skip_fields", "abstract,month_numeric"},
    {"cite_class", "citation"},
    {"details_dir", "bibliography"},
    {"details_link", "Details"},
    {"details_link_class", "details"},
    {"details_permalink", "/:details_dir/:key:extension"},
    {"group_by", "none"},
    {"locale", "en"},
    {"missing_reference", "(missing reference)"},
    {"query", "@*"},
    {"reference_tagname", "span"},
    {"sort_by", "none"},
    {"source", "./_bibliography"},
    {"style", "apa"},
    {"type_aliases.mastersthesis", "thesis"},
    {"type_aliases.phdthesis", "thesis"},
    {"type_names.article", "Journal Articles"},
    {"type_names.book", "Books"},
    {"type_names.incollection", "Book Chapters"},
    {"type_names.inproceedings", "Conference Articles"},
    {"type_names.manual", "Manuals"},
    {"type_names.mastersthesis", "Master's Theses"},
    {"type_names.misc", "Miscellaneous"},
    {"type_names.phdthesis", "PhD Theses"},
    {"type_names.techreport", "Technical Reports"},
    {"type_names.thesis", "Theses"},
    {"type_names.unpublished", "Unpublished"},
};
}  // namespace

Request::Request(Arena& arena, Str bytes) : arena_(arena), texts_(arena) {
  Str name;
  for (bool is_name = true; bytes.size() >= 4; is_name = !is_name) {
    std::uint32_t size;
    std::memcpy(&size, bytes.data(), sizeof size);
    bytes.remove_prefix(sizeof size);
    Str part = bytes.substr(0, size);
    bytes.remove_prefix(size);
    if (is_name)
      name = part;
    else
      set(name, part);
  }
  for (Str part : {"site", "page", "cited"}) {
    Str json = text(part);
    set(part, {});
    read_json(arena, json, part, [this](Str path, Str value) { set(path, value); });
  }
}

void Request::set(Str name, Str value) {
  if (!texts_.find(name)) names_.add(arena_, name);
  texts_.set(name, arena_.make<Str>(value));
}

Str Request::config(Str key) const {
  for (const char* from : {"page.", "site."})
    if (Str given = text(arena_.join(from, key)); given.data()) return given;
  for (const Default& entry : kDefaults)
    if (Str(entry.key) == key) return entry.value;
  return {};
}

Str Request::config(Str key, Str name) const { return config(arena_.join(key, ".", name)); }

List<Str> items_of(Arena& arena, Str list) {
  List<Str> items;
  for (Str item; next_piece(list, ',', item);)
    if (item = strip(item); !item.empty()) items.add(arena, item);
  return items;
}

Str item_or_last(const List<Str>& items, std::uint32_t i) {
  return items.empty() ? Str() : i < items.size ? items[i] : items.back();
}

bool is_descending(Str order) {
  return equal_ignoring_case(order.substr(0, 4), "desc") ||
         equal_ignoring_case(order.substr(0, 7), "reverse");
}

bool is_on(Str setting) { return !setting.empty() && setting != "false" && setting != "nil"; }

}  // namespace meridian::scholar
