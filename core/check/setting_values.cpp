// Types and values of settings.
#include "names.h"
#include "settings.h"

namespace meridian::check {

namespace {
/// Two-letter codes of ISO 639, those that were replaced among them.
constexpr Name kLanguages =
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu "
    "hy hz ia id ie ig ii ik in io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv "
    "kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr "
    "nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq "
    "sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi "
    "yo za zh zu";

/// In the order of kTypes.
constexpr char kTypes[] = "tnblmupgsra";
constexpr const char* kTypeNames[] = {"text",
                                      "a number",
                                      "true or false",
                                      "a list",
                                      "a mapping",
                                      "an address",
                                      "a path",
                                      "the tag of a language",
                                      "a style or a pattern",
                                      "a repository",
                                      "any value"};
constexpr const char* kTypeRemedies[] = {
    "write it on one line, in quotes",
    "write digits, such as 10",
    "write true or false, without quotes",
    "write `[a, b]`, or one `- item` a line",
    "write its keys on separate lines below it, indented by two spaces",
    "write it on one line, such as https://example.com",
    "write it on one line, such as /blog",
    "write it on one line, such as en, pt-BR or zh-Hant",
    "write it on one line, such as /:year/:title/",
    "write it on one line, such as owner/name",
    ""};

bool is_number(const Value& v) {
  if (v.is(Kind::Int) || v.is(Kind::Float)) return true;
  std::size_t used = 0;
  Str s = strip(v.str());
  (void)parse_int(s, &used);
  return !s.empty() && used == s.size();
}

/// `false` for none is what many write.
bool is_text(const Value& v) {
  return !v.is(Kind::Array) && !v.is(Kind::Map) && !(v.is(Kind::Bool) && v.b);
}

/// kramdown takes words, too.
bool is_word_of_truth(const Setting& setting, const Value& v) {
  return starts_with(setting.path, "kramdown.") &&
         (equal_ignoring_case(v.str(), "true") || equal_ignoring_case(v.str(), "false"));
}

Fault wrong_address(Arena& arena, Str name, Str address) {
  if (address.find("://") != Str::npos || starts_with(address, "//")) return {};
  return {arena.join("`", name, "` has no scheme"),
          is_alnum(address[0]) ? arena.join("write `", name, ": https://", arena.join(address, "`"))
                               : Str("write scheme and host, such as https://example.com")};
}

Fault wrong_path(Arena& arena, Str name, Str path) {
  if (path[0] == '/') return {};
  if (path.find("://") != Str::npos)
    return {arena.join("`", name, "` is a whole address"),
            "write scheme and host as `url`, and here only the path behind them"};
  bool has_name = is_alnum(path[0]);
  return {arena.join("`", name, "` must begin with a slash"),
          has_name ? arena.join("write `", name, ": /", arena.join(path, "`"))
                   : Str("leave it empty, or write a path such as /blog")};
}

/// By its first part: scripts, regions and variants may be any.
Fault wrong_language(Arena& arena, Str tag) {
  Str first = tag.substr(0, tag.find_first_of("-_."));
  bool letters = true;
  Text small;
  for (char c : first) {
    letters &= is_alpha(c);
    small.add(lower(c));
  }
  constexpr std::size_t kShort = 2, kLong = 3;  // letters of the codes of ISO 639
  if (letters && (first.size() == kLong || first.size() < kShort ||
                  (first.size() == kShort && one_of(small.str(), kLanguages) >= 0)))
    return {};
  return {arena.join("there is no language `", tag, "`"),
          "write the tag of one, such as en, pt-BR or zh-Hant"};
}

Fault wrong_style(Arena& arena, Str name, Str style) {
  if (style.find_first_of("/:") != Str::npos) return {};
  constexpr Name kStyles = "date pretty ordinal weekdate none";
  if (one_of(style, kStyles) >= 0) return {};
  Nearest nearest(style);
  nearest.consider_all(kStyles);
  return {arena.join("`", name, "`: all documents get the address `/", arena.join(style, "`")),
          nearest.name().empty() ? Str("write a pattern such as /:year/:title/")
                                 : arena.join("did you mean `", nearest.name(), "`?")};
}

/// What the theme's include playground.html writes into an address as it is.
bool is_repository(Str text) {
  constexpr Name kScheme = "https://";
  bool address = starts_with(text, kScheme);
  if (address) text.remove_prefix(kScheme.size());
  Str path = text.substr(0, text.find('@'));
  std::size_t slashes = 0;
  for (char c : text) {
    if (!is_alnum(c) && Str("-_.~/@*").find(c) == Str::npos) return false;
    slashes += c == '/';
  }
  return slashes > (address ? 1u : 0u) && path.find('/') != 0 && !path.ends_with("/") &&
         text.find("//") == Str::npos && text.find("..") == Str::npos;
}

Fault wrong_repository(Arena& arena, Str name, Str text) {
  if (is_repository(text)) return {};
  return {arena.join("`", name, "` is not a repository: ", arena.join("`", text, "`")),
          "write owner/name, owner/name@branch, or an address such as "
          "https://codeberg.org/owner/name"};
}

/// Whether plugins in Ruby may have a processor of Markdown.
bool has_ruby(Sources& s) {
  for (const site::File* f = s.workspace.files().first(); f; f = f->next)
    if (starts_with(f->source.path, "_plugins/") && site::extension_of(f->source.path) == ".rb")
      return true;
  return false;
}

/// Values that are right though the table does not have them.
bool is_fine(Sources& s, const Setting& setting, Str value) {
  if (setting.path == "markdown") return equal_ignoring_case(value, "kramdown") || has_ruby(s);
  if (setting.path == "plugins[]") return true;  // check_plugins() knows more
  // The theme's files are here, whatever its name is.
  return setting.path == "theme" && s.site().missing_theme().empty();
}

Fault not_one_of(Sources& s, const Setting& setting, Str name, Str value) {
  Arena& arena = s.arena;
  if (starts_with(value, ":")) value.remove_prefix(1);  // a symbol of Ruby
  if (one_of(value, setting.values) >= 0 || is_fine(s, setting, value)) return {};
  Nearest nearest(value);
  for (Str rest = setting.values, one; next_piece(rest, ' ', one);)
    if (may_be_misspelt(one, value)) nearest.consider(one);
  if (setting.is_open() && nearest.name().empty()) return {};
  Text all;
  for (Str rest = setting.values, one; next_piece(rest, ' ', one);) {
    all.add(all.empty() ? "write " : rest.empty() ? " or " : ", ");
    all.add(one);
  }
  return {arena.join("`", name, "` can't be `", arena.join(value, "`")),
          nearest.name().empty() ? arena.copy(all.str())
                                 : arena.join("did you mean `", nearest.name(), "`?")};
}

// Settings whose values are paths of sources, or patterns of them.
constexpr Name kPathsOfSources =
    "include exclude keep_files defaults[].scope.path collections_dir layouts_dir includes_dir "
    "data_dir sass.sass_dir sass.load_paths scholar.source publications meridian.tables.*";

/// The text of a setting, or of an item of its list, that has a backslash.
Str with_backslash(const Value& v) {
  if (const Array* list = v.array())
    for (const Value& item : *list)
      if (item.str().find('\\') != Str::npos) return item.str();
  return v.str().find('\\') == Str::npos ? Str() : v.str();
}

Fault wrong_path_of_source(Arena& arena, const Setting& setting, Str name, const Value& v) {
  Str path = one_of(setting.path, kPathsOfSources) >= 0 ? with_backslash(v) : Str();
  if (path.empty()) return {};
  return {arena.join({"`", name, "`: no path of a source has a backslash: `", path, "`"}),
          "write `/` between folders", path};
}
}  // namespace

bool has_type(const Setting& setting, const Value& v) {
  if (v.nil() || setting.has('a')) return true;
  return (setting.has('n') && is_number(v)) ||
         (setting.has('b') && (v.is(Kind::Bool) || is_word_of_truth(setting, v))) ||
         (setting.has('l') && v.is(Kind::Array)) || (setting.has('m') && v.is(Kind::Map)) ||
         (setting.has('s') && v.is_string()) ||
         ((setting.has('t') || setting.has('u') || setting.has('p') || setting.has('g') ||
           setting.has('r')) &&
          is_text(v));
}

Fault wrong_type(Arena& arena, const Setting& setting, Str name) {
  Text names;
  const char* remedy = nullptr;
  for (char type : setting.types) {
    int number = index_in(kTypes, type);
    if (number < 0) continue;
    if (!remedy) remedy = kTypeRemedies[number];
    names.add(names.empty() ? "" : " or ");
    names.add(kTypeNames[number]);
  }
  return {arena.join("`", name, "` must be ", arena.copy(names.str())), remedy ? remedy : ""};
}

Fault wrong_value(Sources& s, const Setting& setting, Str name, const Value& v) {
  Fault fault = wrong_path_of_source(s.arena, setting, name, v);
  Str text = strip(v.str());
  if (text.empty() || !fault.message.empty()) return fault;
  if (setting.has('u')) return wrong_address(s.arena, name, text);
  if (setting.has('p')) return wrong_path(s.arena, name, text);
  if (setting.has('g')) return wrong_language(s.arena, text);
  if (setting.has('r')) return wrong_repository(s.arena, name, text);
  if (setting.has('s')) return wrong_style(s.arena, name, text);
  return setting.values.empty() ? Fault() : not_one_of(s, setting, name, text);
}

}  // namespace meridian::check
