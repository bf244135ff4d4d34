// The options of the command line.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace meridian::cli {

/// Where a build writes without --destination.
inline constexpr const char* kDefaultDestination = "_site";

struct Options {
  std::string command;
  std::string file;  // of `render`; of `new`: the folder
  std::vector<std::string>
      names;  // of `places`, `compare`, `import`; of `theme`: what to do, and with which
  std::string source = ".";
  std::string destination = kDefaultDestination;
  std::string output;  // of `index`: `-` is standard output
  std::string shell;   // folder of the built shell
  std::string format;  // of `check`: text, json, sarif, github
  std::optional<std::string> baseurl, url, theme, time;
  std::optional<std::string> config;        // files of settings, with commas between them
  std::optional<std::size_t> memory, jobs;  // of `build`: megabytes of sources; processes
  std::optional<std::string> title, name;   // of `new`
  std::optional<std::string> from;          // of `new`: the folder of a site to be copied
  std::optional<std::string> shell_url;     // of `init`
  bool self_host = false;                   // of `init`
  bool compress = false;                    // of `build --raw` and `init --self-host`
  bool notes = false, academic = false;     // of `new`: which kind of site
  bool github = false;                      // of `new`: also what GitHub reads
  bool drafts = false, future = false, raw = false, force = false, pages = false,
       content_only = false, quiet = false, json = false, watch = false;
  bool all = false;       // of `check`: every finding, however many of a rule there are
  bool strict = false;    // of `check`: warnings count as errors
  bool external = false;  // of `check`: addresses of other hosts are asked for
  // Of `compare` under Node (web/command/compare.mjs), which reads them itself.
  bool pixels = false;
  std::optional<std::size_t> width;
  std::string pictures;
  bool author = false;  // of `index`: as `check` reads, and a development server shows
};

/// Exit status: done; errors in the site, or something was not written; wrong use.
enum { kOk = 0, kErrors = 1, kWrongUse = 2 };

/// --jobs is at most so many.
inline constexpr unsigned kMostJobs = 64;

/// Bytes of sources that a build holds in memory; the texts of further ones are read again when
/// their pages are rendered. All of them, for other commands.
std::size_t most_held(const Options& options);

/// False after wrong use was explained on standard error; `status` is set when the program should
/// end (help, version).
bool parse(int count, char** arguments, Options& options, std::optional<int>& status);

}  // namespace meridian::cli
