// What the command asks of its system, where that is Node (node/imports.js has the functions).
#include <algorithm>
#include <string>

#include "folder_events.h"
#include "lock.h"
#include "zone.h"

extern "C" {
/// 1: the folder is ours until the process ends; 0: another process has it.
int meridian_lock(const char* folder);
/// Puts the transitions of a zone, as JSON, into `json`, if it has room for them; gives their
/// bytes, 0 for a zone that Node does not know.
int meridian_zone(const char* name, char* json, int room);
/// Sleeps so many milliseconds.
void meridian_pause(int milliseconds);
}

namespace meridian::cli {

FolderLock::~FolderLock() = default;

bool FolderLock::take(const std::filesystem::path& folder) {
  handle_ = meridian_lock(folder.c_str()) ? 0 : -1;
  return is_held();
}

// Node tells of changes between two tasks, and the command is one.
FolderEvents::FolderEvents() = default;
FolderEvents::~FolderEvents() = default;
bool FolderEvents::follow(const std::string&, const std::vector<std::string>&) { return false; }

Touched FolderEvents::wait(int most, int pause) {
  meridian_pause(most < 0 ? pause : std::min(most, pause));
  return {{}, true};
}

bool load_zone(Workspace& workspace, std::string_view name) {
  std::string zone(name), json;
  json.resize(std::size_t(meridian_zone(zone.c_str(), nullptr, 0)));
  if (json.empty()) return false;
  meridian_zone(zone.c_str(), json.data(), int(json.size()));
  return workspace.zone(name, json);
}

}  // namespace meridian::cli
