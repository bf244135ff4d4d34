// meridian: the native command.
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>

#include "commands.h"
#include "markdown/commonmark_module.h"
#include "meridian/base.h"
#include "meridian/rouge.h"
#include "places.h"

namespace meridian::cli {

namespace {

int run(const Options& options) {
  if (options.command == "build") return options.raw ? build_raw(options) : build(options);
  if (options.command == "check") return check(options);
  if (options.command == "compare") return compare(options);
  if (options.command == "doctor") return doctor(options);
  if (options.command == "import") return import_site(options);
  if (options.command == "index") return index(options);
  if (options.command == "head") return head(options);
  if (options.command == "init") return init(options);
  if (options.command == "new") return new_site(options);
  if (options.command == "places") return places(options);
  if (options.command == "theme") return theme(options);
  if (options.command == "upgrade") return upgrade(options);
  return render(options);
}

}  // namespace
}  // namespace meridian::cli

/// A build keeps all sources, and a machine that builds has more than the gigabyte of a visitor's.
/// Addresses of 32 bits: what Emscripten's default reaches, without the stack and what the command
/// itself holds.
constexpr std::size_t kMemory =
    sizeof(void*) > 4 ? std::size_t(std::uint64_t(8) << 30) : std::size_t(7) << 28;

int main(int count, char** arguments) {
  using namespace meridian::cli;
  meridian::rouge::highlighter = meridian::rouge::add_highlighted;
  meridian::rouge::filter = [](meridian::Text& out, meridian::Str name, meridian::Str request) {
    return meridian::rouge::add_filtered(out, name, request) ? meridian::rouge::Filtered::Made
                                                             : meridian::rouge::Filtered::Failed;
  };
  // As wasm the core waits for a module.
  meridian::markdown::set_commonmark(meridian::markdown::commonmark_parse);
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
