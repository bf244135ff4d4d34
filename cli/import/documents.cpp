#include "documents.h"

#include <algorithm>

namespace meridian::cli::hugo {

namespace {
/// Sections of Hugo Blox by the names that Jekyll's academic themes have for them.
constexpr struct {
  Name section, label;
} kLabels[] = {{"publication", "publications"},
               {"talk", "talks"},
               {"event", "talks"},
               {"events", "talks"},
               {"project", "projects"},
               {"course", "teaching"},
               {"courses", "teaching"}};

/// Names that `site` has for other things.
constexpr Name kReserved =
    "posts pages drafts data includes layouts plugins sass site tags categories documents "
    "collections static_files html_pages html_files time related_posts title url baseurl "
    "description author params defaults include exclude permalink timezone lang markdown";

bool is_posts_section(const std::string& name) { return one_of(name, "post posts blog") >= 0; }

std::string label_for(const std::string& section) {
  for (const auto& one : kLabels)
    if (section == Str(one.section)) return one.label.text;
  std::string label;
  for (char c : section) label += is_alnum(c) || c == '-' ? lower(c) : '_';
  if (one_of(label, Str(kReserved)) >= 0 || !is_alpha(label[0])) label = "section_" + label;
  return label;
}

std::string without_ends(Str address) {
  if (starts_with(address, "/")) address.remove_prefix(1);
  if (ends_with(address, "/")) address = address.substr(0, address.size() - 1);
  return std::string(address);
}

std::string slug_of(Str text) {
  Text slug;
  add_slug(slug, text, "pretty", true);
  return std::string(slug.str());
}

std::string date_of(const Page& page, Str format) {
  Time time;
  if (!read_date(page.parts.date, time)) return {};
  Text text;
  add_strftime(text, time, format);
  return std::string(text.str());
}

std::string last_name(const std::string& address) {
  std::string path = without_ends(address);
  std::string name = path.substr(path.rfind('/') + 1);
  return name.substr(0, name.rfind(".html"));
}

/// Hugo lists it nowhere, but makes a page of it.
bool is_unlisted(const Map& front) {
  for (const char* key : {"_build", "build"}) {
    Value list = get(get_any_case(front, key), "list");
    if (list.str() == "never" || (list.is(Kind::Bool) && !list.b)) return true;
  }
  return false;
}
}  // namespace

std::string visible_path(Str path) {
  std::string out;
  for (Str rest = path, piece; next_piece(rest, '/', piece);) {
    while (!piece.empty() && is_one_of(piece[0], "_.#")) piece.remove_prefix(1);
    while (ends_with(piece, "~")) piece = piece.substr(0, piece.size() - 1);
    if (!piece.empty()) out += (out.empty() ? "" : "/") + std::string(piece);
  }
  return out.empty() ? "page" : out;
}

bool is_draft(const Page& page) {
  const Value& draft = get_any_case(*page.front.data, "draft");
  return draft.truthy() && !equal_ignoring_case(strip(draft.str()), "false");
}

Documents::Documents(const Settings& settings, Pages& pages, const std::vector<SourceFile>& files,
                     Arena& arena, Diagnostics& found)
    : settings_(settings),
      arena_(arena),
      found_(found),
      languages_(!settings.languages().empty()),
      keys_(pages, files, arena) {
  std::set<std::string> labels;
  for (const Page& page : pages.all) {
    std::string section = page.section();
    if (section.empty() || page.kind != PageKind::Single) continue;
    if (is_post(page)) {
      posts_.insert(section);
    } else if (!is_posts_section(section) && !labels_.count(section)) {
      std::string label = label_for(section);
      while (!labels.insert(label).second) label += "_";
      labels_[section] = label;
    }
  }
  set_post_pattern();
  std::set<std::string> taken;
  std::map<std::string, std::string> sources;  // by address
  for (Page& page : pages.all) {
    set_target(page, taken);
    auto [other, added] = sources.emplace(page.address, page.path);
    if (!added)
      found_.add({Severity::Warning, Rule::DuplicateAddress}, page.path,
                 "its address " + page.address + " is also that of " + other->second,
                 "give one of them another `permalink`");
  }
}

/// A page without a date can't be a post, whose name begins with it.
bool Documents::is_post(const Page& page) const {
  return page.kind == PageKind::Single && is_posts_section(page.section()) &&
         !date_of(page, "%Y").empty();
}

/// The pattern of Hugo, where Jekyll has the same words; else that of Hugo's usual addresses.
void Documents::set_post_pattern() {
  std::string section = posts_.empty() ? "posts" : *posts_.begin();
  Str pattern = settings_.pattern(section);
  post_pattern_ = "/" + address_part(section, settings_.rules) + "/:title/";
  std::string made = "/";
  for (Str rest = pattern, piece; next_piece(rest, '/', piece);) {
    if (piece.empty()) continue;
    Str word = piece;
    if (one_of(piece, ":slug :title :filename :slugorfilename :contentbasename") >= 0)
      word = ":title";
    else if (piece.find(':') != Str::npos && one_of(piece, ":year :month :day") < 0)
      return;
    made += std::string(word) + "/";
  }
  if (made.size() > 1) post_pattern_ = made;
}

std::string Documents::collection_of(const std::string& section) const {
  auto found = labels_.find(section);
  return found == labels_.end() ? std::string() : found->second;
}

/// The address that Jekyll gives to a post by its file's name; empty where that depends on the time
/// zone.
std::string Documents::post_address(const Page& page) const {
  Str slug = get_any_case(*page.front.data, "slug").str();
  std::string name = slug.empty() ? last_name(page.address) : std::string(slug);
  Time time;
  (void)read_date(page.parts.date, time);
  Time utc = time;
  utc.offset_minutes = 0;
  bool dated = post_pattern_.find(":year") != Str::npos ||
               post_pattern_.find(":month") != Str::npos || post_pattern_.find(":day") != Str::npos;
  bool moves = civil(time).day != civil(utc).day || !settings_.get("timeZone").nil();
  if (dated && page.parts.date.kind != Kind::Date && moves) return {};
  std::string out;
  for (Str rest = Str(post_pattern_).substr(1), piece; next_piece(rest, '/', piece);) {
    std::string value(piece);
    if (piece == ":title") value = slug_of(name);
    if (piece == ":year") value = date_of(page, "%Y");
    if (piece == ":month") value = date_of(page, "%m");
    if (piece == ":day") value = date_of(page, "%d");
    out += "/" + value;
  }
  return out + "/";
}

bool Documents::has_usual_address(const Page& page) const {
  if (starts_with(page.target, "_posts/")) return page.address == post_address(page);
  std::string label = collection_of(page.section());
  std::string begin = "_" + label + "/";
  if (label.empty() || !starts_with(page.target, begin)) return false;
  std::string path = page.target.substr(begin.size());
  path.resize(path.size() - page.ending.size());
  return page.address == "/" + address_part(page.section(), settings_.rules) + "/" + path + "/";
}

void Documents::set_target(Page& page, std::set<std::string>& taken) {
  std::string path = without_ends(page.address);
  if (ends_with(path, ".html")) path.resize(path.size() - Str(".html").size());
  std::string label = page.kind == PageKind::Single ? collection_of(page.section()) : "";
  std::string target;
  if (is_post(page)) {
    std::string folder = posts_.size() > 1 ? page.section() + "/" : std::string();
    std::string name = visible_path(last_name(page.address));
    target = is_draft(page) ? "_drafts/" + folder + name
                            : "_posts/" + folder + date_of(page, "%Y-%m-%d-") + name;
  } else if (!label.empty()) {
    std::string begin = address_part(page.section(), settings_.rules) + "/";
    std::string rest = starts_with(path, begin) ? path.substr(begin.size()) : path;
    target = "_" + label + "/" + visible_path(rest);
  } else if (path.empty() || page.kind != PageKind::Single) {
    target = path.empty() ? "index" : visible_path(path) + "/index";
  } else {
    target = visible_path(path);
  }
  // Several pages may have one name and one date, or differ by upper and lower case alone.
  std::string free = target;
  for (int i = 2; !taken.insert(lower_case(free)).second; i++)
    free = target + "-" + std::to_string(i);
  page.target = free + page.ending;
}

void Documents::report(const Page& page, Str text, Str word, const std::string& message,
                       const char* remedy) const {
  if (found_.full()) return;  // a search for each of thousands would take long
  std::size_t at = find_word(text.substr(0, page.front.body), word);
  found_.add({Severity::Info, Rule::FrontMatter}, {page.path, text}, at == Str::npos ? 0 : at,
             message, remedy);
}

void Documents::add_entry(const Page& page, Str text, const Map::Entry& entry, Map& out) const {
  // In two parts: who searches the sources for this key means the plugin that has it.
  constexpr char kAliases[] =
      "redirect_"
      "from";
  constexpr Name kWithoutTwin = "cascade expirydate outputs markup sitemap";
  Text small;
  add_downcase(small, entry.key.str());
  Str key = small.str();
  auto set = [&](Str name, const Value& value) { out.set(Value(arena_.copy(name))) = value; };
  if (one_of(key, kWithoutTwin) >= 0)
    report(page, text, entry.key.str(), "`" + std::string(entry.key.str()) + "` has no effect here",
           "it stays in the front matter");
  if (keys_.add(page, key, entry.value, out)) return;
  for (const std::string& taxonomy : settings_.taxonomies())
    if (key == Str(taxonomy)) return set(taxonomy, Value(as_list(arena_, entry.value)));
  switch (one_of(key, "url aliases lastmod layout permalink published collection date")) {
    case 0: return;
    case 1: {
      Array* list = make_array(arena_);
      std::string above = folder_of(page.address.substr(0, page.address.size() - 1));
      for (const Value& alias : *as_list(arena_, entry.value))
        list->push(Value(arena_.copy(given_address(alias.str(), above))));
      return set(kAliases, Value(list));
    }
    case 2: return set("last_modified_at", entry.value);
    case 3:
      report(page, text, entry.key.str(), "layouts of Hugo are templates of Go",
             "the name stays as `hugo_layout`; write a layout for it in _layouts");
      [[fallthrough]];
    case 4:
    case 5:
    case 6: return set("hugo_" + std::string(key), entry.value);
    case 7: {
      Time time;
      if (read_date(entry.value, time)) return set("date", entry.value);
      report(page, text, entry.key.str(), "this date can't be read", "write it as 2026-01-31");
      return set("hugo_date", entry.value);
    }
    default: return set(entry.key.str(), entry.value);
  }
}

Map* Documents::front_matter(const Page& page, Str text, const std::string& picture,
                             const std::string& bibtex) const {
  Map* out = make_map(arena_);
  const Map& front = *page.front.data;
  for (const Map::Entry& entry : front)
    if (entry.key.is_string()) add_entry(page, text, entry, *out);
  if (get_any_case(front, "date").nil() && !page.parts.date.nil() && is_post(page))
    out->set("date", page.parts.date);
  if (!has_usual_address(page)) out->set("permalink", Value(arena_.copy(page.address)));
  if (languages_) {
    out->set("lang", Value(arena_.copy(page.language)));
    if (out->get("ref").nil())
      out->set("ref", Value(arena_.copy(page.name().empty() ? "home" : page.name())));
  }
  if (!page.term.empty()) out->set("taxonomy", Value(arena_.copy(page.section())));
  if (page.kind == PageKind::Section && page.parts.folders.size() == 1 &&
      has_layout(page.section()))
    out->set("layout", "publications");
  keys_.finish(page, picture, bibtex, *out);
  bool hidden = !page.hidden_by.empty();
  if (hidden)
    report(page, text, page.hidden_by, "Hugo makes no page of this: `" + page.hidden_by + "`",
           "it is not published; remove `published` to change that");
  if (!hidden && is_unlisted(front)) {
    report(page, text, "list", "Hugo lists this page nowhere",
           "search and sitemap leave it out; lists of your own may show it");
    for (const char* key : {"search", "sitemap"}) out->set(key, false);
  }
  if (hidden || (is_draft(page) && !starts_with(page.target, "_drafts/")))
    out->set("published", false);
  if (!picture.empty()) {
    Value& image = out->set("image");
    if (image.nil()) image = arena_.copy(picture);
    if (image.map()) image.map()->set("path", Value(arena_.copy(picture)));
  }
  return out;
}

}  // namespace meridian::cli::hugo
