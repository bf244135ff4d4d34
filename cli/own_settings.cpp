#include "own_settings.h"

#include <algorithm>
#include <optional>

#include "meridian/text.h"
#include "meridian/yaml.h"
#include "printable.h"

namespace meridian::cli {

namespace {
// Settings of Jekyll, its plugins and themes that name a person, a project or an account. Those of
// `author` and of what counts visitors count as a whole.
constexpr Name kPersonal =
    "title name description subtitle email url repository github_username twitter_username "
    "google_analytics google_site_verification bing_site_verification disqus_shortname";
constexpr Name kPersonalMaps = "author analytics comments social disqus twitter facebook";
// Of a setting that is told: more is no name.
constexpr std::size_t kMostShown = 60;
// Settings that are told: more than anybody changes, and each is looked for in the whole text.
constexpr std::size_t kMostTold = 100;

using Path = std::vector<std::string>;

/// The settings, read anew after each change.
class Settings {
 public:
  explicit Settings(const std::string& text)
      : source_{"_config.yml", text}, unread_(arena_, 1), is_read_(read()) {}

  /// nullptr: there are none, or they can't be read.
  const Map* map() const { return value_.map(); }
  std::size_t size() const { return map() ? map()->size() : 0; }
  /// Settings, or a text without any.
  bool is_right() const { return is_read_ && (value_.nil() || map()); }

  const Value* find(const Path& path) const {
    const Value* found = &value_;
    for (const std::string& key : path)
      if (found) found = found->map() ? found->map()->find(Str(key)) : nullptr;
    return found;
  }

  /// Where the value of a setting begins in the text.
  std::size_t place_of(const Path& path) {
    List<Value> keys;
    for (const std::string& key : path) keys.add(arena_, Value(Str(key)));
    return yaml::place_of(source_, keys);
  }

 private:
  bool read() { return yaml::parse(source_, arena_, value_, unread_); }

  Arena arena_;
  Source source_;
  Diagnostics unread_;
  Value value_;
  bool is_read_;
};

/// The end of a scalar on one line; nothing: it goes on, or is no scalar.
std::optional<std::size_t> end_of_scalar(Str text, std::size_t at) {
  const std::size_t line = std::min(text.find('\n', at), text.size());
  if (at >= line || is_one_of(text[at], "|>[{*!")) return {};
  if (char quote = text[at]; quote == '"' || quote == '\'') {
    for (std::size_t end = at + 1; end < line; end++) {
      if (quote == '"' && text[end] == '\\')
        end++;
      else if (text[end] == quote && quote == '\'' && end + 1 < line && text[end + 1] == quote)
        end++;
      else if (text[end] == quote)
        return end + 1;
    }
    return {};
  }
  std::size_t end = std::min(text.find(Str(" #"), at), line);
  while (end > at && is_space(text[end - 1])) end--;
  return end;
}

/// Puts the text of a value in the place of one that is there; false: it has several lines.
bool replace_value(std::string& config, std::size_t at, bool is_empty, const std::string& quoted) {
  // An anchor stays, for its aliases.
  if (at < config.size() && config[at] == '&')
    at = config.find_first_not_of(' ', std::min(config.find(' ', at), config.size()));
  if (is_empty && (at >= config.size() || is_space(config[at]))) {
    config.insert(std::min(at, config.size()), " " + quoted);
    return true;
  }
  std::optional<std::size_t> end = at < config.size() ? end_of_scalar(config, at) : std::nullopt;
  if (end) config.replace(at, *end - at, quoted);
  return end.has_value();
}

/// Sets one setting, of the site or of a map of its settings. False, with the text as it was, where
/// that can't be done safely.
bool set_value(std::string& config, const Path& path, const std::string& value) {
  Settings before(config);
  if (!before.is_right()) return false;
  std::string changed = config;
  auto has_it = [&](const Value* found) {
    return found && found->is_string() && found->str() == Str(value);
  };
  const Value* old = before.find(path);
  // As that of an alias whose anchor was set.
  if (has_it(old)) return true;
  if (old) {
    if (!replace_value(changed, before.place_of(path), old->nil(), yaml_quoted(value)))
      return false;
  } else {
    if (!changed.empty() && changed.back() != '\n') changed += '\n';
    changed += path[0] + ":";
    if (path.size() > 1) changed += "\n  " + path[1] + ":";
    changed += " " + yaml_quoted(value) + "\n";
  }
  Settings after(changed);
  const bool is_set = has_it(after.find(path));
  const bool is_kept = after.size() >= before.size();
  if (is_set && is_kept) config = std::move(changed);
  return is_set && is_kept;
}

std::size_t line_of(Str text, std::size_t at) {
  return 1 + std::size_t(std::count(text.begin(), text.begin() + std::ptrdiff_t(at), '\n'));
}

class Others {
 public:
  Others(const std::string& config, const SiteValues& values)
      : config_(config), settings_(config), values_(values) {}

