#include "pages.h"

#include <algorithm>
#include <filesystem>

namespace fs = std::filesystem;

namespace meridian::cli::hugo {

namespace {
constexpr std::size_t kMany = std::size_t(-1);

std::vector<std::string> split(Str path) {
  std::vector<std::string> out;
  for (Str rest = path, piece; next_piece(rest, '/', piece);)
    if (!piece.empty()) out.emplace_back(piece);
  return out;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "/") + part;
  return out;
}
}  // namespace

std::string Page::name() const {
  std::string above = joined(parts.folders);
  return above.empty() || parts.name.empty() ? above + parts.name : above + "/" + parts.name;
}

bool Pages::is_page(Str path) {
  std::string ending = fs::path(std::string(path)).extension().string();
  return one_of(ending, ".md .markdown .mdown .html .htm") >= 0;
}

/// Takes the language from the path: a folder of its own, or `name.de.md`.
void Pages::read_language(Page& page, std::string& path) {
  page.language = settings_.language();
  for (const Language& one : settings_.languages()) {
    if (!one.folder.empty() && starts_with(path, one.folder)) {
      page.language = one.code;
      path.erase(0, one.folder.size());
      return;
    }
    std::string ending = "." + one.code;
    if (ends_with(path, ending)) {
      page.language = one.code;
      path.resize(path.size() - ending.size());
      return;
    }
  }
}

bool Pages::add(const std::string& path, Str text) {
  Page page;
  page.path = path;
  if (!read_front({path, text}, arena_, page.front, found_)) return false;
  fs::path file(path);
  page.ending = one_of(file.extension().string(), ".html .htm") >= 0 ? ".html" : ".md";
  page.folder = path.substr(0, path.rfind('/') + 1);
  std::string name = path.substr(Str(kContent).size());
  name.resize(name.size() - file.extension().string().size());
  read_language(page, name);
  page.parts.folders = split(name);
  page.parts.name = page.parts.folders.empty() ? std::string() : page.parts.folders.back();
  if (!page.parts.folders.empty()) page.parts.folders.pop_back();
  if (page.parts.name == "_index") {
    page.kind = page.parts.folders.empty() ? PageKind::Home : PageKind::Section;
    page.parts.name.clear();
  } else if (page.parts.name == "index") {
    page.bundle = !page.parts.folders.empty();
    page.kind = page.parts.folders.empty() ? PageKind::Home : PageKind::Single;
    page.parts.name = page.parts.folders.empty() ? std::string() : page.parts.folders.back();
    if (!page.parts.folders.empty()) page.parts.folders.pop_back();
  }
  constexpr std::size_t kTaxonomyAndTerm = 2;
  if (page.kind == PageKind::Section && page.parts.folders.size() == kTaxonomyAndTerm &&
      settings_.is_taxonomy(page.section()))
    page.term = page.parts.folders[1];
  if (page.kind == PageKind::Section)
    sections_.insert(page.language + ":" + joined(page.parts.folders));
  std::size_t number = all.size();
  by_name_.emplace(page.language + ":" + lower_case(page.name()), number);
  std::vector<std::string> parts = split(page.name());
  if (!parts.empty()) {
    auto [last, added] = by_last_.emplace(page.language + ":" + lower_case(parts.back()), number);
    if (!added) last->second = kMany;
  }
  if (page.bundle || page.kind == PageKind::Section) by_folder_[page.folder].push_back(number);
  all.push_back(std::move(page));
  return true;
}

void Pages::set_addresses() {
  hand_down();
  for (Page& page : all) {
    set_address(page);
    page.hidden_by = hiding_key(page);
  }
}

/// Puts the keys that hide pages from the `cascade` of the sections above, the nearest first, into
/// front matter that has none.
void Pages::hand_down() {
  constexpr Name kHiding = "draft expirydate unpublishdate publishdate build _build headless";
  std::map<std::string, std::vector<const Map*>> by_section;
  auto add = [&](const std::string& section, const Value& cascade, const std::string& path) {
    Array* list = cascade.array();
    for (std::size_t i = 0; i < (list ? list->size() : 1); i++) {
      const Map* map = (list ? (*list)[std::uint32_t(i)] : cascade).map();
      if (!map) continue;
      bool hides = false, part = false;
      for (const Map::Entry& e : *map) {
        hides |= one_of(lower_case(std::string(e.key.str())), kHiding) >= 0;
        part |= one_of(lower_case(std::string(e.key.str())), "target _target") >= 0;
      }
      if (hides && part)
        found_.add({Severity::Warning, Rule::FrontMatter}, path,
                   "`cascade` hides some of the pages below it, which are published here",
                   "set `published: false` in each of them");
      else if (hides)
        by_section[section].push_back(map);
    }
  };
  add("", settings_.get("cascade"), "hugo.toml");
  for (const Page& page : all)
    if (page.kind != PageKind::Single)
      add(page.language + ":" + joined(page.parts.folders),
          get_any_case(*page.front.data, "cascade"), page.path);
  if (by_section.empty()) return;
  for (Page& page : all) {
    auto take = [&](const std::string& section) {
      auto found = by_section.find(section);
      if (found == by_section.end()) return;
      for (const Map* map : found->second)
        for (const Map::Entry& e : *map)
          if (one_of(lower_case(std::string(e.key.str())), kHiding) >= 0 &&
              get_any_case(*page.front.data, e.key.str()).nil())
            page.front.data->set(e.key) = e.value;
    };
    std::vector<std::string> folders = page.parts.folders;
    for (;; folders.pop_back()) {
      take(page.language + ":" + joined(folders));
      if (folders.empty()) break;
    }
    take("");
  }
}

