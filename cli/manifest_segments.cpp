#include "manifest_segments.h"

namespace meridian::cli {

namespace {
constexpr const char* kCommon = "common.json";
}

std::vector<MadeFile> files_of(ManifestSegments& segments, Str manifest) {
  std::vector<MadeFile> files =
      numbered_files(kSegmentsFolder, segments.cut(manifest),
                     [&](std::uint32_t i, Text& text) { segments.print(i, text); });
  if (files.empty()) return files;
  Text common;
  segments.print_common(common);
  files.push_back({std::string(kSegmentsFolder) + kCommon, std::string(common.str())});
  return files;
}

std::size_t segments_in(const std::vector<MadeFile>& files) {
  return files.empty() ? 0 : files.size() - 1;
}

bool is_name_of_segment(const std::string& name) {
  return name == kCommon || is_numbered_json(name);
}

}  // namespace meridian::cli
