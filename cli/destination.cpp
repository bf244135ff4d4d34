#include "destination.h"

#include <sys/stat.h>

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
constexpr const char* kFirstLine = "meridian 1\n";
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

// What a message says of a link, before the remedy.
constexpr const char* kIsLink = " is a link, and nothing is written where it leads; ";

std::string quoted(const fs::path& path) { return "`" + path.string() + "`"; }

bool is_there(const fs::path& path, struct stat& status) {
  return ::lstat(path.c_str(), &status) == 0;
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
    if (name != ".git" && name != ".svn" && name != FolderWriter().temporary()) return true;
  }
  return false;
}
}  // namespace

Destination::Destination(const Options& options, const char* elsewhere, bool edited_counts)
    : elsewhere_(elsewhere), force_(options.force), edited_counts_(edited_counts) {}

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
  named_ = folder;
  source_ = source;
  if (!leads_nowhere_else()) return false;
  std::error_code error;
  fs::path absolute = fs::absolute(folder, error).lexically_normal();
  absolute = fs::weakly_canonical(absolute, error);
  if (error) return fail(folder, "used as destination", error.value());
  if (!absolute.has_filename() && absolute.has_relative_path()) absolute = absolute.parent_path();
  writer_ = FolderWriter(absolute);
  fs::path root = fs::canonical(source, error);
  // Jekyll: "Destination directory cannot be or contain the Source directory."
  if (is_inside(root, absolute))
    return refuse(
        "the destination cannot be or contain the source, whose files it would overwrite; name "
        "another folder, as --destination " +
        (root / "_site").string());
  struct stat status;
  if (::stat(absolute.c_str(), &status) != 0) return true;
  if (!S_ISDIR(status.st_mode)) return refuse(quoted(absolute) + " is not a folder; " + elsewhere_);
  return enter();
}

/// A link in the sources was not named by the user: it may lead anywhere. Nor was one at the
/// default destination.
bool Destination::leads_nowhere_else() {
  if (named_.empty()) return true;
  fs::path link = link_in_sources(source_, named_);
  struct stat status;
  if (link.empty() && named_ == kDefaultDestination && is_there(named_, status) &&
      S_ISLNK(status.st_mode))
    link = named_;
  return link.empty() || refuse(quoted(link) + kIsLink + "name the folder itself by --destination");
}

/// Takes a folder that is there, and reads what an earlier build has written in it.
bool Destination::enter() {
  if (!lock()) return false;
  entered_ = true;
  if (!read_record()) return false;
  // Of a build that was killed, which had written its record before.
  for (unsigned process = 1; recorded_ && process <= kMostJobs; process++)
    writer_.remove_temporary(process);
  if (!recorded_ && !force_ && is_inside(folder(), source_) && holds_files(folder()))
    return refuse(
        quoted(folder()) +
        " is in the source and holds files that no build has written. They would not be "
        "sources any more: give another --destination, or --force when they are left over");
  return true;
}

bool Destination::open_unrecorded(const fs::path& folder) {
  writer_ = FolderWriter(folder);
  keeps_record_ = false;
  entered_ = lock();
  return entered_;
}

void Destination::allow(const std::string& path) { old_[path] = hash_of(writer_.at(path)); }

bool Destination::allow_made(const std::string& folder, bool (*is_made)(const std::string& name)) {
  if (!has_no_link(folder)) return false;
  std::error_code error;
  for (fs::directory_iterator it(writer_.at(folder), error), end; !error && it != end;
       it.increment(error)) {
    std::string name = it->path().filename().string();
    struct stat status;
    if (is_made(name) && is_there(it->path(), status) && S_ISREG(status.st_mode))
      allow(folder + name);
  }
  return true;
}

bool Destination::has_no_link(const std::string& path) {
  fs::path link = writer_.link_on_way(path);
  return link.empty() || refuse(quoted(link) + kIsLink + "remove it, or " + elsewhere_);
}

bool Destination::lock() {
  if (lock_.take(folder())) return true;
  std::fprintf(stderr, "meridian: another %s is writing to %s; run this again when it has ended\n",
               keeps_record_ ? "build" : "command", folder().c_str());
  status_ = kErrors;
  return false;
}

