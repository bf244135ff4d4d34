// `meridian init`: what makes a folder of sources a site, beside them and without a change of them.
#include <cerrno>
#include <cstdio>
#include <iterator>

#include "beside.h"
#include "commands.h"
#include "config_files.h"
#include "disk.h"
#include "json_object.h"
#include "meridian/text.h"
#include "printable.h"
#include "shell.h"
#include "shell_names.h"
#include "shell_parts.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
constexpr std::string_view kSource = "src=\"", kEntry = "site.js\"",
                           kMeta = "<meta name=\"meridian-";
// The worker's head, its script, and what its file has in it, here and beside a whole shell.
constexpr const char *kWorkerHead = "meridian/one-file-offline.js",
                     *kWorkerScript = "meridian/offline.js";
constexpr std::string_view kWorkerMark = "meridian/offline.js?", kFolder = "folder:\"";
constexpr std::string_view kNoManifest = "<meta name=\"meridian-manifest\" content=\"none\">";

/// `--shell-url`, with a slash at its end; false when it is no address of files.
bool read_address(const Options& options, std::string& address) {
  if (!options.shell_url) return true;
  address = *options.shell_url;
  const bool known = address.starts_with("https://") || address.starts_with("http://");
  if (!known || address.find_first_of("\"<>& \t\n?#") != std::string::npos) return false;
  if (!address.ends_with("/")) address += '/';
  return true;
}

/// The page that is delivered, with the address of the shell and an older page's settings.
bool one_page(const Options& options, const std::string& address, const std::string& old,
              std::string& page) {
  const fs::path from = shell_folder(options) / kOnePage;
  if (!read_file(from, page)) return print_error(from, "read", errno);
  const auto source = page.find(kSource), entry = page.find(kEntry), mark = page.find(kNoManifest);
  if (source == page.npos || entry < source || entry == page.npos || mark == page.npos)
    return !refuse("`" + from.string() + "` is not the page of this release");
  if (!address.empty()) {
    const auto begin = source + kSource.size();
    page.replace(begin, entry - begin, address);
  }
  std::string settings;
  for (std::size_t at = 0; (at = old.find(kMeta, at)) != old.npos;) {
    std::size_t end = std::min(old.find('>', at), old.size() - 1) + 1;
    std::string setting = old.substr(at, end - at);
    if (setting != kOneFile && !setting.starts_with(kMarkdownModule)) settings += setting;
    at = end;
  }
  // It stands before the address.
  if (!settings.empty()) page.replace(mark, kNoManifest.size(), settings);
  return true;
}

void add_markdown(std::string& page, const site::Site& site) {
  const std::string setting = kMarkdownModule + markdown_module(site) + "\">";
  if (auto first = page.find(kMeta); first != page.npos) page.insert(first, setting);
}

/// What is in the way of a page of the shell; empty: nothing is.
std::string hindrance(const fs::path& page, bool self_host) {
  std::error_code error;
  const auto status = fs::symlink_status(page, error);
  if (!fs::exists(status)) return {};
  const std::string name = "`" + page.filename().string() + "`";
  if (!fs::is_regular_file(status)) return name + " is not a file, and is not replaced";
  std::string text;
  if (!is_shell(page) || !read_file(page, text))
    return name + " is yours, and is not replaced: make its text index.md, or rename it";
  const bool one_file = text.find(kOneFile) != text.npos;
  if (self_host || one_file) return {};
  return "the whole shell is next to the sources already; `meridian upgrade` renews it";
}

/// Whether the configuration may ask for a service worker: else settings that can't be read are no
/// hindrance.
bool mentions_offline(const fs::path& config) {
  std::string text;
  return read_file(config, text) && text.find("offline") != text.npos;
}

/// What is in the way of the worker's file; empty: nothing is.
std::string hindrance_of_worker(const fs::path& file) {
  std::error_code error;
  std::string text;
  if (!fs::exists(fs::symlink_status(file, error)) ||
      (fs::is_regular_file(fs::symlink_status(file, error)) && read_file(file, text) &&
       text.find(kWorkerMark) != text.npos))
    return {};
  return "`" + std::string(kOffline) + "` is yours, and is not replaced: rename it";
}

class Init {
 public:
  explicit Init(const Options& options) : options_(options), beside_(options) {}
  int run();

 private:
  bool add_one_file(const std::string& address);
  bool add_worker(const std::string& address);
  bool add_shell();
  void report() const;

  const Options& options_;
  Beside beside_;
  OpenSite opened_;
  std::string pages_[std::size(kShellPages)], mark_, worker_;
  bool opens_ = false, offline_ = false;
  std::vector<std::string> written_;
};

