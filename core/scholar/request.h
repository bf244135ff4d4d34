// A request: named texts, and what they mean with jekyll-scholar's defaults.
#pragma once
#include "meridian/scholar.h"

namespace meridian::scholar {

class Request {
 public:
  Request(Arena& arena, Str bytes);
  /// A text by name; without an address when it was not given.
  Str text(Str name) const {
    void* found = texts_.find(name);
    return found ? *static_cast<Str*>(found) : Str();
  }
  /// `scholar: KEY:`, or its default.
  Str config(Str key) const;
  /// `scholar: KEY: NAME:`, or its default; without an address when there is none.
  Str config(Str key, Str name) const;
  /// Every text whose name begins so.
  template <class Visitor>
  void each(Str prefix, Visitor visit) const {
    for (Str name : names_)
      if (starts_with(name, prefix)) visit(name.substr(prefix.size()), text(name));
  }
  Arena& arena() const { return arena_; }

 private:
  void set(Str name, Str value);

  Arena& arena_;
  /// Of Str.
  bibtex::Index texts_;
  List<Str> names_;
};

/// Items of a list with commas between them, without white space around.
List<Str> items_of(Arena& arena, Str list);
/// Item `i`, or the last one when there are fewer; empty when there is none.
Str item_or_last(const List<Str>& items, std::uint32_t i);
/// Whether an order is from the last to the first: `descending`, `reverse`.
bool is_descending(Str order);
/// Whether a setting says yes: not empty, `false` or `nil`.
bool is_on(Str setting);

}  // namespace meridian::scholar
