// Any bytes are a site. The first byte selects options. In the others a line `=== PATH` begins a
// file; text before the first one is index.md. A file named meridian.json is the host's list.
#pragma once
#include "fuzz.h"
#include "meridian/workspace.h"

namespace fuzz {

using meridian::Str;
using meridian::Workspace;

inline constexpr const char* kZone = "[[0,60,\"CET\"],[86400,120,\"CEST\"]]";

inline void put_files(Workspace& workspace, Str text) {
  const Str fence = "\n=== ";
  Str path = "index.md";
  if (meridian::starts_with(text, fence.substr(1))) {
    std::size_t end = text.find('\n');
    path = text.substr(4, end == Str::npos ? end : end - 4);
    text = end == Str::npos ? Str() : text.substr(end + 1);
  }
  while (true) {
    std::size_t end = text.find(fence);
    Str file = text.substr(0, end);
    if (path == "meridian.json")
      (void)workspace.list(file);
    else
      workspace.put(path, file);
    if (end == Str::npos) return;
    text = text.substr(end + fence.size());
    end = text.find('\n');
    path = text.substr(0, end);
    text = end == Str::npos ? Str() : text.substr(end + 1);
  }
}

inline void open(Workspace& workspace, const std::uint8_t* data, std::size_t size) {
  put_files(workspace, text(data + 1, size - 1));
  workspace.files().complete = data[0] & 1;
  (void)workspace.options(data[0] & 2 ? "{\"time\":\"2024-06-01T12:00:00Z\"}"
                                      : "{\"baseurl\":\"/b\",\"drafts\":true,\"future\":true}");
  // The theme's templates take most of the time, so they are not always used.
  (void)workspace.options(data[0] & 4 ? "{\"theme\":\"auto\"}" : "{\"theme\":\"site\"}");
}

}  // namespace fuzz
