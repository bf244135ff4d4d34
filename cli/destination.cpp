#include "destination.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <set>

#include "disk.h"
#include "printable.h"
#include "shell.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
constexpr const char *kTemporary = ".meridian.tmp", *kFirstLine = "meridian 1\n";
constexpr std::size_t kHashDigits = 16;
// A record names some 300,000 files; a larger one was not written by a build.
constexpr std::size_t kMostRecord = std::size_t(32) << 20;
// No static host accepts a larger file, and a sparse one would fill the disk.
constexpr std::uintmax_t kMostCopied = std::uintmax_t(4) << 30;

constexpr Hash kFirstHash = 14695981039346656037u;
Hash hashed(Hash hash, std::string_view bytes) {
  for (char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return hash;
}
/// 0: of a build that did not end.
Hash ended(Hash hash) { return hash ? hash : 1; }

/// 0 when the file can't be read.
Hash hash_of(const fs::path& path) {
  Hash hash = kFirstHash;
  InputFile in(path);
  std::string bytes;
  while (in.read(bytes)) hash = hashed(hash, bytes);
  return in.error() ? 0 : ended(hash);
}

std::string quoted(const fs::path& path) { return "`" + path.string() + "`"; }

std::string temporary_of(unsigned process) { return kTemporary + std::to_string(process); }

bool is_there(const fs::path& path, struct stat& status) {
  return ::lstat(path.c_str(), &status) == 0;
}

/// Whether `path` is `folder` or inside it, whatever their names.
bool lies_in(fs::path path, const fs::path& folder) {
  for (;; path = path.parent_path()) {
    std::error_code error;
    if (fs::equivalent(path, folder, error)) return true;
    if (path == path.parent_path()) return false;
  }
}

/// `a/b/c` as `a`, `a/b`: called with each until it returns false.
template <class F>
bool for_folders_of(const std::string& path, F f) {
  for (std::size_t at = path.find('/'); at != path.npos; at = path.find('/', at + 1))
    if (!f(path.substr(0, at))) return false;
  return true;
}

/// Holds the folder anything but a repository, which a folder to publish from often is?
bool holds_files(const fs::path& folder) {
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::string name = it->path().filename().string();
    if (name != ".git" && name != ".svn" && name != kTemporary) return true;
  }
  return false;
}
}  // namespace

Destination::Destination(const Options& options, const char* elsewhere, bool edited_counts)
    : elsewhere_(elsewhere),
      temporary_(kTemporary),
      force_(options.force),
      edited_counts_(edited_counts) {}

bool Destination::refuse(const std::string& message) {
  const int status = cli::refuse(message);
  failed_ = true;
  if (status_ == kOk) status_ = status;
  return false;
}

void Destination::give_up() {
  failed_ = true;
  status_ = kErrors;
}

bool Destination::fail(const fs::path& path, const char* what, int error) {
  give_up();
  stopped_ |= error == ENOSPC || error == EDQUOT || error == EIO || error == EROFS;
  return print_error(path, what, error);
}

bool Destination::open(const std::string& folder, const fs::path& source) {
  if (folder.empty()) return refuse("`--destination` needs the name of a folder");
  std::error_code error;
  fs::path absolute = fs::absolute(folder, error).lexically_normal();
  folder_ = fs::weakly_canonical(absolute, error);
  if (error) return fail(folder, "used as destination", error.value());
  if (!folder_.has_filename() && folder_.has_relative_path()) folder_ = folder_.parent_path();
  fs::path root = fs::canonical(source, error);
  // Jekyll: "Destination directory cannot be or contain the Source directory."
  if (lies_in(root, folder_))
    return refuse(
        "the destination cannot be or contain the source, whose files it would overwrite; name "
        "another "
        "folder, as --destination " +
        (root / "_site").string());
  struct stat status;
  if (::stat(folder_.c_str(), &status) != 0) return true;
  if (!S_ISDIR(status.st_mode)) return refuse(quoted(folder_) + " is no folder; " + elsewhere_);
  if (!lock() || !read_record()) return false;
  // Of a build that was killed, which had written its record before.
  for (unsigned process = 1; recorded_ && process <= kMostJobs; process++)
    ::unlink((folder_ / temporary_of(process)).c_str());
  if (!recorded_ && !force_ && lies_in(folder_, root) && holds_files(folder_))
    return refuse(
        quoted(folder_) +
        " lies in the source and holds files that no build has written. They would be no "
        "sources any more: give another --destination, or --force when they are left over");
  return true;
}

bool Destination::open_unrecorded(const fs::path& folder) {
  folder_ = folder;
  keeps_record_ = false;
  return lock();
}

void Destination::allow(const std::string& path) { old_[path] = hash_of(folder_ / path); }

bool Destination::lock() {
  if (lock_.take(folder_)) return true;
  std::fprintf(stderr, "meridian: another build is writing to %s; wait until it has ended\n",
               folder_.c_str());
  status_ = kErrors;
  return false;
}

