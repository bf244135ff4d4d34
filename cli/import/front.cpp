#include "front.h"

#include "meridian/site.h"
#include "meridian/yaml.h"
#include "toml.h"

namespace meridian::cli::hugo {

namespace {
constexpr std::size_t kByteOrderMark = 3;

/// The end of a line from `at` on, with its newline.
std::size_t line_end(Str text, std::size_t at) {
  std::size_t end = text.find('\n', at);
  return end == Str::npos ? text.size() : end + 1;
}

/// Offset of the next line that is this fence; npos when there is none.
std::size_t find_fence(Str text, std::size_t at, Str fence) {
  for (; at < text.size(); at = line_end(text, at))
    if (rstrip(slice(text, at, line_end(text, at))) == fence) return at;
  return Str::npos;
}

/// Behind the bracket that closes the object which begins at `at`; npos when none does. Brackets in
/// strings do not count.
std::size_t object_end(Str text, std::size_t at) {
  std::size_t depth = 0;
  bool quoted = false;
  for (; at < text.size(); at++) {
    char c = text[at];
    if (quoted) {
      if (c == '\\')
        at++;
      else if (c == '"')
        quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{') {
      depth++;
    } else if (c == '}' && --depth == 0) {
      return at + 1;
    }
  }
  return Str::npos;
}

bool report(const Source& source, std::size_t at, Diagnostics& diagnostics, Str message,
            Str remedy) {
  diagnostics.add({Severity::Error, Rule::FrontMatter}, source, at, message, remedy);
  return false;
}
}  // namespace

bool read_front(const Source& source, Arena& arena, Front& out, Diagnostics& diagnostics) {
  Str text = source.text;
  std::size_t begin = starts_with(text, "\xEF\xBB\xBF") ? kByteOrderMark : 0;
  out = {make_map(arena), begin, false};
  Str fence = rstrip(slice(text, begin, line_end(text, begin)));
  bool json = char_at(text, begin) == '{' && char_at(text, begin + 1) != '{' &&
              char_at(text, begin + 1) != '%';
  if (!json && fence != "+++" && fence != "---") return true;
  std::size_t from = json ? begin : line_end(text, begin);
  std::size_t end = json ? object_end(text, begin) : find_fence(text, from, fence);
  if (end == Str::npos)
    return report(source, begin, diagnostics, "the front matter is not closed",
                  json ? "close its object with }" : "end it with a line like its first one");
  out.present = true;
  out.body = line_end(text, end);
  // A copy, since values are views of what they were read from.
  Source kept{source.path, arena.copy(text.substr(0, end))};
  Value value;
  bool ok;
  if (json) {
    kept.text = kept.text.substr(begin);
    ok = parse_json(kept, arena, value, diagnostics);
  } else if (fence == "+++") {
    ok = read_toml(kept, from, end - from, arena, value, diagnostics);
  } else {
    ok = yaml::parse(kept, from, end - from, arena, value, diagnostics);
  }
  if (!ok) return false;
  if (value.nil()) return true;
  if (!value.map())
    return report(source, begin, diagnostics, "the front matter is not a map", "write key: value");
  out.data = value.map();
  return true;
}

std::size_t find_word(Str text, Str word) {
  auto is_part = [](char c) { return is_alnum(c) || c == '_' || c == '-'; };
  for (std::size_t at = 0; (at = text.find(word, at)) != Str::npos; at++)
    if ((at == 0 || !is_part(text[at - 1])) && !is_part(char_at(text, at + word.size()))) return at;
  return Str::npos;
}

bool is_data(Str path) { return one_of(site::extension_of(path), ".toml .yaml .yml .json") >= 0; }

bool read_data(const Source& source, Arena& arena, Value& out, Diagnostics& diagnostics) {
  Source kept{source.path, arena.copy(source.text)};
  Str extension = site::extension_of(source.path);
  if (extension == ".toml") return read_toml(kept, 0, kept.text.size(), arena, out, diagnostics);
  if (extension == ".json") return parse_json(kept, arena, out, diagnostics);
  return yaml::parse(kept, arena, out, diagnostics);
}

}  // namespace meridian::cli::hugo
