// The tables of filters and tags, and how names are found in them.
#include "internal.h"

namespace meridian::liquid {

namespace {
constexpr FilterRow kRows[] = {
    {"abs", filter_round, 'a'},
    {"append", filter_append, 'a', 1, 1},
    {"at_least", filter_bound, 'l', 1, 1},
    {"at_most", filter_bound, 'm', 1, 1},
    {"base64_decode", filter_base64, 'd'},
    {"base64_encode", filter_base64, 'e'},
    {"base64_url_safe_decode", filter_base64, 'v'},
    {"base64_url_safe_encode", filter_base64, 'u'},
    {"capitalize", filter_convert, kCapitalize},
    {"ceil", filter_round, 'c'},
    {"compact", filter_compact, 0, 0, 1},
    {"concat", filter_concat, 0, 1, 1},
    {"date", filter_date, 0, 1, 1},
    {"default", filter_default, 0, 0, 2},
    {"divided_by", filter_arithmetic, '/', 1, 1},
    {"downcase", filter_convert, kDowncase},
    {"escape", filter_convert, kEscape},
    {"escape_once", filter_convert, kEscapeOnce},
    {"first", filter_end, 'f'},
    {"floor", filter_round, 'f'},
    {"h", filter_convert, kEscape},
    {"join", filter_join, 0, 0, 1},
    {"last", filter_end, 'l'},
    {"lstrip", filter_strip, 'l'},
    {"map", filter_map, 0, 1, 1},
    {"minus", filter_arithmetic, '-', 1, 1},
    {"modulo", filter_arithmetic, '%', 1, 1},
    {"newline_to_br", filter_newlines, 'b'},
    {"plus", filter_arithmetic, '+', 1, 1},
    {"prepend", filter_append, 'p', 1, 1},
    {"remove", filter_replace, 'a', 1, 1},
    {"remove_first", filter_replace, 'f', 1, 1},
    {"remove_last", filter_replace, 'l', 1, 1},
    {"replace", filter_replace, 'a', 1, 2},
    {"replace_first", filter_replace, 'f', 1, 2},
    {"replace_last", filter_replace, 'l', 2, 2},
    {"reverse", filter_reverse},
    {"round", filter_round, 'r', 0, 1},
    {"rstrip", filter_strip, 'r'},
    {"size", filter_size},
    {"slice", filter_slice, 0, 1, 2},
    {"sort", filter_sort, 's', 0, 1},
    {"sort_natural", filter_sort, 'n', 0, 1},
    {"split", filter_split, 0, 1, 1},
    {"strip", filter_strip, 'b'},
    {"strip_html", filter_convert, kStripHtml},
    {"strip_newlines", filter_newlines, 's'},
    {"times", filter_arithmetic, '*', 1, 1},
    {"truncate", filter_truncate, 'c', 0, 2},
    {"truncatewords", filter_truncate, 'w', 0, 2},
    {"uniq", filter_uniq, 0, 0, 1},
    {"upcase", filter_convert, kUpcase},
    {"url_decode", filter_convert, kUrlDecode},
    {"url_encode", filter_convert, kUrlEncode},
    {"where", filter_where, 0, 1, 2},
};
constexpr auto kFilters = packed<length_of_names(kRows)>(kRows);
}  // namespace

const TagType* search(const TagType* at, std::size_t count, Str name) {
  while (count) {
    std::size_t half = count / 2;
    const TagType* middle = at + half;
    int order = compare(middle->name, name);
    if (!order) return middle;
    if (order < 0)
      at = middle + 1, count -= half + 1;
    else
      count = half;
  }
  return nullptr;
}

const Filter* find_filter(const Environment& environment, Str name) {
  for (std::uint32_t i = environment.own_filters.size; i--;)
    if (environment.own_filters[i].name == name) return &environment.own_filters[i].filter;
  int i = one_of(name, environment.filter_names);
  if (i >= 0 && environment.filters) return environment.filters + i;
  i = one_of(name, kFilters.names);
  return i < 0 ? nullptr : kFilters.filters + i;
}

const TagType* find_own_tag(const Environment& environment, Str name) {
  for (std::uint32_t i = environment.own_tags.size; i--;)
    if (Str(environment.own_tags[i].name) == name) return &environment.own_tags[i];
  const TagType* tag = search(environment.tags, environment.tag_count, name);
  return tag ? tag : search(environment.plugin_tags, environment.plugin_tag_count, name);
}

const TagType* find_tag(const Environment& environment, Str name) {
  const TagType* tag = find_own_tag(environment, name);
  return tag ? tag : find_standard_tag(name);
}

Str suggest_filter(Arena& arena, const Environment& environment, Str name) {
  return suggest(arena, name, format(arena, "$ $", kFilters.names, environment.filter_names));
}

}  // namespace meridian::liquid
