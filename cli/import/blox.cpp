#include "blox.h"

#include <algorithm>

#include "author.h"

namespace meridian::cli::hugo {

namespace {
/// How a value becomes that of the theme's key.
enum class How {
  Keep,      ///< as it is
  Flag,      ///< as it is, where it is true or false
  Venue,     ///< the name of a journal or a conference
  Address,   ///< an address from the site's root, or of another host
  Link,      ///< one more of `links`, by the label instead of a key
  Category,  ///< a type of publications
  Persons,   ///< names of persons
  Slides,    ///< the name of a page below `slides`
  City,      ///< `address`: `Paris, France`
  Links,     ///< a list of links
  Projects,  ///< names of pages below `project`
  Ids        ///< `hugoblox: {ids: {doi, arxiv}}`
};

constexpr struct {
  Name hugo, ours;
  How how;
} kKeys[] = {{"publication", "venue", How::Venue},
             {"publication_short", "venue", How::Venue},
             {"event", "venue", How::Venue},
             {"url_pdf", "paperurl", How::Address},
             {"url_code", "codeurl", How::Address},
             {"url_dataset", "dataurl", How::Address},
             {"url_slides", "slidesurl", How::Address},
             {"url_video", "videourl", How::Address},
             {"external_link", "link", How::Address},
             {"event_url", "Event", How::Link},
             {"links", "links", How::Links},
             {"slides", "slidesurl", How::Slides},
             {"projects", "", How::Projects},
             {"publication_types", "category", How::Category},
             {"authors", "authors", How::Persons},
             {"address", "city", How::City},
             {"hugoblox", "", How::Ids},
             {"summary", "excerpt", How::Keep},
             {"type", "hugo_type", How::Keep},
             {"reading_time", "read_time", How::Flag},
             {"commentable", "comments", How::Flag},
             {"profile", "author_profile", How::Flag}};

/// Types of publications, as numbers of Hugo Academic and as words of CSL, and our categories.
constexpr struct {
  Name types, category;
} kCategories[] = {{"1 paper-conference", "conference"},
                   {"2 article-journal article-magazine article-newspaper", "article"},
                   {"3 article manuscript", "preprint"},
                   {"4 report", "report"},
                   {"5 book", "book"},
                   {"6 chapter", "chapter"},
                   {"7 thesis", "thesis"},
                   {"8 patent", "patent"},
                   {"dataset", "dataset"},
                   {"software", "software"}};

bool is_empty(const Value& value) {
  // `#` is what its templates have for an address that is to be filled in.
  return value.nil() || (value.is_string() && one_of(strip(value.str()), " #") >= 0) ||
         (value.array() && !value.array()->size()) || (value.map() && !value.map()->size());
}

/// The name of a venue without what Hugo Blox has around it: `In *Nature*, **12**` is `Nature, 12`.
std::string venue_of(Str text) {
  std::string out;
  if (starts_with(text, "In ")) text.remove_prefix(3);
  for (std::size_t at = 0; at < text.size(); at++) {
    const bool inner = at && is_alnum(text[at - 1]) && is_alnum(char_at(text, at + 1));
    if (text[at] == '*' || (text[at] == '_' && !inner)) continue;
    if (text[at] == '\\' && is_one_of(char_at(text, at + 1), "*_&")) at++;
    out += text[at];
  }
  return out;
}

Str category_of(const Value& types) {
  const Value& first = types.array() && types.array()->size() ? types.array()->items[0] : types;
  Text type;
  print(first, type);
  for (const auto& one : kCategories)
    if (one_of(type.str(), Str(one.types)) >= 0) return one.category;
  return {};
}

std::string city_of(const Value& address) {
  std::string out;
  for (const char* key : {"city", "region", "country"})
    if (Str part = strip(get(address, key).str()); !part.empty())
      out += (out.empty() ? "" : ", ") + std::string(part);
  return out;
}
}  // namespace

Array* as_list(Arena& arena, const Value& value) {
  if (value.array()) return value.array();
  Array* list = make_array(arena);
  if (!value.nil()) list->push(value);
  return list;
}

std::string abstract_of(const Page& page) {
  Str text = strip(get_any_case(*page.front.data, "abstract").str());
  return text.empty() ? std::string() : "## Abstract\n\n" + std::string(text) + "\n\n";
}

BloxKeys::BloxKeys(const Pages& pages, const std::vector<SourceFile>& files, Arena& arena)
    : pages_(pages), files_(files), arena_(arena) {
  for (const auto& [key, page] : persons_of(pages).by_key)
    if (!page->parts.title.empty()) persons_.emplace(address_part(key, {}), page->parts.title);
}

std::string BloxKeys::person(Str name) const {
  auto found = persons_.find(address_part(name, {}));
  return found == persons_.end() ? std::string(name) : found->second;
}

bool BloxKeys::has_file(const std::string& path) const {
  auto found =
      std::lower_bound(files_.begin(), files_.end(), path,
                       [](const SourceFile& file, const std::string& p) { return file.path < p; });
  return found != files_.end() && found->path == path;
}

/// Of a file of the bundle, of `static`, or of a page that is named by its path.
std::string BloxKeys::address_of(const Page& page, Str address) const {
  std::string path(strip(address));
  if (path.empty() || is_one_of(path[0], "/#") || path.find(':') != path.npos) return path;
  if (has_file(page.folder + path)) return folder_of(page.address) + path;
  if (!has_file("static/" + path))
    if (const Page* other = pages_.find(path, page)) return other->address;
  return "/" + path;
}

void BloxKeys::add_link(const Page& page, const std::string& label, Str address, Map& out) const {
  if (strip(address).empty()) return;
  Value& links = out.set("links");
  if (!links.array()) links = make_array(arena_);
  Map* link = make_map(arena_);
  link->set("name", Value(arena_.copy(label)));
  link->set("url", Value(arena_.copy(address_of(page, address))));
  links.array()->push(Value(link));
}

/// Of Hugo Academic `{name, url}`, of Hugo Blox `{type, url}`, where a type is that of a `url_…`.
void BloxKeys::add_links(const Page& page, const Value& links, Map& out) const {
  for (const Value& link : *as_list(arena_, links)) {
    Str type = get(link, "type").str(), label = get(link, "name").str(),
        url = get(link, "url").str();
    if (label.empty()) label = get(link, "label").str();
    if (get(link, "provider").str() == "arxiv" && !get(link, "id").nil())
      out.set("arxiv", get(link, "id"));
    else if (label.empty() && !type.empty())
      (void)add(page, arena_.join("url_", type), Value(url), out);
    else
      add_link(page, std::string(label.empty() ? url : label), url, out);
  }
}

void BloxKeys::add_projects(const Page& page, const Value& names, Map& out) const {
  for (const Value& name : *as_list(arena_, names))
    for (const char* folder : {"/project/", "/projects/"})
      if (const Page* project = pages_.find(arena_.join(folder, name.str()), page))
        add_link(page, project->parts.title, project->address, out);
}

bool BloxKeys::add(const Page& page, Str key, const Value& value, Map& out) const {
  const auto* row = std::find_if(std::begin(kKeys), std::end(kKeys),
                                 [&](const auto& one) { return key == Str(one.hugo); });
  auto set = [&](Str name, const Value& v) {
    if (Value& slot = out.set(Value(arena_.copy(name))); slot.nil()) slot = v;
    return true;
  };
  auto text = [&](const std::string& s) { return Value(arena_.copy(s)); };
  if (row == std::end(kKeys)) {
    if (!starts_with(key, "url_")) return false;
    Text label;
    add_capitalize(label, key.substr(4));
    if (value.is_string()) add_link(page, std::string(label.str()), value.str(), out);
    return value.is_string() || value.nil();
  }
  if (is_empty(value)) return true;
  const bool is_short =
      key == "publication_short" && get_any_case(*page.front.data, "publication").truthy();
  switch (row->how) {
    case How::Keep: return set(row->ours, value);
    case How::Flag: return value.is(Kind::Bool) && set(row->ours, value);
    case How::Venue:
      return value.is_string() && !is_short && set(row->ours, text(venue_of(value.str())));
    case How::Address:
      return value.is_string() && set(row->ours, text(address_of(page, value.str())));
    case How::Link:
      add_link(page, std::string(Str(row->ours)), value.str(), out);
      return value.is_string();
    case How::Links:
      if (!value.array()) return false;
      add_links(page, value, out);
      return true;
    case How::Slides: {
      const Page* slides = pages_.find(arena_.join("/slides/", value.str()), page);
      return slides && set(row->ours, text(slides->address));
    }
    case How::Projects: add_projects(page, value, out); return false;
    case How::Category: {
      if (Str category = category_of(value); !category.empty()) set(row->ours, Value(category));
      return false;
    }
    case How::Persons: {
      // A person's own page names the person.
      if (is_person(page)) return true;
      Array* names = make_array(arena_);
      for (const Value& name : *as_list(arena_, value))
        names->push(name.is_string() ? text(person(name.str())) : name);
      return set(row->ours, Value(names));
    }
    case How::City: {
      if (std::string city = city_of(value); !city.empty()) set(row->ours, text(city));
      return false;
    }
    case How::Ids:
      for (const char* id : {"doi", "arxiv"})
        if (Value known = get(get(value, "ids"), id); !is_empty(known)) set(id, known);
      return false;
  }
  return false;
}

void BloxKeys::finish(const Page& page, const std::string& picture, const std::string& bibtex,
                      Map& out) const {
  const Map& front = *page.front.data;
  auto text = [&](const std::string& s) { return Value(arena_.copy(s)); };
  if (is_person(page)) {
    out.set("author", text(person_key(page)));
    out.set("author_profile", true);
  }
  if (Str abstract = strip(get_any_case(front, "abstract").str()); !abstract.empty())
    if (Value& excerpt = out.set("excerpt"); excerpt.nil()) excerpt = abstract;
  if (!bibtex.empty()) {
    out.set("bibtex", text(bibtex));
    if (Value& url = out.set("bibtexurl"); url.nil())
      url = text(folder_of(page.address) + kCiteFile);
  }
  if (picture.empty()) return;
  const Value& image = get_any_case(front, "image");
  Value& header = out.set("header");
  if (header.nil()) header = make_map(arena_);
  if (!header.map()) return;
  header.map()->set("teaser", text(picture));
  if (get(image, "preview_only").truthy()) return;
  header.map()->set("image", text(picture));
  for (auto [from, to] : {std::pair{"caption", "caption"}, {"alt_text", "image_description"}})
    if (!is_empty(get(image, from))) header.map()->set(to, get(image, from));
}

}  // namespace meridian::cli::hugo
