#include "shell_list.h"

#include "head.h"
#include "meridian/text.h"
#include "meridian/value.h"
#include "shell.h"
#include "shell_names.h"
#include "workspace/git_hash.h"

namespace meridian::cli {

bool ShellList::read(const std::filesystem::path& folder) {
  std::string text;
  Arena arena;
  Value told;
  if (!read_shell_list(folder, arena, text, told)) return false;
  const Map* contents = get(told, "contents").map();
  if (!contents) return false;
  version = std::string(get(told, "version").str());
  for (const Map::Entry& entry : *contents)
    if (const Array* content = entry.value.array(); content && content->size() == 2)
      files[std::string(entry.key.str())] = {(*content)[0].is(Kind::Int) ? (*content)[0].i : 0,
                                             std::string((*content)[1].str())};
  return true;
}

bool ShellList::has(const std::string& path, const std::string& bytes) const {
  auto listed = files.find(path);
  if (listed == files.end()) return false;
  auto is_listed = [&](Str content) {
    if (std::int64_t(content.size()) != listed->second.size) return false;
    Text hash;
    add_git_hash(hash, content);
    return hash.str() == Str(listed->second.hash);
  };
  if (is_shell_path(path)) return is_listed(plain_shell(bytes));
  if (is_listed(bytes) || path != kPlaygroundPage) return is_listed(bytes);
  std::string tags = bytes, lines = bytes;
  take_metas(tags);
  take_metas(lines, true);
  return is_listed(tags) || is_listed(lines);
}

}  // namespace meridian::cli
