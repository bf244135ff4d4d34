#include "manifest_segments.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
constexpr const char* kCommon = "common.json";
}

std::vector<MadeFile> files_of(ManifestSegments& segments, Str manifest) {
  std::vector<MadeFile> files;
  const std::uint32_t count = segments.cut(manifest);
  auto add = [&](const std::string& name, const Text& text) {
    files.push_back({kSegmentsFolder + name, std::string(text.str())});
  };
  for (std::uint32_t i = 0; i < count; i++) {
    Text text;
    segments.print(i, text);
    add(std::to_string(i) + ".json", text);
  }
  if (count) {
    Text text;
    segments.print_common(text);
    add(kCommon, text);
  }
  return files;
}

std::size_t segments_in(const std::vector<MadeFile>& files) {
  return files.empty() ? 0 : files.size() - 1;
}

bool put_manifest_segments(const fs::path& source, const std::vector<MadeFile>& files) {
  return put_made_files(source, kSegmentsFolder, files, [](const std::string& name) {
    return name == kCommon || is_numbered_json(name);
  });
}

}  // namespace meridian::cli
