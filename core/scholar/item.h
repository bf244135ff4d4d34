// An entry as templates and styles see it.
#pragma once
#include "json.h"
#include "select.h"

namespace meridian::scholar {

/// What of an entry is made from the request: filtered texts, addresses.
class Item {
 public:
  Item(const Request& request, const List<Str>& filters, const Entry& entry)
      : request_(request), filters_(filters), entry_(entry) {}

  const Entry& entry() const { return entry_; }
  Arena& arena() const { return request_.arena(); }
  /// A field, its parent's included, by the filters; without an address when there is none.
  Str text(Str name) const;
  /// Its names by the filters; empty when there are none.
  List<bibtex::Person> names(Str name) const;

  /// The map `entry` of a template (Utilities#liquidify).
  void add_data(Json& json) const;
  /// Its page's address (Utilities#details_link_for).
  Str details() const;

 private:
  Str filter(const Field& field) const;
  bibtex::Person filter(const bibtex::Person& name) const;

  const Request& request_;
  const List<Str>& filters_;
  const Entry& entry_;
};

}  // namespace meridian::scholar
