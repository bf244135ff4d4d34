// A page's address with the site's `baseurl` and `url` before it (Jekyll::Filters::URLFilters,
// Addressable's normalisation).
#include "model/reader.h"

namespace meridian::site {

std::size_t scheme_length(Str url) {
  std::size_t end = url.find_first_of(":/?#");
  return end != Str::npos && url[end] == ':' ? end : 0;
}

namespace {
/// Percent-encodes the characters that a component may not contain; escapes of those that it may
/// contain are decoded, except of the separators of its parts. `part`: the character that a path,
/// query or fragment begins with.
void add_component(Text& out, Str s, char part) {
  for (std::size_t i = 0; i < s.size(); i++) {
    int byte = uri_byte(out, s, i);
    bool escaped = byte >= 0, query = part == '?', path = part == '/';
    char c = escaped ? char(byte) : s[i];
    bool plain = is_alnum(c) || is_one_of(c, "-._~!$'()*,=:@") ||
                 (is_one_of(c, "&+") && !(query && escaped)) || (c == ';' && !query) ||
                 (c == '/' && !(path && escaped)) || (c == '?' && !path);
    if (plain)
      out.add(c);
    else
      add_percent(out, c);
  }
}

/// RFC 3986, 5.2.4, on a path that begins with a slash.
void add_without_dots(Text& out, Str path) {
  std::size_t start = out.size();
  while (!path.empty()) {
    std::size_t end = path.find('/', 1);
    Str segment = path.substr(0, end);
    path.remove_prefix(segment.size());
    if (segment == "/." || segment == "/..") {
      if (segment == "/..") {
        std::size_t slash = out.str().substr(start).rfind('/');
        out.truncate(slash == Str::npos ? start : start + slash);
      }
      if (path.empty()) out.add('/');
    } else {
      out.add(segment);
    }
  }
}

/// Addressable::URI#normalize of the part behind the host.
void add_normalized(Text& out, Str url) {
  std::size_t hash = url.find('#'), mark = url.find_first_of("?#");
  Text path;
  add_component(path, rstrip(url.substr(0, mark)), '/');
  add_without_dots(out, path.str());
  // An empty query or fragment is dropped.
  Str query = mark < hash ? slice(url, mark, hash) : Str(), fragment = url.substr(hash);
  if (query.size() > 1) add_component(out, query, '?');
  if (fragment.size() > 1) out.add('#'), add_component(out, fragment.substr(1), '#');
}
}  // namespace

void ModelReader::relative_url(Str path, Text& out) {
  if (scheme_length(path)) return out.add(path);
  Text whole;
  whole.add(site.baseurl_);
  // Jekyll keeps the answer for a text, which is that of the first language that asks.
  if (site.own_ && !site.text_language_.empty() && is_in_text_language_alone(path))
    whole.add(site.root_);
  if (!path.empty() && path[0] != '/') whole.add('/');
  whole.add(path);
  add_normalized(out, whole.str());
}

void ModelReader::absolute_url(Str path, Text& out) {
  if (site.url_.empty() || scheme_length(path)) return relative_url(path, out);
  Text relative;
  relative_url(path, relative);
  // Scheme and host in lower case; a path of the configured URL counts with the rest.
  std::size_t host = site.url_.find("://");
  std::size_t end = host == Str::npos ? 0 : site.url_.find('/', host + 3);
  for (char c : site.url_.substr(0, end)) out.add(lower(c));
  Str rest = site.url_.substr(end);
  add_normalized(out, arena.join(rest, relative.str()));
  if (rest.empty() && relative.empty()) out.add('/');
}

Str ModelReader::local_target(Str url) {
  Text out;
  relative_url(url, out);
  return arena.copy(out.str());
}

}  // namespace meridian::site
