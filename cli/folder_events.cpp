#include "folder_events.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <thread>

namespace meridian::cli {

namespace {
// Not IN_MODIFY: it is sent while a file is half written.
constexpr std::uint32_t kEvents =
    IN_ATTRIB | IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR;
// Milliseconds without a further change that end a burst, and the most that it lasts.
constexpr int kQuiet = 5, kLongestBurst = 200;

bool is_ready(int handle, int milliseconds) {
  pollfd waiting{handle, POLLIN, 0};
  return ::poll(&waiting, 1, milliseconds) > 0;
}
}  // namespace

FolderEvents::FolderEvents() : handle_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {}

FolderEvents::~FolderEvents() {
  if (handle_ >= 0) ::close(handle_);
}

bool FolderEvents::follow(const std::string& root, const std::vector<std::string>& folders) {
  bool added = false;
  for (const std::string& folder : folders) {
    if (handle_ < 0) return false;
    int number = ::inotify_add_watch(handle_, (root + folder).c_str(), kEvents);
    if (number >= 0) {
      added |= folders_.insert_or_assign(number, folder).second;
    } else if (errno != ENOENT && errno != ENOTDIR && errno != EACCES) {
      // The system's number of watches is used up.
      ::close(handle_);
      handle_ = -1;
    }
  }
  return added;
}

/// Reads the events that are there; false: none was.
bool FolderEvents::read_events(Touched& touched) {
  alignas(inotify_event) char bytes[1 << 14];
  bool any = false;
  for (ssize_t size; (size = ::read(handle_, bytes, sizeof bytes)) > 0; any = true)
    for (ssize_t at = 0; at < size;) {
      inotify_event event;
      std::memcpy(&event, bytes + at, sizeof event);
      auto folder = folders_.find(event.wd);
      bool known = folder != folders_.end();
      if (known && event.len && !(event.mask & IN_ISDIR))
        touched.paths.insert(folder->second + (bytes + at + sizeof event));
      else
        touched.others = true;
      // The folder went, and its number may be that of another one.
      if (known && event.mask & IN_IGNORED) folders_.erase(folder);
      at += ssize_t(sizeof event + event.len);
    }
  return any;
}

Touched FolderEvents::wait(int most, int pause) {
  Touched touched;
  if (handle_ < 0) {
    if (most >= 0) pause = std::min(most, pause);
    std::this_thread::sleep_for(std::chrono::milliseconds(pause));
    touched.others = true;
  } else if (is_ready(handle_, most) && read_events(touched)) {
    for (int burst = 0; burst < kLongestBurst && is_ready(handle_, kQuiet); burst += kQuiet)
      read_events(touched);
  }
  return touched;
}

}  // namespace meridian::cli
