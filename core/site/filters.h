// Jekyll's filters, by file.
#pragma once
#include "request.h"

namespace meridian::site {

using liquid::FilterCall;
/// to_s as Ruby has it: an array or a hash shows its inspect form (Liquid prints an array's items).
Str ruby_string(Arena& arena, const Value& v);
Value filter_url(FilterCall&);  // filters_url.cpp
Value filter_strip_index(FilterCall&);
Value filter_where(FilterCall&);  // filters_array.cpp
Value filter_where_exp(FilterCall&);
Value filter_group_by(FilterCall&);
Value filter_group_by_exp(FilterCall&);
Value filter_sort(FilterCall&);
Value filter_mutate(FilterCall&);
Value filter_sample(FilterCall&);
Value filter_sentence(FilterCall&);

}  // namespace meridian::site
