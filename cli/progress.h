// A line on a terminal that shows progress.
#pragma once
#include <unistd.h>

#include <cstddef>
#include <cstdio>

namespace meridian::cli {

struct Progress {
  bool terminal = isatty(2);
  bool quiet;
  std::size_t total, done = 0;
  void step() {
    done++;
    if (terminal && !quiet) std::fprintf(stderr, "\r%zu of %zu pages", done, total);
  }
  void end(const char* what) {
    if (terminal && !quiet) std::fprintf(stderr, "\r\x1b[K");
    if (!quiet) std::fprintf(stderr, "%zu %s\n", done, what);
  }
};

}  // namespace meridian::cli
