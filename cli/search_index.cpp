#include "search_index.h"

#include <cstdio>
#include <set>

#include "disk.h"
#include "meridian/search.h"
#include "meridian/site_search.h"
#include "shell.h"

namespace fs = std::filesystem;

namespace meridian::cli {

std::vector<SearchFile> make_search_index(OpenSite& opened, const Options& options) {
  std::vector<SearchFile> files;
  site::Site& site = opened.workspace.site();
  if (!site::has_search(site)) return files;
  site::Needs needs;
  Diagnostics ignored(opened.arena);
  search::Builder builder;
  for (const site::Searchable& one : site::searchable(site, opened.arena, needs, ignored)) {
    Arena page_arena;
    site::Page page = opened.content_of(options, one.path, page_arena);
    if (page.status != site::Status::Ready) continue;
    search::Document document;
    document.url = one.document->url;
    document.title = page.title;
    document.collection = one.collection;
    document.tags = one.tags;
    document.year = one.year;
    document.html = page.html;
    document.is_list = one.is_list;
    if (!builder.add(document)) {
      opened.diagnostics.add(Severity::Warning, one.path,
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

/// Whether a file of the index may have this name: `h0.bin`.
static bool is_name_of_index(const std::string& name) {
  auto end = name.find_first_not_of("0123456789", 1);
  return index_in(search::kKinds, name[0]) >= 0 && end != 1 && end != name.npos &&
         name.compare(end, name.npos, ".bin") == 0;
}

void add_search(Text& manifest) {
  std::size_t end = manifest.str().rfind('}');
  if (end != Str::npos) manifest.insert(end, ",\"search\":true");
}

bool put_search_index(const fs::path& source, const std::vector<SearchFile>& files) {
  std::error_code error;
  std::set<std::string> written;
  for (const SearchFile& file : files) {
    fs::create_directories((source / file.path).parent_path(), error);
    if (int failed = replace_file(source / file.path, file.bytes))
      return print_error(source / file.path, "written", failed);
    written.insert(fs::path(file.path).filename().string());
  }
  for (fs::directory_iterator it(source / kSearchFolder, error), end; !error && it != end;
       it.increment(error)) {
    std::string name = it->path().filename().string();
    std::error_code ignored;
    if (is_name_of_index(name) && !written.count(name)) fs::remove(it->path(), ignored);
  }
  return true;
}

}  // namespace meridian::cli
