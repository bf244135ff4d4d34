// Reports variables that templates print and that nothing sets.
#include "names.h"
#include "parts.h"

namespace meridian::check {

using site::File;

namespace {
// The variables that Jekyll gives to every template, and Liquid's literals.
constexpr Name kGlobals =
    "site page content layout jekyll paginator include forloop tablerowloop highlighter_prefix "
    "highlighter_suffix nil "
    "null true false empty blank markup";
constexpr Name kPageKeys =
    "url name id content next tags relative_path excerpt collection previous date path categories "
    "output title dir "
    "layout draft slug ext published permalink redirect redirect_from redirect_to description "
    "author image lang toc "
    "category tag sitemap type excerpt_separator render_with_liquid size first last";
constexpr Name kSiteKeys =
    "data time pages static_files tags categories html_pages html_files collections documents "
    "related_posts config "
    "posts drafts title url baseurl description author name github theme lang locale repository "
    "email logo size";
// Tags that set variables, and the place of the name in their markup.
constexpr Name kSetters = "assign capture for tablerow increment decrement";

bool is_letter(char c) { return is_alpha(c) || c == '_' || (c & 0x80); }
bool is_part(char c) { return is_letter(c) || is_digit(c) || c == '-'; }

// Liquid reads past it before and behind a name.
constexpr Name kNoBreakSpace = "\xC2\xA0";

Str name_at(Str s, std::size_t at) {
  std::size_t end = at;
  if (end < s.size() && is_letter(s[end]))
    while (end < s.size() && is_part(s[end]) && !starts_with(s.substr(end), kNoBreakSpace)) end++;
  while (end > at && s[end - 1] == '-') end--;
  return slice(s, at, end);
}

std::size_t skip_space(Str s, std::size_t at) {
  for (std::size_t size = 1; at < s.size(); at += size) {
    size = starts_with(s.substr(at), kNoBreakSpace) ? kNoBreakSpace.size() : 1;
    if (size == 1 && !is_space(s[at])) break;
  }
  return at;
}

/// `root.key`, or `root["key"]`, at the beginning of an expression. False when it is another
/// expression, or continues in another way.
struct Lookup {
  Str root, key;
  std::size_t begin = 0, key_begin = 0, end = 0;
};
bool read_lookup(Str s, std::size_t at, Lookup& out) {
  out = {};
  out.begin = at;
  out.root = name_at(s, at);
  if (out.root.empty()) return false;
  out.end = out.key_begin = at + out.root.size();
  if (char_at(s, out.end) != '.') return char_at(s, out.end) != '[';
  out.key_begin = out.end + 1;
  out.key = name_at(s, out.key_begin);
  out.end = out.key_begin + out.key.size();
  return !out.key.empty();
}

/// One `{{ … }}` or `{% … %}` of a text, outside of comments and raw blocks.
struct Piece {
  bool prints;
  Str markup;         ///< without dashes and white space around it
  std::size_t begin;  ///< of the markup in the text
};
struct Pieces {
  Str text;
  std::size_t at;
  bool next(Piece& piece) {
    while ((at = text.find('{', at)) != Str::npos) {
      char kind = char_at(text, at + 1);
      if (kind != '{' && kind != '%') {
        at++;
        continue;
      }
      std::size_t end = text.find(kind == '{' ? "}}" : "%}", at + 2);
      if (end == Str::npos) return false;
      std::size_t begin = at + 2 + (char_at(text, at + 2) == '-'),
                  stop = end - (end > begin && text[end - 1] == '-');
      begin = skip_space(text, begin);
      piece = {kind == '{', strip(slice(text, begin, stop)), begin};
      at = end + 2;
      Str tag = name_at(piece.markup, 0);
      if (piece.prints || one_of(tag, "raw comment highlight") < 0) return true;
      if (tag == "highlight") return true;  // what stands inside is run
      at = end_of_block(tag);
    }
    return false;
  }
  std::size_t end_of_block(Str tag) {
    for (std::size_t from = at; (from = text.find("{%", from)) != Str::npos; from += 2) {
      std::size_t name = skip_space(text, from + 2 + (char_at(text, from + 2) == '-'));
      if (text.substr(name, 3) == "end" && name_at(text, name).substr(3) == tag) {
        std::size_t end = text.find("%}", name);
        return end == Str::npos ? text.size() : end + 2;
      }
    }
    return text.size();
  }
};

std::size_t body_begin(const File& f) { return f.front.matched ? f.front.body_offset : 0; }

bool has_liquid(const File& f) {
  return f.presence == site::Presence::Loaded && site::has_liquid(f.source.text);
}

/// Whether Jekyll runs the file as a template: not static files, plain folders, and documents with
/// `render_with_liquid: false`. Pages and posts need no front matter under
/// jekyll-optional-front-matter, nor do files of include_relative.
bool is_template(const Sources& s, const File& f) {
  Str path = f.source.path;
  if (starts_with(path, "_includes/") || starts_with(path, "_layouts/") || f.generated) return true;
  if (starts_with(path, "_data/") || s.site().plain_folder() || !f.scanned ||
      (!f.front.present && !is_used(f)))
    return false;
  const Map* data = f.data.map();
  return !data || !data->get("render_with_liquid").is(Kind::Bool) ||
         data->get("render_with_liquid").truthy();
}

void add_name(Sources& s, Map& names, Str name) {
  if (!names.find(name)) names.set(s.arena.copy(name));
}

/// All words in a tag, those in strings too: `sort: "rank"`, `where_exp: "item", "item.rank > 2"`.
void note_words(Sources& s, Str markup) {
  for (std::size_t at = 0; at < markup.size();) {
    Str word = name_at(markup, at);
    if (!word.empty()) add_name(s, s.words, word);
    at += word.empty() ? 1 : word.size();
  }
}

/// `page.x` anywhere in a tag, and in printed expressions that have a default.
void note_conditions(Sources& s, Str markup) {
  for (const char* root : {"page.", "site.", "page[", "site["}) {
    for (std::size_t at = markup.find(root); at != Str::npos; at = markup.find(root, at + 5)) {
      std::size_t key = at + 5 + is_one_of(char_at(markup, at + 5), "\"'");
      Text whole;
      whole.add(slice(markup, at, at + 4));
      whole.add('.');
      whole.add(name_at(markup, key));
      add_name(s, s.conditional, whole.str());
    }
  }
}

/// `site.x` and `site["x"]`, wherever they stand.
void note_settings(Sources& s, Str markup) {
  constexpr Name kSite = "site";
  for (std::size_t at = 0; (at = markup.find(kSite, at)) != Str::npos;) {
    at += kSite.size();
    char next = char_at(markup, at);
    std::size_t key = at + 1 + (next == '[' && is_one_of(char_at(markup, at + 1), "\"'"));
    if (next == '.' || next == '[') add_name(s, s.read_settings, name_at(markup, key));
  }
}

void note_variable(Sources& s, Str tag, Str markup) {
  if (one_of(tag, kSetters) < 0) return;
  std::size_t at = skip_space(markup, tag.size());
  char quote = char_at(markup, at);
  add_name(s, s.variables, name_at(markup, at + is_one_of(quote, "\"'")));
}

/// `include footer.html`, of the site's own.
void note_include(Sources& s, Str tag, Str markup) {
  if (one_of(tag, "include include_cached") < 0) return;
  std::size_t at = skip_space(markup, tag.size()), end = at;
  while (end < markup.size() && !is_space(markup[end])) end++;
  Str name = slice(markup, at, end);
  if (name.find('{') != Str::npos) s.has_any_include = true;
  if (is_one_of(char_at(name, 0), "\"'")) name = slice(name, 1, name.size() - 1);
  add_name(s, s.includes, site::without_slash(name));
}

void read_template(Sources& s, const File& f) {
  Pieces pieces{f.source.text, f.generated ? 0 : body_begin(f)};
  for (Piece piece; pieces.next(piece);) {
    note_words(s, piece.markup);
    if (!piece.prints) note_variable(s, name_at(piece.markup, 0), piece.markup);
    if (f.generated) continue;  // the theme's variables are known
    note_settings(s, piece.markup);
    if (!piece.prints) note_include(s, name_at(piece.markup, 0), piece.markup);
    bool has_default = piece.markup.find("default") != Str::npos;
    if (!piece.prints || has_default) note_conditions(s, piece.markup);
    // A bare name in a tag is optional, too.
    if (!piece.prints && one_of(name_at(piece.markup, 0), "if elsif unless case when") >= 0)
      for (std::size_t at = 0; at < piece.markup.size();) {
        Str word = name_at(piece.markup, at);
        if (!word.empty()) add_name(s, s.variables, word);
        at += word.empty() ? 1 : word.size();
      }
  }
}

void add_keys(Sources& s, const Map* data) {
  if (!data) return;
  for (const Map::Entry& e : *data)
    if (e.key.is_string()) {
      add_name(s, s.keys, e.key.str());
      Value& count = s.keys.set(e.key.str());
      count = count.nil() ? 1 : count.i + 1;
    }
}

struct Printed {
  Sources& s;
  const File& file;
  bool body;  ///< of a document; layouts and includes serve many documents