/// A line for each file: its hash, a space, its path. Lines of another form are ignored: anyone can
/// write a record.
bool Destination::read_record() {
  std::string text;
  if (!read_file(folder_ / kRecord, text, kMostRecord)) {
    if (errno == ENOENT) return true;
    return fail(folder_ / kRecord, "read", errno);
  }
  if (text.rfind(kFirstLine, 0) != 0)
    return force_ || refuse(quoted(folder_ / kRecord) + " is not what a build writes there; " +
                            elsewhere_ + ", or --force to write over it");
  recorded_ = true;
  for (std::size_t at = std::strlen(kFirstLine), end; (end = text.find('\n', at)) != text.npos;
       at = end + 1) {
    std::string line = text.substr(at, end - at);
    if (line.size() < kHashDigits + 2 || line[kHashDigits] != ' ') continue;
    std::string path = line.substr(kHashDigits + 1), digits = line.substr(0, kHashDigits);
    char* rest;
    Hash hash = std::strtoull(digits.c_str(), &rest, 16);
    if (*rest == 0 && clean_path(path) == Str(path) && path != kRecord) old_[path] = hash;
  }
  return true;
}

/// Of all files, those of earlier builds as well.
bool Destination::write_record() {
  if (!keeps_record_) return true;
  std::string text = kFirstLine;
  char digits[kHashDigits + 1];
  auto add = [&](const std::string& path, Hash hash) {
    std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash));
    text.append(digits).append(" ").append(path).append("\n");
  };
  for (const auto& [path, hash] : new_) add(path, hash);
  for (const auto& [path, hash] : old_)
    if (!new_.count(path)) add(path, hash);
  int error = replace_file(folder_ / kTemporary, folder_ / kRecord, text);
  return !error || fail(folder_ / kRecord, "written", error);
}

bool Destination::may_replace(const std::string& path) {
  fs::path to = folder_ / path;
  struct stat status;
  bool way = for_folders_of(path, [&](const std::string& folder) {
    if (!is_there(folder_ / folder, status)) return true;
    if (S_ISLNK(status.st_mode))
      return refuse(quoted(folder_ / folder) +
                    " is a link, and nothing is written where it leads; remove it, or " +
                    elsewhere_);
    return S_ISDIR(status.st_mode) || old_.count(folder) ||
           refuse(quoted(folder_ / folder) +
                  " is a file where a folder is needed, and no build has written it; remove "
                  "it, or " +
                  elsewhere_);
  });
  if (!way) return false;
  if (!is_there(to, status)) return true;
  if (S_ISDIR(status.st_mode)) {
    auto inside = old_.lower_bound(path + "/");
    return (inside != old_.end() && inside->first.rfind(path + "/", 0) == 0) ||
           refuse(quoted(to) + " is a folder where a file is to be written; remove it, or " +
                  elsewhere_);
  }
  auto known = old_.find(path);
  if (force_) return true;
  if (known == old_.end())
    return refuse(quoted(to) + " is not of an earlier build; " + elsewhere_ +
                  ", or --force to write over it");
  if (edited_counts_ && known->second && hash_of(to) != known->second)
    return refuse(
        quoted(to) +
        " was changed after it had been written; take what is in it into the source, then give "
        "--force to write over it");
  return true;
}

bool Destination::plan(const std::vector<std::string>& paths) {
  for (const std::string& path : paths)
    if (!may_replace(path)) return false;
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) return fail(folder_, "made", error.value());
  if (!lock_.is_held() && !lock()) return false;
  std::set<std::string> planned(paths.begin(), paths.end());
  for (const std::string& path : paths)
    for_folders_of(path, [&](const std::string& folder) {
      if (auto file = old_.find(folder); file != old_.end() && !planned.count(folder))
        remove(folder, file->second);
      return true;
    });
  for (const auto& [path, hash] : old_)
    if (!planned.count(path))
      for_folders_of(path, [&, &path = path, &hash = hash](const std::string& folder) {
        if (planned.count(folder)) remove(path, hash);
        return true;
      });
  for (const std::string& path : paths) new_[path] = 0;
  // Written first, so that after a killed build the next one knows its files.
  return write_record();
}

bool Destination::make_folders(const std::string& path) {
  fs::path folder = (folder_ / path).parent_path();
  if (folder == made_) return true;
  bool made = for_folders_of(path, [&](const std::string& name) {
    struct stat status;
    fs::path step = folder_ / name;
    if (is_there(step, status))
      return S_ISDIR(status.st_mode) || fail(step, "used as a folder", ENOTDIR);
    // Another process may have made it since.
    if (::mkdir(step.c_str(), 0777) == 0 || errno == EEXIST) return true;
    return fail(step, "made", errno);
  });
  if (made) made_ = folder;
  return made;
}

bool Destination::write(const std::string& path, std::string_view bytes) {
  fs::path to = folder_ / path;
  if (!make_folders(path)) return false;
  std::string old;
  struct stat status;
  bool same = is_there(to, status) && S_ISREG(status.st_mode) &&
              std::size_t(status.st_size) == bytes.size() && read_file(to, old) && old == bytes;
  if (!same)
    if (int error = replace_file(folder_ / temporary_, to, bytes))
      return fail(to, "written", error);
  bytes_ += bytes.size();
  new_[path] = ended(hashed(kFirstHash, bytes));
  return true;
}

