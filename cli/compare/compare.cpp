// `meridian compare DIR DIR`: two builds of a site, as browsers read them.
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <set>

#include "commands.h"
#include "disk.h"
#include "meridian/text.h"
#include "progress.h"
#include "report.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
using namespace comparison;

// A larger file is compared byte by byte: each token takes some thirty bytes.
constexpr std::uintmax_t kMostRead = std::uintmax_t(8) << 20;

/// The files below a folder, with slashes. Links are not followed; what builds and git note for
/// themselves is passed over. False after it was said what can't be read.
bool list_files(const fs::path& folder, std::set<std::string>& files) {
  std::error_code error;
  fs::recursive_directory_iterator it(folder, error), end;
  for (; !error && it != end; it.increment(error)) {
    const fs::path& path = it->path();
    std::error_code ignored;
    if (path.filename() == ".git") it.disable_recursion_pending();
    if (it->is_symlink(ignored) || !it->is_regular_file(ignored)) continue;
    std::string name = path.lexically_relative(folder).generic_string();
    if (name != ".meridian") files.insert(std::move(name));
  }
  if (error)
    std::fprintf(stderr, "meridian: %s can't be read: %s%s\n", folder.c_str(),
                 error.message().c_str(), with_slashes_instead(folder.string()).c_str());
  return !error;
}

Syntax syntax_of(const std::string& path) {
  std::string extension;
  for (char c : fs::path(path).extension().string()) extension += lower(c);
  if (one_of(extension, ".html .htm") >= 0) return Syntax::Html;
  if (one_of(extension, ".xml .xhtml .atom .rss .svg") >= 0) return Syntax::Xml;
  if (extension == ".css") return Syntax::Css;
  return one_of(extension, ".json .webmanifest .geojson .map") >= 0 ? Syntax::Json : Syntax::Lines;
}

bool is_text(std::string_view bytes) {
  return bytes.find('\0') == bytes.npos && find_invalid_utf8(bytes) == Str::npos;
}

/// What can't be told by lines.
Difference binary(std::uintmax_t old_size, std::uintmax_t new_size) {
  Difference d{};
  d.old_text = std::to_string(old_size) + " bytes";
  d.new_text = std::to_string(new_size) + " bytes";
  if (old_size == new_size) d.new_text += ", but not the same ones";
  d.old_line = d.new_line = 1;
  return d;
}

/// Large files, piece by piece.
bool have_same_bytes(InputFile& a, InputFile& b) {
  for (std::string x, y;;) {
    bool more = a.read(x);
    if (more != b.read(y) || x != y) return false;
    if (!more) return true;
  }
}

/// How two files differ. False when one can't be read, which is then told.
bool find_in_files(const fs::path& old_path, const fs::path& new_path, Syntax syntax,
                   std::vector<Difference>& differences, Report& report) {
  InputFile old_file(old_path), new_file(new_path);
  std::string old_bytes, new_bytes;
  bool large = old_file.size() > kMostRead || new_file.size() > kMostRead;
  if (large) {
    if (old_file.size() != new_file.size() || !have_same_bytes(old_file, new_file))
      differences.push_back(binary(old_file.size(), new_file.size()));
  } else {
    for (std::string piece; old_file.read(piece);) old_bytes += piece;
    for (std::string piece; new_file.read(piece);) new_bytes += piece;
  }
  for (InputFile* file : {&old_file, &new_file})
    if (file->error()) {
      report.unread.push_back((file == &old_file ? old_path : new_path).generic_string() +
                              " can't be read: " + std::strerror(file->error()));
      return false;
    }
  if (large || old_bytes == new_bytes) return true;
  if (is_text(old_bytes) && is_text(new_bytes))
    differences = find_differences(old_bytes, new_bytes, syntax);
  else
    differences.push_back(binary(old_bytes.size(), new_bytes.size()));
  return true;
}

void compare_files(const fs::path& old_path, const fs::path& new_path, const std::string& name,
                   Report& report) {
  Syntax syntax = syntax_of(name);
  Report::Count& counted = syntax == Syntax::Html ? report.pages : report.others;
  std::vector<Difference> differences;
  counted.both++;
  if (!find_in_files(old_path, new_path, syntax, differences, report)) return;
  if (differences.empty())
    counted.equal++;
  else
    report.add(name, std::move(differences));
}
}  // namespace

int compare(const Options& options) {
  fs::path old_folder = options.names[0], new_folder = options.names[1];
  std::set<std::string> old_files, new_files;
  if (!list_files(old_folder, old_files) || !list_files(new_folder, new_files)) return kWrongUse;
  Report report;
  Progress progress{.quiet = options.quiet, .total = old_files.size()};
  for (const std::string& file : old_files) {
    progress.step();
    if (new_files.erase(file))
      compare_files(old_folder / file, new_folder / file, file, report);
    else
      report.only_old.push_back(file);
  }
  progress.clear();
  report.only_new.assign(new_files.begin(), new_files.end());
  if (options.json || !options.quiet || !report.is_equal()) {
    std::string text =
        options.json ? as_json(report) : as_text(report, options.names[0], options.names[1]);
    std::fwrite(text.data(), 1, text.size(), stdout);
  }
  return report.is_equal() ? kOk : kErrors;
}

}  // namespace meridian::cli