/// `headless`, `build`, `expiryDate` and `publishDate`, by their names in the front matter. What is
/// not published yet Jekyll finds in the date of posts and documents of collections.
std::string Pages::hiding_key(const Page& page) const {
  const Map& front = *page.front.data;
  if (get_any_case(front, "headless").truthy()) return "headless";
  for (const char* key : {"_build", "build"}) {
    Value render = get(get_any_case(front, key), "render");
    if (one_of(render.str(), "never link") >= 0 || (render.is(Kind::Bool) && !render.b)) return key;
  }
  Time time;
  for (const char* key : {"expiryDate", "unpublishDate"})
    if (!settings_.get("buildExpired").truthy() && read_date(get_any_case(front, key), time) &&
        time.seconds <= now_.seconds)
      return key;
  for (const char* key : {"publishDate", "pubdate"})
    if (const Value& given = get_any_case(front, key); !given.nil())
      return !settings_.get("buildFuture").truthy() && read_date(given, time) &&
                     time.seconds > now_.seconds
                 ? key
                 : "";
  bool page_alone = page.kind != PageKind::Single || page.parts.folders.empty();
  return page_alone && !settings_.get("buildFuture").truthy() &&
                 read_date(get_any_case(front, "date"), time) && time.seconds > now_.seconds
             ? "date"
             : "";
}

/// The first folder is one always, those below by their `_index.md`.
std::size_t Pages::count_sections(const Page& page) const {
  std::size_t count = 0;
  std::string path = page.language + ":";
  for (const std::string& folder : page.parts.folders) {
    path += (count ? "/" : "") + folder;
    if (count && !sections_.count(path)) break;
    count++;
  }
  return count;
}

void Pages::set_address(Page& page) {
  const Map& front = *page.front.data;
  page.parts.sections = count_sections(page);
  page.parts.title = std::string(get_any_case(front, "title").str());
  page.parts.date = get_any_case(front, "date");
  for (const char* key : {"publishDate", "lastmod"})
    if (page.parts.date.nil()) page.parts.date = get_any_case(front, key);
  std::string prefix = settings_.prefix_of(page.language);
  if (page.kind == PageKind::Single)
    page.parts.slug = std::string(get_any_case(front, "slug").str());
  Str url = get_any_case(front, "url").str();
  if (!url.empty()) {
    page.address = given_address(url, prefix + "/");
    return;
  }
  std::string section = page.section(), address;
  Str pattern;
  if (page.kind == PageKind::Single || !page.term.empty())
    pattern = settings_.pattern(section, !page.term.empty());
  AddressParts parts = page.parts;
  if (!page.term.empty()) parts.name = page.term;
  if (!pattern.empty() && !expand_pattern(pattern, parts, settings_.rules, address)) {
    settings_.report(section,
                     "the pattern `" + std::string(pattern) + "` of `permalinks` can't be followed",
                     "its pages have Hugo's usual addresses; give them a `permalink`", found_);
    pattern = {};
  }
  if (pattern.empty()) {
    AddressRules rules = settings_.rules;
    rules.ugly &= page.kind == PageKind::Single;
    address = address_of(page.parts, rules);
  }
  page.address = prefix + address;
}

const Page* Pages::find(Str ref, const Page& from) const {
  std::string path(ref);
  if (std::string ending = fs::path(path).extension().string(); is_page(path))
    path.resize(path.size() - ending.size());
  bool rooted = starts_with(path, "/");
  std::vector<std::string> parts = split(path);
  if (!parts.empty() && (parts.back() == "_index" || parts.back() == "index")) parts.pop_back();
  for (bool relative : {false, true}) {
    if (rooted && relative) break;
    std::vector<std::string> whole;
    if (relative) whole = from.parts.folders;
    for (const std::string& part : parts) {
      if (part != ".." && part != ".") whole.push_back(part);
      if (part == ".." && !whole.empty()) whole.pop_back();
    }
    auto found = by_name_.find(from.language + ":" + lower_case(joined(whole)));
    if (found != by_name_.end()) return &all[found->second];
  }
  if (rooted || parts.size() != 1) return nullptr;
  auto found = by_last_.find(from.language + ":" + lower_case(parts[0]));
  return found == by_last_.end() || found->second == kMany ? nullptr : &all[found->second];
}

std::vector<const Page*> Pages::bundle_of(const std::string& path) const {
  std::vector<const Page*> pages;
  for (std::size_t at = path.rfind('/'); at != path.npos && at > 0; at = path.rfind('/', at - 1)) {
    auto found = by_folder_.find(path.substr(0, at + 1));
    if (found == by_folder_.end()) continue;
    // Folders below that of an _index.md are folders of content, not of its bundle.
    bool beside = path.find('/', at + 1) == path.npos;
    for (std::size_t number : found->second)
      if (beside || all[number].bundle) pages.push_back(&all[number]);
    break;
  }
  return pages;
}

}  // namespace meridian::cli::hugo
