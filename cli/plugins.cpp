#include "plugins.h"

#include <string_view>

#include "disk.h"
#include "meridian/plugin_scripts.h"
#include "meridian/text.h"

namespace meridian::cli {

namespace {
/// The tokens of a script, as far as names in its objects need them: words, strings, punctuation.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : rest_(text) {}

  /// The next one: a name, a string's content, or a character; false at the end.
  bool next() {
    operand_ = token.empty() || std::string_view("(,=:[!&|?{};+-*%~^<>").find(token[0]) != npos ||
               token == "return";
    for (;;) {
      while (!rest_.empty() && is_space(rest_[0])) rest_.remove_prefix(1);
      if (starts("//"))
        skip_to("\n", 1);
      else if (starts("/*"))
        skip_to("*/", 2);
      else
        break;
    }
    is_string = false;
    if (rest_.empty()) return false;
    char c = rest_[0];
    if (c == '"' || c == '\'' || c == '`' || (c == '/' && operand_)) {
      is_string = c != '/';
      quoted(c);
      return true;
    }
    std::size_t end = 0;
    while (end < rest_.size() && is_name(rest_[end])) end++;
    token = rest_.substr(0, end ? end : 1);
    rest_.remove_prefix(token.size());
    return true;
  }

  std::string_view token;
  bool is_string = false;

 private:
  static constexpr std::size_t npos = std::string_view::npos;
  static bool is_name(char c) { return is_alnum(c) || c == '_' || c == '$' || (c & 0x80); }
  bool starts(std::string_view mark) const { return rest_.substr(0, mark.size()) == mark; }
  void skip_to(std::string_view mark, std::size_t size) {
    std::size_t at = rest_.find(mark, size);
    rest_.remove_prefix(at == npos ? rest_.size() : at + mark.size());
  }
  /// A string, a template or a regular expression. What `${}` has in it is a part of the string.
  void quoted(char quote) {
    std::size_t end = 1, braces = 0;
    bool in_class = false;
    for (; end < rest_.size(); end++) {
      char c = rest_[end];
      if (c == '\\') {
        end++;
      } else if (quote == '/' && (c == '[' || c == ']')) {
        in_class = c == '[';
      } else if (quote == '`' && (rest_.substr(end, 2) == "${" || (braces && c == '{'))) {
        braces++;
        end += c == '$';
      } else if (braces && c == '}') {
        braces--;
      } else if (c == quote && !braces && !in_class) {
        break;
      }
    }
    token = rest_.substr(1, end - 1);
    if (quote == '/') token = "/";
    rest_.remove_prefix(end < rest_.size() ? end + 1 : rest_.size());
  }

  std::string_view rest_;
  bool operand_ = true;
};

/// The names in an object, behind its `{`, to its end.
void add_names(Tokens& tokens, Array& names) {
  bool begins = true;
  std::string_view last;
  for (int depth = 1; depth && tokens.next();) {
    std::string_view token = tokens.token;
    bool mark = !tokens.is_string && !token.empty();
    if (mark && std::string_view("{([").find(token[0]) != std::string_view::npos) {
      if (depth == 1 && token == "(" && begins) names.push(Value(Str(last)));
      begins &= depth > 1;
      depth++;
    } else if (mark && std::string_view("})]").find(token[0]) != std::string_view::npos) {
      depth--;
      if (!depth && begins && !last.empty()) names.push(Value(Str(last)));
    } else if (depth == 1 && mark && (token == "," || token == ":")) {
      if (begins && !last.empty()) names.push(Value(Str(last)));
      begins = token == ",";
      last = {};
    } else if (depth == 1 && begins) {
      begins = token != ".";  // of another object's names nothing is known
      last = token == "async" || token == "*" ? std::string_view() : token;
    }
  }
}

/// `{"filters": […], "tags": […], "blocks": […]}` of `export const filters = {…}` and so on.
Map* names_of(Arena& arena, std::string_view script) {
  Map* names = make_map(arena);
  Tokens tokens(script);
  std::string_view before[3];  // `export`, `const`, a name
  while (tokens.next()) {
    int kind = one_of(before[2], "filters tags blocks");
    if (tokens.token == "=" && !tokens.is_string && kind >= 0 && before[0] == "export" &&
        tokens.next() && tokens.token == "{") {
      Array* list = make_array(arena);
      names->set(arena.copy(before[2]), Value(list));
      add_names(tokens, *list);
    }
    before[0] = before[1];
    before[1] = before[2];
    before[2] = tokens.is_string ? std::string_view() : tokens.token;
  }
  return names;
}

bool leave_to_browsers(Str, Text&) { return false; }
}  // namespace

void read_plugins(OpenSite& opened, const Options& options, bool shown) {
  Workspace& workspace = opened.workspace;
  Map* plugins = nullptr;
  std::vector<std::string> texts;  // names are views of them
  std::vector<site::File*> files;
  for (site::File* f = workspace.files().first(); f; f = f->next)
    if (f->presence >= site::Presence::Listed && site::is_plugin_script(f->source.path))
      files.push_back(f);
  texts.resize(files.size());
  for (std::size_t i = 0; i < files.size(); i++) {
    if (!read_source(opened.place_of(options, files[i]->source.path), texts[i])) continue;
    if (!plugins) plugins = make_map(opened.arena);
    plugins->set(files[i]->source.path, Value(names_of(opened.arena, texts[i])));
  }
  if (!plugins) return;
  site::set_plugin_function(shown ? leave_to_browsers : nullptr);
  Map* all = make_map(opened.arena);
  all->set("plugins", Value(plugins));
  Text json;
  print_json(Value(all), json);
  (void)workspace.options(json.str());
}

void report_plugins(OpenSite& opened) {
  for (site::File* f = opened.workspace.files().first(); f; f = f->next) {
    if (!f->plugin.map()) continue;
    Text names;
    for (const Map::Entry& kind : *f->plugin.map())
      for (const Value& name : *kind.value.array()) {
        names.add(names.empty() ? "it makes the " : ", the ");
        Str plural = kind.key.str();
        names.add(slice(plural, 0, plural.size() - 1));
        names.add(" `");
        names.add(name.str());
        names.add('`');
      }
    if (names.empty()) names.add("its text doesn't show what it makes");
    opened.diagnostics.add({Severity::Info, Rule::Plugin}, f->source.path, names.str(),
                           "browsers run it; `meridian build` writes pages without it");
  }
}

}  // namespace meridian::cli
