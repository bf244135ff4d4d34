// relative_url, absolute_url, strip_index (Jekyll::Filters::URLFilters).
#include "liquid/filters.h"

namespace meridian::site {

namespace {
Str url_text(liquid::FilterCall& call) {
  Value v = call.input;
  if (v.is(Kind::Drop)) {
    Value url = v.drop->get("url");
    if (!url.nil()) v = url;
  }
  return ruby_string(call.arena, v);
}
}  // namespace

Value filter_url(liquid::FilterCall& call) {  // relative_url, absolute_url
  if (call.input.nil()) return {};
  Request& r = request_of(call.context);
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
