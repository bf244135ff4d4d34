// The table of tags that the site adds to Liquid's own.
#pragma once
#include "plugins/request.h"

namespace meridian::site {

extern const liquid::TagType* const kSiteTags;
extern const std::uint32_t kSiteTagCount;

/// jekyll-scholar's tags (bibliography.cpp).
void render_bibliography(liquid::Context& c, const liquid::Node& node);

}  // namespace meridian::site
