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

}  // namespace meridian::site
