// `meridian upgrade`: the shell beside a site's sources becomes that of this program.
#include <sys/stat.h>

#include <cstdio>
#include <set>
#include <vector>

#include "commands.h"
#include "destination.h"
#include "disk.h"
#include "first_pages.h"
#include "head.h"
#include "json_object.h"
#include "manifest_segments.h"
#include "note_links.h"
#include "open_site.h"
#include "printable.h"
#include "search_index.h"
#include "shell.h"
#include "shell_list.h"
#include "shell_names.h"
#include "shell_parts.h"
#include "versions.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
constexpr const char* kElsewhere = "upgrade another folder, by --source";
// No file of the shell is larger: what is, an author has put in its place.
constexpr std::size_t kMostFile = std::size_t(64) << 20;
// Edited files that a message names.
constexpr std::size_t kMostNamed = 10;

/// Whether a path lies in a folder beside the shell's files, which commands or authors write.
bool is_beside_shell(Str path) {
  for (const std::string& folder :
       {std::string(kThemes) + "/", std::string(kSearchFolder), std::string(kNotesFolder),
        std::string(kFirstFolder), std::string(kSegmentsFolder), std::string(kMovedSources)})
    if (starts_with(path, folder)) return true;
  return false;
}

/// What of the site's root a file belongs to: `meridian`, `playground`, `index.html`.
std::string piece_of(const std::string& path) { return path.substr(0, path.find('/')); }

/// A file, not what a link leads to.
bool is_file(const fs::path& path) {
  struct stat status;
  return ::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}
bool is_there(const fs::path& path) {
  struct stat status;
  return ::lstat(path.c_str(), &status) == 0;
}

class Upgrade {
 public:
  explicit Upgrade(const Options& options)
      : options_(options), destination_(options, kElsewhere, true) {}
  int run();

 private:
  /// Each returns the exit status, and prints why it is another one than kOk.
  int find_shells();
  int list_files();
  int check_files();
  int write_files();

  bool is_present(const std::string& path) const { return present_.count(path) > 0; }
  bool is_own_page(const std::string& path) const;
  void list_present();
  void list_wanted();
  void list_compressed();
  bool take_own_headers(const std::string& headers);
  void warn_of_headers(const std::string& own) const;
  bool write_page(const std::string& path);
  bool write_headers();
  void report() const;

  const Options& options_;
  fs::path shell_, root_;
  ShellList older_, newer_;
  Destination destination_;
  OpenSite opened_;
  /// Files of either shell that lie beside the sources, those that will be written, and others that
  /// will be removed.
  std::set<std::string> present_, wanted_, gone_;
  std::size_t changed_ = 0;  ///< of the wanted ones: new, or with other bytes than now
  std::string headers_;      ///< what an author has written below those of the shell
};

int Upgrade::find_shells() {
  shell_ = shell_folder(options_);
  if (shell_.empty()) {
    std::fprintf(stderr, "%sgive its folder with --shell\n", kNoShell);
    return kWrongUse;
  }
  std::error_code error;
  root_ = fs::canonical(options_.source, error);
  if (error) return refuse("the source " + options_.source + " can't be read: " + error.message());
  const std::string where = "`" + root_.string() + "`";
  if (fs::equivalent(root_, shell_, error)) return refuse(where + " is the shell itself");
  if (is_there(root_ / kRecord))
    return refuse(where + " was written by `meridian build`; run that again instead");
  bool any = is_there(root_ / "meridian/meridian.wasm");
  for (const char* page : kShellPages) any |= is_shell(root_ / page);
  if (!any)
    return refuse("no shell is next to the sources in " + where +
                  "; `meridian build --raw` writes a folder with both");
  std::string page;
  if (read_file(root_ / kShellPages[0], page) && page.find(kOneFile) != page.npos)
    return refuse("the shell of " + where + " is on another host; `meridian init` renews its page");
  if (!newer_.read(shell_))
    return refuse("the shell in `" + shell_.string() + "` has no list of its files (" + kShellList +
                  "); build it again");
  if (!older_.read(root_) && !options_.force)
    return refuse("the shell in " + where +
                  " does not list what its files were, so that changes of yours in it can't be "
                  "detected; --force to replace its files in any case");
  if (is_older(newer_.version, older_.version) && !options_.force)
    return refuse("the shell in " + where + " is of Meridian " + printable(older_.version) +
                  ", this is " + newer_.version + "; --force to go back to it");
  return kOk;
}

void Upgrade::list_present() {
  std::set<std::string> pieces;
  for (const auto& [path, content] : newer_.files) pieces.insert(piece_of(path));
  // Anybody can write a list: it counts where ours has files.
  for (auto file = older_.files.begin(); file != older_.files.end();) {
    const std::string& path = file->first;
    bool ours = path != kShellList && clean_path(path) == Str(path) &&
                pieces.count(piece_of(path)) && !is_beside_shell(path);
    file = ours ? std::next(file) : older_.files.erase(file);
  }
  for (const ShellList* list : {&older_, &newer_})
    for (const auto& [path, content] : list->files)
      if (is_there(root_ / path) && !(is_shell_path(path) && is_own_page(path)))
        present_.insert(path);
}

