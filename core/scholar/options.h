// The options of a tag (Jekyll::Scholar::Utilities#optparse).
#pragma once
#include "request.h"

namespace meridian::scholar {

struct Options {
  /// What stands before the first option: keys of entries.
  List<Str> keys;
  List<Str> files;
  /// Without an address when not given, like all texts here.
  Str query, list_tag, prefix, text, style, group_by, group_order, template_name, duplicates;
  List<Str> locators, labels;
  /// Of Meridian: entries for the publications page of its theme, and whose name stands out there.
  Str publications;
  bool cited = false, in_order = false, clear = false, suppress_author = false;
  bool remove_duplicates = false;
  std::int64_t offset = 0;
  /// -1: not given.
  std::int64_t max = -1;
};

Options read_options(Arena& arena, Str markup);

}  // namespace meridian::scholar