  std::vector<std::string> take() {
    const Map* all = settings_.map();
    if (!all) return {};
    for (const Map::Entry& entry : *all)
      if (Str key = entry.key.str(); one_of(key, kPersonal) >= 0 || one_of(key, kPersonalMaps) >= 0)
        look({std::string(key)}, entry.value);
    std::sort(found_.begin(), found_.end());
    std::vector<std::string> lines;
    for (auto& [line, text] : found_) lines.push_back(std::move(text));
    return lines;
  }

 private:
  // Settings of settings, as analytics: google: tracking_id.
  static constexpr std::size_t kMostDeep = 4;

  void look(const Path& path, const Value& value) {
    if (found_.size() == kMostTold) return;
    if (const Map* map = value.map(); map && path.size() < kMostDeep) {
      for (const Map::Entry& entry : *map) {
        if (!entry.key.is_string()) continue;
        Path below = path;
        below.emplace_back(entry.key.str());
        look(below, entry.value);
      }
      return;
    }
    const std::string text(value.str());
    if (strip(text).empty() || is_given(text)) return;
    const std::size_t line = line_of(config_, settings_.place_of(path));
    std::string name = path[0];
    for (std::size_t i = 1; i < path.size(); i++) name += "." + path[i];
    std::string shown = printable(text.substr(0, kMostShown));
    if (text.size() > kMostShown) shown += "…";
    found_.emplace_back(line, std::to_string(line) + ": " + printable(name) + ": " + shown);
  }

  bool is_given(const std::string& text) const {
    for (const auto* one : {&values_.title, &values_.name, &values_.url, &values_.baseurl})
      if (*one && **one == text) return true;
    return false;
  }

  const std::string& config_;
  Settings settings_;
  const SiteValues& values_;
  std::vector<std::pair<std::size_t, std::string>> found_;
};
}  // namespace

std::string with_values(const std::string& config, const SiteValues& values,
                        std::vector<std::string>& unset) {
  std::string text = config;
  auto set = [&](const Path& path, const std::optional<std::string>& value) {
    if (value && !set_value(text, path, *value)) unset.push_back(path.back());
  };
  set({"title"}, values.title ? values.title : values.name);
  if (values.name) {
    Settings settings(config);
    // In academicpages the site has the author's name as well.
    if (settings.find({"name"})) set({"name"}, values.name);
    const Value* author = settings.find({"author"});
    const bool is_name = author && !author->map();
    set(is_name ? Path{"author"} : Path{"author", "name"}, values.name);
  }
  set({"url"}, values.url);
  set({"baseurl"}, values.baseurl);
  return text;
}

std::vector<std::string> settings_of_others(const std::string& path, const std::string& config,
                                            const SiteValues& values) {
  std::vector<std::string> lines = Others(config, values).take();
  for (std::string& line : lines) line.insert(0, path + ":");
  return lines;
}

}  // namespace meridian::cli
