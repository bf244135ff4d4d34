#include "beside.h"

#include "disk.h"
#include "shell.h"

namespace fs = std::filesystem;

namespace meridian::cli {

Beside::Beside(const Options& options)
    : destination_(options, "name other sources by --source", false) {}

bool holds(const fs::path& path, std::string_view bytes) {
  std::string old;
  return read_file(path, old) && old == bytes;
}

bool Beside::open(const Options& options) {
  std::error_code error;
  fs::path root = folder_at(options.source, error);
  return error || destination_.open_unrecorded(root);  // who reads the sources reports it
}

void Beside::allow(const std::string& path) {
  std::error_code error;
  if (fs::is_regular_file(fs::symlink_status(at(path), error))) destination_.allow(path);
}

void Beside::replace(const std::string& path, std::string_view bytes) {
  allow(path);
  add(path, bytes);
}

void Beside::replace_page(const std::string& path, std::string_view bytes) {
  if (holds(at(path), bytes)) return;
  replace(path, bytes);
  for (const char* ending : kCompressed) allow(path + ending);
}

bool Beside::write() {
  std::vector<std::string> paths;
  for (const auto& [path, bytes] : files_) paths.push_back(path);
  for (const auto& [path, from] : copies_) paths.push_back(path);
  if (!destination_.plan(paths)) return false;
  bool ok = true;
  for (const auto& [path, bytes] : files_) ok = ok && destination_.write(path, bytes);
  for (const auto& [path, from] : copies_) ok = ok && destination_.copy(from, path);
  return ok && destination_.finish({}, false);
}

}  // namespace meridian::cli
