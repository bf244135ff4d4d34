#include "first_text.h"

namespace fs = std::filesystem;

namespace meridian::cli {

std::vector<MadeFile> files_of(FirstText& first) {
  return numbered_files(kFirstFolder, first.arrange(),
                        [&](std::uint32_t i, Text& text) { first.print(i, text); });
}

bool put_first_text(const fs::path& source, const std::vector<MadeFile>& files) {
  return put_made_files(source, kFirstFolder, files, is_numbered_json);
}

}  // namespace meridian::cli
