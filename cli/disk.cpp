#include "disk.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <vector>

namespace fs = std::filesystem;

namespace meridian::cli {

bool read_file(const fs::path& path, std::string& out) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return false;
  std::error_code error;
  auto size = fs::file_size(path, error);
  out.resize(error ? 0 : std::size_t(size));
  in.read(out.data(), std::streamsize(out.size()));
  return bool(in) || in.eof();
}

bool write_file(const fs::path& path, std::string_view bytes) {
  std::error_code error;
  std::string old;
  if (fs::file_size(path, error) == bytes.size() && !error && read_file(path, old) && old == bytes) return true;
  fs::create_directories(path.parent_path(), error);
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), std::streamsize(bytes.size()));
  return bool(out.flush());
}

bool is_shell(const fs::path& page) {
  std::string text;
  return read_file(page, text) && site::is_shell_page(text);
}

bool copy_to(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_directories(to.parent_path(), error);
  fs::copy_file(from, to, fs::copy_options::overwrite_existing, error);
  return !error;
}

namespace {
bool ends_with_any(std::string_view name, std::initializer_list<std::string_view> endings) {
  for (auto e : endings)
    if (name.size() >= e.size() && name.substr(name.size() - e.size()) == e) return true;
  return false;
}

/// Is this file read, or only named? All that has front matter, all Markdown, and what templates ask for.
bool wants_bytes(const fs::path& file, const std::string& path) {
  if (path == "_config.yml") return true;
  for (const char* folder : {"_includes/", "_layouts/", "_data/"})
    if (path.rfind(folder, 0) == 0) return true;
  if (ends_with_any(path, {".md", ".markdown", ".mkd", ".mkdn", ".mkdown"})) return true;
  char head[3] = {};
  std::ifstream in(file, std::ios::binary);
  in.read(head, 3);
  return std::string_view(head, 3) == "---" || std::string_view(head, 3) == "\xEF\xBB\xBF";
}
}  // namespace

bool load_sources(Workspace& workspace, const Options& options) {
  std::error_code error;
  fs::path root = fs::canonical(options.source, error);
  if (error || !fs::is_directory(root)) {
    std::fprintf(stderr, "meridian: there is no folder %s\n", options.source.c_str());
    return false;
  }
  fs::path destination = fs::weakly_canonical(options.destination, error);
  Text list;
  list.add("{\"complete\":true,\"files\":[");
  bool first = true;
  std::vector<std::pair<fs::path, std::string>> wanted;
  for (fs::recursive_directory_iterator it(root, fs::directory_options::skip_permission_denied, error), end; it != end;
       it.increment(error)) {
    if (error) break;
    std::string name = it->path().filename().string();
    if (it->is_directory(error)) {
      if (name == ".git" || name == "node_modules" || it->path() == destination) it.disable_recursion_pending();
      continue;
    }
    if (!it->is_regular_file(error)) continue;
    std::string path = it->path().lexically_relative(root).generic_string();
    if (path == "meridian.json" || path.rfind("meridian/", 0) == 0) continue;
    if ((path == "index.html" || path == "404.html") && is_shell(it->path())) continue;
    if (!first) list.add(',');
    first = false;
    list.add("{\"path\":");
    print_json(Value(Str(path)), list);
    list.add(",\"size\":");
    list.add_int(std::int64_t(fs::file_size(it->path(), error)));
    list.add('}');
    if (wants_bytes(it->path(), path)) wanted.emplace_back(it->path(), path);
  }
  list.add("]}");
  workspace.list(list.str());
  std::string bytes;
  for (auto& [file, path] : wanted) {
    if (read_file(file, bytes))
      workspace.put(path, bytes);
    else
      std::fprintf(stderr, "meridian: %s can't be read\n", path.c_str());
  }
  return true;
}

void apply_options(Workspace& workspace, const Options& options) {
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
  const char* environment = std::getenv("JEKYLL_ENV");
  add("environment", environment && *environment ? environment : "production");
  json.add('}');
  auto now = std::chrono::system_clock::now().time_since_epoch();
  workspace.settings().now.seconds = std::chrono::duration_cast<std::chrono::seconds>(now).count();
  if (options.time) {
    Time t;
    if (parse_time(*options.time, Zone{}, workspace.settings().now, t))
      workspace.settings().now = t;
    else
      std::fprintf(stderr, "meridian: --time can't be read, the clock's time is taken\n");
  }
  workspace.settings().content_only = options.content_only;
  workspace.options(json.str());
}

bool load_zone(Workspace& workspace, std::string_view name) {
  // Names such as Europe/Berlin; nothing that leads elsewhere on the disk.
  for (char c : name)
    if (!is_alnum(c) && std::string_view("/_+-").find(c) == std::string_view::npos) return false;
  const char* folder = std::getenv("TZDIR");
  std::string data;
  if (!read_file(fs::path(folder ? folder : "/usr/share/zoneinfo") / std::string(name), data) ||
      data.substr(0, 4) != "TZif")
    return false;
  // RFC 8536: the version 1 block, then the same with 64-bit times.
  auto number = [&](std::size_t at, int size) {
    std::int64_t v = at < data.size() && std::int8_t(data[at]) < 0 ? -1 : 0;
    for (int i = 0; i < size && at + i < data.size(); i++) v = v << 8 | std::uint8_t(data[at + i]);
    return v;
  };
  std::size_t header = 0;
  int size = 4;
  auto counts = [&](int i) { return std::size_t(number(header + 20 + 4 * i, 4)); };  // utc std leap time type char
  if (data.size() > 44 && data[4] >= '2') {
    header = 44 + counts(3) * 5 + counts(4) * 6 + counts(5) + counts(2) * 8 + counts(1) + counts(0);
    size = 8;
  }
  std::size_t times = counts(3), types = counts(4), base = header + 44;
  if (base + times * std::size_t(size + 1) + types * 6 > data.size() || !types) return false;
  std::size_t indexes = base + times * std::size_t(size), infos = indexes + times, names = infos + types * 6;
  Text json;
  json.add('[');
  auto add = [&](std::int64_t from, std::size_t type) {
    if (json.size() > 1) json.add(',');
    json.add('[');
    json.add_int(from);
    json.add(',');
    json.add_int(number(infos + type * 6, 4) / 60);
    json.add(",\"");
    if (names + std::uint8_t(data[infos + type * 6 + 5]) < data.size())
      json.add(data.c_str() + names + std::uint8_t(data[infos + type * 6 + 5]));
    json.add("\"]");
  };
  add(INT64_MIN / 2, 0);
  for (std::size_t i = 0; i < times; i++)
    add(number(base + i * std::size_t(size), size), std::uint8_t(data[indexes + i]) % types);
  json.add(']');
  return workspace.zone(name, json.str());
}

fs::path shell_folder(const Options& options) {
  if (!options.shell.empty()) return options.shell;
  std::error_code error;
  fs::path self = fs::read_symlink("/proc/self/exe", error);
  if (error) return {};
  fs::path dist = self.parent_path().parent_path() / "dist";
  return fs::exists(dist / "meridian", error) ? dist : fs::path();
}

}  // namespace meridian::cli