namespace {
/// Whether two files hold the same bytes; `hash` gets that of the first one.
bool are_equal(InputFile& from, const fs::path& to, Hash& hash) {
  struct stat status;
  if (!is_there(to, status) || !S_ISREG(status.st_mode) ||
      std::uintmax_t(status.st_size) != from.size())
    return false;
  InputFile old(to);
  std::string ours, theirs;
  hash = kFirstHash;
  while (from.read(ours)) {
    if (!old.read(theirs) || ours != theirs) return false;
    hash = hashed(hash, ours);
  }
  return !from.error();
}
}  // namespace

bool Destination::copy(const fs::path& from, const std::string& path) {
  fs::path to = folder_ / path;
  InputFile in(from);
  if (in.error()) return fail(from, "read", in.error());
  if (in.size() > kMostCopied) return fail(from, "copied, it has more than 4 GB", EFBIG);
  if (!make_folders(path)) return false;
  Hash hash;
  if (!are_equal(in, to, hash)) {
    hash = kFirstHash;
    in.rewind();
    NewFile out(folder_ / temporary_, in.mode());
    std::string bytes;
    std::uintmax_t copied = 0;
    while (!out.error() && in.read(bytes)) {
      if ((copied += bytes.size()) > kMostCopied) return fail(from, "copied, it has no end", EFBIG);
      hash = hashed(hash, bytes);
      out.write(bytes);
    }
    if (in.error()) return fail(from, "read", in.error());
    if (int error = out.put_at(to)) return fail(to, "written", error);
  }
  bytes_ += in.size();
  new_[path] = ended(hash);
  return true;
}

void Destination::remove(const std::string& path, Hash hash) {
  struct stat status;
  bool real = for_folders_of(path, [&](const std::string& folder) {
    return is_there(folder_ / folder, status) && S_ISDIR(status.st_mode);
  });
  if (!real || !is_there(folder_ / path, status) || !S_ISREG(status.st_mode)) return;
  if (hash && hash_of(folder_ / path) != hash) {
    std::fprintf(stderr, "meridian: %s is not needed any more; it stays, as somebody changed it\n",
                 (folder_ / path).c_str());
    return;
  }
  if (::unlink((folder_ / path).c_str()) != 0 && errno != ENOENT) {
    fail(folder_ / path, "removed", errno);
    return;
  }
  for (fs::path folder = (folder_ / path).parent_path(); folder != folder_;
       folder = folder.parent_path())
    if (::rmdir(folder.c_str()) != 0) break;
  made_.clear();
}

void Destination::begin_again(bool anew) {
  if (finished_) old_.clear();
  for (const auto& [path, hash] : new_) old_[path] = hash;
  if (anew) new_.clear();
  bytes_ = 0;
  failed_ = stopped_ = finished_ = false;
  status_ = kOk;
}

void Destination::begin_process(unsigned process) {
  temporary_ = temporary_of(process);
  bytes_ = 0;
}

void Destination::tell(Message& told) const {
  told.add(files());
  for (const auto& [path, hash] : new_) {
    if (!hash) continue;
    told.add(path);
    told.add(hash);
  }
  told.add(bytes_);
  told.add(failed_);
  told.add(stopped_);
  told.add(std::uint64_t(status_));
}

void Destination::hear(Message& told) {
  for (std::uint64_t count = told.number(); count--;) {
    std::string path(told.text());
    new_[std::move(path)] = told.number();
  }
  bytes_ += told.number();
  failed_ |= told.number() != 0;
  stopped_ |= told.number() != 0;
  if (int status = int(told.number()); status_ == kOk) status_ = status;
}

std::size_t Destination::files() const {
  auto is_written = [](const auto& file) { return file.second != 0; };
  return std::size_t(std::count_if(new_.begin(), new_.end(), is_written));
}

void Destination::leave_out(const std::string& folder) {
  auto first = new_.lower_bound(folder), last = first;
  while (last != new_.end() && last->first.rfind(folder, 0) == 0) ++last;
  new_.erase(first, last);
}

bool Destination::dissolve() {
  std::error_code error;
  fs::remove(folder_ / kRecord, error);
  return fs::remove(folder_, error);  // fails where it holds files
}

bool Destination::finish(const std::vector<std::string>& keep_files, bool keep_all) {
  if (failed_) return false;
  std::erase_if(new_, [](const auto& file) { return !file.second; });
  for (const auto& [path, hash] : old_) {
    if (new_.count(path)) continue;
    bool kept = keep_all;
    for (const std::string& keep : keep_files) kept |= !keep.empty() && path.rfind(keep, 0) == 0;
    if (kept)
      new_[path] = hash;
    else
      remove(path, hash);
  }
  old_.clear();
  finished_ = write_record() && !failed_;
  return finished_;
}

}  // namespace meridian::cli
