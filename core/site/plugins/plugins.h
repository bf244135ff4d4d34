// What plugins add to the site's tags, filters and pages.
#pragma once
#include "model/request.h"

namespace meridian::site {

// Tags and filters: tags.cpp.
void render_plugin_tag(liquid::Context& c, const liquid::Node& node);
void render_gist(liquid::Context& c, const liquid::Node& node);
void render_contents(liquid::Context& c, const liquid::Node& node);
Value filter_contents(liquid::FilterCall& call);
Value filter_itinerary(liquid::FilterCall& call);  ///< itinerary.cpp

/// What jekyll-redirect-from writes; a browser that renders by itself just goes there.
Str redirect_page(Request& r, Str to);

}  // namespace meridian::site
