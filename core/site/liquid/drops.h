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
  Array* keys() override;
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

/// The key of a list in SiteState::grouped_.
inline Value key_of(const Array& list) {
  return std::int64_t(reinterpret_cast<std::uintptr_t>(&list));
}

class SiteDrop final : public Drop {
 public:
  explicit SiteDrop(SiteState& s) : site(s) {}
  Value get(Str key) override;
  Map* to_map() override;
  Array* keys() override;

  SiteState& site;
};

/// From now on `where` finds the items of this list by groups, which are made once for each
/// property: the list is one of documents, and stays as it is.
inline void keep_groups(SiteState& site, const Array& list) {
  if (!site.grouped_) site.grouped_ = make_map(site.arena_);
  site.grouped_->set(key_of(list)) = Value();
}

}  // namespace meridian::site
