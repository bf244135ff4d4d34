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

bool NewFolder::open(const std::string& name, const fs::path& source) {
  if (!is_printable(name))
    return refuse("the name of the folder has characters that can't be shown; give another one");
  if (name[0] == '-')
    return refuse(quoted(name) + " looks like an option; write `./" + name + "` for a folder");
  fs::path folder = fs::path(name).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  writer_ = FolderWriter(folder);
  if (fs::path link = link_in_sources(source, folder); !source.empty() && !link.empty())
    return refuse(quoted(link.string()) +
                  " is a link in the sources, and nothing is written where it leads; name another "
                  "folder");
  struct stat status;
  if (::stat(path().c_str(), &status) != 0) {
    if (errno != ENOENT) return fail(path(), "used", errno);
    if (::lstat(path().c_str(), &status) == 0)
      return refuse(quoted(name) +
                    " is a link that leads nowhere; remove it, or name another "
                    "folder");
    if (int error = make_folder(folder, made_)) return fail(folder, "made", error);
  } else if (!S_ISDIR(status.st_mode)) {
    return refuse(quoted(name) + " is not a folder; name one that is not there yet");
  }
  if (!lock_.take(path())) {
    std::fprintf(stderr, "meridian: another command is writing to %s; wait until it has ended\n",
                 path().c_str());
    status_ = kErrors;
    return false;
  }
  std::error_code error;
  bool empty = holds_nothing(path(), error);
  if (error) return fail(path(), "read", error.value());
  return empty || refuse(quoted(name) +
                         " holds files, and none is replaced; name a folder that is "
                         "not there yet, or an empty one");
}

/// Makes the folders of a file, of which none may be a link, and checks that its place is free.
bool NewFolder::make_way(const std::string& path) {
  fs::path failed;
  if (int error = writer_.make_folders(path, failed, &made_)) return fail(failed, "made", error);
  struct stat status;
  fs::path to = writer_.at(path);
  return ::lstat(to.c_str(), &status) != 0 || fail(to, "written", EEXIST);
}

bool NewFolder::write(const std::string& path, std::string_view bytes) {
  if (!make_way(path)) return false;
  if (int error = writer_.replace(path, bytes)) return fail(writer_.at(path), "written", error);
  made_.push_back(writer_.at(path));
  return true;
}

bool NewFolder::copy(const std::string& path, InputFile& from) {
  if (!make_way(path)) return false;
  NewFile file(writer_, path);
  std::string piece;
  while (!file.error() && from.read(piece)) file.write(piece);
  if (from.error()) return true;
  if (int error = file.put()) return fail(writer_.at(path), "written", error);
  made_.push_back(writer_.at(path));
  return true;
}

void NewFolder::undo() { remove_made(made_); }

}  // namespace meridian::cli
