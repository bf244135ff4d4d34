#include <chrono>
#include <cstdio>
#include <memory>

#include "commands.h"
#include "printable.h"
#include "site_build.h"
#include "watch.h"

namespace meridian::cli {

namespace {
using Clock = std::chrono::steady_clock;
// Milliseconds without a change before the search index is made, which takes all pages.
constexpr int kIdle = 500;
// Names of files in a line about a change.
constexpr std::size_t kMostNames = 3;

std::string names_of(const Changes& changes) {
  std::string names;
  std::size_t count = 0;
  for (const auto* paths : {&changes.listed, &changes.edited})
    for (const std::string& path : *paths)
      if (++count <= kMostNames) names += (count > 1 ? ", " : "") + path;
  if (count > kMostNames) names += " and " + std::to_string(count - kMostNames) + " more";
  return names;
}

void tell(const Changes& changes, const std::string& done, Clock::time_point begin) {
  using std::chrono::duration_cast, std::chrono::milliseconds;
  auto time = duration_cast<milliseconds>(Clock::now() - begin).count();
  std::fprintf(stderr, "%s: %s, %lld ms\n", names_of(changes).c_str(), done.c_str(),
               static_cast<long long>(time));
}

/// Builds, and then follows the sources until the process ends.
int follow(Options options, Destination& destination) {
  Watch watch(options);
  auto build = std::make_unique<SiteBuild>(options, destination);
  if (build->write_all() == kWrongUse) return kWrongUse;
  if (!options.quiet)
    std::fprintf(stderr, "following %s; Ctrl-C ends it\n", options.source.c_str());
  bool tells = !options.quiet;
  options.quiet = true;  // a line for each change is enough
  for (;;) {
    Changes changes = watch.wait(build->has_old_index() ? kIdle : -1);
    if (!changes.any()) {
      build->write_index();
      continue;
    }
    Clock::time_point begin = Clock::now();
    if (changes.listed.empty() && build->read_again(changes.edited)) {
      if (std::optional<std::size_t> files = build->write_edited()) {
        if (tells) tell(changes, counted(*files, "file"), begin);
        continue;
      }
    }
    destination.begin_again(true);
    build.reset();  // before the next one takes as much memory
    build = std::make_unique<SiteBuild>(options, destination);
    build->write_all();
    if (tells && build->is_complete()) tell(changes, "all files", begin);
  }
}
}  // namespace

int build(const Options& options) {
  Destination destination(options);
  if (!destination.open(options.destination, options.source)) return destination.status();
  return options.watch ? follow(options, destination) : SiteBuild(options, destination).write_all();
}

}  // namespace meridian::cli
