// What an editor shows beside a page: the data that its templates see, and the tree of its
// Markdown. A room of its own because only live.wasm has it: readers don't load it.
//
//     Text json;
//     if (site::inspect_data(site, "/about/", R"(["page", "tags"])", json)) …
//
// Both functions give false, and `json` is not to be used, when there is no such page or a file
// that it takes has not come. Nothing is kept between calls.
#pragma once
#include "meridian/site.h"

namespace meridian::site {

/// What the templates of the page at `url` see. `path` is a JSON list of keys, the first of which
/// is a global such as `page` or `site`; numbers count from 0 in a list. `json` gets one level:
/// {"kind", "text", "size", "entries": [{"key", "kind", "text", "size"}], "more"}. Texts of entries
/// are cut to 200 bytes, the text itself to 64 KB; "more" counts the entries behind the first
/// 1,000.
bool inspect_data(Site& site, Str url, Str path, Text& json);

/// The tree of the page's Markdown: {"type", "level", "line", "text", "attributes", "children"}.
/// "line" counts from 1 in the file, and is there where Liquid left the text as it was. At most
/// 20,000 nodes, 100 deep.
bool inspect_markdown(Site& site, Str url, Text& json);

}  // namespace meridian::site
