// meridian: the native command.
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "commands.h"
#include "meridian/base.h"
#include "meridian/rouge.h"
#include "places.h"

namespace meridian::cli {

namespace {

int run(const Options& options) {
  if (options.command == "build") return options.raw ? build_raw(options) : build(options);
  if (options.command == "check") return check(options);
  if (options.command == "index") return index(options);
  if (options.command == "head") return head(options);
  if (options.command == "places") return places(options);
  if (options.command == "theme") return theme(options);
  return render(options);
}

}  // namespace
}  // namespace meridian::cli

/// A build keeps the contents of all pages, and a machine that builds has more than wasm's
/// gigabyte.
constexpr std::size_t kMemory = std::size_t(8) << 30;

int main(int count, char** arguments) {
  using namespace meridian::cli;
  meridian::rouge::highlighter = meridian::rouge::add_highlighted;
  meridian::max_memory = kMemory;
  meridian::limits.files.most = kMemory / 2;
  Options options;
  std::optional<int> status;
  if (!parse(count, arguments, options, status)) return kWrongUse;
  int result = status ? *status : run(options);
  // Output that a full disk or a closed pipe did not accept.
  if (std::fflush(stdout) != 0 || std::ferror(stdout)) {
    std::fprintf(stderr, "meridian: standard output can't be written: %s\n", std::strerror(errno));
    return kErrors;
  }
  return result;
}
