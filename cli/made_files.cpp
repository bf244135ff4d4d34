#include "made_files.h"

#include <set>

#include "disk.h"
#include "shell.h"

namespace fs = std::filesystem;

namespace meridian::cli {

bool put_made_files(const fs::path& source, const char* folder, const std::vector<MadeFile>& files,
                    bool (*is_made)(const std::string& name)) {
  std::error_code error;
  std::set<std::string> written;
  for (const MadeFile& file : files) {
    fs::create_directories((source / file.path).parent_path(), error);
    if (int failed = replace_file(source / file.path, file.bytes))
      return print_error(source / file.path, "written", failed);
    written.insert(fs::path(file.path).filename().string());
  }
  for (fs::directory_iterator it(source / folder, error), end; !error && it != end;
       it.increment(error)) {
    std::string name = it->path().filename().string();
    std::error_code ignored;
    if (is_made(name) && !written.count(name)) fs::remove(it->path(), ignored);
  }
  return true;
}

bool is_numbered_json(const std::string& name) {
  auto end = name.find_first_not_of("0123456789");
  return end && end != name.npos && name.compare(end, name.npos, ".json") == 0;
}

void add_to_manifest(Text& manifest, Str entry) {
  std::size_t end = manifest.str().rfind('}');
  Text added;
  added.add(',');
  added.add(entry);
  if (end != Str::npos) manifest.insert(end, added.str());
}

}  // namespace meridian::cli
