#include "first_text.h"

namespace fs = std::filesystem;

namespace meridian::cli {

std::vector<MadeFile> files_of(FirstText& first) {
  std::vector<MadeFile> files;
  for (std::uint32_t i = 0, count = first.arrange(); i < count; i++) {
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
