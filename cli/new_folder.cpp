#include "new_folder.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "meridian/text.h"
#include "printable.h"
#include "shell.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
constexpr const char* kTemporary = ".meridian.tmp";

std::string quoted(const std::string& name) { return "`" + name + "`"; }

/// Whether a name can be printed, and typed again.
bool is_printable(const std::string& name) {
  return find_invalid_utf8(name) == Str::npos &&
         std::none_of(name.begin(), name.end(),
                      [](unsigned char c) { return c < ' ' || c == '\x7f'; });
}

/// Whether a folder holds nothing, or nothing but a new repository; `error` when it can't be read.
bool holds_nothing(const fs::path& folder, std::error_code& error) {
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (it->path().filename() != ".git") return false;
  return true;
}
}  // namespace

bool NewFolder::refuse(const std::string& message) {
  status_ = cli::refuse(message);
  return false;
}

bool NewFolder::fail(const fs::path& path, const char* what, int error) {
  status_ = kErrors;
  return print_error(path, what, error);
}

bool NewFolder::open(const std::string& name) {
  if (!is_printable(name))
    return refuse("the name of the folder has characters that can't be shown; give another one");
  if (name[0] == '-')
    return refuse(quoted(name) + " looks like an option; write `./" + name + "` for a folder");
  folder_ = fs::path(name).lexically_normal();
  if (!folder_.has_filename()) folder_ = folder_.parent_path();
  struct stat status;
  if (::stat(folder_.c_str(), &status) != 0) {
    if (errno != ENOENT) return fail(folder_, "used", errno);
    if (::lstat(folder_.c_str(), &status) == 0)
      return refuse(quoted(name) +
                    " is a link that leads nowhere; remove it, or name another "
                    "folder");
    if (!make(folder_)) return false;
  } else if (!S_ISDIR(status.st_mode)) {
    return refuse(quoted(name) + " is no folder; name one that is not there yet");
  }
  if (!lock_.take(folder_)) {
    std::fprintf(stderr, "meridian: another command is writing to %s; wait until it has ended\n",
                 folder_.c_str());
    status_ = kErrors;
    return false;
  }
  std::error_code error;
  bool empty = holds_nothing(folder_, error);
  if (error) return fail(folder_, "read", error.value());
  return empty || refuse(quoted(name) +
                         " holds files, and none is replaced; name a folder that is "
                         "not there yet, or an empty one");
}

/// Makes a folder, and those that contain it.
bool NewFolder::make(const fs::path& folder) {
  struct stat status;
  if (folder.empty() || ::stat(folder.c_str(), &status) == 0) return true;
  if (!make(folder.parent_path())) return false;
  if (::mkdir(folder.c_str(), 0777) != 0) return fail(folder, "made", errno);
  made_.push_back(folder);
  return true;
}

/// Makes the folders of a file, of which none may be a link, and checks that its place is free.
bool NewFolder::make_way(const std::string& path) {
  struct stat status;
  for (std::size_t at = path.find('/'); at != path.npos; at = path.find('/', at + 1)) {
    fs::path folder = folder_ / path.substr(0, at);
    if (::lstat(folder.c_str(), &status) != 0) {
      if (!make(folder)) return false;
    } else if (!S_ISDIR(status.st_mode)) {
      return fail(folder, "used as a folder", ENOTDIR);
    }
  }
  fs::path to = folder_ / path;
  return ::lstat(to.c_str(), &status) != 0 || fail(to, "written", EEXIST);
}

bool NewFolder::write(const std::string& path, std::string_view bytes) {
  if (!make_way(path)) return false;
  if (int error = replace_file(folder_ / kTemporary, folder_ / path, bytes))
    return fail(folder_ / path, "written", error);
  made_.push_back(folder_ / path);
  return true;
}

bool NewFolder::copy(const std::string& path, InputFile& from) {
  if (!make_way(path)) return false;
  NewFile file(folder_ / kTemporary);
  std::string piece;
  while (!file.error() && from.read(piece)) file.write(piece);
  if (from.error()) return true;
  if (int error = file.put_at(folder_ / path)) return fail(folder_ / path, "written", error);
  made_.push_back(folder_ / path);
  return true;
}

void NewFolder::undo() {
  std::error_code error;
  for (; !made_.empty(); made_.pop_back()) fs::remove(made_.back(), error);
}

}  // namespace meridian::cli
