#include "walk.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "config_files.h"
#include "disk.h"
#include "meridian/text.h"
#include "printable.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
/// Whether an address can have the name: hosts and Windows read a backslash as a slash.
const char* what_is_wrong_with(const std::string& name) {
  if (find_invalid_utf8(name) != Str::npos) return "its name is not UTF-8";
  for (char c : name)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f')
      return "its name has a control character";
  return name.find('\\') == name.npos ? nullptr : "its name has a backslash";
}

std::int64_t nanoseconds(const struct timespec& time) {
  return std::int64_t(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

/// The folder of npm's packages: thousands of files, which no site publishes.
constexpr const char* kPackages = "node_modules";

/// Whether Sass looks for imports in it, by `sass: {load_paths: [node_modules]}`.
bool names_packages(const fs::path& root) {
  constexpr std::size_t kMostSettings = std::size_t(1) << 20;
  std::string text;
  return read_file(root / default_config(root), text, kMostSettings) &&
         text.find("load_paths") != text.npos && text.find(kPackages) != text.npos;
}

bool lies_in_packages(const std::string& path) {
  const std::string folder = std::string(kPackages) + '/';
  return path.rfind(folder, 0) == 0 || path.find('/' + folder) != path.npos;
}

bool is_sheet(const std::string& name) {
  return one_of(fs::path(name).extension().string(), ".scss .sass .css") >= 0;
}

bool lies_in(const fs::path& path, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first ==
         folder.end();
}
}  // namespace

SourceFile::SourceFile(std::string name, const struct stat& status)
    : path(std::move(name)),
      size(status.st_size),
      written(nanoseconds(status.st_mtim)),
      changed(nanoseconds(status.st_ctim)),
      number(status.st_ino) {}

Walk::Walk(fs::path root, const fs::path& destination, Diagnostics& diagnostics)
    : root_(std::move(root)), diagnostics_(diagnostics) {
  struct stat status;
  if (!destination.empty() && ::stat(destination.c_str(), &status) == 0) {
    destination_ = {status.st_dev, status.st_ino};
    has_destination_ = true;
  }
  reads_packages_ = names_packages(root_);
  if (::stat(root_.c_str(), &status) == 0) enter({}, status, false);
}

bool Walk::leave_out(const std::string& path, Severity severity, const std::string& why,
                     const char* remedy) {
  if (!is_hidden(path))
    diagnostics_.add({severity, Rule::Unreadable}, printable(path), why, remedy);
  return false;
}

bool Walk::miss(const std::string& path, const std::string& why) {
  unread.push_back({path, why});
  return false;
}

void Walk::report_unread() {
  for (const Unread& one : unread)
    if (!is_hidden(one.path))
      diagnostics_.add({Severity::Error, Rule::Unreadable},
                       printable(one.path.empty() ? root_.string() : one.path), one.why, kLetRead);
}

/// False for a link that is not followed; else `status` is that of its target.
bool Walk::follow(const std::string& path, bool linked, struct stat& status) {
  std::error_code error;
  fs::path target = fs::canonical(root_ / path, error);
  auto out = [&](const char* why, const char* remedy) {
    return leave_out(path, Severity::Warning, why, remedy);
  };
  if (error == std::errc::permission_denied)
    return miss(path, "the link can't be followed: " + error.message());
  if (error || ::stat(target.c_str(), &status) != 0)
    return out("the link leads nowhere", "remove or mend it");
  if (!lies_in(target, root_))
    return out("the link leads out of the source", "copy the file into the source");
  if (!S_ISDIR(status.st_mode)) return true;
  // Links within linked folders can lead to each other without end.
  return !linked || out("the link to a folder is in a linked folder", "link to its target");
}

void Walk::visit(const std::string& folder, const std::string& name, bool linked) {
  std::string path = folder + name;
  // Of the shell beside the sources only themes are sources.
  bool shell = folder == "meridian/" && name != "themes";
  if (shell || path == "meridian.json" || path == "sass.meridian.json" || name == ".git" ||
      (name == kPackages && !reads_packages_))
    return;
  if (const char* wrong = what_is_wrong_with(name)) {
    leave_out(path, Severity::Warning, std::string(wrong) + ", it is skipped", "rename it");
    return;
  }
  struct stat status;
  if (::lstat((root_.native() + '/' + path).c_str(), &status) != 0) {
    // Removed meanwhile; or named in bytes that Node gives as U+FFFD.
    if (int error = errno; error != ENOENT)
      miss(path, why_unread(error));
    else if (name.find("\xEF\xBF\xBD") != name.npos)
      leave_out(path, Severity::Warning, "its name is not UTF-8, it is skipped", "rename it");
    return;
  }
  bool link = S_ISLNK(status.st_mode);
  if (link && !follow(path, linked, status)) return;
  has_links |= link;
  if (reads_packages_ && !S_ISDIR(status.st_mode) && lies_in_packages(path) && !is_sheet(name))
    return;
  if (S_ISDIR(status.st_mode))
    enter(path + '/', status, linked || link);
  else if (S_ISREG(status.st_mode))
    files.emplace_back(path, status);
  else
    leave_out(path, Severity::Warning, "it is a pipe, a socket or a device, and is skipped",
              "remove it");
}

void Walk::enter(const std::string& folder, const struct stat& status, bool linked) {
  Folder id{status.st_dev, status.st_ino};
  if (has_destination_ && id == destination_) return;
  // A link to a folder that contains it: the content of the folder has been read.
  if (std::find(way_.begin(), way_.end(), id) != way_.end()) return;
  std::error_code error;
  fs::directory_iterator it(root_ / folder, error), end;
  auto unreadable = [&] {
    miss(folder.substr(0, folder.size() - !folder.empty()),
         "the folder can't be read: " + error.message());
  };
  if (error) return unreadable();
  folders.push_back(folder);
  way_.push_back(id);
  for (; it != end; it.increment(error)) {
    if (error) break;
    visit(folder, it->path().filename().native(), linked);
  }
  if (error) unreadable();
  way_.pop_back();
}

std::vector<SourceFile> files_by_path(const fs::path& root, const fs::path& destination,
                                      Diagnostics& diagnostics) {
  Walk walk(root, destination, diagnostics);
  walk.report_unread();
  std::vector<SourceFile> files = std::move(walk.files);
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

bool is_hidden(std::string_view path) {
  return path.starts_with('.') || path.find("/.") != path.npos;
}

}  // namespace meridian::cli
