#include "disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#ifdef __linux__
#include <sys/auxv.h>
#endif
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "config_files.h"
#include "gemfile.h"
#include "meridian/site_files.h"
#include "meridian/theme.h"
#include "shell.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
constexpr std::size_t kPiece = 1 << 16;
}  // namespace

// Without O_NONBLOCK, opening a pipe waits for somebody to write into it.
InputFile::InputFile(const fs::path& path)
    : file_(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)) {
  struct stat status;
  if (file_ < 0 || ::fstat(file_, &status) != 0) {
    error_ = errno;
  } else if (!S_ISREG(status.st_mode)) {
    error_ = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
  } else {
    size_ = std::uintmax_t(status.st_size);
    mode_ = status.st_mode & 0777;
  }
}

InputFile::~InputFile() {
  if (file_ >= 0) ::close(file_);
}

bool InputFile::read(std::string& piece, std::size_t most) {
  if (error_) return false;
  piece.resize(std::min(most, kPiece));
  ssize_t count;
  do count = ::read(file_, piece.data(), piece.size());
  while (count < 0 && errno == EINTR);
  if (count < 0) error_ = errno;
  piece.resize(count < 0 ? 0 : std::size_t(count));
  return count > 0;
}

void InputFile::rewind() {
  if (!error_ && ::lseek(file_, 0, SEEK_SET) < 0) error_ = errno;
}

bool read_file(const fs::path& path, std::string& out, std::size_t most) {
  InputFile in(path);
  out.clear();
  std::string piece;
  while (out.size() < most && in.read(piece, most - out.size())) out += piece;
  errno = in.error();
  return !in.error();
}

bool is_shell(const fs::path& page) {
  std::string text;
  return read_file(page, text) && site::is_shell_page(text);
}

namespace {
constexpr const char* kTemplates[] = {"_includes/", "_layouts/", "_data/", "_plugins/"};

/// Whether a file is Markdown by the default configuration: a site's own is not read yet.
bool is_markdown(const std::string& path) {
  static const Str kKey = "markdown_ext: ";
  static const Str extensions = [] {
    const Str config = theme::find("_config.yml");
    const std::size_t at = config.find(kKey) + kKey.size();
    return slice(config, at, config.find('\n', at));
  }();
  return site::has_extension(extensions, site::extension_of(path));
}

}  // namespace

bool wants_bytes(const fs::path& file, const std::string& path) {
  errno = 0;
  if (is_config_name(path)) return true;
  for (const char* folder : kTemplates)
    if (path.rfind(folder, 0) == 0) return true;
  if (is_markdown(path)) return true;
  std::string head;
  read_file(file, head, 3);
  // UTF-16 is no front matter, which `check` reports.
  const std::string big_endian("\xFE\xFF\0", 3);
  return head == "---" || head == "\xEF\xBB\xBF" || head == "\xFF\xFE-" || head == big_endian;
}

namespace {
/// Whether a file is a post, or another document of a collection: of these the model has the front
/// matter alone.
bool is_document(const std::string& path) {
  bool other = path[0] != '_' || !is_markdown(path);
  for (const char* folder : kTemplates) other |= path.rfind(folder, 0) == 0;
  return !other;
}

std::string without_prefix(const std::string& path, const std::string& prefix) {
  return path.rfind(prefix, 0) == 0 ? path.substr(prefix.size()) : path;
}

struct ListedFile {
  SourceFile source;
  fs::path place;
};
}  // namespace

