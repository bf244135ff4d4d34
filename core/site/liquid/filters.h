// Jekyll's filters, by file.
#pragma once
#include "plugins/request.h"

namespace meridian::site {

using liquid::FilterCall;
Value filter_url(FilterCall&);  // filters_url.cpp
Value filter_strip_index(FilterCall&);
/// where, find, group_by and their _exp forms, by the bits of SelectOp.
Value filter_select(FilterCall&);  // filters_array.cpp
enum SelectOp : char { kByProperty = 0, kByExpression = 1, kGroups = 2, kFirst = 4 };
Value filter_sort(FilterCall&);
Value filter_mutate(FilterCall&);
Value filter_sample(FilterCall&);
Value filter_sentence(FilterCall&);
/// Of plugins in Ruby, each row by its `op` (filters_ruby.cpp).
Value filter_regex(FilterCall&);
enum TextFilter : char { kReplace, kOnce, kFonts, kStrip, kAccents, kBibtex };
Value filter_scan(FilterCall&);
Value filter_file(FilterCall&);
Value filter_bust(FilterCall&);
Value filter_emojify(FilterCall&);
Value filter_made(FilterCall&);

}  // namespace meridian::site
