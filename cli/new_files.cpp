#include "new_files.h"

#include <cstdio>

#include "meridian/text.h"

namespace meridian::cli {

namespace {
#include "new_templates.inc"

/// Puts a value in the place of the rest of the first line that begins with `key`. A template has
/// such a line for each value that can be given.
void set_line(std::string& text, const std::string& key, const std::string& value) {
  std::size_t at = text.rfind(key, 0) == 0 ? 0 : text.find("\n" + key);
  if (at == text.npos) return;
  at = text.find(key, at) + key.size();
  text.replace(at, text.find('\n', at) - at, value);
}

/// The text as that of a heading of Markdown, as it is read.
std::string heading(const std::string& text) {
  std::string escaped;
  for (char c : text) {
    if (std::string_view("\\`*_[]<>&#|~=^%$!:@").find(c) != std::string_view::npos) escaped += '\\';
    escaped += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return escaped;
}

void fill(NewFileText& file, const SiteValues& values) {
  const auto& title = values.title ? values.title : values.name;
  if (file.path == "_config.yml") {
    if (title) set_line(file.text, "title: ", yaml_quoted(*title));
    if (values.name) set_line(file.text, "  name: ", yaml_quoted(*values.name));
    if (values.url) set_line(file.text, "url: ", yaml_quoted(*values.url));
    if (values.baseurl) set_line(file.text, "baseurl: ", yaml_quoted(*values.baseurl));
  } else if (file.path == "index.md" && title) {
    set_line(file.text, "# ", heading(*title));
  }
}

/// Whether a code point has to be escaped between double quotes: YAML's non-printable characters,
/// and those that are line breaks there.
bool needs_escape(std::uint32_t code) {
  constexpr std::uint32_t kLineSeparator = 0x2028, kParagraphSeparator = 0x2029, kMark = 0xFEFF;
  return code < ' ' || (code >= 0x7F && code < 0xA0) || code == kLineSeparator ||
         code == kParagraphSeparator || code == kMark || code == 0xFFFE || code == 0xFFFF;
}
}  // namespace

std::vector<NewFileText> files_of_kind(const std::string& kind, const SiteValues& values) {
  std::vector<NewFileText> files;
  std::string_view rest(kFiles, sizeof kFiles - 1);
  while (!rest.empty()) {
    std::string_view entry = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(entry.size() + 1);
    if (entry.rfind(kind + "/", 0) != 0) continue;
    entry.remove_prefix(kind.size() + 1);
    std::size_t end = entry.find('\n');
    files.push_back({std::string(entry.substr(0, end)), std::string(entry.substr(end + 1))});
    fill(files.back(), values);
  }
  return files;
}

std::string yaml_quoted(const std::string& text) {
  std::string quoted = "\"";
  for (std::size_t at = 0; at < text.size();) {
    std::size_t begin = at;
    std::uint32_t code = decode(text, at);
    if (needs_escape(code)) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04X", unsigned(code));
      quoted += escape;
    } else {
      if (code == '"' || code == '\\') quoted += '\\';
      quoted.append(text, begin, at - begin);
    }
  }
  return quoted + '"';
}

bool set_address(const std::string& address, SiteValues& values) {
  std::size_t host = 0;
  for (const char* scheme : {"https://", "http://"})
    if (address.rfind(scheme, 0) == 0) host = std::string_view(scheme).size();
  if (host == 0) return false;
  for (unsigned char c : address)
    if (c <= ' ' || c == '\x7f' || std::string_view("\"<>\\^`{|}?#").find(char(c)) != Str::npos)
      return false;
  std::size_t path = std::min(address.find('/', host), address.size());
  if (path == host) return false;
  values.url = address.substr(0, path);
  std::string below = address.substr(path);
  while (!below.empty() && below.back() == '/') below.pop_back();
  values.baseurl = below;
  return true;
}

}  // namespace meridian::cli