std::int64_t seconds_now() {
  auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

fs::path folder_at(const std::string& name, std::error_code& error) {
  fs::path folder = fs::canonical(name, error);
  if (!error && !fs::is_directory(folder)) error = std::make_error_code(std::errc::not_a_directory);
  return folder;
}

std::string with_slashes_instead(const std::string& name) {
  std::string slashes = name;
  std::replace(slashes.begin(), slashes.end(), '\\', '/');
  std::error_code error;
  bool is_meant = slashes != name && fs::exists(slashes, error);
  return is_meant ? "; did you mean `" + slashes + "`?" : std::string();
}

bool load_sources(Workspace& workspace, const Options& options, const GemTheme& theme,
                  Diagnostics& diagnostics, std::vector<Unread>& unread) {
  std::error_code error;
  fs::path root = folder_at(options.source, error);
  if (error) {
    std::fprintf(stderr, "meridian: the source %s can't be read: %s%s\n", options.source.c_str(),
                 error.message().c_str(), with_slashes_instead(options.source).c_str());
    return false;
  }
  std::vector<ListedFile> files;
  Walk walk(root, options.destination, diagnostics);
  unread.insert(unread.end(), walk.unread.begin(), walk.unread.end());
  for (const SourceFile& file : walk.files) {
    // Compressed forms go with their page.
    const std::string page(uncompressed(file.path));
    if (!is_shell_path(page) || !is_shell(root / page)) files.push_back({file, root / file.path});
  }
  if (!theme.prefix.empty()) {
    Walk parts(theme.folder, {}, diagnostics);
    for (const Unread& one : parts.unread)
      if (one.path.empty() || is_part_of_theme(one.path + "/"))
        unread.push_back({theme.prefix + one.path, one.why});
    for (const SourceFile& file : parts.files)
      if (is_part_of_theme(file.path))
        files.push_back(
            {SourceFile(theme.prefix + file.path, file.size), theme.folder / file.path});
  }
  Text list;
  list.add("{\"complete\":true,\"files\":[");
  bool first = true;
  for (const ListedFile& file : files) {
    if (!first) list.add(',');
    first = false;
    list.add("{\"path\":");
    print_json(Value(Str(file.source.path)), list);
    list.add(",\"size\":");
    list.add_int(file.source.size);
    list.add('}');
  }
  list.add("]}");
  if (!workspace.list(list.str())) return false;
  std::string bytes;
  const std::size_t most = most_held(options);
  for (const ListedFile& file : files) {
    bool wanted = wants_bytes(file.place, without_prefix(file.source.path, theme.prefix)) &&
                  read_source(file.place, bytes);
    if (errno) unread.push_back({file.source.path, why_unread(errno)});
    if (!wanted) continue;
    site::Files& held = workspace.files();
    bool waits = held.held() > most && is_document(file.source.path) &&
                 held.put_without_body(file.source.path, bytes);
    if (!waits) workspace.put(file.source.path, bytes);
  }
  return !theme.prefix.empty() || add_named_config(workspace, options);
}

std::string why_unread(int error) {
  return std::string("the file can't be read: ") + std::strerror(error);
}

bool read_source(const fs::path& path, std::string& bytes) {
  // One byte more, so that the core sees that it is too much.
  return read_file(path, bytes, limits.source.most + 1);
}

bool set_time(site::Settings& settings, const Options& options) {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  if (options.time) {
    if (parse_time(*options.time, Zone{}, settings.now, settings.now)) return true;
    std::fprintf(stderr, "meridian: --time can't be read: write it as 2026-01-31T12:00:00Z\n");
    return false;
  }
  if (epoch && *epoch) {
    std::string_view text = epoch;
    constexpr std::size_t kDigits = 11;  // until the year 5138
    if (text.size() <= kDigits && text.find_first_not_of("0123456789") == text.npos) {
      settings.now.seconds = parse_int(text);
      return true;
    }
    std::fprintf(stderr, "meridian: SOURCE_DATE_EPOCH is not a number of seconds since 1970: %s\n",
                 epoch);
    return false;
  }
  settings.now.seconds = seconds_now();
  return true;
}

bool apply_options(Workspace& workspace, const Options& options) {
  Text json;
  json.add("{\"drafts\":");
  json.add(options.drafts ? "true" : "false");
  json.add(",\"future\":");
  json.add(options.future ? "true" : "false");
  auto add = [&](const char* key, Str value) {
    json.add(",\"");
    json.add(key);
    json.add("\":");
    print_json(Value(value), json);
  };
  if (options.baseurl) add("baseurl", *options.baseurl);
  if (options.url) add("url", *options.url);
  if (options.theme) add("theme", *options.theme);
  if (std::string gems = plugins_added_in(options); !gems.empty()) add("gems", gems);
  if (options.config) add("config", named_config(options));
  const char* environment = std::getenv("JEKYLL_ENV");
  add("environment", environment && *environment ? environment : "production");
  json.add('}');
  workspace.settings().content_only = options.content_only;
  return workspace.options(json.str()) && set_time(workspace.settings(), options);
}

namespace {
/// The path of this program; empty where the system does not tell.
fs::path program_path() {
  std::error_code error;
  fs::path self = fs::read_symlink("/proc/self/exe", error);
#ifdef __linux__
  // Without /proc, as in a plain chroot: the name that it was started by.
  const char* name = reinterpret_cast<const char*>(::getauxval(AT_EXECFN));
  if (error && name) self = fs::canonical(name, error);
#endif
  return error ? fs::path() : self;
}
}  // namespace

fs::path shell_folder(const Options& options) {
  if (!options.shell.empty()) return options.shell;
  fs::path self = program_path();
  if (self.empty()) return {};
  std::error_code error;
  // Of a build, and of what is installed.
  for (const char* place : {"dist", "share/meridian"}) {
    fs::path shell = self.parent_path().parent_path() / place;
    if (fs::exists(shell / "meridian", error)) return shell;
  }
  return {};
}

}  // namespace meridian::cli
