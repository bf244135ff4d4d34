#include "search_index.h"

#include "meridian/search.h"
#include "meridian/site_search.h"

namespace meridian::cli {

std::vector<MadeFile> make_search_index(OpenSite& opened, const Options& options) {
  std::vector<MadeFile> files;
  site::Site& site = opened.workspace.site();
  if (!site::has_search(site)) return files;
  Arena arena;
  site::Needs needs;
  Diagnostics ignored(arena);
  search::Builder builder;
  for (const site::Searchable& one : site::searchable(site, arena, needs, ignored)) {
    Arena page_arena;
    site::Page page = opened.content_of(options, one.path, page_arena);
    if (page.status != site::Status::Ready) continue;
    search::Document document;
    document.url = one.url;
    document.title = page.title;
    document.collection = one.collection;
    document.language = one.language;
    document.tags = one.tags;
    document.year = one.year;
    document.html = page.html;
    // Only now its source is held for sure (`--memory`).
    document.is_list = site::lists_documents(*one.document);
    if (!builder.add(document)) {
      opened.diagnostics.add({Severity::Warning, Rule::Limit}, one.path,
                             "the search index is full; this page and others are not in it",
                             "leave pages out with `search: false`");
      break;
    }
  }
  for (const search::Shard& shard : builder.write())
    files.push_back(
        {kSearchFolder + (search::kKinds[int(shard.kind)] + std::to_string(shard.number)) + ".bin",
         std::string(shard.bytes)});
  return files;
}

std::string with_search_keys(const site::Site& site, std::string_view page) {
  auto end = page.rfind("</body>");
  if (end == page.npos || page.find("data-meridian-search") == page.npos) return {};
  Text root;
  add_escaped_html(root, site.baseurl());
  return std::string(page).insert(end, "<script type=\"module\" src=\"" + std::string(root.str()) +
                                           "/meridian/search-keys.js\"></script>\n");
}

bool is_name_of_index(const std::string& name) {
  auto end = name.find_first_not_of("0123456789", 1);
  return index_in(search::kKinds, name[0]) >= 0 && end != 1 && end != name.npos &&
         name.compare(end, name.npos, ".bin") == 0;
}

}  // namespace meridian::cli
