#include "ruby.h"

#include "check/parts.h"

namespace meridian::cli {

namespace {
/// Each name behind a word, such as `def shout` and `register_tag('youtube'`.
void add_names(Str ruby, Str word, std::set<std::string>& names) {
  for (std::size_t at = 0; (at = ruby.find(word, at)) != Str::npos;) {
    at += word.size();
    std::size_t begin = ruby.find_first_not_of(" (:'\"", at), end = begin;
    while (end < ruby.size() && (is_alnum(ruby[end]) || ruby[end] == '_')) end++;
    if (begin < end) names.emplace(ruby.substr(begin, end - begin));
  }
}
}  // namespace

std::vector<RubyPlugin> ruby_plugins(OpenSite& opened) {
  std::vector<RubyPlugin> plugins;
  for (const site::File* f = opened.workspace.files().first(); f; f = f->next) {
    Str path = f->source.path, ruby = f->source.text;
    if (!check::is_ruby_plugin(*f)) continue;
    RubyPlugin plugin;
    plugin.path = path;
    add_names(ruby, "register_tag", plugin.names);
    if (ruby.find("register_filter") != Str::npos) add_names(ruby, "def ", plugin.names);
    plugin.makes_more = check::makes_more(ruby);
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
