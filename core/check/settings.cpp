// Checks _config.yml by the table of its keys: keys that are nearly known ones, values of a wrong
// type or that mean nothing, keys that stand twice. A key that resembles nothing is the author's
// own.
#include "settings.h"

#include "names.h"

namespace meridian::check {

namespace {
#include "settings_table.inc"

constexpr Name kMeridian = "meridian.";
/// One without `values` is reported as a whole.
constexpr Name kDefault = "defaults[]";
/// Keys near known ones that mean something to other themes.
constexpr Name kOtherKeys = "authors language title-separator comment";
/// Nobody writes more keys by hand, or mends more of them at once.
constexpr std::uint32_t kMostKeys = 5000, kMostFound = 100;

/// The values of `plugins` for whom GitHub Pages' gem does not stand.
constexpr Name kNotOfGitHub = "jekyll-feed jekyll-sitemap";

class Checker {
 public:
  Checker(Sources& s, const Source& config) : s_(s), config_(config), table_(s.arena) {}

  void check(const yaml::Node& root, const Value& settings) {
    if (root.kind == yaml::Node::Kind::Mapping) mapping(root, nullptr, {}, settings);
  }

 private:
  void report(Report how, std::size_t at, const Fault& fault) {
    if (found_++ < kMostFound) s_.diagnostics.add(how, config_, at, fault.message, fault.remedy);
  }

  /// `of`: its row; nullptr: that of the settings as a whole. `name`: of its keys in messages.
  void mapping(const yaml::Node& node, const Setting* of, Str name, const Value& value) {
    Str prefix = of ? s_.arena.join(of->path, ".") : Str();
    Map seen{&s_.arena};
    for (const yaml::Node* child : node.nodes) {
      if (child->key.empty() || child->key == "<<" || keys_++ > kMostKeys) continue;
      twice(*child, seen);
      const Setting* setting = table_.find(prefix, child->key);
      Str full = s_.arena.join(name, child->key);
      const Value& own = get(value, child->key);
      if (setting) {
        known(*child, *setting, full, own);
      } else {
        unknown(*child, of, prefix, full, value, own);
        keys_of_others(*child);
      }
    }
  }

  /// Of what nothing is known only keys that stand twice are looked for.
  void keys_of_others(const yaml::Node& node) {
    Map seen{&s_.arena};
    for (const yaml::Node* child : node.nodes) {
      bool has_key = !child->key.empty() && child->key != "<<";
      if (has_key && keys_++ <= kMostKeys) twice(*child, seen);
      keys_of_others(*child);
    }
  }

  void twice(const yaml::Node& child, Map& seen) {
    Fault fault;
    if (is_repeated(s_.arena, config_, child, seen, fault))
      report({Severity::Warning, Rule::Settings}, child.key_at, fault);
  }

  void known(const yaml::Node& node, const Setting& setting, Str name, const Value& value) {
    bool counts = is_in_use(setting), fits = has_type(setting, value);
    Fault fault;
    if (counts && fits) fault = wrong_value(s_, setting, name, value);
    if (counts && !fits && !setting.may_have_other_type())
      fault = wrong_type(s_.arena, setting, name);
    if (!fault.message.empty()) {
      // What only has another address than was meant stops nothing.
      bool stops = setting.stops_jekyll() && (!fits || !setting.is_open());
      if (stops) fault.message = s_.arena.join(fault.message, "; Jekyll stops here");
      std::size_t at = node.at;
      for (const yaml::Node* item : node.nodes)
        if (!fault.item.empty() && item->text == fault.item) at = item->at;
      report({stops ? Severity::Error : Severity::Warning, Rule::Settings}, at, fault);
    }
    if (setting.path == "defaults[].values") front_matter(node, value);
    if (counts)
      below(node, setting, name, value);
    else
      keys_of_others(node);
  }

  /// What stands in a list or mapping.
  void below(const yaml::Node& node, const Setting& setting, Str name, const Value& value) {
    if (node.kind == yaml::Node::Kind::Mapping)
      return mapping(node, &setting, s_.arena.join(name, "."), value);
    const Setting* of_items = table_.find(s_.arena.join(setting.path, "[]"));
    const Array* array = value.array();
    for (std::uint32_t i = 0; i < node.nodes.size; i++) {
      const Value item = array && i < array->size() ? (*array)[i] : Value();
      if (of_items)
        known(*node.nodes[i], *of_items, s_.arena.join(name, "[]"), item);
      else
        keys_of_others(*node.nodes[i]);
    }
  }

  /// Whether something reads it: a plugin that is listed, the theme.
  bool is_in_use(const Setting& setting) const {
    if (setting.where.empty()) return true;
    const Array* plugins = s_.site().config()->get("plugins").array();
    for (Str rest = setting.where, one; next_piece(rest, ' ', one);) {
      if (one == "theme" && s_.site().theme() == site::Theme::Meridian) return true;
      if (!plugins) continue;
      for (const Value& listed : *plugins)
        if (listed.str() == one ||
            (listed.str() == "github-pages" && one_of(one, kNotOfGitHub) < 0))
          return true;
    }
    return false;
  }

