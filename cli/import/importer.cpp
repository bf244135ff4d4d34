#include "importer.h"

#include <algorithm>

#include "blocks.h"
#include "disk.h"
#include "lists.h"
#include "markup.h"
#include "meridian/site.h"
#include "printable.h"
#include "yaml_text.h"

namespace fs = std::filesystem;

namespace meridian::cli::hugo {

namespace {
// Sites of news have some ten thousand; each page is held with its front matter.
constexpr std::size_t kMostPages = 200'000;

constexpr char kStatic[] = "static/", kMedia[] = "assets/media/", kData[] = "data/";

bool is_html_file(const std::string& path) {
  return one_of(fs::path(path).extension().string(), ".html .htm") >= 0;
}

/// Whether a file of Hugo's, which is only published there, would be more than that in the new
/// site: code of plugins, templates, a list of gems, the shell, or what a repository's host runs.
bool would_count(Str target) {
  const std::string small = lower_case(target);
  Str path = small, first = path.substr(0, path.find('/'));
  if (one_of(path, ".htaccess .nojekyll") >= 0 || first == ".well-known") return false;
  return first[0] == '.' || site::is_compiled_sheet(path) ||
         one_of(path,
                "gemfile gemfile.lock meridian.json sass.meridian.json meridian-offline.js") >= 0 ||
         one_of(first,
                "_plugins _layouts _includes _data _sass _posts _drafts _site _config.yml "
                "_config.yaml _config.toml meridian") >= 0;
}

/// What of a page a shortcode may ask for.
class PageLookup : public Lookup {
 public:
  PageLookup(const Settings& settings, const Pages& pages, const Page& page,
             const std::set<std::string>& media)
      : settings_(settings), pages_(pages), page_(page), media_(media) {}

  bool find_page(Str ref, Target& out) const override {
    const Page* page = pages_.find(ref, page_);
    if (page) out = {page->address, page->parts.title};
    return page;
  }
  Value param(Str key) const override {
    const Value& own = get_any_case(*page_.front.data, key);
    return own.nil() ? dig(Value(&settings_.params()), key) : own;
  }
  std::string picture(Str source) const override {
    bool known = media_.count(std::string(source)) > 0;
    return known ? "/media/" + std::string(source) : std::string(source);
  }

