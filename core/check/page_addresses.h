// Which attributes of a page's elements are addresses that a visitor or a browser follows.
#pragma once
#include "meridian/site.h"

namespace meridian::check {

/// Whether the element has one of these names.
bool is_element(const Tag& tag, Str names);
/// Whether its `href` is one that a script waits for, not a place on the page.
bool is_handle(const Tag& tag);
/// Elements with `src`, which may have `poster` and `srcset` as well.
constexpr Name kWithSource = "img source video audio iframe script embed track input";
// Of `link`: connections that a browser prepares, not files; pages.
constexpr Name kNoFiles =
    "dns-prefetch preconnect pingback webmention me author license "
    "profile openid.server openid.delegate EditURI";
constexpr Name kPages = "canonical next prev alternate shortlink";

/// Calls `to(name, is_page)` for each attribute of an element that may be an address: of a page
/// that is linked to, or of a file that belongs to this one. It may be absent. `srcset`, which is a
/// list, and `base` are left to the caller.
template <class To>
void each_address(const Tag& tag, To to) {
  if (is_element(tag, "a area")) {
    if (!starts_with(strip(attribute(tag, "href")), "#") || !is_handle(tag)) to("href", true);
  } else if (tag.is("link")) {
    Str relation = attribute(tag, "rel");
    bool file = true, page = false;
    for (Str one; next_piece(relation, ' ', one);) {
      file &= one_of(one, kNoFiles) < 0;
      page |= one_of(one, kPages) >= 0;
    }
    if (file) to("href", page);
  } else if (is_element(tag, kWithSource)) {
    to("src", false);
    to("poster", false);
  } else if (tag.is("object")) {
    to("data", false);
  }
}

/// Calls `to(address)` for each one of a `srcset`, `a.png 1x, b.png 2x`. Addresses may have commas
/// inside: "parse a srcset attribute" of HTML.
template <class To>
void each_candidate(Str list, To to) {
  for (;;) {
    while (!list.empty() && (is_space(list[0]) || list[0] == ',')) list.remove_prefix(1);
    if (list.empty()) return;
    Str one = list.substr(0, list.find_first_of(" \t\n\r"));
    list.remove_prefix(one.size());
    bool last = ends_with(one, ",");
    to(site::without_last(one, ','));
    std::size_t comma = last ? 0 : list.find(',');
    list.remove_prefix(comma == Str::npos ? list.size() : comma);
  }
}

}  // namespace meridian::check
