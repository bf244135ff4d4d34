// What Liquid sees of the site: Jekyll's drops.
#pragma once
#include "model/request.h"

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
  Value excerpt();
};

class SiteDrop final : public Drop {
 public:
  explicit SiteDrop(Site& s) : site(s) {}
  Value get(Str key) override;
  Map* to_map() override;

  Site& site;
};

}  // namespace meridian::site
