// Jekyll's drops: the site in Liquid.
#pragma once
#include "plugins/request.h"

namespace meridian::site {

/// Page, post, document or static file.
class DocumentDrop final : public Drop {
 public:
  DocumentDrop(SiteState& s, Document& d) : site(s), document(d) {}
  Value get(Str key) override;
  Map* to_map() override;
  void print(Text& out) override;

  SiteState& site;
  Document& document;

 private:
  Value excerpt();
};

class SiteDrop final : public Drop {
 public:
  explicit SiteDrop(SiteState& s) : site(s) {}
  Value get(Str key) override;
  Map* to_map() override;

  SiteState& site;
};

}  // namespace meridian::site
