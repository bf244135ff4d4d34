// What values have in common: truth, equality, hashes, units, colours, printing.
#pragma once
#include "quotes.h"
#include "selector.h"

namespace meridian::sass {

/// Numbers that differ by less are equal.
constexpr double kEpsilon = 1e-12;

inline bool near(double a, double b) { return __builtin_fabs(a - b) < kEpsilon; }
/// What false and null are.
bool is_false(const Node* node);
/// What CSS leaves out: null, an empty list, an empty string without quotes.
bool is_invisible(const Node* node);
void set_delayed_within(Node* node, bool delayed);
/// libsass's set_delayed(): lists and schemas keep it to themselves.
inline void set_delayed(Node* node, bool delayed) {
  node->delayed = delayed;
  if (node->kind > Kind::Schema) set_delayed_within(node, delayed);
}
void evaluate_parts_again(Node* value);
/// Lets the next evaluation look at the parts of a list or map, as libsass does for comparisons.
/// One of values alone stays as it is: a copy of it would be the same.
inline void evaluate_again(Node* value) {
  if (value->kind == Kind::List || value->kind == Kind::Map) evaluate_parts_again(value);
}
bool has_interpolant(const Node* node);
bool is_left_interpolant(const Node* node);
bool is_right_interpolant(const Node* node);
/// Sass's `==`.
bool equal(const Node* a, const Node* b);
/// Values that are equal may have different hashes: 1 and 1px. They are different keys of a map.
std::uint64_t hash(const Node* node);
/// type-of().
Str type_of(const Node* node);

// ---- lists and maps ----
/// Items of a list; in an argument list, those before the named ones.
std::uint32_t size_of(const ListNode* list);
/// The value of an item, which may be an argument.
Node* value_at(const ListNode* list, std::uint32_t index);
Node* find(const MapNode* map, const Node* key);
/// Sets a key; the first one that was there already is remembered as duplicate.
void put(Context& context, MapNode* map, Node* key, Node* value);
/// The first map with the entries of the second one, which count where both have a key.
MapNode* merge(Context& context, const Place& at, const MapNode* a, const MapNode* b);
/// Whether evaluation leaves it as it is.
bool is_value(const Node* node);
ListNode* pairs(Context& context, const MapNode* map, const Place& at);
ListNode* copy(Context& context, const ListNode* list);

// ---- numbers and their units: units.cpp ----
Str unit_of(Arena& arena, const Number* number);
inline bool is_unitless(const Number* number) { return !number->units; }
/// Whether CSS has the unit: at most one numerator.
bool is_css_unit(const Number* number);
/// Cancels units that occur in numerator and denominator, converting those of one kind.
void reduce(Arena& arena, Number* number);
/// Converts each unit to the main one of its kind: px, deg, s, Hz, dpi.
void normalize(Arena& arena, Number* number);
bool equal_units(const Units* a, const Units* b);
inline bool same_units(const Units* a, const Units* b) { return a == b || equal_units(a, b); }
/// The factor that makes a number with the units of `number` one with those of `other`; 0 when they
/// are incompatible.
double conversion(Arena& arena, const Number* number, const Number* other);
/// Whether a < b; false in `comparable` when their units are incompatible.
bool less(Arena& arena, const Number* a, const Number* b, bool& comparable);
bool equal(const Number* a, const Number* b);
const Units* single_unit(Arena& arena, Str name);
/// The units of a product or quotient; those of `a` after a failure.
const Units* product(Context& context, const Place& at, const Units* a, const Units* b,
                     bool divide);
/// libsass's rounding, which takes 0.49999999999 for a half.
double round_to(double value, int precision);
/// Digits with at most `precision` behind the point, without zeros at the end, as printf's %f
/// rounds.
void add_fixed(Text& out, double value, int precision);
/// As C++ prints a double: six significant digits.
void add_general(Text& out, double value);

// ---- colours: colors.cpp ----
Rgba* to_rgba(Context& context, Color* color);
/// Always a copy, without what was shown.
Rgba* copy_rgba(Context& context, const Color* color);
Hsla* copy_hsla(Context& context, const Color* color);
/// A colour whose channels are brought into their ranges, as far as the dialect has any.
Hsla* make_hsla(Context& context, const Place& at, double hue, double saturation, double lightness,
                double alpha);
/// The name of a colour, empty when it has none.
Str color_name(std::uint32_t rgb);
double clip(double value, double low, double high);
double modulo(double value, double by);

// ---- printing: inspect.cpp ----
/// Where text is printed: lists within lists have parentheses unless they stand in a declaration.
struct Printing {
  Print print;
  bool declaration = true, space_list = false, comma_list = false, media = false;
  bool comment = false, custom_property = false, wrapped = false;
};
/// libsass's to_string(): the value as `print` shows it.
Str to_string(Context& context, Node* node, Print print = {});
Str to_string(Context& context, const SelectorList* list, Print print = {});
Str to_string(Context& context, const Simple* simple, Print print = {});
Str to_string(Context& context, const Component* component, Print print = {});
/// inspect().
Str to_sass(Context& context, Node* node);
/// A number's text, with its unit.
void add_number(Context& context, Text& out, Number* number, Print print);
/// A colour's text.
void add_color(Context& context, Text& out, Color* color, Print print);

/// A selector as a value: a list of lists of strings.
Node* listize(Context& context, const SelectorList* selectors);
Node* listize(Context& context, const Complex* complex);

}  // namespace meridian::sass
