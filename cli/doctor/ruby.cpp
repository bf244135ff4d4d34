#include "ruby.h"

#include "check/parts.h"

namespace meridian::cli {

namespace {
constexpr Name kTag = "register_tag";

Str word_at(Str s, std::size_t at) {
  std::size_t end = at;
  while (end < s.size() && (is_alnum(s[end]) || s[end] == '_')) end++;
  return slice(s, at, end);
}

/// What a variable stands for: `name = "youtube"`.
Str value_of(Str ruby, Str variable) {
  const std::string assignment = std::string(variable) + " = ";
  std::size_t at = ruby.find(assignment);
  if (at == Str::npos || (at && !is_space(ruby[at - 1]))) return {};
  at += assignment.size();
  return is_one_of(char_at(ruby, at), "'\"") ? word_at(ruby, at + 1) : Str();
}

// Tags of one file whose variables are looked for in it: more are no plugin's.
constexpr int kMostVariables = 100;

/// Each name behind a word, such as `def shout` and `register_tag('youtube'`.
void add_names(Str ruby, Str word, std::set<std::string>& names) {
  int variables = kMostVariables;
  for (std::size_t at = 0; (at = ruby.find(word, at)) != Str::npos;) {
    at += word.size();
    std::size_t begin = ruby.find_first_not_of(" (:'\"", at);
    if (begin == Str::npos) break;
    Str name = word_at(ruby, begin);
    bool quoted = is_one_of(ruby[begin - 1], ":'\"");
    if (!quoted && word == kTag && variables-- > 0)
      if (Str value = value_of(ruby, name); !value.empty()) name = value;
    if (!name.empty()) names.emplace(name);
  }
}
/// Whether all that a text in Ruby changes are hooks of the site before it is read, or after it is
/// written.
bool is_beside_pages(Str ruby) {
  constexpr Name kHook = "Hooks.register";
  std::size_t at = ruby.find(kHook);
  if (at == Str::npos || ruby.find("Generator") != Str::npos || ruby.find("Converter") != Str::npos)
    return false;
  for (; at != Str::npos; at = ruby.find(kHook, at + 1)) {
    const Str line = ruby.substr(at, ruby.substr(at).find('\n'));
    const bool early = line.find(":after_init") != Str::npos;
    if (line.find(":site") == Str::npos || (!early && line.find(":post_write") == Str::npos))
      return false;
  }
  return true;
}
}  // namespace

std::vector<RubyPlugin> ruby_plugins(OpenSite& opened) {
  std::vector<RubyPlugin> plugins;
  for (const site::File* f = opened.workspace.files().first(); f; f = f->next) {
    Str path = f->source.path, ruby = f->source.text;
    if (!check::is_ruby_plugin(*f)) continue;
    RubyPlugin plugin;
    plugin.path = path;
    add_names(ruby, kTag, plugin.names);
    if (ruby.find("register_filter") != Str::npos) {
      plugin.registers_others = ruby.find("def ") == Str::npos;
      add_names(ruby, "def ", plugin.names);
    }
    plugin.beside = is_beside_pages(ruby);
    plugin.makes_more = !plugin.beside && check::makes_more(ruby);
    plugin.writes = ruby.find("File.") != Str::npos || ruby.find("write(") != Str::npos;
    plugin.reads = check::reads_elsewhere(ruby);
    plugins.push_back(std::move(plugin));
  }
  return plugins;
}

std::string unknown_name(Str message) {
  if (!starts_with(message, "Unknown tag '") && !starts_with(message, "unknown filter '"))
    return {};
  std::size_t begin = message.find('\'') + 1;
  return std::string(message.substr(begin, message.find('\'', begin) - begin));
}

std::set<std::size_t> pages_that_use(const RubyPlugin& plugin, const PagesWith& pages_with) {
  std::set<std::size_t> pages;
  for (const auto& [message, with] : pages_with)
    if (plugin.names.count(unknown_name(message))) pages.insert(with.begin(), with.end());
  return pages;
}

}  // namespace meridian::cli