/// A line for each file: its hash, a space, its path. Lines of another form are ignored: anyone can
/// write a record.
bool Destination::read_record() {
  std::string text;
  struct stat status;
  if (is_there(writer_.at(kRecord), status) && S_ISLNK(status.st_mode))
    return refuse(quoted(writer_.at(kRecord)) + kIsLink + "remove it, or " + elsewhere_);
  if (!read_file(writer_.at(kRecord), text, kMostRecord)) {
    if (errno == ENOENT) return true;
    return fail(writer_.at(kRecord), "read", errno);
  }
  if (text.rfind(kFirstLine, 0) != 0)
    return force_ || refuse(quoted(writer_.at(kRecord)) + " is not what a build writes there; " +
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
  int error = writer_.replace(kRecord, text);
  return !error || fail(writer_.at(kRecord), "written", error);
}

bool Destination::may_replace(const std::string& path) {
  if (!has_no_link(path)) return false;
  fs::path to = writer_.at(path);
  struct stat status;
  bool way = for_folders_of(path, [&](const std::string& folder) {
    if (!is_there(writer_.at(folder), status)) return true;
    return S_ISDIR(status.st_mode) || old_.count(folder) ||
           refuse(quoted(writer_.at(folder)) +
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
  if (S_ISLNK(status.st_mode) && known == old_.end())
    return refuse(quoted(to) + kIsLink + "remove it, or " + elsewhere_);
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
  if (!leads_nowhere_else()) return false;
  if (!entered_) {
    std::vector<fs::path> made;
    if (int error = make_folder(folder(), made)) return fail(folder(), "made", error);
    // Another build may have made it since open(), and its files.
    if (!enter()) return false;
  }
  for (const std::string& path : paths)
    if (!may_replace(path)) return false;
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
  fs::path folder = writer_.at(path).parent_path(), failed;
  if (folder == made_) return true;
  if (int error = writer_.make_folders(path, failed)) return fail(failed, "made", error);
  made_ = folder;
  return true;
}

bool Destination::write(const std::string& path, std::string_view bytes) {
  fs::path to = writer_.at(path);
  if (!make_folders(path)) return false;
  std::string old;
  struct stat status;
  bool same = is_there(to, status) && S_ISREG(status.st_mode) &&
              std::size_t(status.st_size) == bytes.size() && read_file(to, old) && old == bytes;
  if (!same)
    if (int error = writer_.replace(path, bytes)) return fail(to, "written", error);
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
  fs::path to = writer_.at(path);
  InputFile in(from);
  if (in.error()) return fail(from, "read", in.error());
  if (in.size() > kMostCopied) return fail(from, "copied, it has more than 4 GB", EFBIG);
  if (!make_folders(path)) return false;
  Hash hash;
  if (!are_equal(in, to, hash)) {
    hash = kFirstHash;
    in.rewind();
    NewFile out(writer_, path, in.mode());
    std::string bytes;
    std::uintmax_t copied = 0;
    while (!out.error() && in.read(bytes)) {
      if ((copied += bytes.size()) > kMostCopied) return fail(from, "copied, it has no end", EFBIG);
      hash = hashed(hash, bytes);
      out.write(bytes);
    }
    if (in.error()) return fail(from, "read", in.error());
    if (int error = out.put()) return fail(to, "written", error);
  }
  bytes_ += in.size();
  new_[path] = ended(hash);
  return true;
}

void Destination::remove(const std::string& path, Hash hash) {
  struct stat status;
  bool real = for_folders_of(path, [&](const std::string& folder) {
    return is_there(writer_.at(folder), status) && S_ISDIR(status.st_mode);
  });
  if (!real || !is_there(writer_.at(path), status) || !S_ISREG(status.st_mode)) return;
  if (hash && hash_of(writer_.at(path)) != hash) {
    std::fprintf(stderr, "meridian: %s is not needed any more; it stays, as somebody changed it\n",
                 writer_.at(path).c_str());
    return;
  }
  if (int error = writer_.remove(path)) return void(fail(writer_.at(path), "removed", error));
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
  writer_.set_process(process);
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
  (void)writer_.remove(kRecord);
  return remove_empty_folder(folder());
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