bool Init::add_one_file(const std::string& address) {
  for (std::size_t i = 0; i < std::size(kShellPages); i++) {
    std::string old;
    const fs::path at = beside_.at(kShellPages[i]);
    if (is_shell(at) && !read_file(at, old)) return print_error(at, "read", errno);
    if (!one_page(options_, address, old, pages_[i])) return false;
    if (opens_) add_markdown(pages_[i], opened_.workspace.site());
    beside_.replace_page(kShellPages[i], pages_[i]);
    written_.emplace_back(kShellPages[i]);
  }
  return !offline_ || add_worker(address);
}

/// A service worker has to come from the site's own host, and can't compare what it imports with a
/// hash: so the file is a copy, after a head with the other host's address and the hashes.
bool Init::add_worker(const std::string& address) {
  std::string script;
  const fs::path from = shell_folder(options_) / kWorkerHead,
                 rest = shell_folder(options_) / kWorkerScript;
  if (!read_file(from, worker_)) return print_error(from, "read", errno);
  if (!read_file(rest, script)) return print_error(rest, "read", errno);
  const auto folder = worker_.find(kFolder);
  if (folder == worker_.npos || script.find(kWorkerMark) == script.npos)
    return !refuse("`" + from.string() + "` is not the file of this release");
  const auto begin = folder + kFolder.size(), end = worker_.find('"', begin);
  if (!address.empty()) worker_.replace(begin, end - begin, address);
  worker_ += script;
  beside_.replace(kOffline, worker_);
  written_.emplace_back(kOffline);
  return true;
}

bool Init::add_shell() {
  const fs::path shell = shell_folder(options_);
  std::vector<std::string> files = shell_of_sources(opened_, options_);
  // What lists the files of this shell, for `meridian upgrade`.
  if (std::find(files.begin(), files.end(), kShellList) == files.end())
    files.emplace_back(kShellList);
  for (const std::string& file : files) {
    beside_.allow(file);
    beside_.copy(file, shell / file);
    written_.push_back(file);
  }
  for (std::size_t i = 0; i < std::size(kShellPages); i++) {
    const fs::path from = shell / kShellPages[i];
    if (!read_file(from, pages_[i])) return print_error(from, "read", errno);
    if (opens_) add_markdown(pages_[i], opened_.workspace.site());
    beside_.replace_page(kShellPages[i], pages_[i]);
    written_.emplace_back(kShellPages[i]);
  }
  if (offline_) {
    beside_.allow(kOffline);
    beside_.copy(kOffline, shell / kOffline);
    written_.emplace_back(kOffline);
  }
  return true;
}

void Init::report() const {
  if (options_.json) {
    Arena arena;
    JsonObject done(arena);
    done.set("folder", beside_.at("").parent_path().string());
    done.set("files", written_);
    done.print();
    return;
  }
  if (options_.quiet) return;
  for (const std::string& path : written_) std::fprintf(stderr, "%s\n", beside_.at(path).c_str());
  std::fprintf(stderr,
               "\n%zu files. The folder is a site now: put it on a host of files, or look at it:\n"
               "\n  python3 -m http.server --directory %s\n\n",
               written_.size(), beside_.at("").parent_path().c_str());
  if (offline_)
    std::fprintf(stderr,
                 "For visits without a network, list its files after each change:\n"
                 "\n  meridian index %s\n\n",
                 beside_.at("").parent_path().c_str());
}

int Init::run() {
  std::string address;
  if (!read_address(options_, address))
    return refuse("`--shell-url` is an address as https://cdn.example/meridian/");
  if (options_.self_host && options_.shell_url)
    return refuse("with `--self-host` the shell is next to the sources: omit `--shell-url`");
  if (shell_folder(options_).empty()) {
    std::fprintf(stderr, "%sgive its folder with --shell\n", kNoShell);
    return kWrongUse;
  }
  std::error_code error;
  if (folder_at(options_.source, error); error)
    return refuse("the folder `" + printable(options_.source) +
                  "` can't be read: " + error.message());
  if (!beside_.open(options_)) return beside_.status();
  for (const char* page : kShellPages)
    if (std::string why = hindrance(beside_.at(page), options_.self_host); !why.empty())
      return refuse(why);
  const fs::path config = beside_.at(default_config(options_.source));
  // Without settings that can be read a page works as well.
  opens_ = opened_.open(options_);
  if (!opens_ && (options_.self_host || mentions_offline(config))) return kErrors;
  offline_ = opens_ && works_offline(opened_.workspace.site());
  if (offline_)
    if (std::string why = hindrance_of_worker(beside_.at(kOffline)); !why.empty())
      return refuse(why);
  if (!(options_.self_host ? add_shell() : add_one_file(address))) return kErrors;
  // GitHub Pages would leave out what begins with _.
  if (!fs::exists(fs::symlink_status(beside_.at(kNoJekyll), error))) {
    beside_.add(kNoJekyll, mark_);
    written_.emplace_back(kNoJekyll);
  }
  if (!beside_.write()) return beside_.status() ? beside_.status() : kErrors;
  report();
  return kOk;
}
}  // namespace

int init(const Options& options) { return Init(options).run(); }

}  // namespace meridian::cli
