// Reads the intact parts of front matter and settings that can't be parsed as a whole.
#include "parts.h"

namespace meridian {

using site::File;

namespace {
// Each entry is parsed separately, which costs more than its bytes; nobody writes so many by hand.
constexpr std::uint32_t kMaxEntries = 1000;
constexpr const char* kKept = "until it can be read, the site keeps the settings that it had";
constexpr const char* kRest =
    "until it can be read, the other settings count, and defaults for what is missing";

/// An entry at the top begins here. Indented lines, lists and closing brackets go on with the one
/// before.
bool begins_entry(Str line) {
  return !line.empty() && !is_space(line[0]) && !is_one_of(line[0], "#-]}");
}

Str line_at(Str text, std::size_t at) {
  std::size_t newline = text.find('\n', at);
  return slice(text, at, newline == Str::npos ? newline : newline + 1);
}

bool is_key(Str s) {
  for (char c : s)
    if (!is_alnum(c) && !is_one_of(c, "_-")) return false;
  return !s.empty();
}

/// `title: Deep: a view` has everything behind the first colon as its value; a list or map that is
/// not closed has none.
void take_as_text(Str entry, Arena& arena, Map& out) {
  Str line = line_at(entry, 0), value;
  std::size_t colon = line.find(':');
  if (colon == Str::npos || !is_key(line.substr(0, colon))) return;
  value = strip(line.substr(colon + 1));
  if (value.empty() || is_one_of(value[0], "[{|>&*!@`%")) return;
  if (is_one_of(value[0], "\"'")) value.remove_prefix(1);
  if (!value.empty() && is_one_of(value.back(), "\"'")) value.remove_suffix(1);
  out.set(arena.copy(line.substr(0, colon))) = Value(arena.copy(value));
}

/// Reads source.text[begin, end) entry by entry.
Map* read_entries(const Source& source, std::size_t begin, std::size_t end, Arena& arena,
                  const Zone* zone) {
  Map* all = make_map(arena);
  Str text = source.text.substr(0, end);
  std::uint32_t entries = 0;
  for (std::size_t at = begin; at < end && entries < kMaxEntries; entries++) {
    std::size_t first = at;
    at += line_at(text, at).size();
    if (!begins_entry(slice(text, first, at))) continue;
    for (Str line; at < end && !begins_entry(line = line_at(text, at)); at += line.size())
      if (strip(line).empty() || starts_with(line, "---")) break;
    Arena scratch;
    Diagnostics ignored(scratch);  // they were reported for the whole
    Value entry;
    if (yaml::parse(source, first, at - first, arena, entry, ignored, zone) && entry.map()) {
      for (const Map::Entry& e : *entry.map()) all->set(e.key) = e.value;
    } else {
      take_as_text(slice(text, first, at), arena, *all);
    }
  }
  return all;
}

/// End of front matter without its closing dashes: an empty line, or the first line that does not
/// look like it.
std::size_t end_of_entries(Str text) {
  std::size_t at = line_at(text, 0).size();
  while (at < text.size()) {
    Str line = line_at(text, at);
    bool entry = begins_entry(line) && is_key(line.substr(0, line.find(':')));
    if (strip(line).empty() || (begins_entry(line) && !entry)) break;
    at += line.size();
  }
  return at;
}

/// Errors in YAML are shown where they began.
void place_errors(File& f) {
  for (Diagnostic& d : f.found)
    if (d.file == f.source.path) check::place_yaml(f.arena, f.source, d);
}

void mend_front_matter(site::Mender&, File& f) {
  if (!f.front.present || (f.front.matched && !f.broken_front)) return;
  place_errors(f);
  Str text = f.source.text;
  if (!f.front.matched) {
    f.front.matched = true;
    f.front.yaml_offset = 0;
    f.front.body_offset = end_of_entries(text);
    f.front.yaml = text.substr(0, f.front.body_offset);
    f.front.body = text.substr(f.front.body_offset);
  }
  std::size_t begin = f.front.yaml_offset;
  f.data = Value(read_entries(f.source, begin, begin + f.front.yaml.size(), f.values, f.zone));
  f.broken_front = false;
  f.mended = true;
}
}  // namespace

Author::Author(Workspace& workspace) : Mender{mend_front_matter, keep_settings} {
  workspace.settings().mender = this;
}

Map* Author::keep_settings(Mender& self, File& config, Map* read, Arena& arena) {
  auto& author = static_cast<Author&>(self);
  if (!config.found.has_errors()) {
    author.settings_.truncate(0);
    author.settings_.add(config.source.text);
    author.has_settings_ = true;
    return read;
  }
  place_errors(config);
  config.found.add({Severity::Warning, Rule::Settings}, config.source.path,
                   author.has_settings_ ? kKept : kRest);
  if (!author.has_settings_)
    return read_entries(config.source, 0, config.source.text.size(), arena, config.zone);
  Diagnostics ignored(arena);
  Value kept;
  bool parsed = yaml::parse(Source{config.source.path, author.settings_.str()}, arena, kept,
                            ignored, config.zone);
  return parsed ? kept.map() : read;
}

}  // namespace meridian