/// A page that is no shell, or one that an author wrote, which loads the shell by its script.
bool Upgrade::is_own_page(const std::string& path) const {
  std::string text;
  return !is_shell(root_ / path) ||
         (read_file(root_ / path, text, kMostFile) &&
          plain_shell(text).find("meridian/site.js") != std::string::npos);
}

/// Files that are there stay, those that the site uses come along, and whoever copied all of a
/// folder has all of it.
void Upgrade::list_wanted() {
  std::set<std::string> partial, pieces;
  for (const std::string& path : present_) pieces.insert(piece_of(path));
  for (const auto& [path, content] : older_.files)
    if (!is_present(path)) partial.insert(piece_of(path));
  if (pieces.count("meridian"))
    for (const std::string& path : shell_of_sources(opened_, options_))
      if (newer_.files.count(path)) wanted_.insert(path);
  for (const auto& [path, content] : newer_.files) {
    std::string piece = piece_of(path);
    bool whole = !older_.files.empty() && pieces.count(piece) && !partial.count(piece);
    if (is_present(path) || whole) wanted_.insert(path);
  }
  for (const auto& [path, content] : older_.files)
    if (is_present(path) && !newer_.files.count(path)) gone_.insert(path);
}

/// Compressed forms of files that are wanted: where the site has such, all that the shell has.
void Upgrade::list_compressed() {
  std::set<std::string> files = wanted_;
  files.insert(gone_.begin(), gone_.end());
  for (const char* ending : kCompressed) {
    bool used = false;
    for (const std::string& path : files) used |= is_file(root_ / (path + ending));
    for (const std::string& path : files) {
      const std::string form = path + ending;
      const bool there = is_file(root_ / form);
      // What commands set in a page is not in a form of it.
      if (used && wanted_.count(path) && !is_shell_path(path) && path != kPlaygroundPage &&
          is_file(shell_ / form))
        wanted_.insert(form);
      else if (there)
        gone_.insert(form);
      if (there) present_.insert(form);
    }
  }
}

int Upgrade::list_files() {
  list_present();
  list_wanted();
  wanted_.insert(kShellList);
  if (is_there(root_ / kShellList)) present_.insert(kShellList);
  for (const std::string& path : wanted_)
    if (!is_file(shell_ / path))
      return refuse("the site has `" + piece_of(path) + "`, and the shell in `" + shell_.string() +
                    "` has no `" + path +
                    "`; give one that has it with --shell, as that of a release's zip");
  list_compressed();
  return kOk;
}

/// Lets what is ours be replaced; refuses where an author has changed something.
int Upgrade::check_files() {
  std::vector<std::string> edited;
  for (const std::string& path : present_) {
    if (!wanted_.count(path) && !gone_.count(path)) continue;
    std::string bytes;
    bool readable = is_file(root_ / path) && read_file(root_ / path, bytes, kMostFile);
    bool follows = path == kShellList || uncompressed(path) != Str(path);
    bool is_new = readable && newer_.has(path, bytes);
    bool ours = readable && (follows || is_new || older_.has(path, bytes));
    if (path == kHeaders && !ours && readable && !(ours = take_own_headers(bytes))) {
      warn_of_headers(bytes);
      wanted_.erase(path);
      continue;
    }
    changed_ += newer_.files.count(path) && !is_new;
    if (ours || (options_.force && wanted_.count(path))) {
      destination_.allow(path);
    } else if (wanted_.count(path)) {
      edited.push_back(path);
    } else {
      gone_.erase(path);
      std::fprintf(stderr,
                   "meridian: %s is not needed any more; it stays, as somebody changed it\n",
                   printable((root_ / path).string()).c_str());
    }
  }
  for (const std::string& path : wanted_) changed_ += !is_present(path) && newer_.files.count(path);
  if (edited.empty()) return kOk;
  std::string names;
  for (std::size_t i = 0; i < edited.size() && i < kMostNamed; i++)
    names += "\n  " + printable(edited[i]);
  if (edited.size() > kMostNamed)
    names += "\n  and " + counted(edited.size() - kMostNamed, "more file");
  return refuse("nothing is replaced, as somebody has changed files of the shell in `" +
                root_.string() + "`:" + names +
                "\nkeep what you need of them, then give --force to replace them");
}

/// Keeps what an author has added below the shell's headers. False when they are not there.
bool Upgrade::take_own_headers(const std::string& headers) {
  for (const ShellList* list : {&older_, &newer_}) {
    auto listed = list->files.find(kHeaders);
    if (listed == list->files.end()) continue;
    std::string begin = headers.substr(0, std::size_t(listed->second.size));
    if (begin.empty() || !list->has(kHeaders, begin)) continue;
    headers_ = headers.substr(begin.size());
    return true;
  }
  return false;
}