 private:
  const Settings& settings_;
  const Pages& pages_;
  const Page& page_;
  const std::set<std::string>& media_;
};
}  // namespace

Importer::Importer(fs::path root, const fs::path& destination, const Time& now, Diagnostics& found)
    : root_(std::move(root)),
      found_(found),
      files_(files_by_path(root_, destination, found)),
      pages_(settings_, now, arena_, found) {}

bool Importer::read() {
  if (!settings_.read(root_, files_, arena_, found_)) return false;
  read_pages();
  return true;
}

bool Importer::read_text(const std::string& path, std::string& text) {
  auto fail = [&](Rule rule, Str message, Str remedy) {
    found_.add({Severity::Error, rule}, path, message, remedy);
    return false;
  };
  if (!read_source(root_ / path, text))
    return fail(Rule::Unreadable, "the file can't be read", "let this user read it");
  if (text.size() > limits.source.most)
    return fail(Rule::Limit, limits.source.message, "split it, and import it by hand");
  if (find_invalid_utf8(text) != Str::npos)
    return fail(Rule::General, "the file is not UTF-8", "save it as UTF-8, and import again");
  return may_read_on() || fail(Rule::Limit, kNoMemoryLeft, kReadLess);
}

void Importer::read_pages() {
  for (const SourceFile& file : files_) {
    Str path = file.path;
    if (starts_with(path, kMedia)) media_.insert(file.path.substr(Str(kMedia).size()));
    std::size_t name = path.rfind('/') + 1;
    if (!starts_with(path, kContent) || name <= Str(kContent).size()) continue;
    if (starts_with(path.substr(name), "index.") && Pages::is_page(path))
      bundles_.insert(file.path.substr(0, name));
    if (Pages::is_page(path)) continue;
    for (auto [begin, pictures] : {std::pair{"featured.", &featured_}, {"avatar.", &avatars_}})
      if (starts_with(path.substr(name), begin))
        (*pictures)[file.path.substr(0, name)] = file.path.substr(name);
  }
  for (const SourceFile& file : files_)
    if (starts_with(file.path, kContent) && !is_hidden(file.path) && Pages::is_page(file.path))
      read_page(file);
  pages_.set_addresses();
  persons_ = persons_of(pages_);
}

void Importer::read_page(const SourceFile& file) {
  std::string text;
  if (pages_.all.size() >= kMostPages) {
    found_.add({Severity::Error, Rule::Limit}, kContent, "the site has more than 200,000 pages",
               "import its folders one by one");
    return;
  }
  if (!read_text(file.path, text)) return;
  Str mark = Str(text).substr(0, 3);
  bool has_front = mark == "+++" || mark == "---" || char_at(text, 0) == '{';
  if (is_html_file(file.path) && !has_front) {
    plain_html_.insert(file.path);
    return;
  }
  // The folder of the topmost bundle that has the file: all below are its resources.
  Str path = file.path;
  for (std::size_t at = path.find('/'); at != Str::npos; at = path.find('/', at + 1)) {
    if (!bundles_.count(std::string(path.substr(0, at + 1)))) continue;
    Str name = path.substr(at + 1);
    if (name.find('/') != Str::npos || !starts_with(name, "index."))
      return read_resource(file.path, text);
    break;
  }
  (void)pages_.add(file.path, text);
}

/// A page within a bundle, of which Hugo makes none: a part of the home page, or what templates
/// read.
void Importer::read_resource(const std::string& path, Str text) {
  Front front;
  if (!read_front({path, text}, arena_, front, found_)) return;
  Value widget = get_any_case(*front.data, "widget");
  if (widget.nil()) {
    found_.add({Severity::Warning, Rule::General}, path,
               "this page is a resource of a bundle, and is skipped",
               "write its text into that of the bundle");
    return;
  }
  const Value& active = get_any_case(*front.data, "active");
  bool off = active.is(Kind::Bool) && !active.b;
  std::string what = "the widget `" + std::string(widget.str()) + "` ";
  if (off || !is_known_block(widget.str()))
    found_.add(
        {Severity::Info, Rule::General}, {path, text}, find_word(text, "widget"),
        what + (off ? "is switched off, and skipped" : "has no equivalent; its text is kept"),
        off ? "" : "see what the home page lacks, and write it there");
  if (off) return;
  const Value& weight = get_any_case(*front.data, "weight");
  widgets_.push_back({weight.is(Kind::Int) ? weight.i : 0,
                      std::string(get_any_case(*front.data, "title").str()), path});
}

bool Importer::write(NewFolder& folder) {
  Output out(folder, found_);
  out.claim("_config.yml", "the settings");
  Documents documents(settings_, pages_, files_, arena_, found_);
  if (!write_pages(out, documents) || !write_lists(out, documents) || !write_files(out))
    return false;
  if (const Map* menus = navigation(settings_, pages_, arena_))
    if (!write_map(out, "_data/navigation.yml", *menus, "the menus")) return false;
  report_left();
  set_author();
  if (!write_persons(out)) return false;
  Text text;
  if (!add_yaml(*site_config(settings_, documents, uses_, arena_, found_), text))
    found_.add({Severity::Error, Rule::Limit}, "_config.yml", limits.source.message);
  return out.write("_config.yml", text.str());
}

bool Importer::write_map(Output& out, const std::string& path, const Map& map,
                         const std::string& source) {
  if (!out.claim(path, source)) return true;
  Text text;
  if (add_yaml(map, text)) return out.write(path, text.str());
  found_.add({Severity::Error, Rule::Limit}, source, limits.source.message,
             "its aliases stand for too much");
  return true;
}

bool Importer::write_pages(Output& out, const Documents& documents) {
  for (const Page& page : pages_.all)
    if (!write_page(out, documents, page)) return false;
  return true;
}

/// The text of a page from `begin` on, as Jekyll reads it.
std::string Importer::text_of(const Page& page, Str text, std::size_t begin) {
  PageLookup lookup(settings_, pages_, page, media_);
  std::string body =
      rewrite_shortcodes({page.path, text}, begin, lookup, found_, counts.shortcodes);
  uses_.more_marks |= body.find("<!--more-->") != body.npos;
  uses_.gists |= body.find("{% gist ") != body.npos;
  return page.ending == ".md" ? as_commonmark(body) : body;
}

std::string Importer::as_commonmark(Str text) const {
  return with_heading_anchors(without_extensions(text, settings_.goldmark));
}

bool Importer::write_page(Output& out, const Documents& documents, const Page& page) {
  std::string text;
  if (!read_text(page.path, text) || !out.claim(page.target, page.path)) return true;
  Map* front = documents.front_matter(page, text, picture_of(page), bibtex_of(page, documents));
  std::string body = rewritten(page, abstract_of(page)) + text_of(page, text, page.front.body);
  if (is_person(page)) body += person_text(page);
  body += blocks_of(page, text, documents);
  if (page.kind == PageKind::Home) body += widgets(page, documents);
  // A home page that says something is none of lists.
  if (page.kind != PageKind::Home || strip(body).empty())
    body += list_below(page, documents, settings_);
  Text yaml;
  if (!add_yaml(*front, yaml)) {
    found_.add({Severity::Error, Rule::Limit}, page.path, limits.source.message,
               "the aliases of its front matter stand for too much");
    return true;
  }
  bool post = starts_with(page.target, "_posts/") || starts_with(page.target, "_drafts/");
  (post ? counts.posts : page.target[0] == '_' ? counts.documents : counts.pages)++;
  return out.write(page.target, "---\n" + std::string(yaml.str()) + "---\n" + body);
}

/// A text within values of the front matter, so that its lines are none of the file.
std::string Importer::rewritten(const Page& page, Str words) {
  Arena arena;
  Diagnostics inside(arena);
  PageLookup lookup(settings_, pages_, page, media_);
  std::string out = rewrite_shortcodes({page.path, words}, 0, lookup, inside, counts.shortcodes);
  for (const Diagnostic& d : inside) found_.add(d.severity, page.path, d.message, d.remedy);
  return as_commonmark(out);
}

/// What a person says on the own page.
std::string Importer::biography_of(const Page& person) {
  // A site has some landing pages, each with one; a text for each of many thousands fills a disk.
  constexpr int kMostBiographies = 100;
  std::string text;
  if (++biographies_ > kMostBiographies || !read_text(person.path, text)) return {};
  return std::string(strip(text_of(person, text, person.front.body)));
}

/// Texts of the blocks of which Hugo Blox makes a landing page.
std::string Importer::blocks_of(const Page& page, Str text, const Documents& documents) {
  const Array* blocks = get_any_case(*page.front.data, "sections").array();
  std::string out;
  for (std::uint32_t i = 0; blocks && i < blocks->size(); i++) {
    const Value& block = blocks->items[i];
    Str name = get(block, "block").str();
    if (name.empty()) continue;
    std::size_t at = find_word(text, name);
    if (!is_known_block(name))
      found_.add(
          {Severity::Info, Rule::General}, {page.path, text}, at == Str::npos ? 0 : at,
          "the block `" + std::string(name) + "` has no equivalent; its title and text are kept",
          "see what the page lacks, and write it there");
    Str title = dig(block, "content.title").str();
    Str words = dig(block, "content.text").str();
    if (!title.empty()) out += "\n\n## " + shown(title);
    if (!words.empty()) out += "\n\n" + rewritten(page, words);
    if (const Map* content = get(block, "content").map())
      out += shown_by_block(name, *content, documents);
  }
  return out.empty() ? out : out + "\n";
}

/// What a block or widget shows besides its title and text.
std::string Importer::shown_by_block(Str name, const Map& content, const Documents& documents) {
  const Page* person = person_of_block(name, content, persons_);
  std::string text =
      person ? biography_of(*person) : block_text(name, content, documents, settings_);
  uses_.persons |= text.find(kPersonsIncludePath + Str("_includes/").size()) != text.npos;
  return text.empty() ? text : "\n\n" + std::string(strip(Str(text)));
}

std::string Importer::widgets(const Page& page, const Documents& documents) {
  std::stable_sort(widgets_.begin(), widgets_.end(),
                   [](const Widget& a, const Widget& b) { return a.weight < b.weight; });
  std::string out, text;
  for (const Widget& widget : widgets_) {
    Front front;
    if (!read_text(widget.path, text) || !read_front({widget.path, text}, arena_, front, found_))
      continue;
    Page part = page;
    part.path = widget.path;
    if (!widget.title.empty()) out += "\n\n## " + shown(widget.title);
    if (std::string own(strip(text_of(part, text, front.body))); !own.empty()) out += "\n\n" + own;
    Map* content = make_map(arena_);
    for (const Value& from : {get_any_case(*front.data, "content"), Value(front.data)})
      for (std::uint32_t i = 0; from.map() && i < from.map()->size(); i++)
        if (Value& slot = content->set(from.map()->entries[i].key); slot.nil())
          slot = from.map()->entries[i].value;
    out += shown_by_block(get_any_case(*front.data, "widget").str(), *content, documents);
  }
  widgets_.clear();
  return out.empty() ? out : out + "\n";
}

std::string Importer::picture_of(const Page& page) const {
  auto found = featured_.find(page.folder);
  return !page.bundle || found == featured_.end() ? std::string()
                                                  : folder_of(page.address) + found->second;
}

/// The text of a bundle's cite.bib.
std::string Importer::bibtex_of(const Page& page, const Documents& documents) {
  // An entry, or a few; a whole library is a file to link to.
  constexpr std::size_t kMostBibtex = 1 << 16;
  std::string text;
  const std::string path = page.folder + kCiteFile;
  if (!page.bundle || !documents.keys().has_file(path) || !read_text(path, text)) return {};
  return text.size() > kMostBibtex ? std::string() : std::string(strip(Str(text)));
}

bool Importer::write_lists(Output& out, const Documents& documents) {
  if (!out.claim(kListIncludePath, "lists of pages") || !out.write(kListIncludePath, kListInclude))
    return false;
  for (ListPage& list : make_lists(pages_, documents, settings_, arena_, found_)) {
    if (list.target == "index.md") {
      Page home;
      home.ending = ".md";
      home.language = settings_.language();
      home.front.data = make_map(arena_);
      // A home page that shows its own parts is none of lists.
      if (std::string parts = widgets(home, documents); !parts.empty())
        list.text = list.text.substr(0, list.text.find("---\n", 1) + 4) + parts;
    }
    if (!out.claim(list.target, "a list of pages")) continue;
    if (!out.write(list.target, list.text)) return false;
    counts.lists++;
  }
  return true;
}

/// Where a file of `content` is published: in the folders of its bundle, or in that of its path.
std::vector<std::string> Importer::targets_of(const std::string& path) const {
  std::vector<std::string> targets;
  for (const Page* page : pages_.bundle_of(path)) {
    Text folder;
    add_url_decoded(folder, Str(folder_of(page->address)).substr(1));
    targets.push_back(std::string(folder.str()) + path.substr(page->folder.size()));
  }
  if (targets.empty()) {
    std::size_t name = path.rfind('/') + 1;
    std::string folder = settings_.place_in(slice(path, Str(kContent).size(), name)).substr(1);
    targets.push_back(address_part(folder, settings_.rules) + path.substr(name));
  }
  return targets;
}

bool Importer::write_content(Output& out, const std::string& path) {
  if (one_of(fs::path(path).extension().string(), ".org .rst .adoc .asciidoc .ad .pandoc .pdc") >=
      0)
    found_.add({Severity::Warning, Rule::General}, path,
               "Hugo makes a page of this file, which is copied as it is", "write it as Markdown");
  for (const std::string& target : targets_of(path))
    if (!write_file(out, path, target)) return false;
  return true;
}

bool Importer::write_files(Output& out) {
  for (const SourceFile& file : files_) {
    const std::string& path = file.path;
    auto below = [&](Str folder) { return std::string(Str(path).substr(folder.size())); };
    bool ok = true;
    if (starts_with(path, kStatic)) {
      ok = write_file(out, path, below(kStatic));
    } else if (starts_with(path, kMedia)) {
      ok = write_file(out, path, "media/" + below(kMedia));
    } else if (starts_with(path, kData)) {
      ok = write_data(out, path);
    } else if (starts_with(path, kContent) && !is_hidden(path)) {
      if (!Pages::is_page(path) || plain_html_.count(path)) ok = write_content(out, path);
    } else if (path[0] != '.' && !settings_.has_read(path)) {
      bool whole = starts_with(path, "layouts/") || path.find('/') == path.npos;
      left_[whole ? path : path.substr(0, path.find('/') + 1)]++;
    }
    if (!ok) return false;
  }
  return true;
}

bool Importer::write_file(Output& out, const std::string& path, const std::string& target) {
  if (would_count(target)) {
    found_.add({Severity::Warning, Rule::General}, path,
               "Jekyll or Meridian would read a file of this name, so it is skipped",
               "copy it yourself if that is wanted");
    return true;
  }
  if (!out.claim(target, path)) return true;
  std::string head;
  if (read_file(root_ / path, head, 3) && head == "---")
    found_.add({Severity::Warning, Rule::General}, path,
               "Jekyll renders a file that begins with `---`",
               "put an empty line before it, unless that is wanted");
  for (Str rest = target, piece; next_piece(rest, '/', piece);)
    if (is_one_of(char_at(piece, 0), "_.#") || ends_with(piece, "~")) {
      std::size_t end = std::size_t(piece.data() - target.data()) + piece.size();
      uses_.include.insert(target.substr(0, end));
    }
  return out.copy(target, root_ / path, path, counts.files);
}

/// Data stays as it is, but for TOML, which becomes YAML.
bool Importer::write_data(Output& out, const std::string& path) {
  std::string target = "_data/" + path.substr(Str(kData).size());
  std::string ending = fs::path(path).extension().string();
  if (one_of(ending, ".yaml .yml .json .csv .tsv") >= 0)
    return !out.claim(target, path) || out.copy(target, root_ / path, path, counts.data);
  if (ending != ".toml") {
    found_.add({Severity::Warning, Rule::General}, path, "no data of this kind is read",
               "write it as YAML, JSON or CSV into _data");
    return true;
  }
  std::string text;
  Value value;
  if (!read_text(path, text) || !read_data({path, text}, arena_, value, found_)) return true;
  counts.data++;
  return write_map(out, target.substr(0, target.size() - ending.size()) + ".yml", *value.map(),
                   path);
}

std::string Importer::avatar_of(const Page& person) const {
  auto avatar = avatars_.find(person.folder);
  if (avatar == avatars_.end()) return {};
  return "/" + targets_of(person.folder + avatar->second)[0];
}

void Importer::set_author() {
  if (const Page* page = persons_.owner)
    uses_.author = author_settings(*page, avatar_of(*page), arena_);
}

/// `_data/authors.yml`, by which the theme knows who wrote a page, and the list of persons.
bool Importer::write_persons(Output& out) {
  Map* persons = make_map(arena_);
  for (const auto& [key, page] : persons_.by_key)
    persons->set(Value(arena_.copy(key))) = Value(person_data(*page, avatar_of(*page), arena_));
  if (persons->size() && !write_map(out, "_data/authors.yml", *persons, "the persons"))
    return false;
  return !uses_.persons || !out.claim(kPersonsIncludePath, "lists of persons") ||
         out.write(kPersonsIncludePath, kPersonsInclude);
}

/// What lies in folders that have no twin: templates one by one, of others their number.
void Importer::report_left() {
  constexpr struct {
    Name folder;
    const char *what, *remedy;
  } kFolders[] = {
      {"layouts/", "a template of Go, which is not taken over",
       "write what its pages need in Liquid, in _layouts or _includes"},
      {"themes/", "a theme of Hugo, which is not taken over",
       "the pages have Meridian's own theme, or one of Jekyll's by `theme`"},
      {"assets/", "files that templates of Go read, which are not taken over",
       "copy style sheets and scripts that pages need into assets"},
      {"i18n/", "texts of templates of Go, which are not taken over", "write them into _data"},
      {"config/", "settings of another environment, which are not read",
       "write what a published site needs into _config.yml"},
      {"archetypes/", "beginnings of new pages, which are not taken over", ""},
  };
  constexpr Name kGenerated = "public/ resources/ node_modules/";
  for (const auto& [path, number] : left_) {
    if (one_of(path, Str(kGenerated)) >= 0) continue;
    const char *what = "no source of Hugo's pages, and not taken over",
               *remedy = "copy what the new site needs";
    for (const auto& one : kFolders)
      if (starts_with(path, Str(one.folder))) what = one.what, remedy = one.remedy;
    std::string count = ends_with(path, "/") ? counted(number, "file") + ": " : std::string();
    found_.add({Severity::Info, Rule::General}, path, count + what, remedy);
  }
}

}  // namespace meridian::cli::hugo
