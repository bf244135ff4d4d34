// Places of diagnostics that only name a setting of _config.yml or its value, which the core knows
// without their places; and of errors in YAML.
#include "parts.h"

namespace meridian {

namespace {
/// Keys of plugins whose pages have a layout that no setting need name.
constexpr Name kPluginKeys = "jekyll-archives autopages";

/// Moves the next word that the text quotes to `word`.
bool next_quoted(Str& text, Str& word) {
  std::size_t begin = text.find('`'), end = text.find('`', begin + 1);
  if (begin == Str::npos || end == Str::npos) return false;
  word = slice(text, begin + 1, end);
  text = slice(text, end + 1);
  return true;
}

/// The first value, in the order of the text, that is this word; with `key`, only that of such a
/// key.
const yaml::Node* find_value(const yaml::Node& node, Str word, Str key) {
  bool is_one = node.kind == yaml::Node::Kind::Scalar && node.text == word;
  if (is_one && (key.empty() || node.key == key)) return &node;
  for (const yaml::Node* child : node.nodes)
    if (const yaml::Node* found = find_value(*child, word, key)) return found;
  return nullptr;
}

/// The first key, those at the top before others.
const yaml::Node* find_key(const yaml::Node& node, Str key) {
  for (const yaml::Node* child : node.nodes)
    if (child->key == key) return child;
  for (const yaml::Node* child : node.nodes)
    if (const yaml::Node* found = find_key(*child, key)) return found;
  return nullptr;
}

/// Whether only a default names the page's layout that is missing.
bool is_of_default(const site::Files& files, const Diagnostic& d) {
  const site::File* page = d.rule == Rule::MissingLayout ? files.find(d.file) : nullptr;
  return page && page->data.map() && !page->data.map()->find("layout");
}

/// Where the settings of plugins name a layout; else those settings, or the plugin.
std::size_t place_in_plugins(const yaml::Node& root, Str layout) {
  std::size_t at = Str::npos;
  for (Str rest = kPluginKeys, name; next_piece(rest, ' ', name);) {
    const yaml::Node *settings = find_key(root, name), *plugin = find_value(root, name, {});
    if (const yaml::Node* value = settings ? find_value(*settings, layout, {}) : nullptr)
      return value->at;
    if (at == Str::npos && (settings || plugin)) at = settings ? settings->key_at : plugin->at;
  }
  return at;
}

/// Where the settings have what a message is about; npos: nowhere.
std::size_t place_of(const yaml::Node& root, const Diagnostic& d, bool by_default) {
  Str rest = d.message, word;
  if (d.rule == Rule::MissingLayout) {
    if (!next_quoted(rest, word)) return Str::npos;
    if (!by_default) return place_in_plugins(root, word);
    const yaml::Node* value = find_value(root, word, "layout");
    return value ? value->at : Str::npos;
  }
  // A setting is the subject of its message, other words are values.
  for (bool is_subject = starts_with(d.message, "`"); next_quoted(rest, word); is_subject = false) {
    const yaml::Node *key = find_key(root, word), *value = find_value(root, word, {});
    if (key && (is_subject || !value)) return key->key_at;
    if (value) return value->at;
  }
  return Str::npos;
}

Diagnostic placed(const Source& settings, const yaml::Node& root, const Diagnostic& d,
                  bool by_default) {
  std::size_t at = place_of(root, d, by_default);
  Diagnostic moved = d;
  if (at == Str::npos) return moved;
  moved.file = settings.path;
  locate(settings.text, at, moved.line, moved.column);
  moved.excerpt = line_around(settings.text, at);
  return moved;
}

/// The path that a tag or a key names and that leads to no file; empty: it is about something else.
Str path_without_file(const Diagnostic& d) {
  Str message = d.message, path;
  for (const char* begin : {"there is no file '", "there is no document '", "'"})
    if (starts_with(message, begin)) path = message.substr(Str(begin).size());
  if (!path.empty()) return path.substr(0, path.find("' "));
  if (d.rule == Rule::MissingLayout) (void)next_quoted(message, path);
  return path;
}

// Each takes a look at all files.
constexpr int kMostPaths = 50;

/// Diagnostics get places that their makers don't know, and remedies.
struct Placer {
  const site::Site& site;
  const site::Files& files;
  Diagnostics& to;
  Arena arena{};
  const yaml::Node* root = nullptr;
  bool has_read = false;
  int paths = 0;

  void add(const Diagnostic& d) {
    // A line of text is always shown with its place.
    bool in_settings = d.file == site.config_path() && d.excerpt.empty();
    bool by_default = !in_settings && is_of_default(files, d);
    Diagnostic moved = d;
    if (Str path = path_without_file(d); !path.empty() && paths++ < kMostPaths)
      if (Str remedy = check::remedy_for_path(files, arena, path); !remedy.empty())
        moved.remedy = remedy;
    if (in_settings || by_default) return add_setting(moved, by_default);
    const site::File* file = files.find(d.file);
    if (file && d.rule == Rule::Yaml) check::place_yaml(arena, file->source, moved);
    if (file && d.rule == Rule::MissingLayout && d.line) {
      std::size_t at = check::place_of_layout(*file);
      locate(file->source.text, at, moved.line, moved.column);
      moved.excerpt = line_around(file->source.text, at);
    }
    to.add(moved);
  }
  void add_setting(const Diagnostic& d, bool by_default) {
    const site::File* config = site.config_file();
    bool is_there = config && config->presence == site::Presence::Loaded;
    if (is_there && !has_read) root = yaml::outline(config->source, arena);
    has_read = true;
    to.add(is_there && root ? placed(config->source, *root, d, by_default) : d);
  }
};
}  // namespace

void add_placed(Workspace& workspace, const Diagnostics& found, Diagnostics& to) {
  Placer placer{workspace.site(), workspace.files(), to};
  for (const Diagnostic& d : found) placer.add(d);
}

}  // namespace meridian
