#include "folder_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
bool is_link(const fs::path& path) {
  struct stat status;
  return ::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
}
}  // namespace

fs::path FolderWriter::link_on_way(const std::string& path) const {
  for (std::size_t at = path.find('/'); at != path.npos; at = path.find('/', at + 1))
    if (fs::path folder = folder_ / path.substr(0, at); is_link(folder)) return folder;
  return {};
}

int FolderWriter::make_folders(const std::string& path, fs::path& failed,
                               std::vector<fs::path>* made) const {
  for (std::size_t at = path.find('/'); at != path.npos; at = path.find('/', at + 1)) {
    failed = folder_ / path.substr(0, at);
    struct stat status;
    if (::lstat(failed.c_str(), &status) == 0) {
      if (S_ISLNK(status.st_mode)) return ELOOP;
      if (!S_ISDIR(status.st_mode)) return ENOTDIR;
    } else if (::mkdir(failed.c_str(), 0777) == 0) {
      if (made) made->push_back(failed);
    } else if (errno != EEXIST) {  // another process may have made it since
      return errno;
    }
  }
  return 0;
}

int FolderWriter::replace(const std::string& path, std::string_view bytes) const {
  NewFile file(*this, path);
  file.write(bytes);
  return file.put();
}

int FolderWriter::remove(const std::string& path) const {
  if (!link_on_way(path).empty()) return ELOOP;
  fs::path file = folder_ / path;
  if (::unlink(file.c_str()) != 0 && errno != ENOENT) return errno;
  for (fs::path folder = file.parent_path(); folder != folder_; folder = folder.parent_path())
    if (!remove_empty_folder(folder)) break;
  return 0;
}

void FolderWriter::set_process(unsigned process) {
  temporary_ = FolderWriter().temporary_ + std::to_string(process);
}

void FolderWriter::remove_temporary(unsigned process) const {
  FolderWriter other(folder_);
  other.set_process(process);
  ::unlink(at(other.temporary_).c_str());
}

NewFile::NewFile(const FolderWriter& folder, const std::string& path, unsigned mode)
    : temporary_(folder.at(folder.temporary())), to_(folder.at(path)) {
  if (!folder.link_on_way(path).empty()) {
    error_ = ELOOP;
    return;
  }
  ::unlink(temporary_.c_str());  // left by a process that was killed
  file_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode | 0600);
  if (file_ < 0) error_ = errno;
}

NewFile::~NewFile() {
  if (file_ < 0) return;
  ::close(file_);
  ::unlink(temporary_.c_str());
}

void NewFile::write(std::string_view bytes) {
  while (!error_ && !bytes.empty()) {
    ssize_t count = ::write(file_, bytes.data(), bytes.size());
    if (count >= 0)
      bytes.remove_prefix(std::size_t(count));
    else if (errno != EINTR)
      error_ = errno;
  }
}

int NewFile::put() {
  if (file_ >= 0) {
    if (::close(file_) != 0 && !error_) error_ = errno;
    file_ = -1;
    if (!error_ && ::rename(temporary_.c_str(), to_.c_str()) != 0) error_ = errno;
    if (error_) ::unlink(temporary_.c_str());
  }
  return error_;
}

int make_folder(const fs::path& folder, std::vector<fs::path>& made) {
  struct stat status;
  if (folder.empty() || ::stat(folder.c_str(), &status) == 0) return 0;
  if (int error = make_folder(folder.parent_path(), made)) return error;
  if (::mkdir(folder.c_str(), 0777) != 0) {
    int error = errno;  // another process may have made it since
    return ::stat(folder.c_str(), &status) == 0 ? 0 : error;
  }
  made.push_back(folder);
  return 0;
}

void remove_made(std::vector<fs::path>& made) {
  for (; !made.empty(); made.pop_back())
    if (!remove_empty_folder(made.back())) ::unlink(made.back().c_str());
}

bool remove_empty_folder(const fs::path& folder) { return ::rmdir(folder.c_str()) == 0; }

int write_named_file(const fs::path& path, std::string_view bytes) {
  std::error_code error;
  fs::file_status status = fs::status(path, error);
  if (!fs::exists(status) || fs::is_regular_file(status)) {
    fs::path folder = path.parent_path();
    return FolderWriter(folder).replace(path.filename().string(), bytes);
  }
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (!file) return errno;
  bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  int reason = errno;
  return std::fclose(file) != 0 ? errno : written ? 0 : reason;
}

fs::path link_in_sources(const fs::path& source, const fs::path& path) {
  std::error_code error;
  const fs::path root = fs::canonical(source, error);
  if (error) return {};
  fs::path real;  // without links
  for (const fs::path& part : fs::absolute(path, error).lexically_normal()) {
    fs::path next = real / part;
    if (!is_link(next)) {
      real = std::move(next);
      continue;
    }
    if (is_inside(real, root)) return next;
    real = fs::canonical(next, error);
    if (error) return {};  // it leads nowhere
  }
  return {};
}

bool is_inside(fs::path path, const fs::path& folder) {
  for (;; path = path.parent_path()) {
    std::error_code error;
    if (fs::equivalent(path, folder, error)) return true;
    if (path == path.parent_path()) return false;
  }
}

}  // namespace meridian::cli
