// Divides a file at its front matter.
#include "meridian/yaml.h"

namespace meridian::yaml {

namespace {
/// End of the line that has only the fence whose three characters are before `at`, as `\s*$\n?`
/// matches it: blank lines that follow belong to it. npos when other text is on the line.
std::size_t end_of_fence(Str s, std::size_t at) {
  std::size_t last_newline = Str::npos;
  for (; at < s.size() && is_space(s[at]); at++)
    if (s[at] == '\n') last_newline = at;
  if (at == s.size()) return at;
  return last_newline == Str::npos ? Str::npos : last_newline + 1;
}
}  // namespace

FrontMatter split_front_matter(Str file) {
  FrontMatter result;
  result.body = file;
  // Jekyll looks for the header in the bytes, but matches the text without its byte order mark.
  std::size_t begin = starts_with(file, "\xEF\xBB\xBF") ? 3 : 0, line = file.find('\n');
  bool opens = starts_with(file.substr(begin), "---") && line != Str::npos &&
               rstrip(file.substr(begin + 3, line - begin - 3)).empty();
  result.present = opens && !begin;
  if (!opens) return result;
  while (line != Str::npos && ++line < file.size()) {
    Str rest = file.substr(line, 3);
    std::size_t end = rest == "---" || rest == "..." ? end_of_fence(file, line + 3) : Str::npos;
    if (end != Str::npos) {
      result.matched = true;
      result.yaml_offset = begin;
      result.yaml = file.substr(begin, line - begin);
      result.body_offset = end;
      result.body = file.substr(end);
      break;
    }
    line = file.find('\n', line);
  }
  return result;
}

}  // namespace meridian::yaml
