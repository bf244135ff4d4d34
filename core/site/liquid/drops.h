// Jekyll's drops: the site in Liquid.
#pragma once
#include "plugins/request.h"

namespace meridian::site {

/// Page, post, document or static file, or the excerpt of a document (ExcerptDrop).
class DocumentDrop final : public Drop {
 public:
  DocumentDrop(SiteState& s, Document& d, bool of_excerpt = false)
      : site(s), document(d), is_excerpt(of_excerpt) {}
  Value get(Str key) override;
  Map* to_map() override;
  Map* to_json(std::uint32_t depth) override;
  void print(Text& out) override;
  void inspect(Text& out) override;

  SiteState& site;
  Document& document;
  const bool is_excerpt;

 private:
  Value excerpt();
  /// Its entries, those of some names left out.
  Map* entries(Str left_out);
};

class SiteDrop final : public Drop {
 public:
  explicit SiteDrop(SiteState& s) : site(s) {}
  Value get(Str key) override;
  Map* to_map() override;

  SiteState& site;
};

}  // namespace meridian::site
