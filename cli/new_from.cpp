#include "new_from.h"

#include "check_site.h"
#include "meridian/text.h"
#include "own_settings.h"
#include "printable.h"
#include "walk.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
// What Jekyll and Bundler make beside the sources.
constexpr Name kMade = "_site .jekyll-cache .sass-cache .jekyll-metadata .bundle";

/// Whether a file was made of the sources, and is made again.
bool is_made(Str path) {
  return one_of(path.substr(0, path.find('/')), kMade) >= 0 || starts_with(path, "vendor/bundle/");
}

class Copy {
 public:
  Copy(fs::path root, const SiteValues& values, NewFolder& folder, SiteCopy& copied)
      : root_(std::move(root)), values_(values), folder_(folder), copied_(copied) {}

  /// False after what the disk refused was printed.
  bool run() {
    Arena arena;
    Diagnostics left(arena, kMostFindings);
    for (const SourceFile& file : files_by_path(root_, folder_.path(), left))
      if (!is_made(file.path) && !take(file.path)) return false;
    for (const Diagnostic& one : left) leave_out(std::string(one.file), std::string(one.message));
    return true;
  }

 private:
  bool take(const std::string& path) {
    if (path == "CNAME") {
      leave_out(path, "it gives a site the other one's domain");
      return true;
    }
    if (path == kConfig) return take_settings();
    InputFile in(root_ / path);
    const bool written = in.error() || folder_.copy(path, in);
    if (in.error())
      leave_out(path, "it can't be read");
    else
      copied_.files += written;
    return written;
  }

  bool take_settings() {
    std::string text;
    if (!read_source(root_ / kConfig, text) || text.size() > limits.source.most ||
        find_invalid_utf8(text) != Str::npos) {
      leave_out(kConfig, "it is too large, no UTF-8, or can't be read");
      return true;
    }
    text = with_values(text, values_, copied_.unset);
    copied_.others = settings_of_others(text, values_);
    copied_.files++;
    return folder_.write(kConfig, text);
  }

  void leave_out(const std::string& path, const std::string& reason) {
    copied_.left_out.push_back(printable(path) + ": " + printable(reason));
  }

  fs::path root_;
  const SiteValues& values_;
  NewFolder& folder_;
  SiteCopy& copied_;
};
}  // namespace

bool copy_site(const fs::path& from, const SiteValues& values, NewFolder& folder,
               SiteCopy& copied) {
  return Copy(from, values, folder, copied).run();
}

}  // namespace meridian::cli
