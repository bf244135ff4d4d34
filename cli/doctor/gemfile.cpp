#include "gemfile.h"

#include "meridian/text.h"

namespace meridian::cli {

namespace {
constexpr const char* kGroup = ":jekyll_plugins";

/// `gem "name"`, `gem('name', …)`; empty when the line has none.
Str name_in(Str line) {
  if (!starts_with(line, "gem") || !is_one_of(char_at(line, 3), " (\t\"'")) return {};
  std::size_t quote = line.find_first_of("\"'");
  if (quote == Str::npos) return {};
  std::size_t end = line.find(line[quote], quote + 1);
  return end == Str::npos ? Str() : slice(line, quote + 1, end);
}

/// Whether a line opens a block: it ends with `do`, or with `do |name|`.
bool opens_block(Str line) {
  if (ends_with(line, "|"))
    line = rstrip(line.substr(0, line.substr(0, line.size() - 1).rfind('|')));
  return ends_with(line, " do");
}
}  // namespace

std::vector<GemfilePlugin> plugins_of_gemfile(std::string_view text) {
  std::vector<GemfilePlugin> plugins;
  int depth = 0, group = 0;  // open blocks, and the number of the group's; 0: not in it
  Str rest = text;
  for (Str line; next_piece(rest, '\n', line);) {
    line = strip(line.substr(0, line.find(Str(" #"))));
    if (line.empty() || line[0] == '#') continue;
    bool in_group = line.find(Str(kGroup)) != Str::npos;
    if (opens_block(line)) {
      depth++;
      if (!group && in_group && starts_with(line, "group")) group = depth;
    } else if (line == "end") {
      if (group == depth) group = 0;
      if (depth > 0) depth--;
    } else if (Str name = name_in(line); !name.empty() && (group || in_group)) {
      plugins.push_back({std::string(name), std::size_t(name.data() - text.data())});
    }
  }
  return plugins;
}

}  // namespace meridian::cli