  void unknown(const yaml::Node& node, const Setting* of, Str prefix, Str name, const Value& all,
               const Value& value) {
    Str key = node.key;
    bool closed = of && of->is_closed();
    if (!closed && (one_of(key, kOtherKeys) >= 0 || s_.words.find(key))) return;
    if (prefix.empty() && belongs_to_meridian(node, value)) return;
    if (!s_.may_search()) return;
    Str meant = meant_setting(key, prefix, all, value), remedy;
    if (!meant.empty()) {
      remedy = s_.arena.join("did you mean `", meant, "`?");
    } else if (closed && (of->path != kDefault || has_key(all, "values"))) {
      remedy = s_.arena.join("its keys are ", keys_below(prefix));
    } else if (prefix.empty()) {
      meant = meant_setting(key, kMeridian, get(all, "meridian"), value);
      const Setting* inside = meant.empty() ? nullptr : table_.find(kMeridian, meant);
      if (inside && has_type(*inside, value)) remedy = in_meridian(meant, value);
    }
    if (remedy.empty()) return;
    report({Severity::Warning, Rule::MisspeltKey}, node.key_at,
           {s_.arena.join("nothing reads the key `", name, "`"), remedy});
  }

  /// The key below `prefix` to which this one is near, which something reads and which is not set;
  /// empty: there is none.
  Str meant_setting(Str key, Str prefix, const Value& all, const Value& value) {
    Nearest nearest(key);
    for (const Setting& one : table_.rows()) {
      if (!starts_with(one.path, prefix) || one.has_no_effect()) continue;
      Str name = one.path.substr(prefix.size());
      bool is_read = is_in_use(one) || (prefix.empty() && s_.read_settings.find(name));
      // What Jekyll does not know may be a key of another theme, of another type.
      bool fits = one.where.empty() || has_type(one, value);
      if (name.find_first_of(".[*") == Str::npos && is_read && fits && !has_key(all, name) &&
          may_be_misspelt(name, key))
        nearest.consider(name);
    }
    return nearest.name();
  }

  Str keys_below(Str prefix) {
    Text keys;
    for (const Setting& one : table_.rows()) {
      Str name = slice(one.path, prefix.size());
      if (!starts_with(one.path, prefix) || name.find_first_of(".[*") != Str::npos) continue;
      keys.add(keys.empty() ? "" : ", ");
      keys.add(name);
    }
    return s_.arena.copy(keys.str());
  }

  static bool has_key(const Value& all, Str key) { return all.map() && all.map()->find(key); }

  /// A key of `meridian` that stands at the top.
  bool belongs_to_meridian(const yaml::Node& node, const Value& value) {
    const Setting* inside = table_.find(s_.arena.join(kMeridian, node.key));
    const Map& config = *s_.site().config();
    if (!inside) return false;
    // Templates of a theme may read it, which has others of that kind: search_provider.
    bool is_own = s_.read_settings.find(node.key) || config.get("theme").truthy() ||
                  config.get("remote_theme").truthy() || has_sister(config, node.key);
    if (is_own || value.nil() || !has_type(*inside, value)) return true;
    report({Severity::Warning, Rule::MisspeltKey}, node.key_at,
           {s_.arena.join("`", node.key, "` counts below `meridian` only"),
            in_meridian(node.key, value)});
    return true;
  }

  static bool has_sister(const Map& config, Str key) {
    for (const Map::Entry& e : config) {
      Str other = e.key.str();
      if (starts_with(other, key) && is_one_of(char_at(other, key.size()), "_-")) return true;
    }
    return false;
  }

  Str in_meridian(Str key, const Value& value) {
    bool is_short = value.is(Kind::Bool) || value.is_string();
    Str text = is_short ? to_str(s_.arena, value) : Str("…");
    return s_.arena.join("write `meridian: {", key, ": ", s_.arena.join(text, "}`"));
  }

  /// Keys of front matter in `defaults`.
  void front_matter(const yaml::Node& node, const Value& value) {
    if (!value.map()) return;
    for (const yaml::Node* child : node.nodes) {
      if (one_of(child->key, kOtherKeys) >= 0) continue;
      Str meant = child->key.empty() ? Str() : meant_key(s_, *value.map(), child->key);
      if (meant.empty()) continue;
      report({Severity::Warning, Rule::MisspeltKey}, child->key_at,
             {s_.arena.join("nothing asks for `", child->key, "`"),
              s_.arena.join("did you mean `", meant, "`?")});
    }
  }

  Sources& s_;
  const Source& config_;
  SettingTable table_;
  std::uint32_t keys_ = 0, found_ = 0;
};
}  // namespace

SettingTable::SettingTable(Arena& arena) : arena_(arena) {
  for (Str rest = kSettings, line; next_piece(rest, '\n', line);) {
    Setting row;
    next_piece(line, '\t', row.path);
    next_piece(line, '\t', row.types);
    next_piece(line, '\t', row.where);
    next_piece(line, '\t', row.values);
    numbers_.set(row.path) = std::int64_t(rows_.size);
    rows_.add(arena, row);
  }
}

const Setting* SettingTable::find(Str path) const {
  const Value* number = numbers_.find(path);
  return number ? &rows_[std::uint32_t(number->i)] : nullptr;
}

const Setting* SettingTable::find(Str prefix, Str key) const {
  const Setting* own = find(arena_.join(prefix, key));
  return own ? own : find(arena_.join(prefix, "*"));
}

void check_settings(Sources& s) {
  const site::File* config = s.site().config_file();
  if (!s.outline) return;
  Diagnostics reported(s.arena);
  Value settings;
  if (yaml::parse(config->source, s.arena, settings, reported, config->zone))
    Checker(s, config->source).check(*s.outline, settings);
}

}  // namespace meridian::check
