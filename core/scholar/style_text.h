// What the styles have in common: names, titles, and the rules by which citeproc joins parts.
#pragma once
#include "style.h"

namespace meridian::scholar {

/// A reference that grows part by part.
class Line {
 public:
  explicit Line(Text& out) : out_(out), begin_(out.size()) {}
  bool empty() const { return out_.size() == begin_; }
  /// A text of the entry: `&` becomes a character reference, what is HTML stays.
  void text(Str s);
  /// The same in italics; nothing when it is empty.
  void italic(Str s);
  void add(Str markup) { out_.add(markup); }
  /// A mark behind a part, unless it ends with one: in front of closing quotes.
  void mark(char c);
  /// `mark`, and a space, unless the line is empty.
  void next(char c);

 private:
  Text& out_;
  std::size_t begin_;
};

/// `J. A.` of `Jane Anne`, hyphens kept. Names in scripts without capitals stay as they are.
void add_initials(Line& line, Str given);
/// A person with the last name first, `van der Berg, J., Jr.`, or behind the initials.
void add_person(Line& line, const bibtex::Person& name, bool last_first);
/// Pages with a dash between numbers; with `whole`, the second number has all its digits.
Str pages_of(const Item& item, bool whole);
/// Whether pages are several: a range or a list.
bool are_several(Str pages);
/// The first of some fields that is there and not empty, in the order of the entry.
Str first_of(const Item& item, Str names);
/// The address without the resolver's.
Str kind_of(const Item& item);
/// `2nd` of `2`; what is no number as it is.
Str ordinal(Arena& arena, Str number);
/// Whether a text counts as a number in CSL: `3`, `2nd`, `1-4`.
bool is_numeric(Str text);
/// Words with a capital, but for small ones within the text.
Str in_title_case(Arena& arena, Str s);
/// The month, 1 to 12; 0 when there is none.
int month_of(const Item& item);
/// The year as the styles print it; empty when there is none.
Str printed_year(const Item& item);

}  // namespace meridian::scholar