/// An author's policy names the inline script of a page by its hash.
void Upgrade::warn_of_headers(const std::string& own) const {
  const std::string kSum = "'sha256-";
  std::string ours;
  if (own.find(kSum) == own.npos || !read_file(shell_ / kHeaders, ours)) return;
  for (std::size_t at = 0; (at = ours.find(kSum, at)) != ours.npos;) {
    std::size_t end = ours.find('\'', at + 1);
    if (end == ours.npos) return;
    std::string sum = ours.substr(at, end + 1 - at);
    at = end;
    if (own.find(sum) == own.npos)
      std::fprintf(stderr,
                   "meridian: _headers is yours and stays; its policy needs %s in script-src, for "
                   "the script in the new pages\n",
                   sum.c_str());
  }
}

/// With what is set in the page that is there.
bool Upgrade::write_page(const std::string& path) {
  std::string page, old;
  if (!read_file(shell_ / path, page)) return print_error(shell_ / path, "read", errno);
  read_file(root_ / path, old, kMostFile);
  if (is_shell_path(path) && has_head(old))
    page = with_head(page, page_without_scripts(opened_, options_, path), path == kShellPages[1]);
  std::string settings = is_shell_path(path) ? take_settings(old) : take_metas(old), more;
  for (std::size_t at = 0, end; at < settings.size(); at = end) {
    end = std::min(settings.find('>', at), settings.size() - 1) + 1;
    std::string one = settings.substr(at, end - at);
    if (page.find(one) == page.npos) more += one;
  }
  // Before those of the new page: of two with a name, the first one counts.
  std::size_t charset = page.find("<meta charset"),
              end = charset == page.npos ? charset : page.find('>', charset);
  page.insert(end == page.npos ? 0 : end + 1, more);
  return destination_.write(path, page);
}

bool Upgrade::write_headers() {
  std::string text;
  if (!read_file(shell_ / kHeaders, text)) return print_error(shell_ / kHeaders, "read", errno);
  return destination_.write(kHeaders, text + headers_);
}

/// The list comes last: until it is there, what it was before tells what may be replaced and
/// removed.
int Upgrade::write_files() {
  std::vector<std::string> paths(wanted_.begin(), wanted_.end());
  if (!destination_.plan(paths)) return destination_.status();
  auto is_list = [](const std::string& path) {
    return std::string(uncompressed(path)) == kShellList;
  };
  auto is_set = [](const std::string& path) {
    return is_shell_path(path) || path == kPlaygroundPage;
  };
  bool ok = true;
  for (const std::string& path : paths) {
    if (!ok || is_list(path) || is_set(path)) continue;
    ok = path == kHeaders ? write_headers() : destination_.copy(shell_ / path, path);
  }
  for (const std::string& path : paths)
    if (ok && is_set(path)) ok = write_page(path);
  ok = ok && destination_.finish({kShellList}, false);
  for (const std::string& path : paths)
    if (ok && is_list(path)) ok = destination_.copy(shell_ / path, path);
  return ok ? kOk : kErrors;
}

void Upgrade::report() const {
  std::size_t removed = 0;
  for (const std::string& path : gone_) removed += older_.files.count(path);
  if (options_.json) {
    Arena arena;
    JsonObject done(arena);
    if (older_.version.empty())
      done.set_none("from");
    else
      done.set("from", older_.version);
    done.set("to", newer_.version);
    done.set("written", std::uint64_t(changed_));
    done.set("removed", std::uint64_t(removed));
    return done.print();
  }
  if (options_.quiet) return;
  std::string from = older_.version.empty() || older_.version == newer_.version
                         ? ""
                         : printable(older_.version) + " → ";
  if (!changed_ && gone_.empty())
    return void(
        std::fprintf(stderr, "the shell is that of Meridian %s already\n", newer_.version.c_str()));
  std::fprintf(stderr, "shell of Meridian %s%s: %s written, %zu removed\n", from.c_str(),
               newer_.version.c_str(), counted(changed_, "file").c_str(), removed);
}

int Upgrade::run() {
  if (int status = find_shells()) return status;
  if (!destination_.open_unrecorded(root_)) return destination_.status();
  if (!opened_.open(options_)) return kWrongUse;
  if (opened_.unread) {
    // Which files of the shell the site uses is read in the sources.
    show(opened_.diagnostics);
    return kErrors;
  }
  for (auto step : {&Upgrade::list_files, &Upgrade::check_files, &Upgrade::write_files})
    if (int status = (this->*step)()) return status;
  report();
  return kOk;
}

}  // namespace

int upgrade(const Options& options) {
  bool has_manifest;
  {
    Upgrade upgrade(options);
    if (int status = upgrade.run()) return status;
    std::error_code error;
    has_manifest = fs::is_regular_file(fs::path(options.source) / kManifest, error);
  }
  // What lies beside the manifest may have another form in this version.
  Options once = options;
  once.quiet |= once.json;
  once.json = false;
  return has_manifest ? index(once) : kOk;
}

}  // namespace meridian::cli
