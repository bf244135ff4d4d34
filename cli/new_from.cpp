#include "new_from.h"

#include <cerrno>

#include "check_site.h"
#include "config_files.h"
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
    for (const Diagnostic& one : left)
      leave_out(std::string(one.file), std::string(one.message), one.severity == Severity::Error);
    return true;
  }

 private:
  bool take(const std::string& path) {
    if (path == "CNAME") {
      leave_out(path, "it gives a site the other one's domain");
      return true;
    }
    if (path == config_) return take_settings();
    InputFile in(root_ / path);
    const bool written = in.error() || folder_.copy(path, in);
    if (in.error())
      leave_out(path, why_unread(in.error()), true);
    else
      copied_.files += written;
    return written;
  }

  bool take_settings() {
    std::string text;
    if (!read_source(root_ / config_, text)) {
      leave_out(config_, why_unread(errno), true);
      return true;
    }
    if (text.size() > limits.source.most || find_invalid_utf8(text) != Str::npos) {
      leave_out(config_, "it is too large, or not UTF-8");
      return true;
    }
    if (ends_with(config_, ".toml")) {
      for (const auto& [name, value] :
           {std::pair("title", &values_.title), std::pair("name", &values_.name),
            std::pair("url", &values_.url), std::pair("baseurl", &values_.baseurl)})
        if (*value) copied_.unset.emplace_back(name);
    } else {
      text = with_values(text, values_, copied_.unset);
      copied_.others = settings_of_others(config_, text, values_);
    }
    copied_.files++;
    return folder_.write(config_, text);
  }

  void leave_out(const std::string& path, const std::string& reason, bool unread = false) {
    copied_.unread |= unread;
    copied_.left_out.push_back(printable(path) + ": " + printable(reason));
  }

  fs::path root_;
  const std::string config_ = default_config(root_);
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
