#include "meridian/text.h"

namespace meridian {

namespace {
bool ends_name(char c) { return is_space(c) || c == '/' || c == '>' || c == '='; }

/// Behind the tag's `>`: one in quotes is not it.
std::size_t end_of_tag(Str page, std::size_t at) {
  for (char quote = 0; at < page.size(); at++) {
    char c = page[at];
    if (quote)
      quote = c == quote ? 0 : quote;
    else if (c == '>')
      return at + 1;
    else if ((c == '"' || c == '\'') && page[at - 1] == '=')
      quote = c;
  }
  return Str::npos;
}

/// Behind the contents of an element that is text up to its end tag.
std::size_t end_of_text(Str page, std::size_t at, Str name) {
  for (; (at = page.find("</", at)) != Str::npos; at += 2)
    if (equal_ignoring_case(page.substr(at + 2, name.size()), name)) return at;
  return page.size();
}

bool holds_text(const Tag& tag) {
  for (const char* one : {"script", "style", "template", "textarea"})
    if (tag.is(one)) return true;
  return false;
}
}  // namespace

bool next_tag(Str page, std::size_t at, Tag& tag) {
  while ((at = page.find('<', at)) != Str::npos) {
    if (page.substr(at, 4) == "<!--") {
      at = page.find("-->", at + 4);
      if (at == Str::npos) return false;
      continue;
    }
    std::size_t name = at + 1;
    bool closing = char_at(page, name) == '/';
    name += closing;
    if (!is_alpha(char_at(page, name))) {
      at++;
      continue;
    }
    std::size_t behind = name;
    while (behind < page.size() && !ends_name(page[behind])) behind++;
    std::size_t end = end_of_tag(page, behind);
    if (end == Str::npos) return false;
    tag = {slice(page, name, behind), slice(page, behind, end - 1), closing, at, end};
    // Contents that are no tags belong to the start tag; the next one is their end tag.
    if (!closing && holds_text(tag)) tag.end = end_of_text(page, end, tag.name);
    return true;
  }
  return false;
}

bool next_attribute(const Tag& tag, std::size_t& at, Str& name, Str& value) {
  Str rest = tag.attributes;
  auto skip_spaces = [&] {
    while (at < rest.size() && is_space(rest[at])) at++;
  };
  // Whatever ends a name, so that each call goes on: `<a ='>'>` has a `>` where a name begins.
  while (at < rest.size() && ends_name(rest[at])) at++;
  if (at >= rest.size()) return false;
  std::size_t begin = at;
  while (at < rest.size() && !ends_name(rest[at])) at++;
  name = slice(rest, begin, at);
  value = "";
  skip_spaces();
  if (char_at(rest, at) != '=') return true;
  at++;
  skip_spaces();
  char quote = char_at(rest, at);
  std::size_t from = at;
  if (quote == '"' || quote == '\'') {
    at = rest.find(quote, ++from);
    value = slice(rest, from, at);
    at = at < rest.size() ? at + 1 : rest.size();
  } else {
    while (at < rest.size() && !is_space(rest[at])) at++;
    value = slice(rest, from, at);
  }
  return true;
}

Str attribute(const Tag& tag, Str name) {
  Str key, value;
  for (std::size_t at = 0; next_attribute(tag, at, key, value);)
    if (equal_ignoring_case(key, name)) return value;
  return {};
}

}  // namespace meridian