  void check(const Piece& piece) {
    Lookup x;
    if (s.diagnostics.full()) return;
    if (!read_lookup(piece.markup, 0, x) || piece.markup.find("default") != Str::npos) return;
    if (x.root == "page")
      property(piece, x, s.keys, kPageKeys);
    else if (x.root == "site" && x.key != "data")
      property(piece, x, s.settings, kSiteKeys);
    else if (x.root == "site")
      data(piece, x);
    else if (one_of(x.root, kGlobals) < 0 && !s.variables.find(x.root))
      variable(piece, x);
  }
  void property(const Piece& piece, const Lookup& x, const Map& known, Str always) {
    Text whole;
    whole.add(slice(piece.markup, x.begin, x.end));
    if (x.key.empty() || known.find(x.key) || one_of(x.key, always) >= 0 ||
        s.conditional.find(whole.str()))
      return;
    if (!s.may_search()) return;
    Nearest nearest(x.key);
    nearest.consider_all(always);
    nearest.consider_all(&known);
    report_unset(piece, x, whole.str(), nearest.name(), s.arena.join(x.root, "."));
  }
  void data(const Piece& piece, const Lookup& x) {
    std::size_t at = x.end;
    if (char_at(piece.markup, at) != '.' || s.workspace.files().find("_data")) return;
    Str name = name_at(piece.markup, at + 1);
    if (name.empty() || s.data.find(name) || s.site().config()->get("data").truthy()) return;
    if (!s.may_search()) return;
    Nearest nearest(name);
    nearest.consider_all(&s.data);
    report_unset(piece, x, slice(piece.markup, 0, at + 1 + name.size()), nearest.name(),
                 "site.data.");
  }
  void variable(const Piece& piece, const Lookup& x) {
    if (!s.may_search()) return;
    Nearest nearest(x.root);
    nearest.consider_all("site page content layout include forloop paginator jekyll");
    nearest.consider_all(&s.variables);
    report_unset(piece, x, x.root, nearest.name(), {});
  }
  void report_unset(const Piece& piece, const Lookup& x, Str name, Str near, Str prefix) {
    if (near.empty() && !body) return;
    Str remedy = near.empty()
                     ? Str("set it, or show braces as they are between {% raw %} and {% endraw %}")
                     : s.arena.join("did you mean `", prefix, near, "`?");
    s.diagnostics.add({Severity::Warning, Rule::UnsetVariable}, file.source, piece.begin + x.begin,
                      s.arena.join("nobody sets `", name, "`: it prints nothing"), remedy);
  }
};
}  // namespace

bool is_used(const File& f) {
  return f.used && !f.generated && f.presence == site::Presence::Loaded;
}

void read_names(Sources& s) {
  for (const File* f = s.workspace.files().first(); f; f = f->next) {
    if (f->scanned) add_keys(s, f->data.map());
    if (has_liquid(*f) && is_template(s, *f)) read_template(s, *f);
    Str path = f->source.path;
    if (starts_with(path, "_data/") && f->presence >= site::Presence::Listed) {
      Str name = path.substr(6);
      add_name(s, s.data, site::without_extension(name.substr(0, name.find('/'))));
    }
  }
  for (const File* row : s.site().rows()) {
    add_keys(s, row->data.map());
    add_name(s, s.tables, row->table->source.path);
  }
  const File* settings = s.site().config_file();
  if (settings && settings->presence == site::Presence::Loaded)
    s.outline = yaml::outline(settings->source, s.arena);
  const Map& config = *s.site().config();
  for (const Map::Entry& e : config)
    if (e.key.is_string()) add_name(s, s.settings, e.key.str());
  if (const Map* collections = config.get("collections").map())
    for (const Map::Entry& e : *collections)
      if (e.key.is_string()) add_name(s, s.settings, e.key.str());
  if (const Array* sets = config.get("defaults").array())
    for (const Value& set : *sets) add_keys(s, get(set, "values").map());
}

void check_variables(Sources& s) {
  for (const File* f = s.workspace.files().first(); f; f = f->next) {
    // After an error in a tag, the meaning of the rest is unknown.
    if (!is_used(*f) || !has_liquid(*f) || !is_template(s, *f) || f->found.has_errors()) continue;
    Str path = f->source.path;
    Printed printed{s, *f, !starts_with(path, "_includes/") && !starts_with(path, "_layouts/")};
    Pieces pieces{f->source.text, body_begin(*f)};
    for (Piece piece; pieces.next(piece);)
      if (piece.prints) printed.check(piece);
  }
}

}  // namespace meridian::check
