#include "tags.h"

#include "meridian/text.h"

namespace meridian::cli {

namespace {
using std::string_view;
constexpr auto kEnd = string_view::npos;

bool ends_name(char c) { return is_space(c) || c == '/' || c == '>' || c == '='; }

/// Behind the tag's `>`: one in quotes is not it.
std::size_t end_of_tag(string_view page, std::size_t at) {
  for (char quote = 0; at < page.size(); at++) {
    char c = page[at];
    if (quote)
      quote = c == quote ? 0 : quote;
    else if (c == '>')
      return at + 1;
    else if ((c == '"' || c == '\'') && page[at - 1] == '=')
      quote = c;
  }
  return kEnd;
}

/// Behind the contents of an element that is text up to its end tag.
std::size_t end_of_text(string_view page, std::size_t at, string_view name) {
  for (; (at = page.find("</", at)) != kEnd; at += 2)
    if (same_name(page.substr(at + 2, name.size()), name)) return at;
  return page.size();
}

bool holds_text(string_view name) {
  for (string_view one : {"script", "style", "template", "textarea"})
    if (same_name(name, one)) return true;
  return false;
}
}  // namespace

bool same_name(string_view a, string_view b) { return equal_ignoring_case(Str(a), Str(b)); }

bool next_tag(string_view page, std::size_t at, Tag& tag) {
  while ((at = page.find('<', at)) != kEnd) {
    if (page.substr(at, 4) == "<!--") {
      at = page.find("-->", at + 4);
      if (at == kEnd) return false;
      continue;
    }
    std::size_t name = at + 1;
    bool closing = name < page.size() && page[name] == '/';
    name += closing;
    if (name >= page.size() || !is_alpha(page[name])) {
      at++;
      continue;
    }
    std::size_t behind = name;
    while (behind < page.size() && !ends_name(page[behind])) behind++;
    std::size_t end = end_of_tag(page, behind);
    if (end == kEnd) return false;
    tag = {page.substr(name, behind - name), page.substr(behind, end - 1 - behind), closing, at, end};
    // Contents that are no tags belong to the start tag; the next one is their end tag.
    if (!closing && holds_text(tag.name)) tag.end = end_of_text(page, end, tag.name);
    return true;
  }
  return false;
}

std::optional<string_view> attribute(const Tag& tag, string_view name) {
  string_view rest = tag.attributes;
  std::size_t at = 0;
  auto skip_spaces = [&] {
    while (at < rest.size() && is_space(rest[at])) at++;
  };
  while (at < rest.size()) {
    while (at < rest.size() && (is_space(rest[at]) || rest[at] == '/' || rest[at] == '=')) at++;
    std::size_t begin = at;
    while (at < rest.size() && !ends_name(rest[at])) at++;
    string_view key = rest.substr(begin, at - begin), value;
    skip_spaces();
    if (at < rest.size() && rest[at] == '=') {
      at++;
      skip_spaces();
      char quote = at < rest.size() ? rest[at] : '\0';
      std::size_t from = at, to;
      if (quote == '"' || quote == '\'') {
        to = std::min(rest.find(quote, ++from), rest.size());
        at = std::min(to + 1, rest.size());
      } else {
        while (at < rest.size() && !is_space(rest[at])) at++;
        to = at;
      }
      value = rest.substr(from, to - from);
    }
    if (same_name(key, name)) return value;
  }
  return std::nullopt;
}

}  // namespace meridian::cli
