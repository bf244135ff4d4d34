// The tables of tags and filters that the site adds to Liquid's own.
#pragma once
#include "model/request.h"

namespace meridian::site {

void render_plugin_tag(liquid::Context& c, const liquid::Node& node);  ///< plugins.cpp
void render_gist(liquid::Context& c, const liquid::Node& node);
void render_contents(liquid::Context& c, const liquid::Node& node);
Value filter_contents(liquid::FilterCall& call);

extern const liquid::TagType* const kSiteTags;
extern const std::uint32_t kSiteTagCount;

}  // namespace meridian::site
