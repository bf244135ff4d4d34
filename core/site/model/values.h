// Ruby's methods on hashes, arrays and strings that Jekyll's model uses.
#pragma once
#include "meridian/value.h"

namespace meridian::site {

/// Values of `over` win; maps are merged, nil in `over` counts as absent
/// (Jekyll::Utils.deep_merge_hashes).
Map* deep_merge(Arena& arena, const Map* base, const Map* over = nullptr);
/// The same into a map of one's own; maps in it stay as they are.
void merge_into(Map& merged, const Map& over);
/// Adds `item` to the group `name`; groups are in the order of their first item.
void add_to_group(Map& groups, const Value& name, const Value& item);
/// String#split
Array* words(Arena& arena, Str s);
/// Array#|
Array* unite(Arena& arena, const Array& x, const Array& y);
/// Hash#keys
Array* keys_of(Arena& arena, const Map& map);
/// Ruby's to_s: an array or a hash gives its inspect form (Liquid prints an array's items).
Str ruby_string(Arena& arena, const Value& v);
/// `false` itself, not nil.
bool is_false(const Value& v);

}  // namespace meridian::site
