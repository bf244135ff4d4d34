// relative_url, absolute_url, strip_index (Jekyll::Filters::URLFilters, Addressable's
// normalisation).
#include "liquid/filters.h"

namespace meridian::site {

Str ruby_string(Arena& arena, const Value& v) {
  if (!v.array() && !v.map()) return to_str(arena, v);
  Text t;
  inspect(v, t);
  return arena.copy(t.str());
}

namespace {
/// Length of `scheme` in `scheme:…`, 0 when there is none.
std::size_t scheme_length(Str url) {
  std::size_t end = url.find_first_of(":/?#");
  return end != Str::npos && url[end] == ':' ? end : 0;
}

/// Percent-encodes what a component may not hold; escapes of characters that it may hold are
/// undone, but for those of what separates its parts. `part`: the character that a path, query or
/// fragment begins with.
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

/// Addressable::URI#normalize of what stands behind the host.
void add_normalized(Text& out, Str url) {
  std::size_t hash = url.find('#'), mark = url.find_first_of("?#");
  Text path;
  add_component(path, rstrip(url.substr(0, mark)), '/');
  add_without_dots(out, path.str());
  // A query or a fragment of no characters goes.
  Str query = mark < hash ? slice(url, mark, hash) : Str(), fragment = url.substr(hash);
  if (query.size() > 1) add_component(out, query, '?');
  if (fragment.size() > 1) out.add('#'), add_component(out, fragment.substr(1), '#');
}

Str url_text(liquid::FilterCall& call) {
  Value v = call.input;
  if (v.is(Kind::Drop)) {
    Value url = v.drop->get("url");
    if (!url.nil()) v = url;
  }
  return ruby_string(call.arena, v);
}
}  // namespace

void Request::relative_url(Str path, Text& out) {
  if (scheme_length(path)) return out.add(path);
  Text whole;
  whole.add(site.baseurl_);
  if (!path.empty() && path[0] != '/') whole.add('/');
  whole.add(path);
  add_normalized(out, whole.str());
}

void Request::absolute_url(Str path, Text& out) {
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

Str Request::local_target(Str url) {
  Text out;
  relative_url(url, out);
  return arena.copy(out.str());
}

Value filter_url(liquid::FilterCall& call) {  // relative_url, absolute_url
  if (call.input.nil()) return {};
  Request& r = *static_cast<Request*>(call.context.site);
  Str url = url_text(call), scheme = url.substr(0, scheme_length(url));
  for (const char& c : scheme)
    if (!is_alpha(c) && (&c == scheme.data() || (!is_digit(c) && !is_one_of(c, "+-."))))
      return call.raise("Addressable::URI::InvalidURIError",
                        call.arena.join("no scheme of a URL: ", scheme));
  if (call.op == 'a')
    r.absolute_url(url, call.out);
  else
    r.relative_url(url, call.out);
  return call.text();
}

Value filter_strip_index(liquid::FilterCall& call) {
  Str url = call.input_str();
  if (url.empty()) return {};
  if (!call.input.is_string()) return call.raise("NoMethodError", "the filter takes a string");
  if (ends_with(url, "/index.html") || ends_with(url, "/index.htm"))
    url = url.substr(0, url.rfind('/') + 1);
  return Value(url);
}

}  // namespace meridian::site
