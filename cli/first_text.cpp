#include "first_text.h"

namespace fs = std::filesystem;

namespace meridian::cli {

std::vector<MadeFile> make_first_text(OpenSite& opened) {
  std::vector<MadeFile> files;
  site::Needs needs;
  Diagnostics ignored(opened.arena);
  FirstText first(opened.workspace.site());
  site::Site& site = opened.workspace.site();
  for (const site::Output& output : site.outputs(opened.arena, needs, ignored)) {
    site::Document& document = *output.document;
    if (!document.markdown || !document.file || document.file->generated) continue;
    Arena page_arena;
    site::Needs of_page;
    Diagnostics found(page_arena);  // told where the pages are made
    site::Page page = site.render(document, page_arena, of_page, found);
    if (page.status == site::Status::Ready)
      first.add(document.url, page, document.file->source.text);
  }
  for (std::uint32_t i = 0; i < first.files(); i++) {
    Text text;
    first.print(i, text);
    files.push_back({kFirstFolder + std::to_string(i) + ".json", std::string(text.str())});
  }
  return files;
}

bool put_first_text(const fs::path& source, const std::vector<MadeFile>& files) {
  return put_made_files(source, kFirstFolder, files, is_numbered_json);
}

}  // namespace meridian::cli
