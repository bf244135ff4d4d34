#include "markup.h"

#include <algorithm>

namespace meridian::cli::hugo {

namespace {
std::size_t find_liquid(Str text, std::size_t at) {
  while ((at = text.find('{', at)) != Str::npos && !is_one_of(char_at(text, at + 1), "{%")) at++;
  return at;
}

// Bytes behind `{{` in which its end is looked for: each one is, in texts of nothing else.
constexpr std::size_t kMostLiquid = 200;

/// The size of what begins at `at`, on its own line; 2 where its end is not near, or raw tags can't
/// hold it.
std::size_t liquid_size(Str text, std::size_t at) {
  Str line = text.substr(at, kMostLiquid);
  line = line.substr(0, line.find('\n'));
  std::size_t end = line.find(Str(line[1] == '{' ? "}}" : "%}"), 2);
  if (end == Str::npos) return 2;
  end += 2;
  while (char_at(line, end) == '}') end++;
  return line.substr(0, end).find(Str("raw")) == Str::npos ? end : 2;
}

/// `## Words {#id}` as `## <a id="id"></a>Words`.
std::string with_anchor(Str line) {
  std::size_t level = 0;
  while (char_at(line, level) == '#') level++;
  std::size_t open = line.rfind(Str("{#"));
  constexpr std::size_t kMostLevels = 6;
  if (level == 0 || level > kMostLevels || char_at(line, level) != ' ' || open == Str::npos ||
      !ends_with(line, "}"))
    return std::string(line);
  std::size_t end = open + 2;
  while (is_alnum(char_at(line, end)) || is_one_of(char_at(line, end), "_-:.")) end++;
  if (end == open + 2 || !is_one_of(char_at(line, end), " }")) return std::string(line);
  std::string id(slice(line, open + 2, end));
  return std::string(slice(line, 0, level + 1)) + "<a id=\"" + id + "\"></a>" +
         std::string(rstrip(slice(line, level + 1, open)));
}
}  // namespace

std::size_t fence_size(Str line, char& mark) {
  mark = char_at(line, 0);
  std::size_t size = 0;
  while ((mark == '`' || mark == '~') && char_at(line, size) == mark) size++;
  return size < 3 ? 0 : size;
}

std::string shown(Str text, std::size_t* begins) {
  constexpr char kRaw[] = "{% raw %}", kEnd[] = "{% endraw %}";
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = 0; (at = find_liquid(text, at)) != Str::npos;) {
    if (begins) ++*begins;
    out += slice(text, done, at);
    done = at + liquid_size(text, at);
    (out += kRaw) += slice(text, at, done);
    out += kEnd;
    at = done;
  }
  return out += text.substr(done);
}

std::string html_text(Str text) {
  Text escaped;
  add_escaped_html(escaped, text);
  return shown(escaped.str());
}

std::string link_to(Str address) {
  Text safe;
  for (char c : address) {
    bool liquid = c == '{' || c == '}';
    if (static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || liquid || is_one_of(c, "\"<>\\`"))
      add_percent(safe, c);
    else
      safe.add(c);
  }
  Str path = safe.str();
  if (!starts_with(path, "/") || starts_with(path, "//")) return html_text(path);
  // Behind the filter, which would escape what is no path.
  std::size_t end = std::min(path.find_first_of("?#"), path.size());
  return "{{ \"" + std::string(path.substr(0, end)) + "\" | relative_url }}" +
         std::string(path.substr(end));
}

std::string fenced(Str language, Str code) {
  constexpr std::size_t kLeast = 3;
  std::size_t longest = 0, run = 0;
  for (char c : code) longest = std::max(longest, run = c == '`' ? run + 1 : 0);
  std::string fence(std::max(kLeast, longest + 1), '`');
  while (starts_with(code, "\n")) code.remove_prefix(1);
  return fence + shown(language) + "\n" + shown(rstrip(code)) + "\n" + fence;
}

std::string with_heading_anchors(const std::string& text) {
  std::string out;
  std::size_t fence = 0;
  char fence_mark = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.find('\n', at), text.size());
    Str line = slice(text, at, end);
    char mark;
    std::size_t size = fence_size(lstrip(line), mark);
    if (fence == 0 && size) {
      fence = size;
      fence_mark = mark;
    } else if (fence && size >= fence && mark == fence_mark) {
      fence = 0;
    } else if (fence == 0 && starts_with(line, "#")) {
      out += with_anchor(rstrip(line));
      line = {};
    }
    out += line;
    if (end < text.size()) out += '\n';
    at = end + 1;
  }
  return out;
}

}  // namespace meridian::cli::hugo
