// What Liquid sees of the site: Jekyll's drops.
#pragma once
#include "request.h"

namespace meridian::site {

/// Page, post, document or static file.
class DocumentDrop final : public Drop {
 public:
  DocumentDrop(Site& s, Document& d) : site(s), document(d) {}
  Value get(Str key) override;
  Map* to_map() override;
  void print(Text& out) override;

  Site& site;
  Document& document;

 private:
  bool computed(Str key, Value& out);
  Value excerpt();
};

class SiteDrop final : public Drop {
 public:
  explicit SiteDrop(Site& s) : site(s) {}
  Value get(Str key) override;
  Map* to_map() override;

  Site& site;
};

/// The array of documents as Liquid sees it.
Value to_array(Arena& arena, const List<Document*>& documents);

}  // namespace meridian::site
