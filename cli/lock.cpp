// By flock: the system lets go of it with the process.
#include "lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>

namespace meridian::cli {

FolderLock::~FolderLock() {
  if (handle_ >= 0) ::close(handle_);
}

namespace {
// Processes of a build that was killed end a moment later, and hold the folder until then.
constexpr int kTries = 20, kMillisecondsBetween = 25;
}  // namespace

bool FolderLock::take(const std::filesystem::path& folder) {
  handle_ = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle_ < 0) return true;
  for (int tried = 1; ::flock(handle_, LOCK_EX | LOCK_NB) != 0; tried++) {
    if (errno != EWOULDBLOCK) return true;
    if (tried == kTries) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(kMillisecondsBetween));
  }
  return true;
}

}  // namespace meridian::cli
