// By flock: the system lets go of it with the process.
#include "lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace meridian::cli {

FolderLock::~FolderLock() {
  if (handle_ >= 0) ::close(handle_);
}

bool FolderLock::take(const std::filesystem::path& folder) {
  handle_ = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return handle_ < 0 || ::flock(handle_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

}  // namespace meridian::cli
