// An editor's view of a page: the data that its templates see, and the tree of its
// Markdown. A room of its own because only live.wasm has it: readers don't load it.
//
//     Text json;
//     if (site::inspect_data(site, "/about/", R"(["page", "tags"])", json)) show(json.str());
//
// Failure: both functions return false, and the content of `json` is unspecified, when there is no
// such page or a file that it needs is not loaded. There are no diagnostics: rendering the page
// reports them. Nothing is kept between calls.
#pragma once
#include "meridian/site.h"

namespace meridian::site {

/// A value that the templates of the page at `url` see. `path` is a JSON list of keys, the first of
/// which is a global such as `page` or `site`; in a list, numbers count from 0. `json` gets one
/// level: {"kind", "text", "size", "entries": [{"key", "kind", "text", "size"}], "more"}. Texts of
/// entries are cut to 200 bytes, the text itself to 64 KB; "more" is the number of entries behind
/// the first 1,000.
[[nodiscard]] bool inspect_data(Site& site, Str url, Str path, Text& json);

/// The tree of the page's Markdown: {"type", "level", "line", "text", "attributes", "children"}.
/// "line" counts from 1 in the file; it is present where Liquid left the text as it was. At most
/// 20,000 nodes, 100 levels deep.
[[nodiscard]] bool inspect_markdown(Site& site, Str url, Text& json);

}  // namespace meridian::site
